"""Finds the harness for every suite below, and gives all of them its fixtures."""
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
pytest.register_assert_rewrite("harness")

from harness.fixtures import *  # noqa: E402, F401, F403
from harness.fixtures import pytest_runtest_makereport  # noqa: E402, F401
