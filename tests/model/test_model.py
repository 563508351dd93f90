"""Thousands of random commands against two servers and PostgreSQL, and a plain model of intervals
beside them (R50, R57). A failing run is shrunk; `--seed` repeats a run, `--commands` makes it longer."""
import hypothesis
import hypothesis.core
import pytest
from hypothesis.stateful import run_state_machine_as_test

from example import Site
from harness import people
from harness.client import Api
from harness.crowd import violations
from harness.process import Frontdesk
from machine import Booking

COMMANDS_PER_EXAMPLE = 50


@pytest.fixture(scope="module")
def server():
    frontdesk = Frontdesk()
    try:
        frontdesk.start()
        frontdesk.start_peer()
        yield frontdesk
    finally:
        problem = frontdesk.close()
    if problem:
        pytest.fail(problem)


@pytest.fixture(scope="module")
def site(server):
    server.sql("UPDATE settings SET max_active_appointments = 1000000, max_bookings_per_hour = 1000000; DELETE FROM closures")
    api = Api(server)
    persons = [people.person(api, "admin@demo.test"), people.new_customer(api), people.new_customer(api)]
    clients = [[Api(server, person.access_token, instances=[instance]) for person in persons] for instance in server.instances]
    return Site(server, clients, persons)


def run(site, seed, examples):
    settings = hypothesis.settings(max_examples=examples, stateful_step_count=COMMANDS_PER_EXAMPLE, deadline=None, database=None,
                                   suppress_health_check=hypothesis.HealthCheck.all(), print_blob=False)
    before, hypothesis.core.global_force_seed = hypothesis.core.global_force_seed, seed
    Booking.site = site
    try:
        run_state_machine_as_test(Booking, settings=settings)
    finally:
        hypothesis.core.global_force_seed = before


def test_R50_R57_the_servers_do_what_the_plain_model_does(site, request):
    seed, wanted = request.config.getoption("--seed"), request.config.getoption("--commands")
    print(f"the seed is {seed}: --seed {seed} repeats this run")
    rounds = 0
    while site.commands < wanted:
        run(site, seed + rounds, examples=max(20, (wanted - site.commands) // COMMANDS_PER_EXAMPLE))
        rounds += 1
        assert rounds < 100, "the commands do not get done"
    print(f"{site.commands} commands, {site.slots_shown} slots shown, refusals: {site.refusals}")
    assert violations(site.server) == []
    # What comes up in any ten thousand; rarer refusals do in most.
    assert {"slot_taken", "outside_working_hours", "off_grid", "invalid_transition"} <= set(site.refusals) or wanted < 5000
