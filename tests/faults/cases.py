"""One request for each operation that writes: prepared anew, and a success when nothing breaks."""
import uuid

from world import Request

CASES = {}  # operationId: [function that prepares]


def case(operation):
    def add(prepare):
        CASES.setdefault(operation, []).append(prepare)
        return prepare
    return add


def by(who, method, path, body=None, **headers):
    return Request(method, path, body, who.access_token, headers)


def key():
    return {"Idempotency-Key": str(uuid.uuid4())}
