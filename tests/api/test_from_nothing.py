"""A business that is set up and run by somebody who knows the API alone."""
import datetime
import subprocess

import pytest

from harness import people
from harness.client import Api
from harness.process import Frontdesk, binary

PASSWORD = "an unlikely passphrase"


@pytest.fixture(scope="module")
def server():
    """The first login is there before the first start, so that no demo business is."""
    frontdesk = Frontdesk(demo=False)
    subprocess.run([binary(), "create-admin", "--email", "owner@example.test", "--name", "Olga Owner"], input=PASSWORD + "\n",
                   env=frontdesk.environment, cwd=frontdesk.folder, check=True, capture_output=True, text=True, timeout=120)
    yield frontdesk.start()
    assert frontdesk.close() is None


@pytest.fixture(scope="module")
def owner(server):
    login = people.log_in(Api(server), "owner@example.test", PASSWORD, expect=200).data
    return Api(server, token=login["access_token"])


@pytest.fixture(scope="module")
def business(server, owner):
    """Settings, catalogue, a member with hours, a closure: all of it through the API."""
    anyone = Api(server)
    assert anyone.get("/api/v1/services", expect=200).data["items"] == []
    settings = owner.patch("/api/v1/settings", {"name": "Salon Example", "timezone": "Europe/Lisbon", "currency": "EUR",
                                                "slot_interval": 30, "max_advance_days": 60}, expect=200).data
    assert settings["timezone"] == "Europe/Lisbon"
    category = owner.post("/api/v1/service-categories", {"name": "Hair"}, expect=201).data
    cut = owner.post("/api/v1/services", {"category_id": category["id"], "name": "Cut", "duration": 45,
                                          "price": {"amount": 3500, "currency": "EUR"}}, expect=201).data
    yoga = owner.post("/api/v1/services", {"category_id": category["id"], "name": "Yoga", "duration": 60, "capacity": 5,
                                           "price": {"amount": 1200, "currency": "EUR"}}, expect=201).data
    member = owner.post("/api/v1/staff", {"name": "Marta Member", "service_ids": [cut["id"], yoga["id"]]}, expect=201).data
    day = datetime.date.today() + datetime.timedelta(days=7)
    weekday = day.isoweekday() % 7
    hours = owner.put(f"/api/v1/staff/{member['id']}/working-hours",
                      [{"weekday": weekday, "start": "09:00", "end": "12:00"}], expect=200).data
    assert hours["affected"] == []
    return {"cut": cut, "yoga": yoga, "member": member, "day": day}


def test_the_server_names_no_logins_that_are_not_there(server):
    assert "Frontdesk is ready." in server.errors() and "demo.test" not in server.errors()


def test_a_day_can_be_closed_and_opened_again(owner, business):
    cut, day = business["cut"], business["day"] + datetime.timedelta(days=21)
    path = f"/api/v1/staff/{business['member']['id']}/overrides/{day}"
    assert len(free_times(owner, cut, day)) == 5
    owner.put(path, [], expect=200)
    assert free_times(owner, cut, day) == []
    owner.put(path, [{"start": "14:00", "end": "15:00"}], expect=200)
    assert free_times(owner, cut, day) == ["14:00"]
    owner.delete(path, expect=200)
    assert len(free_times(owner, cut, day)) == 5


def free_times(api, service, day):
    answer = api.get("/api/v1/availability", query={"service_id": service["id"], "from": str(day), "to": str(day)},
                     token=False, expect=200).data
    return [slot["time"] for slot in answer["days"][0]["slots"]]


def test_what_was_set_up_can_be_booked(server, owner, business):
    cut, day = business["cut"], business["day"]
    assert free_times(owner, cut, day) == ["09:00", "09:30", "10:00", "10:30", "11:00"]
    customer = people.as_person(Api(server), people.new_customer(Api(server)))
    booked = customer.post("/api/v1/appointments", {"service_id": cut["id"], "date": str(day), "time": "10:00"}, expect=201).data
    assert (booked["status"], booked["staff"]["name"], booked["timezone"]) == ("confirmed", "Marta Member", "Europe/Lisbon")
    assert free_times(owner, cut, day) == ["09:00", "11:00"]

    walk_in = owner.post("/api/v1/appointments", {"service_id": cut["id"], "date": str(day), "time": "09:00",
                                                  "customer": {"name": "Wanda Walk-in"}}, expect=201).data
    assert walk_in["user"] is None and walk_in["customer"]["name"] == "Wanda Walk-in"
    after_hours = {"service_id": cut["id"], "date": str(day), "time": "18:15", "customer": {"name": "Lena Late"}}
    assert owner.post("/api/v1/appointments", after_hours, expect=422).code == "outside_working_hours"
    owner.post("/api/v1/appointments", after_hours | {"override": True}, expect=201)

    listed = owner.get("/api/v1/appointments", query={"from": str(day), "to": str(day)}, expect=200).data["items"]
    assert [appointment["time"] for appointment in listed] == ["09:00", "10:00", "18:15"]

    # The member is ill: whoever was booked is named.
    closed = owner.post("/api/v1/closures", {"date": str(day), "reason": "Ill"}, expect=201).data
    assert {one["id"] for one in closed["affected"]} == {appointment["id"] for appointment in listed}
    assert free_times(owner, cut, day) == []
    owner.delete(f"/api/v1/closures/{day}", expect=204)
    moved = owner.post(f"/api/v1/appointments/{booked['id']}/reschedule", {"date": str(day), "time": "11:00"}, expect=200).data
    assert moved["id"] == booked["id"]
    assert free_times(owner, cut, day) == ["10:00"]


def test_a_class_fills_up(server, owner, business):
    yoga, day = business["yoga"], business["day"] + datetime.timedelta(days=7)
    booking = {"service_id": yoga["id"], "date": str(day), "time": "09:00", "party_size": 3}
    owner.post("/api/v1/appointments", booking | {"customer": {"name": "Three of Us"}}, expect=201)
    assert owner.post("/api/v1/appointments", booking | {"customer": {"name": "Too Many"}}, expect=409).code == "slot_taken"
    customer = people.as_person(Api(server), people.new_customer(Api(server)))
    customer.post("/api/v1/appointments", booking | {"party_size": 2}, expect=201)
    assert "09:00" not in free_times(owner, yoga, day)


def test_with_approval_a_booking_waits(server, owner, business):
    owner.patch("/api/v1/settings", {"auto_confirm": False}, expect=200)
    cut, day = business["cut"], business["day"] + datetime.timedelta(days=14)
    customer = people.as_person(Api(server), people.new_customer(Api(server)))
    booked = customer.post("/api/v1/appointments", {"service_id": cut["id"], "date": str(day), "time": "09:00"}, expect=201).data
    assert booked["status"] == "pending"
    assert "09:00" not in free_times(owner, cut, day), "a wish that waits holds its time"
    assert customer.post(f"/api/v1/appointments/{booked['id']}/confirm", {}, expect=403).code == "forbidden"
    assert owner.post(f"/api/v1/appointments/{booked['id']}/confirm", {}, expect=200).data["status"] == "confirmed"
    owner.patch("/api/v1/settings", {"auto_confirm": True}, expect=200)
