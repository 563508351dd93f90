"""Webhooks of a test: made by the API or by their rows, and calls of them that are past."""
import os
import uuid

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from harness import outbox
from harness.small_business import new_id

PATH = "/api/v1/webhooks"
URL = "https://hooks.example.test/frontdesk"


def sealed(key, row_id, plain):
    nonce = os.urandom(12)
    return b"\x01" + nonce + AESGCM(key).encrypt(nonce, plain, uuid.UUID(row_id).bytes)


def past_delivery(server, webhook_id, body=b'{"type":"appointment.booked","timestamp":"2026-03-02T09:00:00Z","data":{}}',
                  status_code=200):
    """A call that was made before; its id and its message's."""
    message, delivery = new_id(), new_id()
    if not server.sql("SELECT id FROM webhook_endpoints WHERE id = %s", webhook_id):
        return delivery, message
    taken = 200 <= status_code < 300
    server.sql("INSERT INTO webhook_messages (id, endpoint_id, event, sealed) VALUES (%s, %s, 'appointment.booked', %s)",
               message, webhook_id, sealed(outbox.data_key(server), message, body))
    server.sql("INSERT INTO webhook_deliveries (id, endpoint_id, message_id, event, attempt, delivered, status_code, "
               "duration_ms, error) VALUES (%s, %s, %s, 'appointment.booked', 1, %s, %s, 12, %s)",
               delivery, webhook_id, message, taken, status_code, None if taken else f"answered {status_code}")
    return delivery, message
