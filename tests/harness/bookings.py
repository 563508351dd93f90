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
    """Moves an appointment to a day of its own more than a year ago, as if time had passed."""
    day = datetime.date.today() - datetime.timedelta(days=400 + next(_spread))
    [moved] = server.sql("UPDATE appointments SET date = %s, starts_at = (%s + time) AT TIME ZONE timezone, "
                         "ends_at = (%s + time) AT TIME ZONE timezone + (ends_at - starts_at) WHERE id = %s "
                         "RETURNING occupation_id::text, starts_at, ends_at", day, day, day, id)
    server.sql("UPDATE occupations SET starts_at = %s, ends_at = %s, during = tstzrange("
               "%s - (starts_at - lower(during)), %s + (upper(during) - ends_at)) WHERE id = %s",
               moved["starts_at"], moved["ends_at"], moved["starts_at"], moved["ends_at"], moved["occupation_id"])
