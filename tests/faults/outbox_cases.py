"""Messages that wait: no worker runs beside these."""
from cases import by, case
from harness import outbox


def waiting(world):
    [id_] = outbox.enqueue(world.server, [f"person{world.next()}@example.test"], subject="Hello", text="word")
    return f"/api/v1/outbox/{id_}"


@case("retryOutboxMessage")
def retry_message(world):
    return by(world.admin, "POST", f"{waiting(world)}/retry")


@case("discardOutboxMessage")
def discard_message(world):
    return by(world.admin, "DELETE", waiting(world))
