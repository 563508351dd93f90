"""A release build of the server over the bench population."""
import datetime
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

import process

PORT = 18080
METRICS_PORT = 19090
SLOTS_PER_RUN = 1_000_000  # far more than one turn can book
DAYS_BOOKED_ALREADY = 25
POPULATION = 100_000  # appointments, as `frontdesk demo --size bench` makes them: 2,000 a day
HISTORY_A_DAY = 9_600  # by history.sql
HISTORY_DAYS_AT_ONCE = 30
HISTORY = pathlib.Path(__file__).resolve().parent / "history.sql"
A_PAGE = 20  # as many appointments as a list shows at once
CUSTOMERS_AT_ONCE = 1000  # their sessions are asked for every four seconds (R12), as in a busy hour


class Site:
    """Starts the server, makes the files that the load reads, stops the server."""

    def __init__(self, binary, data_dir, appointments=POPULATION):
        self.binary = pathlib.Path(binary)
        self.folder = pathlib.Path(data_dir)
        self.base_url = f"http://127.0.0.1:{PORT}"
        self.appointments = appointments
        self.slots_taken = 0
        self.pgbench_slots_taken = 0
        self.process = None

    def __enter__(self):
        if not self.binary.exists():
            raise SystemExit(f"{self.binary} is missing: script/build release")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)
        self.tokens = self.folder / "tokens"
        all_tokens = self.folder / "all-tokens"
        self._run("demo", "--size", "bench", "--tokens", str(all_tokens))
        self.user_count = min(CUSTOMERS_AT_ONCE, self.appointments // A_PAGE)
        self.tokens.write_text("".join(all_tokens.read_text().splitlines(True)[:self.user_count]))
        self._start()
        try:
            self._write_inputs()
            time.sleep(1)
            self.idle_mib = process.private_memory_mib(self.pid)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=40)

    @property
    def pid(self):
        return self.process.pid

    def take_slots(self):
        """Where in the scattered order of slots the next turn begins."""
        self.slots_taken += SLOTS_PER_RUN // 20
        return self.slots_taken

    def take_pgbench_slots(self):
        """The same for pgbench, which books days that the server's turns leave alone."""
        self.pgbench_slots_taken += SLOTS_PER_RUN // 20
        return self.pgbench_slots_taken

    def _environment(self):
        limit = "1000000000/15m"
        return dict(os.environ, FRONTDESK_ENV="development", FRONTDESK_DATA_DIR=str(self.folder),
                    FRONTDESK_LISTEN=f"127.0.0.1:{PORT}", FRONTDESK_WORKER="off",
                    FRONTDESK_METRICS_LISTEN=f"127.0.0.1:{METRICS_PORT}",
                    FRONTDESK_RATE_LIMIT=limit, FRONTDESK_RATE_LIMIT_USER=limit,
                    FRONTDESK_LOGIN_LIMIT=limit, FRONTDESK_CODE_LIMIT=limit)

    def _run(self, *arguments):
        subprocess.run([self.binary, *arguments], env=self._environment(), check=True)

    def _start(self):
        began = time.monotonic()
        log = open(self.folder / "server.log", "wb")
        self.process = subprocess.Popen([self.binary, "serve"], env=self._environment(), stdout=log,
                                        stderr=subprocess.STDOUT)
        while True:
            try:
                with urllib.request.urlopen(self.base_url + "/healthz", timeout=1):
                    break
            except (urllib.error.URLError, ConnectionError):
                if self.process.poll() is not None or time.monotonic() - began > 60:
                    raise SystemExit(f"the server did not start: see {self.folder}/server.log")
                time.sleep(0.005)
        self.start_seconds = time.monotonic() - began

    def _psql(self, *arguments):
        done = subprocess.run(
            ["psql", "-h", self.database["host"], "-p", str(self.database["port"]), "-U", self.database["user"],
             "-v", "ON_ERROR_STOP=1", "-q", *arguments, self.database["dbname"]],
            stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout

    def _query(self, statement):
        return self._psql("-At", "-F", " ", "-c", statement)

    def _forget_earlier_bookings(self):
        beyond = f"starts_at > current_date + {DAYS_BOOKED_ALREADY + 1}"
        self._query(f"DELETE FROM appointments WHERE {beyond}; DELETE FROM occupations WHERE {beyond}; "
                    f"TRUNCATE outbox, audit_logs")

    def _populate(self):
        """Adds days of the past until there are as many appointments as were asked for, or leaves a few days alone."""
        count = int(self._query("SELECT count(*) FROM appointments"))
        if self.appointments < POPULATION:
            half_days = self.appointments // 4_000
            outside = f"starts_at NOT BETWEEN current_date - {half_days} AND current_date + {half_days}"
            # Few customers who have as many as a page shows: the answers are as long as a large population's.
            customer = f"1 + (hashtext(id::text) & 2147483647) % {self.user_count}"
            self._query(f"DELETE FROM appointments WHERE {outside}; DELETE FROM occupations WHERE {outside}; "
                        f"UPDATE appointments SET user_id = ('00000000-0000-7000-8001-' || lpad(to_hex({customer}), 12, '0'))::uuid")
        days_back = int(self._query("SELECT (now() AT TIME ZONE 'Europe/Berlin')::date - min(date) FROM appointments"))
        day = max(days_back, DAYS_BOOKED_ALREADY) + 1
        while count + HISTORY_A_DAY <= self.appointments:
            last = min(day + HISTORY_DAYS_AT_ONCE, day + (self.appointments - count) // HISTORY_A_DAY) - 1
            self._psql("-v", f"first={day}", "-v", f"last={last}", "-f", str(HISTORY))
            count += (last - day + 1) * HISTORY_A_DAY
            day = last + 1
            print(f"  {count:,} of {self.appointments:,} appointments", file=sys.stderr, flush=True)
        self._query("VACUUM ANALYZE")

    def _write_inputs(self):
        url = subprocess.run([self.binary, "database-url"], env=self._environment(), check=True,
                             capture_output=True, text=True).stdout
        self.database = dict(re.findall(r"(\w+)=(\S+)", url))
        self.database.setdefault("port", "5432")
        self._forget_earlier_bookings()
        if self.appointments != POPULATION:
            self._populate()
        self.members = self.folder / "members"
        self.members.write_text(self._query(
            "SELECT staff_id, service_id FROM staff_services ORDER BY staff_id"))
        self.services = self.folder / "services"
        self.services.write_text(self._query("SELECT id FROM services ORDER BY position"))
        self.starts = self.folder / "starts"
        first = datetime.date.today() + datetime.timedelta(days=DAYS_BOOKED_ALREADY + 1)
        self.starts.write_text(self._query(f"""
            SELECT to_char((day + make_interval(mins => minute)) AT TIME ZONE 'Europe/Berlin' AT TIME ZONE 'UTC',
                           'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            FROM generate_series('{first}'::timestamp, '{first}'::timestamp + interval '120 days', '1 day') AS day,
                 generate_series(480, 1170, 30) AS minute"""))
