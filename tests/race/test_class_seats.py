"""A class has as many seats as it has, however many want them at once (R53)."""
import itertools

import pytest

from harness import bookings
from harness.client import Api
from harness.storm import Shot, storm

BASE = "/api/v1/appointments"
_days = itertools.count()


@pytest.fixture
def five_seats(server, api):
    """A start of a class of five, with one member, where nobody is booked yet."""
    service = next(service for service in bookings.services(api) if service["capacity"] > 1)
    server.sql("UPDATE services SET capacity = 5 WHERE id = %s", service["id"])
    slots = [slot for slot in bookings.free_days(api, service["id"], party_size=5) for slot in slot["slots"]]
    slot = slots[(next(_days) * 37) % len(slots)]
    yield {"service_id": service["id"], "starts_at": slot["starts_at"], "staff_id": slot["staff_ids"][0]}
    server.sql("UPDATE services SET capacity = %s WHERE id = %s", service["capacity"], service["id"])


def seats_of(server, body):
    return server.sql("SELECT booked, capacity FROM occupations WHERE active AND staff_id = %s AND starts_at = %s",
                      body["staff_id"], body["starts_at"])


def test_R53_forty_clients_for_five_seats_fill_exactly_five(server, crowd, five_seats):
    race = storm(server, [Shot(token, BASE, five_seats) for token in crowd[:40]])
    assert race.statuses() == {201: 5, 409: 35} and race.codes() == {"slot_taken": 35}
    assert sorted(answer.data["seats_left"] for answer in race.with_status(201)) == [0, 1, 2, 3, 4]
    assert seats_of(server, five_seats) == [{"booked": 5, "capacity": 5}]


def test_R53_parties_of_all_sizes_never_exceed_the_seats(server, crowd, five_seats):
    shots = [Shot(token, BASE, five_seats | {"party_size": 1 + number % 4}) for number, token in enumerate(crowd[:40])]
    race = storm(server, shots)
    assert set(race.codes()) == {"slot_taken"}
    [session] = seats_of(server, five_seats)
    taken = sum(answer.data["party_size"] for answer in race.with_status(201))
    assert taken == session["booked"] == 5, "there were parties of one for any seat that was left"


def test_R53_seats_that_are_given_back_meanwhile_go_to_others(server, api, crowd, five_seats):
    first = storm(server, [Shot(token, BASE, five_seats) for token in crowd[:5]])
    assert first.statuses() == {201: 5}
    cancels = [Shot(token, f"{BASE}/{answer.data['id']}/cancel", {}) for token, answer in zip(crowd, first.answers)]
    race = storm(server, cancels + [Shot(token, BASE, five_seats) for token in crowd[5:45]])
    assert [answer.status for answer in race.answers[:5]] == [200] * 5
    won = [answer for answer in race.answers[5:] if answer.status == 201]
    assert {answer.code for answer in race.answers[5:] if answer.status != 201} <= {"slot_taken"}
    assert sum(session["booked"] for session in seats_of(server, five_seats)) == len(won) <= 5
    late = storm(server, [Shot(token, BASE, five_seats) for token in crowd[45:55]])
    assert late.statuses()[201] == 5 - len(won)


def test_R53_moves_into_a_session_and_reopenings_respect_the_seats(server, api, demo_tokens, crowd, five_seats):
    admin = Api(server, token=demo_tokens["admin"])
    others = [slot for day in bookings.free_days(admin, five_seats["service_id"], staff_id=five_seats["staff_id"], party_size=5)
              for slot in day["slots"] if slot["starts_at"][:10] != five_seats["starts_at"][:10]]
    elsewhere = five_seats | {"starts_at": others[0]["starts_at"]}
    guests = [admin.post(BASE, elsewhere, expect=201).data["id"] for _ in range(4)]
    gone = [admin.post(BASE, five_seats, expect=201).data["id"] for _ in range(4)]
    for id in gone:
        admin.post(f"{BASE}/{id}/cancel", expect=200)
    token = demo_tokens["admin"]
    shots = [Shot(token, f"{BASE}/{id}/reschedule", {"starts_at": five_seats["starts_at"]}) for id in guests]
    shots += [Shot(token, f"{BASE}/{id}/reopen", {}) for id in gone]
    shots += [Shot(other, BASE, five_seats) for other in crowd[60:68]]
    race = storm(server, shots)
    statuses = race.statuses()  # five get in, by whichever way
    assert statuses[200] + statuses[201] == 5 and statuses[409] == len(shots) - 5, statuses
    assert sum(session["booked"] for session in seats_of(server, five_seats)) == 5
