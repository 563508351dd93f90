"""The heart of the matter: 200 people want one slot."""
from harness import bookings
from harness.storm import Shot, storm

BASE = "/api/v1/appointments"


def test_I1_one_of_two_hundred_gets_the_slot_and_the_others_get_alternatives(server, api, crowd, record_property):
    slot = bookings.free_slot(api)
    race = storm(server, [Shot(token, BASE, slot.by_wall_time()) for token in crowd])
    record_property("seconds", race.seconds)
    print(f"{len(crowd)} bookings of one slot were answered in {race.seconds:.2f} s")
    assert race.statuses() == {201: 1, 409: len(crowd) - 1}
    assert race.codes() == {"slot_taken": len(crowd) - 1}
    for refused in race.with_status(409):
        alternatives = refused.details["alternatives"]
        assert len(alternatives) == 3
        assert slot.starts_at not in [alternative["starts_at"] for alternative in alternatives]
        assert all(slot.staff_id in alternative["staff_ids"] for alternative in alternatives)
    [booked] = server.sql("SELECT count(*) FROM appointments WHERE staff_id = %s AND starts_at = %s",
                          slot.staff_id, slot.starts_at)
    assert booked["count"] == 1


def test_I1_two_ways_to_name_one_slot_are_one_slot(server, api, crowd):
    slot = bookings.free_slot(api)
    shots = [Shot(token, BASE, slot.by_instant() if number % 2 else slot.by_wall_time())
             for number, token in enumerate(crowd[:64])]
    assert storm(server, shots).statuses() == {201: 1, 409: 63}


def test_I6_an_alternative_that_was_named_can_be_booked(server, api, crowd):
    slot = bookings.free_slot(api)
    race = storm(server, [Shot(token, BASE, slot.by_wall_time()) for token in crowd[:16]])
    offered = race.with_status(409)[0].details["alternatives"][0]
    body = {"service_id": slot.service_id, "staff_id": offered["staff_ids"][0], "starts_at": offered["starts_at"]}
    assert storm(server, [Shot(crowd[16], BASE, body)]).statuses() == {201: 1}
