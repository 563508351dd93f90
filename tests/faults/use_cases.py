"""One request for each operation that writes: prepared anew, and a success when nothing breaks."""
import datetime as dt
import re
import uuid

from harness import people
from world import Request

AUTH = "/api/v1/auth"
ME = "/api/v1/users/me"
APPOINTMENTS = "/api/v1/appointments"
CASES = {}  # operationId: [function that prepares]


def case(operation):
    def add(prepare):
        CASES.setdefault(operation, []).append(prepare)
        return prepare
    return add


def by(who, method, path, body=None, **headers):
    return Request(method, path, body, who.access_token, headers)


def key():
    return {"Idempotency-Key": str(uuid.uuid4())}


# Accounts

def registered(world):
    email = people.fresh_email("pending")
    answer = world.api.post(f"{AUTH}/register", {"name": "Ada", "email": email, "password": people.PASSWORD}, token=False, expect=202)
    return email, answer.data["registration_id"]


@case("register")
def register(world):
    return Request("POST", f"{AUTH}/register", {"name": "Ada", "email": people.fresh_email("new"), "password": people.PASSWORD})


@case("register")
def register_a_known_address(world):
    return Request("POST", f"{AUTH}/register", {"name": "Ada", "email": world.someone()[1], "password": people.PASSWORD})


@case("verifyEmail")
def verify_email(world):
    email, registration = registered(world)
    return Request("POST", f"{AUTH}/verify-email", {"email": email, "code": people.code_sent_to(world.api, email), "registration_id": registration})


@case("resendCode")
def resend_code(world):
    email, _ = registered(world)
    world.age_sends()
    return Request("POST", f"{AUTH}/resend-code", {"email": email})


@case("login")
def log_in(world):
    return Request("POST", f"{AUTH}/login", {"email": world.someone()[1], "password": people.PASSWORD})


@case("refresh")
def refresh(world):
    return Request("POST", f"{AUTH}/refresh", {"refresh_token": world.login().refresh_token})


@case("logout")
def log_out(world):
    return by(world.login(), "POST", f"{AUTH}/logout", {})


@case("logoutAll")
def log_out_everywhere(world):
    return by(world.login(), "POST", f"{AUTH}/logout-all")


@case("endSession")
def end_session(world):
    who = world.login()
    people.person(world.api, who.email, people.PASSWORD)
    sessions = world.api.get(f"{AUTH}/sessions", token=who.access_token, expect=200).data["items"]
    return by(who, "DELETE", f"{AUTH}/sessions/{next(session['id'] for session in sessions if not session['current'])}")


@case("forgotPassword")
def forget_password(world):
    return Request("POST", f"{AUTH}/forgot-password", {"email": world.someone()[1]})


def reset_mail(world):
    email = world.someone()[1]
    world.api.post(f"{AUTH}/forgot-password", {"email": email}, token=False, expect=202)
    return email, people.inbox_when_filled(world.api, email)[0]["text"]


@case("resetPassword")
def reset_password_by_code(world):
    email, text = reset_mail(world)
    code = re.search(r"(?<!\d)\d{6}(?!\d)", text)[0]
    return Request("POST", f"{AUTH}/reset-password", {"email": email, "code": code, "password": "another passphrase"})


@case("resetPassword")
def reset_password_by_link(world):
    _, text = reset_mail(world)
    token = re.search(r"#token=([\w-]{22,})", text)[1]
    return Request("POST", f"{AUTH}/reset-password", {"token": token, "password": "another passphrase"})


@case("updateMe")
def update_me(world):
    return by(world.customer, "PATCH", ME, {"name": f"Ada {world.next()}"})


@case("changePassword")
def change_password(world):
    return by(world.login(), "POST", f"{ME}/password", {"current_password": people.PASSWORD, "new_password": "another passphrase"})


@case("changeEmail")
def change_email(world):
    return by(world.login(), "POST", f"{ME}/email", {"email": people.fresh_email("moved"), "current_password": people.PASSWORD})


@case("verifyEmailChange")
def verify_email_change(world):
    who, email = world.login(), people.fresh_email("moved")
    world.do("POST", f"{ME}/email", {"email": email, "current_password": people.PASSWORD}, who)
    return by(who, "POST", f"{ME}/email/verify", {"code": people.code_sent_to(world.api, email)})


# The catalogue and the staff

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


CATEGORIES, SERVICES, STAFF, CLOSURES = "/api/v1/service-categories", "/api/v1/services", "/api/v1/staff", "/api/v1/closures"


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


# Appointments

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
