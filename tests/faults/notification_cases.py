"""What people choose to be told, and their list in the app."""
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
