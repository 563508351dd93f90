"""What it means that a session has ended."""
import time


def assert_dead_soon(api, token):
    """R12: within five seconds the access token is nobody's."""
    give_up = time.monotonic() + 5
    while time.monotonic() < give_up:
        if api.get("/api/v1/users/me", token=token).code == "unauthenticated":
            return
        time.sleep(0.1)
    raise AssertionError("the token works after five seconds")
