"""What people choose to be told, and their list in the app."""
import uuid

from cases import by, case
from harness import inbox

NOTIFICATIONS = "/api/v1/notifications"


@case("replaceNotificationPreferences")
def choose(world):
    body = {"groups": [{"group": "bookings", "channels": {"push": False}}], "quiet_hours": {"start": "22:00", "end": "07:00"}}
    return by(world.login(), "PUT", "/api/v1/users/me/notification-preferences", body)


@case("readNotification")
def read_one(world):
    who = world.login()
    return by(who, "POST", f"{NOTIFICATIONS}/{inbox.add(world.server, who.id)}/read")


@case("readAllNotifications")
def read_all(world):
    who = world.login()
    inbox.add(world.server, who.id)
    inbox.add(world.server, who.id)
    return by(who, "POST", f"{NOTIFICATIONS}/read-all")


def phone(who):
    target = {"kind": "fcm_token", "value": f"token-of-one-phone-{uuid.uuid4()}"}
    return by(who, "PUT", f"/api/v1/devices/{uuid.uuid4()}", {"platform": "android", "target": target})


@case("registerDevice")
def register_device(world):
    return phone(world.login())


@case("removeDevice")
def remove_device(world):
    who = world.login()
    registered = phone(who)
    assert world.call(registered).status == 200
    return by(who, "DELETE", registered.path)
