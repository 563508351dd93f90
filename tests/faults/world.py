"""A business that each use case gets something fresh of, and what the database holds of it."""
import dataclasses
import datetime as dt
import itertools

import psycopg2

from harness import people
from harness.client import Api
from harness.plain_business import DAY, opening, rfc3339
from harness.small_business import establish

EVERY_DAY = [(weekday, "00:00", "24:00") for weekday in range(7)]


@dataclasses.dataclass
class Request:
    method: str
    path: str
    body: dict = None
    token: str = None
    headers: dict = dataclasses.field(default_factory=dict)
    bytes_: bytes = None  # in place of a JSON body


class World:
    """`server` is the one that things are prepared with; its line to the database is sound."""

    def __init__(self, server):
        self.server = server
        self.api = Api(server, instances=[server])
        self.admin = people.person(self.api, "admin@demo.test")
        self.customer = people.new_customer(self.api)
        server.sql("UPDATE settings SET max_active_appointments = 1000000, max_bookings_per_hour = 1000000")
        self.numbers = itertools.count()
        self.plain = establish(server, [{"duration": 15}, {"duration": 15, "capacity": 1000}], [((0, 1), EVERY_DAY), ((0,), EVERY_DAY)])
        self.service, self.course = self.plain.services
        self.member, self.other_member = self.plain.members
        self.first_start = opening(self.plain.zone, dt.date.today() + 10 * DAY, "00:00")
        self.tables = [row["name"] for row in server.sql(
            "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1")]
        self.connection = psycopg2.connect(server.database_url)
        self.connection.autocommit = True

    def call(self, request, api=None):
        return (api or self.api).request(request.method, request.path, json_body=request.body, body=request.bytes_,
                                         token=request.token or False, headers=request.headers)

    def do(self, method, path, body=None, who=None, expect=(200, 201, 202, 204)):
        return self.api.request(method, path, json_body=body, token=(who or self.admin).access_token, expect=expect).data

    def next(self):
        return next(self.numbers)

    def some_start(self):
        """One that nobody has had."""
        return rfc3339(self.first_start + self.next() * dt.timedelta(minutes=15))

    def booked(self, who=None, **more):
        body = {"service_id": self.service, "staff_id": self.member, "starts_at": self.some_start()} | more
        return self.do("POST", "/api/v1/appointments", body, who or self.customer)

    def someone(self):
        """A copy of the customer under an address of its own: (id, address). Registering takes longer."""
        email = people.fresh_email("copy")
        [row] = self.server.sql("INSERT INTO users (id, role_id, name, email, password_hash, email_verified) SELECT gen_random_uuid(), "
                                "role_id, name, %s, password_hash, true FROM users WHERE id = %s RETURNING id", email, self.customer.id)
        return row["id"], email

    def login(self):
        return people.person(self.api, self.someone()[1], people.PASSWORD)

    def age_sends(self):
        self.server.sql("UPDATE code_sends SET sent_at = sent_at - interval '2 days'")

    def mark(self):
        """A moment that change_since counts from; nothing else may write meanwhile."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint, " + ", ".join(f"(SELECT count(*) FROM {table})" for table in self.tables))
            number, *counts = cursor.fetchone()
        return number, dict(zip(self.tables, counts))

    def change_since(self, mark):
        """{table: (rows gone, rows come)} of what was committed; one that was changed has gone and come."""
        number, counts = mark
        with self.connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(
                f"SELECT '{table}', count(*), count(*) FILTER (WHERE xmin::text::bigint > {number}) FROM {table}" for table in self.tables))
            found = {table: (counts[table] + come - count, come) for table, count, come in cursor.fetchall()}
        return {table: change for table, change in found.items() if change != (0, 0)}

    def close(self):
        self.connection.close()
        self.api.close()
