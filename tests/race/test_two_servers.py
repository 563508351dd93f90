"""Two servers on one database: what one has acknowledged the other knows."""
import datetime as dt
import random
import threading

import pytest

from harness import people
from harness.client import Api
from harness.plain_business import DAY, MINUTE, now, opening, rfc3339
from harness.small_business import assert_shown, establish, shown

BASE = "/api/v1/appointments"
ONE_SLOT_ROUNDS = 1000
CHANGES = 300
FIRST_DAY = dt.date.today() + 21 * DAY
EVERY_DAY = [(weekday, "00:00", "24:00") for weekday in range(7)]

pytestmark = pytest.mark.parametrize("server", [2], indirect=True, ids=["two_servers"])


@pytest.fixture
def clients(server, demo_tokens):
    """One for each server, of somebody whom no cap binds."""
    both = [Api(server, demo_tokens["admin"], instances=[instance]) for instance in server.instances]
    yield both
    for client in both:
        client.close()


class Pair:
    """Sends one request to each of two servers at the same moment."""

    def __init__(self, clients):
        self.clients = clients
        self.barrier = threading.Barrier(len(clients))

    def post(self, path, body):
        answers = [None] * len(self.clients)

        def send(number):
            self.barrier.wait()
            answers[number] = self.clients[number].post(path, body)

        threads = [threading.Thread(target=send, args=(number,)) for number in range(len(self.clients))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers


def test_I1_I6_one_slot_goes_to_one_of_two_servers(server, clients):
    plain = establish(server, [{"duration": 15}], [((0,), EVERY_DAY)])
    [service], [member] = plain.services, plain.members
    first = opening(plain.zone, FIRST_DAY, "00:00")
    pair = Pair(clients)
    won = [0, 0]
    for round_number in range(ONE_SLOT_ROUNDS):
        start = rfc3339(first + round_number * 15 * MINUTE)
        answers = pair.post(BASE, {"service_id": service, "staff_id": member, "starts_at": start})
        statuses = [answer.status for answer in answers]
        assert sorted(statuses) == [201, 409], answers
        winner = statuses.index(201)
        assert answers[1 - winner].code == "slot_taken"
        won[winner] += 1
    print(f"{won[0]} slots went through the first server, {won[1]} through the second")
    assert min(won) > 0, "the servers did not race"
    [row] = server.sql("SELECT count(*) FROM appointments WHERE staff_id = %s", member)
    assert row["count"] == ONE_SLOT_ROUNDS


class Changes:
    """Everything that decides what is free, changed in random ways through one server after the other."""

    def __init__(self, plain, seed):
        self.plain = plain
        self.random = random.Random(seed)
        self.last = FIRST_DAY + 2 * DAY

    def one(self, client):
        """Makes one change, and returns what it was."""
        # Booking is what happens most.
        kinds = [self.book, self.book, self.book, self.cancel, self.move, self.settings, self.service, self.retire_service,
                 self.retire_member, self.skills, self.closure,
                 self.hours, self.day, self.absence]
        return self.random.choice(kinds)(client)

    def some_slot(self, of_member=None):
        """A free (service, member, start), as the plain business has it."""
        found = []
        for service in self.plain.services.values():
            if service.active:
                for member in self.plain.candidates(service, of_member):
                    found += [(service.id, member.id, start) for start in self.plain.starts_of(service, member, FIRST_DAY, self.last)
                              if self.plain.look(service, member, start, 1, now())[0] is None]
        return self.random.choice(found) if found else None

    def book(self, client):
        if not (slot := self.some_slot()):
            return "nothing is free"
        service, member, start = slot
        data = client.post(BASE, {"service_id": service, "staff_id": member, "starts_at": rfc3339(start)}, expect=201).data
        self.plain.book(data["id"], None, service, member, start, 1)
        return f"booked {start}"

    def some_open(self):
        found = [appointment for appointment in self.plain.appointments.values() if appointment.status in ("pending", "confirmed")]
        return self.random.choice(found) if found else None

    def cancel(self, client):
        if not (appointment := self.some_open()):
            return "nothing to cancel"
        client.post(f"{BASE}/{appointment.id}/cancel", {}, expect=200)
        self.plain.leave(appointment, "cancelled")
        return f"cancelled {appointment.occupation.start}"

    def move(self, client):
        appointment = self.some_open()
        service = appointment and self.plain.services[appointment.occupation.service]
        members = self.plain.candidates(service) if appointment and service.active and service.capacity >= appointment.seats else []
        choice = [(member.id, start) for member in members for start in self.plain.starts_of(service, member, FIRST_DAY, self.last)
                  if self.plain.look(service, member, start, 1, now(), without=appointment)[0] is None]
        if not choice:
            return "nowhere to move"
        member, start = self.random.choice(choice)
        client.post(f"{BASE}/{appointment.id}/reschedule", {"starts_at": rfc3339(start), "staff_id": member}, expect=200)
        self.plain.move(appointment, member, start)
        return f"moved to {start}"

    def settings(self, client):
        change = self.random.choice([{"slot_interval": self.random.choice([10, 15, 20, 30, 45])},
                                     {"min_notice": self.random.choice([0, 22 * 1440 + 7])},
                                     {"max_advance_days": self.random.choice([22, 180])}])
        client.patch("/api/v1/settings", change, expect=200)
        self.plain.rules |= change
        return change

    def service(self, client):
        service = self.random.choice(list(self.plain.services.values()))
        change = self.random.choice([{"duration": self.random.choice([20, 30, 60])}, {"buffer_before": self.random.choice([0, 10])},
                                     {"buffer_after": self.random.choice([0, 25])}, {"min_notice": self.random.choice([None, 0, 22 * 1440])},
                                     {"capacity": self.random.choice([1, 4])}])
        client.patch(f"/api/v1/services/{service.id}", change, expect=200)
        for name, value in change.items():
            setattr(service, name, value)
        return change

    def retire_service(self, client):
        service = self.random.choice(list(self.plain.services.values()))
        if service.active and any(appointment.occupation.service == service.id for appointment in self.plain.appointments.values()):
            client.delete(f"/api/v1/services/{service.id}", expect=204)
        else:
            client.patch(f"/api/v1/services/{service.id}", {"active": not service.active}, expect=200)
        service.active = not service.active
        return f"service active: {service.active}"

    def retire_member(self, client):
        member = self.random.choice(list(self.plain.members.values()))
        client.patch(f"/api/v1/staff/{member.id}", {"active": not member.active}, expect=200)
        member.active = not member.active
        return f"member active: {member.active}"

    def skills(self, client):
        member = self.random.choice(list(self.plain.members.values()))
        active = [service.id for service in self.plain.services.values() if service.active]
        chosen = set(self.random.sample(active, self.random.randint(0, len(active))))
        client.put(f"/api/v1/staff/{member.id}/services", {"service_ids": sorted(chosen)}, expect=200)
        member.services = chosen | {id for id in member.services if not self.plain.services[id].active}
        return f"skills: {len(chosen)}"

    def closure(self, client):
        date = FIRST_DAY + self.random.randint(0, 2) * DAY
        if date in self.plain.closures:
            client.delete(f"/api/v1/closures/{date}", expect=204)
        else:
            client.post("/api/v1/closures", {"date": date.isoformat()}, expect=201)
        self.plain.closures ^= {date}
        return f"closures: {self.plain.closures}"


    def some_hours(self):
        starts = self.random.choice(["06:00", "09:00", "09:20", "13:00"])
        return [(starts, self.random.choice(["14:00", "17:30", "24:00"]))]

    def hours(self, client):
        member = self.random.choice(list(self.plain.members.values()))
        member.hours = [(weekday, *hours) for weekday in range(7) for hours in self.some_hours()]
        items = [{"weekday": weekday, "start": starts, "end": ends} for weekday, starts, ends in member.hours]
        client.put(f"/api/v1/staff/{member.id}/working-hours", {"items": items}, expect=200)
        return f"hours: {items}"

    def day(self, client):
        member = self.random.choice(list(self.plain.members.values()))
        date = FIRST_DAY + self.random.randint(0, 2) * DAY
        if date in member.overrides:
            client.delete(f"/api/v1/staff/{member.id}/overrides/{date}", expect=200)
            return f"no hours of its own: {member.overrides.pop(date)}"
        member.overrides[date] = self.random.choice([[], self.some_hours()])
        intervals = [{"start": starts, "end": ends} for starts, ends in member.overrides[date]]
        client.put(f"/api/v1/staff/{member.id}/overrides/{date}", {"intervals": intervals}, expect=200)
        return f"{date}: {intervals}"

    def absence(self, client):
        member = self.random.choice(list(self.plain.members.values()))
        if member.time_off:
            id, _ = member.time_off.popitem()
            client.delete(f"/api/v1/staff/{member.id}/time-off/{id}", expect=204)
            return "back again"
        start = opening(self.plain.zone, FIRST_DAY, "08:00") + self.random.randint(0, 60) * 60 * MINUTE
        away = (start, start + self.random.randint(1, 12) * 60 * MINUTE)
        body = {"starts_at": rfc3339(away[0]), "ends_at": rfc3339(away[1])}
        member.time_off[client.post(f"/api/v1/staff/{member.id}/time-off", body, expect=201).data["id"]] = away
        return f"away: {body}"


@pytest.fixture
def as_it_was(server):
    """The settings and closures of the business, put back at the end. What was added is retired: nobody else is to book it."""
    [before] = server.sql("SELECT slot_interval, min_notice, max_advance_days FROM settings")
    known = {table: [row["id"] for row in server.sql(f"SELECT id::text FROM {table}")] for table in ("services", "staff")}
    yield
    for table, ids in known.items():
        server.sql(f"UPDATE {table} SET active = false WHERE active AND id <> ALL(%s::uuid[])", ids)
    server.sql("UPDATE settings SET slot_interval = %s, min_notice = %s, max_advance_days = %s", *before.values())
    server.sql("DELETE FROM closures WHERE date BETWEEN %s AND %s", FIRST_DAY, FIRST_DAY + 2 * DAY)


def test_I7_what_one_server_acknowledged_the_other_shows(server, clients, as_it_was):
    weekdays = [(weekday, "09:00", "12:00") for weekday in range(7)] + [(weekday, "13:10", "16:00") for weekday in range(7)]
    plain = establish(server, [{"duration": 30}, {"duration": 45, "buffer_before": 5, "buffer_after": 10}, {"duration": 60, "capacity": 3}],
                      [((0, 1), weekdays), ((0, 1, 2), EVERY_DAY[:3] + weekdays[3:7]), ((1, 2), weekdays)])
    changes = Changes(plain, seed=7)
    for client in clients:  # whatever a server keeps, it keeps from here on
        for service in plain.services:
            shown(client, service, FIRST_DAY, changes.last)
    slots = 0
    for round_number in range(CHANGES):
        changed, asked = clients if round_number % 2 else clients[::-1]
        what = changes.one(changed)
        for service in plain.services.values():
            if service.active:
                slots += assert_shown(asked, plain, service.id, FIRST_DAY, changes.last, f"round {round_number}: after {what}")
            else:
                query = {"service_id": service.id, "from": FIRST_DAY.isoformat(), "to": FIRST_DAY.isoformat()}
                assert asked.get("/api/v1/availability", query=query, expect=422).code == "service_inactive"
    print(f"{slots} slots were shown")
    assert slots > 10 * CHANGES


def test_I7_a_login_at_one_server_ends_at_the_other(server):
    """Within five seconds (R12); at the server that ended it, at once."""
    first, second = (Api(server, instances=[instance]) for instance in server.instances)
    who = people.new_customer(first)
    assert second.get("/api/v1/users/me", token=who.access_token).status == 200
    first.post("/api/v1/auth/logout-all", token=who.access_token, expect=204)
    assert first.get("/api/v1/users/me", token=who.access_token).status == 401
    give_up = dt.datetime.now() + dt.timedelta(seconds=5)
    while (answer := second.get("/api/v1/users/me", token=who.access_token)).status != 401:
        assert answer.status == 200 and dt.datetime.now() < give_up
