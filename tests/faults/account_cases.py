"""Accounts and sessions."""
import re

from cases import by, case
from harness import people
from world import Request

AUTH = "/api/v1/auth"
ME = "/api/v1/users/me"


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


@case("rotateCalendarFeed")
def rotate_calendar_feed(world):
    return by(world.login(), "POST", "/api/v1/users/me/calendar-feed/rotate")


@case("forgotPassword")
def forget_password(world):
    return Request("POST", f"{AUTH}/forgot-password", {"email": world.someone()[1]})


def token_in(text):
    return re.search(r"#token=([\w-]{22,})", text)[1]


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
    return Request("POST", f"{AUTH}/reset-password", {"token": token_in(text), "password": "another passphrase"})


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


def with_phone(world):
    who = world.login()
    number = f"+49301{world.next():07}"
    world.do("PATCH", ME, {"phone": number}, who)
    return who, number


@case("sendPhoneCode")
def send_phone_code(world):
    return by(with_phone(world)[0], "POST", f"{ME}/phone/code")


@case("verifyPhone")
def verify_phone(world):
    who, number = with_phone(world)
    world.do("POST", f"{ME}/phone/code", None, who)
    return by(who, "POST", f"{ME}/phone/verify", {"code": people.code_sent_to(world.api, number)})


@case("inviteUser")
def invite(world):
    role = world.server.sql("SELECT id FROM roles WHERE name = 'staff'")[0]["id"]
    return by(world.admin, "POST", "/api/v1/users", {"name": "Bob", "email": people.fresh_email("invited"), "role_id": str(role)})


@case("resetPassword")
def accept_an_invitation(world):
    call = invite(world)
    world.do("POST", call.path, call.body)
    text = people.inbox_when_filled(world.api, call.body["email"])[0]["text"]
    return Request("POST", f"{AUTH}/reset-password", {"token": token_in(text), "password": "a passphrase of my own"})
