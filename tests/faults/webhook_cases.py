"""Webhooks and what is sent to them."""
from cases import by, case
from harness.webhooks import PATH, URL, past_delivery

WANTED = {"url": URL, "events": ["appointment.*"]}


def few(world):
    """There may be twenty."""
    world.server.sql("DELETE FROM webhook_endpoints")


def made(world):
    few(world)
    return world.do("POST", PATH, WANTED)["id"]


@case("createWebhook")
def create(world):
    few(world)
    return by(world.admin, "POST", PATH, WANTED)


@case("updateWebhook")
def update(world):
    return by(world.admin, "PATCH", f"{PATH}/{made(world)}", {"active": False})


@case("deleteWebhook")
def delete(world):
    return by(world.admin, "DELETE", f"{PATH}/{made(world)}")


@case("rotateWebhookSecret")
def rotate(world):
    return by(world.admin, "POST", f"{PATH}/{made(world)}/rotate-secret")


@case("pingWebhook")
def ping(world):
    return by(world.admin, "POST", f"{PATH}/{made(world)}/ping")


@case("redeliverWebhook")
def redeliver(world):
    webhook = made(world)
    delivery, _ = past_delivery(world.server, webhook)
    return by(world.admin, "POST", f"{PATH}/{webhook}/deliveries/{delivery}/redeliver")
