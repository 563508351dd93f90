"""Puts lines into the lists that people have in the app, as the server would."""
import time
import uuid


def add(server, user_id, title="Your appointment is booked", age="0", appointment_id=None):
    """One that is unread; its id. `age` is an interval of SQL."""
    item_id = str(uuid.uuid4())
    server.sql("INSERT INTO inbox_items (id, user_id, event, title, content, appointment_id, created_at) "
               "VALUES (%s, %s, 'appointment.booked', %s, 'A text', %s, now() - %s::interval)",
               item_id, user_id, title, appointment_id, age)
    return item_id


def forget_welcome(server, user_id):
    """Waits for the line that every new account gets, and takes it away."""
    give_up = time.monotonic() + 20
    while not server.sql("DELETE FROM inbox_items WHERE user_id = %s AND event = 'auth.welcome' RETURNING id", user_id):
        assert time.monotonic() < give_up, "nobody is welcomed"
        time.sleep(0.05)
