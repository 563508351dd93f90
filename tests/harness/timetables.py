"""A business of its own for tests that change when people work, and a new member of its staff."""
import datetime
import zoneinfo

import pytest

from harness import bookings, people
from harness.client import Api
from harness.process import Frontdesk

STAFF = "/api/v1/staff"
ALL_DAY = [{"weekday": weekday, "start": "00:00", "end": "24:00"} for weekday in range(7)]


@pytest.fixture(scope="module")
def own_server():
    """Hours change: a server for the tests of one file alone."""
    frontdesk = Frontdesk()
    yield frontdesk.start()
    assert frontdesk.close() is None


@pytest.fixture(scope="module")
def manager(own_server):
    return Api(own_server, token=people.person(Api(own_server), "admin@demo.test").access_token)


@pytest.fixture
def member(manager):
    """Somebody new who does a service for one and works day and night."""
    made = manager.post(STAFF, {"name": "Nina New", "service_ids": [bookings.single_service(manager)["id"]]}, expect=201).data
    manager.put(f"{STAFF}/{made['id']}/working-hours", {"items": ALL_DAY}, expect=200)
    return made


def hours_of(member):
    return f"{STAFF}/{member['id']}/working-hours"


def override_of(member, date):
    return f"{STAFF}/{member['id']}/overrides/{date}"


def time_off_of(member):
    return f"{STAFF}/{member['id']}/time-off"


def booked(manager, member):
    """An appointment of the member's, some weeks from now."""
    slot = bookings.free_slot(manager, staff_id=member["id"])
    return bookings.book(manager, slot).data


def booked_at(manager, member, starts_at, expect=201):
    """An appointment of the member's at an instant."""
    body = {"service_id": bookings.single_service(manager)["id"], "staff_id": member["id"], "starts_at": starts_at}
    return manager.post("/api/v1/appointments", body, expect=expect).data


def instant(date, time, zone):
    """A wall time as RFC 3339 in UTC."""
    local = datetime.datetime.fromisoformat(f"{date}T{time}").replace(tzinfo=zoneinfo.ZoneInfo(zone))
    return local.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def clock_change(manager):
    """The next day, at least three ahead, on which the clocks of the business go forward or back;
    it can be booked."""
    manager.patch("/api/v1/settings", {"max_advance_days": 400}, expect=200)
    zone = zoneinfo.ZoneInfo(bookings.settings(manager)["timezone"])
    day = datetime.date.today() + datetime.timedelta(days=3)
    while len({datetime.datetime.combine(day, datetime.time(hour), zone).utcoffset() for hour in (0, 12)}) == 1:
        day += datetime.timedelta(days=1)
    return day.isoformat()


def summary_of(appointment):
    """An appointment as `affected` shows it."""
    return {key: appointment[key] for key in ("id", "service", "staff", "starts_at", "ends_at", "status")}
