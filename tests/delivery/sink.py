"""A mail server that keeps what it gets, and misbehaves by the recipient's name: for what no real one can
be made to do. later-… is answered 451, never-… 550, hang-… nothing; drop-… loses the connection after the
message has come. As exim with smtp_accept_max_per_connection it may say goodbye after so many mails."""
import asyncio
import collections
import threading
import time

from harness.process import free_port

Received = collections.namedtuple("Received", "recipient sender content began ended")


class Session(asyncio.Protocol):
    def __init__(self, sink):
        self.sink = sink
        self.buffer = b""
        self.in_content = False
        self.mails = 0

    def connection_made(self, transport):
        self.transport = transport
        self.sink.sessions.add(self)
        self.sink.connections += 1
        self.say(b"220 sink.example.test ready")

    def connection_lost(self, error):
        self.sink.sessions.discard(self)

    def say(self, line):
        self.transport.write(line + b"\r\n")

    def data_received(self, data):
        self.buffer += data
        while self.step():
            pass

    def step(self):
        if self.in_content:
            end = self.buffer.find(b"\r\n.\r\n")
            if end < 0:
                return False
            content, self.buffer = self.buffer[:end + 2], self.buffer[end + 5:]
            self.in_content = False
            self.keep(content.replace(b"\r\n..", b"\r\n."))
            return True
        line, found, rest = self.buffer.partition(b"\r\n")
        if not found:
            return False
        self.buffer = rest
        self.command(line)
        return True

    def command(self, line):
        verb = line[:4].upper()
        if verb == b"EHLO":
            self.transport.write(b"250-sink.example.test\r\n" + self.sink.capabilities + b"250 SIZE 10000000\r\n")
        elif verb == b"MAIL" and self.mails == self.sink.mails_a_connection:
            self.say(b"421 sink.example.test has had enough of this connection")
            self.transport.close()
        elif verb == b"MAIL":
            self.mails += 1
            self.sender = line.split(b"<")[1].split(b">")[0].decode()
            self.say(b"250 OK")
        elif verb == b"RCPT":
            self.recipient = line.split(b"<")[1].split(b">")[0].decode()
            self.answer_recipient()
        elif verb == b"DATA":
            self.began = time.monotonic()
            self.in_content = True
            self.say(b"354 go on")
        elif verb == b"QUIT":
            self.say(b"221 bye")
            self.transport.close()
        else:
            self.say(b"250 OK" if verb in (b"NOOP", b"RSET") else b"502 not here")

    def answer_recipient(self):
        behaviour = self.sink.behaviour(self.recipient)
        if behaviour == "later":
            self.say(b"451 4.2.0 <" + self.recipient.encode() + b"> is greylisted")
        elif behaviour == "never":
            self.say(b"550 5.1.1 <" + self.recipient.encode() + b"> is unknown here")
        elif behaviour != "hang":
            self.say(b"250 OK")

    def keep(self, content):
        if self.sink.delay_s:
            asyncio.get_running_loop().call_later(self.sink.delay_s, self.accept, content)
        else:
            self.accept(content)

    def accept(self, content):
        self.sink.received.append(Received(self.recipient, self.sender, content, self.began, time.monotonic()))
        if self.sink.behaviour(self.recipient) == "drop":
            self.transport.abort()
        else:
            self.say(b"250 taken")


class Sink:
    """`capabilities` are lines of the answer to EHLO; `context` makes it speak TLS from the first byte."""

    def __init__(self, capabilities=b"", context=None):
        self.port = free_port()
        self.capabilities = capabilities
        self.context = context
        self.received = []
        self.sessions = set()
        self.connections = 0
        self.delay_s = 0
        self.mails_a_connection = None  # as many as come
        self.good_natured = False  # behaves whoever the recipient is
        self.loop = asyncio.new_event_loop()
        self.server = None
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.start()

    def behaviour(self, recipient):
        return None if self.good_natured else recipient.split("-")[0]

    def _run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(10)

    def start(self):
        async def listen():
            self.server = await self.loop.create_server(lambda: Session(self), "127.0.0.1", self.port,
                                                        ssl=self.context, backlog=512)
        self._run(listen())

    def stop(self):
        """As when the machine goes away: nobody listens, connections break."""
        async def close():
            self.server.close()
            for session in list(self.sessions):
                session.transport.abort()
        self._run(close())

    def close(self):
        self.stop()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    @property
    def recipients(self):
        return [message.recipient for message in self.received]
