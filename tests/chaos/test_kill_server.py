"""kill -9 in the middle of a storm: nothing that was acknowledged is lost, nothing is done twice."""
import http.client
import itertools
import random
import threading
import time
import uuid

import pytest

from harness import bookings
from harness.client import Api
from harness.crowd import crowd_of, violations
from harness.storm import Shot, post, storm

BASE = "/api/v1/appointments"
CUSTOMERS = 16
ACKNOWLEDGED_BEFORE_THE_KILL = 60
RETRY_FOR_S = 30


class Bookers:
    """Threads that book one random free slot after the other, each under a key of its own, until
    the server is gone."""

    def __init__(self, server, tokens, slots):
        self.server = server
        self.sent = []  # [shot, answer or None], in order of sending
        self._slots = itertools.cycle(slots)
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._book, args=(token,)) for token in tokens]

    def start(self):
        for thread in self._threads:
            thread.start()

    def join(self):
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "a booker hangs although its server is gone"

    def acknowledged(self):
        with self._lock:
            return [(shot, answer) for shot, answer in self.sent if answer is not None and answer.status == 201]

    def _book(self, token):
        client = http.client.HTTPConnection(self.server.host, self.server.port, timeout=30)
        while True:
            with self._lock:
                slot = next(self._slots)
                record = [Shot(token, BASE, slot.by_wall_time(), {"Idempotency-Key": str(uuid.uuid4())}), None]
                self.sent.append(record)
            try:
                record[1] = post(client, record[0])
            except (OSError, http.client.HTTPException):
                client.close()
                return


def settled(server, shot):
    """The answer that the key gets in the end."""
    give_up = time.monotonic() + RETRY_FOR_S
    while True:
        answer = storm(server, [shot], connections=1).answers[0]
        if answer.status != 503 and answer.code != "request_in_progress":
            return answer
        assert time.monotonic() < give_up, f"no answer but {answer}"
        time.sleep(0.2)


@pytest.mark.parametrize("seed", range(2))
def test_I3_I5_a_killed_server_loses_nothing_and_doubles_nothing(start_server, seed):
    server = start_server()
    api = Api(server)
    server.sql("UPDATE settings SET max_active_appointments = 1000000, max_bookings_per_hour = 1000000")
    [before] = server.sql("SELECT count(*) FROM appointments")
    slots = list(bookings.free_slots(api))
    random.Random(seed).shuffle(slots)

    bookers = Bookers(server, crowd_of(server, CUSTOMERS), slots)
    bookers.start()
    give_up = time.monotonic() + 60
    while len(bookers.acknowledged()) < ACKNOWLEDGED_BEFORE_THE_KILL:
        assert time.monotonic() < give_up, "the storm does not get going"
        time.sleep(0.01)
    server.kill()
    bookers.join()
    server.start()
    assert violations(server) == []

    acknowledged = bookers.acknowledged()
    unanswered = [shot for shot, answer in bookers.sent if answer is None]
    print(f"{len(acknowledged)} acknowledged, {len(unanswered)} unanswered when the server was killed")
    assert unanswered, "nothing was under way when the server was killed"
    for shot, answer in acknowledged:
        again = settled(server, shot)
        assert again.status == 201 and again.body == answer.body
    late = [settled(server, shot) for shot in unanswered]
    assert {answer.status for answer in late} <= {201, 409}, late
    booked = {answer.data["id"] for _, answer in acknowledged} | {answer.data["id"] for answer in late if answer.status == 201}
    [after] = server.sql("SELECT count(*) FROM appointments")
    assert after["count"] - before["count"] == len(booked), "a booking exists that nobody was told of"
    assert violations(server) == []
