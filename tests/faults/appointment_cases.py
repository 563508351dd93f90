"""Appointments."""
from cases import by, case, key

APPOINTMENTS = "/api/v1/appointments"


def booking(world, **more):
    return {"service_id": world.service, "staff_id": world.member, "starts_at": world.some_start()} | more


@case("bookAppointment")
def book(world):
    return by(world.customer, "POST", APPOINTMENTS, booking(world), **key())


@case("bookAppointment")
def book_without_a_key(world):
    return by(world.customer, "POST", APPOINTMENTS, booking(world))


@case("bookAppointment")
def book_anyone(world):
    body = booking(world)
    del body["staff_id"]
    return by(world.customer, "POST", APPOINTMENTS, body, **key())


@case("bookAppointment")
def book_seats_of_a_running_class(world):
    start = world.some_start()
    world.booked(service_id=world.course, starts_at=start)
    return by(world.customer, "POST", APPOINTMENTS, booking(world, service_id=world.course, starts_at=start, party_size=3), **key())


@case("bookAppointment")
def book_for_a_walk_in(world):
    return by(world.admin, "POST", APPOINTMENTS, booking(world, customer={"name": "Grace", "email": "grace@example.test"}, override=True), **key())


@case("updateAppointment")
def change_notes(world):
    return by(world.customer, "PATCH", f"{APPOINTMENTS}/{world.booked()['id']}", {"notes": "By the window"})


@case("confirmAppointment")
def confirm(world):
    appointment = world.booked()
    world.server.sql("UPDATE appointments SET status = 'pending' WHERE id = %s", appointment["id"])
    return by(world.admin, "POST", f"{APPOINTMENTS}/{appointment['id']}/confirm", **key())


def begun(world):
    """A booked appointment that has begun: 400 days ago."""
    path = f"{APPOINTMENTS}/{world.booked()['id']}"
    world.server.sql("WITH aged AS (UPDATE appointments SET starts_at = starts_at - interval '400 days', ends_at = ends_at - interval '400 days' "
                     "WHERE id = %s RETURNING occupation_id), moved AS (UPDATE occupations SET starts_at = starts_at - interval '400 days', "
                     "ends_at = ends_at - interval '400 days', during = tstzrange(lower(during) - interval '400 days', upper(during) - "
                     "interval '400 days') WHERE id = (SELECT occupation_id FROM aged)) SELECT", path.rpartition("/")[2])
    world.server.sql("UPDATE appointments SET date = (starts_at AT TIME ZONE timezone)::date, time = (starts_at AT TIME ZONE timezone)::time "
                     "WHERE id = %s", path.rpartition("/")[2])
    return path


@case("completeAppointment")
def complete(world):
    return by(world.admin, "POST", f"{begun(world)}/complete", **key())


@case("markAppointmentNoShow")
def miss(world):
    return by(world.admin, "POST", f"{begun(world)}/no-show", **key())


@case("reopenAppointment")
def reopen(world):
    path = f"{APPOINTMENTS}/{world.booked()['id']}"
    world.do("POST", f"{path}/cancel", {})
    return by(world.admin, "POST", f"{path}/reopen", **key())


@case("cancelAppointment")
def cancel(world):
    return by(world.customer, "POST", f"{APPOINTMENTS}/{world.booked()['id']}/cancel", {"reason": "A cold"}, **key())


@case("rescheduleAppointment")
def reschedule(world):
    return by(world.customer, "POST", f"{APPOINTMENTS}/{world.booked()['id']}/reschedule",
              {"starts_at": world.some_start(), "staff_id": world.other_member}, **key())
