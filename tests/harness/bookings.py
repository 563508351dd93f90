"""Services, free slots and appointments, found as a client would find them."""
import dataclasses
import datetime
import itertools

_spread = itertools.count()


@dataclasses.dataclass(frozen=True)
class FreeSlot:
    service_id: str
    staff_id: str
    date: str
    time: str
    starts_at: str
    ends_at: str

    def by_wall_time(self, **more):
        return {"service_id": self.service_id, "staff_id": self.staff_id, "date": self.date, "time": self.time} | more

    def by_instant(self, **more):
        return {"service_id": self.service_id, "staff_id": self.staff_id, "starts_at": self.starts_at} | more


def services(api):
    return api.get("/api/v1/services", query={"limit": 100}, token=False, expect=200).data["items"]


def settings(api):
    return api.get("/api/v1/settings", token=False, expect=200).data


def single_service(api):
    """A service for one, done by somebody."""
    return next(service for service in services(api)
                if service["capacity"] == 1 and service["staff_ids"] and service["active"])


def days_from(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


def free_days(api, service_id, first=14, last=60, **query):
    query = {"service_id": service_id, "from": days_from(first), "to": days_from(last)} | query
    return api.get("/api/v1/availability", query=query, token=False, expect=200).data["days"]


def free_slots(api, service=None, **query):
    """Free slots two weeks ahead and later, whatever hour."""
    service = service or single_service(api)
    for day in free_days(api, service["id"], **query):
        for slot in day["slots"]:
            yield FreeSlot(service["id"], slot["staff_ids"][0], day["date"], slot["time"], slot["starts_at"],
                           slot["ends_at"])


def free_slot(api, service=None, **query):
    """A free slot that differs from call to call, so that tests keep out of each other's way."""
    slots = list(free_slots(api, service, **query))
    assert slots, "the demo business has nothing free"
    return slots[(next(_spread) * 37) % len(slots)]


def book(client, slot=None, expect=201, headers=None, **more):
    slot = slot or free_slot(client)
    return client.post("/api/v1/appointments", slot.by_wall_time(**more), headers=headers, expect=expect)


def begin(server, id):
    """Moves an appointment to where it began more than a year ago, as if time had passed."""
    hours = 24 * (400 + next(_spread))
    server.sql("UPDATE occupations SET starts_at = starts_at - i, ends_at = ends_at - i, "
               "during = tstzrange(lower(during) - i, upper(during) - i) FROM (SELECT make_interval(hours => %s) AS i) AS by "
               "WHERE id = (SELECT occupation_id FROM appointments WHERE id = %s)", hours, id)
    server.sql("UPDATE appointments SET starts_at = starts_at - i, ends_at = ends_at - i, "
               "date = ((starts_at - i) AT TIME ZONE timezone)::date, time = ((starts_at - i) AT TIME ZONE timezone)::time "
               "FROM (SELECT make_interval(hours => %s) AS i) AS by WHERE id = %s", hours, id)
