"""The catalogue, the staff and the business itself."""
import datetime as dt

from cases import by, case

CATEGORIES, SERVICES, STAFF, CLOSURES = "/api/v1/service-categories", "/api/v1/services", "/api/v1/staff", "/api/v1/closures"


def needed(world):
    [category] = world.server.sql("SELECT category_id FROM services WHERE id = %s", world.service)
    return {"category_id": category["category_id"], "name": f"Mask {world.next()}", "price": {"amount": 2500, "currency": "EUR"}, "duration": 30}


def last_two_exchanged(world, table):
    """Read where no server keeps an answer."""
    active = "" if table == "service_categories" else "WHERE active"
    ids = [row["id"] for row in world.server.sql(f"SELECT id FROM {table} {active} ORDER BY position, id")]
    return {"ids": ids[:-2] + [ids[-1], ids[-2]]}


def made_at(world, kind, body):
    return f"{kind}/{world.do('POST', kind, body)['id']}"


def made(world, kind, **body):
    return made_at(world, kind, body)


@case("createServiceCategory")
def create_category(world):
    return by(world.admin, "POST", CATEGORIES, {"name": "Care"})


@case("updateServiceCategory")
def update_category(world):
    return by(world.admin, "PATCH", made(world, CATEGORIES, name="Care"), {"name": "Cosmetics"})


@case("deleteServiceCategory")
def delete_category(world):
    return by(world.admin, "DELETE", made(world, CATEGORIES, name="Care"))


@case("reorderServiceCategories")
def reorder_categories(world):
    return by(world.admin, "POST", f"{CATEGORIES}/reorder", last_two_exchanged(world, "service_categories"))


@case("createService")
def create_service(world):
    return by(world.admin, "POST", SERVICES, needed(world))


@case("updateService")
def update_service(world):
    return by(world.admin, "PATCH", made(world, SERVICES, **needed(world)), {"duration": 45})


@case("deleteService")
def delete_service(world):
    return by(world.admin, "DELETE", made(world, SERVICES, **needed(world)))


@case("deleteService")
def retire_service(world):
    path = made(world, SERVICES, **needed(world))
    service = path.rpartition("/")[2]
    world.server.sql("INSERT INTO staff_services (staff_id, service_id) VALUES (%s, %s)", world.member, service)
    world.booked(service_id=service, starts_at=two_slots(world))
    return by(world.admin, "DELETE", path)


def two_slots(world):
    """The first of two quarters of an hour."""
    start = world.some_start()
    world.next()
    return start


@case("reorderServices")
def reorder_services(world):
    return by(world.admin, "POST", f"{SERVICES}/reorder", last_two_exchanged(world, "services"))


@case("createStaffMember")
def create_member(world):
    return by(world.admin, "POST", STAFF, {"name": "Nina New", "service_ids": [world.service]})


@case("updateStaffMember")
def update_member(world):
    return by(world.admin, "PATCH", made(world, STAFF, name="Nina New"), {"title": "Stylist", "active": False})


@case("deleteStaffMember")
def delete_member(world):
    return by(world.admin, "DELETE", made(world, STAFF, name="Nina New", service_ids=[world.service]))


@case("setStaffServices")
def set_services(world):
    return by(world.admin, "PUT", made(world, STAFF, name="Nina New", service_ids=[world.course]) + "/services", {"service_ids": [world.service]})


@case("setWorkingHours")
def set_hours(world):
    week = {"items": [{"weekday": 1, "start": "09:00", "end": "12:00"}, {"weekday": 1, "start": "13:00", "end": "24:00"}]}
    return by(world.admin, "PUT", made(world, STAFF, name="Nina New") + "/working-hours", week)


HOURS = {"intervals": [{"start": "09:00", "end": "12:00"}, {"start": "13:00", "end": "17:00"}]}


@case("setOverride")
def set_override(world):
    return by(world.admin, "PUT", made(world, STAFF, name="Nina New") + f"/overrides/{far_date(world)}", HOURS)


@case("deleteOverride")
def delete_override(world):
    path = made(world, STAFF, name="Nina New") + f"/overrides/{far_date(world)}"
    world.do("PUT", path, HOURS)
    return by(world.admin, "DELETE", path)


AWAY = {"starts_at": "2031-03-03T00:00:00+01:00", "ends_at": "2031-03-04T00:00:00+01:00", "reason": "Ill"}


@case("createTimeOff")
def create_time_off(world):
    return by(world.admin, "POST", made(world, STAFF, name="Nina New") + "/time-off", AWAY)


@case("deleteTimeOff")
def delete_time_off(world):
    path = made(world, STAFF, name="Nina New") + "/time-off"
    return by(world.admin, "DELETE", made_at(world, path, AWAY))


@case("reorderStaff")
def reorder_staff(world):
    return by(world.admin, "POST", f"{STAFF}/reorder", last_two_exchanged(world, "staff"))


def far_date(world):
    return (dt.date.today() + dt.timedelta(days=400 + world.next())).isoformat()


@case("createClosure")
def create_closure(world):
    return by(world.admin, "POST", CLOSURES, {"date": far_date(world), "reason": "Holiday"})


@case("deleteClosure")
def delete_closure(world):
    date = far_date(world)
    world.do("POST", CLOSURES, {"date": date})
    return by(world.admin, "DELETE", f"{CLOSURES}/{date}")


@case("updateSettings")
def update_settings(world):
    return by(world.admin, "PATCH", "/api/v1/settings", {"address": f"{world.next()} Example Street"})
