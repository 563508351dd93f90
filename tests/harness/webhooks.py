"""Webhooks of a test: made by the API or by their rows, and calls of them that are past."""
import itertools
import os
import time
import uuid

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from harness import outbox
from harness.small_business import new_id

LATER = itertools.count()
PATH = "/api/v1/webhooks"
URL = "https://hooks.example.test/frontdesk"


def sealed(key, row_id, plain):
    nonce = os.urandom(12)
    return b"\x01" + nonce + AESGCM(key).encrypt(nonce, plain, uuid.UUID(row_id).bytes)


def later_id():
    """After every one that this gave before, as the server's are: by time."""
    milliseconds = time.time_ns() // 1_000_000 + next(LATER)
    return str(uuid.UUID(int=(milliseconds << 80) | (7 << 76) | (2 << 62) | uuid.uuid4().int & ((1 << 62) - 1)))


def past_delivery(server, webhook_id, body=b'{"type":"appointment.booked","timestamp":"2026-03-02T09:00:00Z","data":{}}',
                  status_code=200):
    """A call that was made before; its id and its message's."""
    message, delivery = new_id(), later_id()
    if not server.sql("SELECT id FROM webhook_endpoints WHERE id = %s", webhook_id):
        return delivery, message
    taken = 200 <= status_code < 300
    server.sql("INSERT INTO webhook_messages (id, endpoint_id, event, sealed) VALUES (%s, %s, 'appointment.booked', %s)",
               message, webhook_id, sealed(outbox.data_key(server), message, body))
    server.sql("INSERT INTO webhook_deliveries (id, endpoint_id, message_id, event, attempt, delivered, status_code, "
               "duration_ms, error) VALUES (%s, %s, %s, 'appointment.booked', 1, %s, %s, 12, %s)",
               delivery, webhook_id, message, taken, status_code, None if taken else f"answered {status_code}")
    return delivery, message
