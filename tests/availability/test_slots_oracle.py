"""`frontdesk slots` against an oracle of its own, on random scenarios around changes of the clock."""
import datetime as dt
import json
import os
import pathlib
import subprocess
import zoneinfo

import pytest

import oracle
import scenarios

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("FRONTDESK_BINARY", str(ROOT / "build" / "debug" / "frontdesk"))
SEED = int(os.environ.get("FRONTDESK_ORACLE_SEED", "20260329"))
BATCHES, BATCH_SIZE = 15, 20


def slots(scenario, *options):
    run = subprocess.run([BINARY, "slots", *options], input=json.dumps(scenario), text=True,
                         capture_output=True, timeout=60)
    assert run.returncode == 0, f"{run.stderr}\n{json.dumps(scenario)}"
    return run.stdout


def random_scenarios(batch, count):
    for number in range(count):
        seed = SEED + batch * 1000 + number
        yield seed, scenarios.Source(seed).scenario()


@pytest.mark.parametrize("batch", range(BATCHES))
def test_R61_the_answer_is_the_oracles(batch):
    offered = 0
    for seed, scenario in random_scenarios(batch, BATCH_SIZE):
        expected = oracle.availability(scenario)
        answer = json.loads(slots(scenario))
        assert answer == expected, f"seed {seed}: {json.dumps(scenario)}"
        offered += sum(len(day["slots"]) for day in expected["days"])
    print(f"seeds {SEED + batch * 1000} and on: {offered} slots")
    assert offered > 0


@pytest.mark.parametrize("batch", range(3))
def test_R57_an_explanation_says_offered_of_what_is_offered_alone(batch):
    for seed, scenario in random_scenarios(batch, 5):
        zone = zoneinfo.ZoneInfo(scenario["timezone"])
        free = {member["id"]: oracle.free_starts(scenario, member) for member in scenario["staff"]}
        middle = dt.datetime.combine(dt.date.fromisoformat(scenario["from"]), dt.time(10), zone)
        starts = sorted(set().union(*free.values()))[:2] + [middle.astimezone(dt.timezone.utc)]
        for start in starts:
            lines = slots(scenario, "--explain", oracle.rfc3339(start)).splitlines()
            for member in scenario["staff"]:
                line = next(line for line in lines if line.startswith(f"{member['id']}: "))
                is_offered = " is offered: " in line
                assert is_offered == (start in free[member["id"]]), f"seed {seed}: {line}\n{json.dumps(scenario)}"


def test_a_refused_scenario_names_the_field_and_exits_with_2():
    run = subprocess.run([BINARY, "slots"], input='{"timezone": "Mars/Olympus"}', text=True,
                         capture_output=True, timeout=60)
    assert run.returncode == 2
    assert run.stdout == ""
    assert "timezone: must be an IANA time zone" in run.stderr
    assert "service: is missing" in run.stderr
