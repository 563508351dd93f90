"""Anyone is as many people as are free, neither more nor fewer."""
import pytest

from harness import bookings
from harness.storm import Shot, storm

BASE = "/api/v1/appointments"


def slot_of_many(api):
    """(service, slot of the answer of availability) with as many free members as there are."""
    found = []
    for service in bookings.services(api):
        if service["capacity"] == 1 and len(service["staff_ids"]) > 1:
            for day in bookings.free_days(api, service["id"]):
                found += [(service, slot) for slot in day["slots"]]
    assert found, "the demo business has a service of several members"
    return max(found, key=lambda pair: len(pair[1]["staff_ids"]))


@pytest.mark.parametrize("round_number", range(3))
def test_I6_k_free_members_give_k_bookings(server, api, crowd, round_number):
    service, slot = slot_of_many(api)
    free = slot["staff_ids"]
    assert len(free) > 1
    body = {"service_id": service["id"], "starts_at": slot["starts_at"]}
    race = storm(server, [Shot(token, BASE, body) for token in crowd])
    print(f"{len(free)} free members, {len(crowd)} customers: {race.seconds:.2f} s")
    assert race.statuses() == {201: len(free), 409: len(crowd) - len(free)}
    assert race.codes() == {"slot_taken": len(crowd) - len(free)}
    assert sorted(answer.data["staff"]["id"] for answer in race.with_status(201)) == sorted(free)


def test_I6_named_and_anyone_share_the_members(server, api, crowd):
    service, slot = slot_of_many(api)
    free = slot["staff_ids"]
    anyone = {"service_id": service["id"], "starts_at": slot["starts_at"]}
    shots = [Shot(token, BASE, anyone | ({"staff_id": free[number % len(free)]} if number % 2 else {}))
             for number, token in enumerate(crowd)]
    race = storm(server, shots)
    assert race.statuses() == {201: len(free), 409: len(crowd) - len(free)}
    assert sorted(answer.data["staff"]["id"] for answer in race.with_status(201)) == sorted(free)
