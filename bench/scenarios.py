"""What is measured: each scenario knows its load and the SQL that pgbench runs in its place."""
import datetime
import json
import os
import pathlib
import subprocess
import threading

import pgbench

HERE = pathlib.Path(__file__).resolve().parent
LUA = HERE / "wrk"


def wrk(site, script, path, seconds, connections, *arguments):
    """Runs wrk with one of the scripts and returns the line of JSON that it ends with."""
    command = ["wrk", "-t", "2", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "10s",
               "-s", str(LUA / script), site.base_url + path, "--", str(LUA), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False,
                          env=dict(os.environ, BENCH_LUA=str(LUA)))
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        raise SystemExit(f"wrk failed:\n{done.stdout}\n{done.stderr}")
    return json.loads(lines[-1])


class Scenario:
    name = ""
    pgbench_clients = 20  # as many as the server's pool

    def run(self, site, seconds, connections):
        raise NotImplementedError

    def pgbench_script(self, site):
        return None

    def expanded(self, file, **variables):
        return pgbench.expand(HERE / "pgbench" / file, variables)


class Health(Scenario):
    name = "health"

    def run(self, site, seconds, connections):
        return wrk(site, "get.lua", "/healthz", seconds, connections)


class Services(Scenario):
    name = "services"

    def run(self, site, seconds, connections):
        return wrk(site, "get.lua", "/api/v1/services", seconds, connections)


class SearchedServices(Scenario):
    """The same page, but found by a search: such an answer is not kept."""
    name = "services searched"

    def run(self, site, seconds, connections):
        return wrk(site, "get.lua", "/api/v1/services?q=Service", seconds, connections)

    def pgbench_script(self, site):
        return self.expanded("services.sql")


class Appointments(Scenario):
    name = "appointments"

    def run(self, site, seconds, connections):
        return wrk(site, "token_get.lua", "/api/v1/appointments", seconds, connections, site.tokens)

    def pgbench_script(self, site):
        return self.expanded("appointments.sql", users=site.user_count)


class Booking(Scenario):
    name = "booking"
    threads = 2

    def run(self, site, seconds, connections):
        return wrk(site, "booking.lua", "/api/v1/appointments", seconds, connections, site.tokens,
                   site.members, site.starts, site.take_slots(), self.threads)

    def pgbench_script(self, site):
        def numbered(kind, variable):
            return f"('00000000-0000-7000-{kind}-' || lpad(to_hex(:{variable}::bigint), 12, '0'))::uuid"

        start = ("((current_date + :day::int) + make_interval(mins => :minute::int)) AT TIME ZONE 'Europe/Berlin'")
        return self.expanded("booking.sql", users=site.user_count, clients=self.pgbench_clients,
                             offset=site.take_pgbench_slots(), customer=numbered("8001", "customer"),
                             service=numbered("8002", "service"), member=numbered("8003", "member"),
                             occupation=numbered("8005", "slot"), start=f"({start})")


class Month(Scenario):
    name = "availability month"

    def run(self, site, seconds, connections):
        first = datetime.date.today() + datetime.timedelta(days=3)
        last = first + datetime.timedelta(days=29)
        return wrk(site, "availability.lua", "/", seconds, connections, site.services, first, last)


class Login(Scenario):
    name = "login"

    def run(self, site, seconds, connections):
        return wrk(site, "login.lua", "/api/v1/auth/login", seconds, 16)


class HealthUnderLogins(Scenario):
    name = "health under 50 logins"

    def run(self, site, seconds, connections):
        hammer = threading.Thread(
            target=wrk, args=(site, "login.lua", "/api/v1/auth/login", seconds + 1, 50))
        hammer.start()
        try:
            return wrk(site, "get.lua", "/healthz", seconds, 2)
        finally:
            hammer.join()


ALL = [Health(), Services(), SearchedServices(), Appointments(), Booking(), Month(), Login(), HealthUnderLogins()]
