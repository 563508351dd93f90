"""Services and members of a test's own, in the database and as plain intervals alike."""
import itertools
import uuid

from harness.plain_business import Member, PlainBusiness, Service, now

_positions = itertools.count(1000)
_columns = ("duration", "buffer_before", "buffer_after", "capacity", "min_notice")


def new_id():
    """Like one of version 7 where that is looked at."""
    text = str(uuid.uuid4())
    return f"{text[:14]}7{text[15:]}"


def minutes(text):
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


def establish(server, services, members):
    """`services` are what Service takes without an id; `members` are (numbers of the services, weekly hours).
    Returns them as a PlainBusiness, which has the ids. They are made by SQL, before any server knows them."""
    plain = PlainBusiness(server.sql("SELECT timezone FROM settings")[0]["timezone"])
    category = new_id()
    script, values = ["INSERT INTO service_categories (id, name) VALUES (%s, 'Of a test')"], [category]
    for number, service in enumerate(services):
        service = Service(new_id(), **service)
        plain.services[service.id] = service
        script.append("INSERT INTO services (id, category_id, name, price, duration, buffer_before, buffer_after, capacity, "
                      "min_notice) VALUES (%s, %s, %s, 1000, %s, %s, %s, %s, %s)")
        values += [service.id, category, f"Service {number}", *(getattr(service, column) for column in _columns)]
    ids = list(plain.services)
    for numbers, hours in members:
        member = Member(new_id(), {ids[number] for number in numbers}, hours)
        plain.members[member.id] = member
        script.append("INSERT INTO staff (id, name, position) VALUES (%s, 'Of a test', %s)")
        values += [member.id, next(_positions)]
        for service in member.services:
            script.append("INSERT INTO staff_services (staff_id, service_id) VALUES (%s, %s)")
            values += [member.id, service]
        for weekday, starts, ends in hours:
            script.append("INSERT INTO working_hours (staff_id, weekday, start_minute, end_minute) VALUES (%s, %s, %s, %s)")
            values += [member.id, weekday, minutes(starts), minutes(ends)]
    server.sql("; ".join(script), *values)
    return plain


def shown(client, service_id, first, last, party=1, member_id=None):
    """`days` as a server answers them."""
    query = {"service_id": service_id, "from": first.isoformat(), "to": last.isoformat(), "party_size": party}
    return client.get("/api/v1/availability", query=query | ({"staff_id": member_id} if member_id else {}),
                      token=False, expect=200).data["days"]


def assert_shown(client, plain, service_id, first, last, why, **which):
    """What a server shows is what is free. Returns how many slots that was."""
    asked = now()
    answer = shown(client, service_id, first, last, **which)
    expected = plain.days(service_id, first, last, asked, **which)
    if answer != expected:  # notice may have run out for a start meanwhile
        expected = plain.days(service_id, first, last, now(), **which)
    assert answer == expected, why
    return sum(len(day["slots"]) for day in answer)
