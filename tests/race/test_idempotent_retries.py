"""A client that hears nothing sends again, perhaps while the first request is still under way."""
import time
import uuid

from harness import bookings, people
from harness.storm import Shot, storm

BASE = "/api/v1/appointments"


def test_I5_parallel_retries_with_one_key_book_once_and_hear_the_same(server, api):
    who = people.new_customer(api)
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    slot = bookings.free_slot(api)
    shot = Shot(who.access_token, BASE, slot.by_wall_time(), headers)
    race = storm(server, [shot] * 64)
    assert set(race.statuses()) <= {201, 409}
    assert set(race.codes()) <= {"request_in_progress"}
    bodies = {answer.body for answer in race.with_status(201)}
    assert len(bodies) == 1
    late = storm(server, [shot])
    assert late.answers[0].status == 201 and {late.answers[0].body} == bodies
    assert count_of(server, who) == 1


def test_I5_many_keys_at_once_each_book_once(server, api, crowd):
    slots = list(bookings.free_slots(api))
    wanted = [slots[number * len(slots) // 24] for number in range(24)]
    tokens = crowd[-24:]
    shots = [Shot(token, BASE, slot.by_wall_time(), {"Idempotency-Key": f"key-{slot.starts_at}"})
             for token, slot in zip(tokens, wanted)]
    race = storm(server, shots * 4)
    by_shot = {}
    for number, answer in enumerate(race.answers):
        assert answer.status == 201 or answer.code in ("request_in_progress", "slot_taken"), answer
        if answer.status == 201:
            by_shot.setdefault(number % 24, set()).add(answer.body)
    assert all(len(bodies) == 1 for bodies in by_shot.values())
    assert len({next(iter(bodies)) for bodies in by_shot.values()}) == len(by_shot)


def test_R51_waiting_a_moment_is_enough(server, api):
    who = people.new_customer(api)
    shot = Shot(who.access_token, BASE, bookings.free_slot(api).by_wall_time(), {"Idempotency-Key": "again"})
    for answer in storm(server, [shot] * 16).answers:
        give_up = time.monotonic() + 10
        while answer.code == "request_in_progress" and time.monotonic() < give_up:
            assert int(answer.headers["Retry-After"]) <= 5
            answer = storm(server, [shot], connections=1).answers[0]
        assert answer.status == 201
    assert count_of(server, who) == 1


def count_of(server, who):
    [row] = server.sql("SELECT count(*) FROM appointments WHERE user_id = %s", who.id)
    return row["count"]
