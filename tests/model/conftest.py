"""Options of the model-based suite."""
import random


def pytest_addoption(parser):
    group = parser.getgroup("model")
    group.addoption("--seed", type=int, help="repeat the commands of an earlier run, which has printed its seed")
    group.addoption("--commands", type=int, default=10_000, help="how many to run at least")


def pytest_configure(config):
    if config.getoption("--seed") is None:
        config.option.seed = random.SystemRandom().randrange(2**32)


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.write_line(f"The commands of this run come again with --seed {config.getoption('--seed')}.")
