#!/usr/bin/python3
"""Measures a release build under load, beside pgbench running the very same SQL.

Every figure is measured `--rounds` times, the server's and pgbench's turns taking each other off,
and the median is printed: a noisy neighbour then spoils a round, not the comparison.
"""
import argparse
import datetime
import json
import pathlib
import statistics
import subprocess
import sys

import pgbench
import process
import scenarios
import server

HERE = pathlib.Path(__file__).resolve().parent
WRONG_SHARE_LIMIT = 0.01


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, default=HERE.parent / "build" / "release" / "frontdesk")
    parser.add_argument("--data-dir", default="/var/tmp/frontdesk-bench",
                        help="kept between runs; the bench population loads once (20 s)")
    parser.add_argument("--appointments", type=int, default=server.POPULATION,
                        help="more of them lie in the past; a folder of their own, which takes minutes to fill once")
    parser.add_argument("--seconds", type=int, default=8, help="length of one turn")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--only", help="names of scenarios, separated by commas")
    parser.add_argument("--json", help="also write the figures to this file")
    return parser.parse_args()


def measure(site, scenario, options):
    """One turn under wrk: the report of the run with the server's CPU time per request."""
    cpu_before = process.cpu_seconds(site.pid)
    report = scenario.run(site, options.seconds, options.connections)
    cpu = process.cpu_seconds(site.pid) - cpu_before
    seconds = report["duration_us"] / 1e6
    return {"rate": report["requests"] / seconds, "p50_ms": report["p50_us"] / 1000,
            "p99_ms": report["p99_us"] / 1000, "cpu_us": cpu * 1e6 / max(report["requests"], 1),
            "requests": report["requests"], "wrong": report["wrong"]}


def median_of(turns, key):
    return statistics.median(turn[key] for turn in turns)


def run_scenario(site, scenario, options):
    turns, yardstick = [], []
    for number in range(options.rounds):
        print(f"  {scenario.name}: round {number + 1} of {options.rounds}", file=sys.stderr)
        turns.append(measure(site, scenario, options))
        script = scenario.pgbench_script(site)
        if script:
            yardstick.append(pgbench.run(script, site.folder, site.database, scenario.pgbench_clients,
                                         options.seconds))
    row = {key: median_of(turns, key) for key in ("rate", "p50_ms", "p99_ms", "cpu_us")}
    row["name"] = scenario.name
    row["wrong_share"] = sum(t["wrong"] for t in turns) / max(sum(t["requests"] for t in turns), 1)
    row["pgbench"] = statistics.median(yardstick) if yardstick else None
    row["ratio"] = row["rate"] / row["pgbench"] if yardstick else None
    return row


def print_table(rows, site):
    print(f"\n{'scenario':<24}{'req/s':>10}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs':>9}{'pgbench':>10}"
          f"{'ratio':>8}{'wrong':>8}")
    for row in rows:
        pgbench_rate = f"{row['pgbench']:.0f}" if row["pgbench"] else "–"
        ratio = f"{row['ratio']:.2f}" if row["ratio"] else "–"
        print(f"{row['name']:<24}{row['rate']:>10.0f}{row['p50_ms']:>9.2f}{row['p99_ms']:>9.2f}"
              f"{row['cpu_us']:>9.1f}{pgbench_rate:>10}{ratio:>8}{row['wrong_share']:>8.2%}")
    print(f"\nprivate memory: {site.idle_mib:.1f} MiB idle, "
          f"{process.private_memory_mib(site.pid):.1f} MiB after the load"
          f"\nstart to first answer, warm data folder: {site.start_seconds * 1000:.0f} ms")


def print_functions(binary):
    """The pure functions that answers are made of, without server and database."""
    done = subprocess.run([binary, "--benchmark_format=json", "--benchmark_min_time=0.5"],
                          capture_output=True, text=True, check=True)
    print()
    for figure in json.loads(done.stdout)["benchmarks"]:
        microseconds = figure["cpu_time"] * {"ns": 0.001, "us": 1, "ms": 1000}[figure["time_unit"]]
        print(f"{figure['name']:<44}{microseconds:>9.1f} µs")


def main():
    options = arguments()
    wanted = options.only.split(",") if options.only else None
    folder = options.data_dir
    if options.appointments != server.POPULATION:
        folder = f"{folder}-{options.appointments}"
    with server.Site(options.binary, folder, options.appointments) as site:
        chosen = [s for s in scenarios.ALL if wanted is None or s.name in wanted]
        if not chosen and wanted != ["functions"]:
            raise SystemExit(f"no such scenario: {options.only}")
        print(f"{datetime.datetime.now():%Y-%m-%d %H:%M} · {options.rounds} rounds of "
              f"{options.seconds} s · {options.connections} connections", file=sys.stderr)
        rows = [run_scenario(site, scenario, options) for scenario in chosen]
        print_table(rows, site)
        if wanted is None or "functions" in wanted:
            print_functions(options.binary.parent / "bench" / "availability_bench")
        if options.json:
            pathlib.Path(options.json).write_text(json.dumps(rows, indent=2) + "\n")
    wrong = [row["name"] for row in rows if row["wrong_share"] > WRONG_SHARE_LIMIT]
    if wrong:
        raise SystemExit(f"more than 1 % of the answers were not what was asked for: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
