"""How long answers take, compared with each other, never with a number of seconds of this machine."""
import statistics

from harness.outbox import wait_until_dispatched


def assert_same_time(one, other, api, rounds=5, samples=15):
    """R05: medians differ by at most max(5 ms, 10 %); taken in turns, so that what else the machine
    does hits both. A busy machine gets five chances."""
    for _ in range(rounds):
        times = {one: [], other: []}
        for _ in range(samples):
            for call in (one, other):
                wait_until_dispatched(api.server)  # what the call before has left to do hits neither
                call()
                times[call].append(api.elapsed_s)
        first, second = (statistics.median(values) for values in times.values())
        if abs(first - second) <= max(0.005, 0.1 * max(first, second)):
            return
    raise AssertionError(f"medians {first * 1000:.1f} ms and {second * 1000:.1f} ms differ")
