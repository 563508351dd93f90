#!/usr/bin/python3
"""How fast a worker empties a queue of 10,000 mails into a local sink, with which memory.

Use: bench/mail.py [COUNT]      the release build; the sink is measured first, and must be faster
"""
import pathlib
import socket
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "delivery"), str(ROOT / "bench")]

import os  # noqa: E402

os.environ.setdefault("FRONTDESK_BINARY", str(ROOT / "build" / "release" / "frontdesk"))

import process  # noqa: E402
from harness import outbox  # noqa: E402
from harness.process import Frontdesk  # noqa: E402
from sink import Sink  # noqa: E402
from workers import Worker  # noqa: E402


def sink_rate(sink, seconds=3, lines=4):
    """Mails a second that the sink takes from plain sockets."""
    mail = b"Subject: x\r\n\r\n" + b"0123456789" * 100 + b"\r\n.\r\n"
    end = time.monotonic() + seconds

    def pump():
        with socket.create_connection(("127.0.0.1", sink.port)) as line:
            line.recv(1000)
            while time.monotonic() < end:
                for said in (b"MAIL FROM:<a@b.c>\r\n", b"RCPT TO:<x@y.z>\r\n", b"DATA\r\n", mail):
                    line.sendall(said)
                    line.recv(1000)

    threads = [threading.Thread(target=pump) for _ in range(lines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(sink.received) / seconds
    sink.received.clear()
    return rate


def main(count):
    sink = Sink(capabilities=b"250-PIPELINING\r\n")
    print(f"sink alone: {sink_rate(sink):.0f} mails/s")
    desk = Frontdesk(worker="off", demo=False).start()
    try:
        outbox.enqueue(desk, [f"person{number}@example.test" for number in range(count)],
                       subject="Your appointment", text="word " * 100, html="<p>" + "word " * 200)
        began = time.monotonic()
        worker = Worker(desk, f"smtp://127.0.0.1:{sink.port}")
        most, first = 0.0, None
        while len(sink.received) < count and time.monotonic() - began < 300:
            time.sleep(0.05)
            if sink.received and first is None:
                first = time.monotonic()
            if first:
                most = max(most, process.private_memory_mib(worker.process.pid))
        took = time.monotonic() - first
        time.sleep(1)
        left = desk.sql("SELECT count(*) FROM outbox WHERE status <> 'delivered'")[0]["count"]
        print(f"{len(sink.received)} mails in {took:.1f} s: {len(sink.received) / took:.0f}/s, "
              f"{most:.1f} MiB private at most, {process.cpu_seconds(worker.process.pid):.1f} s CPU, {left} left")
        worker.stop()
    finally:
        desk.close()
        sink.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
