"""Each statement of tests/plans/allowed.csv, the very file that the server runs, needs no more buffers
than it may, over the 100,000 appointments of the bench population, whichever plan PostgreSQL takes.

To see what they need now: /usr/bin/python3 -m pytest tests/plans -rP"""
import csv
import pathlib

import psycopg2
import pytest

from harness.process import ROOT, Frontdesk

TABLE = pathlib.Path(__file__).with_name("allowed.csv")
# Customers who have been coming for years: the planner expects a thousand appointments of each.
REGULARS = """
UPDATE appointments
SET user_id = ('00000000-0000-7000-8001-' || lpad(to_hex(1000 + (hashtext(id::text) & 2147483647) % 100), 12, '0'))::uuid
WHERE user_id <> '00000000-0000-7000-8001-0000000001f4'
"""
# A month of messages that have left, as they are kept, and nothing that waits or is old.
DELIVERED = """
INSERT INTO outbox (id, event, channel, status, attempts, delivered_at, created_at, wanted_at, due_at)
SELECT gen_random_uuid(), 'appointment.booked', 'email', 'delivered', 1, at, at, at, at
FROM (SELECT now() - number * interval '25 seconds' AS at FROM generate_series(100000, 1, -1) AS number) AS month
"""
# What the parameters speak of; `numbered` ids are those of server/demo/scripts/bench.sql.
SAMPLES = """
SELECT '00000000-0000-7000-8001-0000000001f4'::uuid AS customer, '00000000-0000-7000-8001-0000000003e8'::uuid AS regular, '00000000-0000-7000-8002-000000000003'::uuid AS service,
       (SELECT staff_id FROM staff_services WHERE service_id = '00000000-0000-7000-8002-000000000003' ORDER BY 1 LIMIT 1) AS member,
       (SELECT id FROM sessions WHERE user_id = '00000000-0000-7000-8001-0000000001f4') AS session,
       (SELECT id FROM appointments WHERE user_id = '00000000-0000-7000-8001-0000000001f4' ORDER BY starts_at LIMIT 1) AS appointment,
       (SELECT occupation_id FROM appointments WHERE user_id = '00000000-0000-7000-8001-0000000001f4' ORDER BY starts_at LIMIT 1) AS occupation,
       gen_random_uuid() AS new_id, '00000000-0000-0000-0000-000000000000'::uuid AS least, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid AS greatest,
       now() AS now, date_trunc('day', now()) + interval '40 days' AS free, date_trunc('day', now()) + interval '40 days 30 minutes' AS free_end,
       tstzrange(date_trunc('day', now()) + interval '40 days', date_trunc('day', now()) + interval '40 days 30 minutes')::text AS free_range,
       (SELECT array_agg(staff_id)::text FROM (SELECT staff_id FROM staff_services ORDER BY 1 LIMIT 1) AS one) AS one_member,
       '{00000000-0000-7000-8002-000000000003}' AS one_service, (SELECT array_agg(id)::text FROM (SELECT id FROM users ORDER BY id LIMIT 10) AS ten) AS ten_customers,
       now() - interval '1 day' AS yesterday, now() + interval '1 day' AS tomorrow, now() + interval '31 days' AS in_a_month,
       now() + interval '1 year' AS in_a_year, current_date AS today, current_date + 31 AS month_end, current_date + 365 AS year_end,
       '2000-01-01'::timestamptz AS begin, '2101-01-01'::timestamptz AS ever, '2000-01-01'::date AS first_date, '2100-12-31'::date AS last_date
"""


def rows():
    with TABLE.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def database():
    frontdesk = Frontdesk(demo=False, worker="off")
    frontdesk.run("demo", "--size", "bench", check=True, timeout=300)
    frontdesk.start()
    connection = psycopg2.connect(frontdesk.database_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(REGULARS)
        cursor.execute(DELIVERED)
        cursor.execute("VACUUM ANALYZE")
    connection.autocommit = False
    yield connection
    connection.close()
    assert frontdesk.close() is None


@pytest.fixture(scope="module")
def samples(database):
    with database, database.cursor() as cursor:
        cursor.execute(SAMPLES)
        found = {column.name: value for column, value in zip(cursor.description, cursor.fetchone())}
    assert None not in found.values(), found
    return found


def literals(text, samples):
    """`customer|NULL|21` as SQL: a sample by its name, anything else as it stands."""
    for word in text.split("|") if text else []:
        yield f"'{samples[word]}'" if word in samples else word


def buffers(database, statement, parameters, mode):
    """How many it touches the second time, when pages have been tidied. Undone afterwards."""
    with database.cursor() as cursor:
        try:
            cursor.execute(f"SET LOCAL plan_cache_mode = {mode}")
            cursor.execute("PREPARE measured AS " + statement)
            for _ in range(2):
                cursor.execute("SAVEPOINT before")
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE measured{parameters}")
                [[[explained]]] = cursor.fetchall()
                cursor.execute("ROLLBACK TO before")
        finally:
            database.rollback()
            cursor.execute("DEALLOCATE ALL")
            database.commit()
    plan = explained["Plan"]
    return sum(plan[kind] for kind in ("Shared Hit Blocks", "Shared Read Blocks", "Temp Read Blocks", "Temp Written Blocks"))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['statement'].replace('/', '.')}-{row['case'] or 'plain'}".replace(" ", "_"))
def test_a_statement_touches_no_more_than_it_may(database, samples, row):
    feature, name = row["statement"].split("/")
    statement = (ROOT / "server" / feature / "sql" / f"{name}.sql").read_text()
    parameters = ", ".join(literals(row["parameters"], samples))
    found = {mode: buffers(database, statement, f"({parameters})" if parameters else "", mode)
             for mode in ("force_custom_plan", "force_generic_plan")}
    print(f"{row['statement']} {row['case']}: {found} of {row['buffers']}")
    assert max(found.values()) <= int(row["buffers"]), found
