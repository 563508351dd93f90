"""Puts messages into the outbox as the server would: sealed under the data key of its folder."""
import base64
import json
import os
import time
import uuid

import psycopg2
import psycopg2.extras
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from harness.small_business import new_id


def data_key(server):
    return bytes.fromhex((server.data_dir / "secrets").read_text().split()[2])


def sealed(key, row_id, to, subject="Hello", text="Hello", html="", **more):
    """`more` as in the sealed form: to_name, headers [[name, value]], attachments (with bytes as content)."""
    for attachment in more.get("attachments", []):
        attachment["content"] = base64.urlsafe_b64encode(attachment["content"]).decode().rstrip("=")
    plain = json.dumps({"to": to, "subject": subject, "text": text, "html": html} | more).encode()
    nonce = os.urandom(12)
    return b"\x01" + nonce + AESGCM(key).encrypt(nonce, plain, uuid.UUID(row_id).bytes)


def enqueue(server, recipients, channel="email", event="test.message", order_key=None, status="waiting", **message):
    """Adds a message for each recipient, in this order; returns their ids."""
    key = data_key(server)
    rows = []
    for to in recipients:
        row_id = new_id()
        rows.append((row_id, event, channel, sealed(key, row_id, to, **message), order_key, status))
    connection = psycopg2.connect(server.database_url)
    with connection, connection.cursor() as cursor:
        psycopg2.extras.execute_values(
            cursor, "INSERT INTO outbox (id, event, channel, sealed, order_key, status) VALUES %s", rows, page_size=500)
    connection.close()
    return [row[0] for row in rows]


def opened(server, row):
    """What a row of the outbox says; `row` has id and sealed."""
    blob = bytes(row["sealed"])
    return json.loads(AESGCM(data_key(server)).decrypt(blob[1:13], blob[13:], uuid.UUID(str(row["id"])).bytes))


def rows(server, where, *values):
    """Rows of the outbox in their order, each with what it says: to, subject, text, html, headers, attachments."""
    found = server.sql("SELECT id::text, event, channel, status, user_id::text, appointment_id::text, sealed, created_at, due_at "
                       f"FROM outbox WHERE {where} ORDER BY sequence", *values)
    for row in found:
        if row["sealed"] is not None:
            row |= opened(server, row)
            for attachment in row.get("attachments", []):
                attachment["content"] = base64.urlsafe_b64decode(attachment["content"] + "=" * (-len(attachment["content"]) % 4))
    return found


def events_for(server, to):
    """The events that an address, or whoever has it, is to be told of; the newest first. Their text is JSON."""
    found = rows(server, "channel = 'event' AND sealed IS NOT NULL")
    owners = {row["id"]: row["email"] for row in server.sql("SELECT id::text, email FROM users")}
    return [event for event in reversed(found) if to == (event["to"] or owners.get(event["user_id"]))]


def wait_until_dispatched(server, within_s=10):
    """Until every event that is due has become messages."""
    give_up = time.monotonic() + within_s
    while server.sql("SELECT id FROM outbox WHERE channel = 'event' AND status = 'waiting' AND due_at <= now()"):
        assert time.monotonic() < give_up, "events wait"
        time.sleep(0.02)


def status(server, row_id):
    [row] = server.sql("SELECT status, attempts, last_error, channel_failed, sealed IS NULL AS wiped FROM outbox "
                       "WHERE id = %s", row_id)
    return row


def make_due(server):
    """As if every back-off and every lease of a worker that died had run out."""
    server.sql("UPDATE outbox SET due_at = now(), leased_until = NULL WHERE status = 'waiting'")
