"""Whoever comes first, the appointment ends in a state that a sequence could have led to."""
from harness import bookings, people
from harness.storm import Shot, storm

BASE = "/api/v1/appointments"
ROUNDS = 10


def test_a_cancellation_and_moves_at_the_same_moment(server, api):
    who = people.new_customer(api)
    client = people.as_person(api, who)
    server.sql("UPDATE settings SET max_bookings_per_hour = 1000")
    try:
        for _ in range(ROUNDS):
            first, second, third = (bookings.free_slot(api) for _ in range(3))
            booked = bookings.book(client, first).data
            path = f"{BASE}/{booked['id']}"
            race = storm(server, [
                Shot(who.access_token, f"{path}/reschedule", {"starts_at": second.starts_at, "staff_id": second.staff_id}),
                Shot(who.access_token, f"{path}/cancel", {"reason": "race"}),
                Shot(who.access_token, f"{path}/reschedule", {"starts_at": third.starts_at, "staff_id": third.staff_id})])
            moved, cancelled, moved_too = race.answers
            assert cancelled.status == 200
            for answer in (moved, moved_too):
                assert answer.status == 200 or answer.code in ("invalid_transition", "stale"), answer
            after = client.get(path, expect=200).data
            moves = [answer for answer in (moved, moved_too) if answer.status == 200]
            assert after["status"] == "cancelled"
            assert after["version"] == booked["version"] + 1 + len(moves)
            for slot in (first, second, third):  # nothing of it keeps anybody's time
                bookings.book(client, slot, headers=None)
                client.post(f"{BASE}/{newest(client)}/cancel", {}, expect=200)
    finally:
        server.sql("UPDATE settings SET max_bookings_per_hour = 10")


def newest(client):
    return client.get(BASE, query={"sort": "-created_at", "limit": 1}, expect=200).data["items"][0]["id"]


def test_a_slot_given_back_goes_to_one_of_those_who_want_it(server, api, crowd):
    for round_number in range(4):
        slot = bookings.free_slot(api)
        who = people.new_customer(api)
        booked = bookings.book(people.as_person(api, who), slot).data
        tokens = crowd[round_number * 32:(round_number + 1) * 32]
        shots = [Shot(token, BASE, slot.by_wall_time()) for token in tokens]
        shots.insert(8, Shot(who.access_token, f"{BASE}/{booked['id']}/cancel", {}))
        race = storm(server, shots)
        assert race.answers[8].status == 200
        assert race.statuses()[201] <= 1
        assert set(race.codes()) <= {"slot_taken"}
