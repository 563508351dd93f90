"""Which documented (operation, status) pairs have been answered. Each pytest process appends to a
file of its own; the one that the user started sums up when all have ended."""
import os
import pathlib
import tempfile

from harness.contract import contract

_seen = set()
_folder_variable = "FRONTDESK_TEST_COVERAGE"


def record(operation_id, status):
    _seen.add((operation_id, status))


def begin():
    """Called by the first process, before it starts others: they inherit the folder."""
    os.environ.setdefault(_folder_variable, tempfile.mkdtemp(prefix="frontdesk-coverage."))


def save():
    folder = pathlib.Path(os.environ[_folder_variable])
    (folder / f"{os.getpid()}").write_text("".join(f"{name} {status}\n" for name, status in sorted(_seen)))


def missing(excused):
    """Documented pairs that no process has seen and nobody excuses; pairs that are excused for
    nothing."""
    folder = pathlib.Path(os.environ[_folder_variable])
    seen = {(line.split()[0], int(line.split()[1])) for file in folder.iterdir() for line in file.open()}
    documented = {(operation.id, status) for operation in contract().operations.values()
                  for status in operation.statuses}
    return sorted(documented - seen - set(excused)), sorted(set(excused) & seen) + sorted(set(excused) - documented)
