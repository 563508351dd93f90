"""Many requests at the same moment, over connections that are open already."""
import collections
import dataclasses
import http.client
import json
import threading
import time

from harness.client import Answer
from harness.contract import contract

CONNECTIONS = 64
TIMEOUT_S = 60


@dataclasses.dataclass
class Shot:
    """One request of a storm."""
    token: str
    path: str
    body: dict
    headers: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Storm:
    answers: list  # in the order of the shots
    seconds: float  # from the first byte sent to the last answer read

    def statuses(self):
        return collections.Counter(answer.status for answer in self.answers)

    def codes(self):
        return collections.Counter(answer.code for answer in self.answers if answer.status >= 400)

    def with_status(self, status):
        return [answer for answer in self.answers if answer.status == status]


def storm(server, shots, connections=CONNECTIONS):
    """POSTs all shots, each connection its share one after the other, the connections in turn to the
    server and its peers. Answers are held against the contract once all are there."""
    answers = [None] * len(shots)
    instances = server.instances
    clients = [http.client.HTTPConnection(instances[number % len(instances)].host,
                                          instances[number % len(instances)].port, timeout=TIMEOUT_S)
               for number in range(min(connections, len(shots)))]
    for client in clients:
        client.connect()
    start = threading.Barrier(len(clients) + 1)
    failures = []

    def fire(first):
        start.wait()
        try:
            for index in range(first, len(shots), len(clients)):
                answers[index] = post(clients[first], shots[index])
        except Exception as error:  # reported below, where the test can see it
            failures.append(error)

    threads = [threading.Thread(target=fire, args=(first,)) for first in range(len(clients))]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    for client in clients:
        client.close()
    if failures:
        raise failures[0]
    for shot, answer in zip(shots, answers):
        contract().check("POST", shot.path, answer)
    return Storm(answers, seconds)


def post(client, shot):
    """One exchange over an open connection."""
    headers = {"Authorization": f"Bearer {shot.token}", "Content-Type": "application/json"} | shot.headers
    client.request("POST", shot.path, json.dumps(shot.body), headers)
    response = client.getresponse()
    return Answer("POST", response.status, response.getheaders(), response.read())
