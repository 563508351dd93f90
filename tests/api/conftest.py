"""Ends a whole run of this suite with the question whether everything documented was answered."""
import pathlib

import pytest

from harness import coverage

# Pairs that no request can be made to produce against a healthy server of this suite, and where
# they are tested instead.
EXCUSED = {("receiveSmsStatus", 204): "tests/delivery/test_twilio.py: it takes an account at Twilio",
           ("receiveSmsStatus", 503): "the same"}


def is_whole_run(config):
    here = pathlib.Path(__file__).parent
    chosen = [pathlib.Path(argument).resolve() for argument in config.args]
    options = config.option
    return chosen == [here] and not options.keyword and not options.markexpr and not options.lf and not options.collectonly


def is_worker(config):
    return hasattr(config, "workerinput")


def pytest_configure(config):
    coverage.begin()


def pytest_sessionfinish(session):
    coverage.save()


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter, exitstatus, config):
    if is_worker(config) or not is_whole_run(config):
        return
    never, for_nothing = coverage.missing(EXCUSED)
    for name, status in never:
        terminalreporter.write_line(f"NEVER ANSWERED: {name} {status} is documented, and no test produced it")
    for name, status in for_nothing:
        terminalreporter.write_line(f"EXCUSED FOR NOTHING: {name} {status}; take it off the list")
    if never or for_nothing:
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED
