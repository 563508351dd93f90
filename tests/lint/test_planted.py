"""The bugs that script/plant-bugs plants can still be planted, and the tests that must find them are there."""
import pathlib
import re
import subprocess

import pytest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PATCHES = sorted((PROJECT / "tests/planted").glob("*.patch"))


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_planted_bug_applies(patch):
    result = subprocess.run(["git", "apply", "--check", patch], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_the_test_that_must_find_a_planted_bug_is_there(patch):
    first, why = patch.read_text().splitlines()[:2]
    if of_suite := re.fullmatch(r"# pytest (tests/\S+\.py)(?:::\w+)??::(\w+)(\[[\w-]+\])?", first):
        assert f"def {of_suite[2]}(" in (PROJECT / of_suite[1]).read_text()
        assert re.match(r"# \S", why), f"{patch.name}:2: does not say what the bug does"
        return
    named = re.fullmatch(r"# ([a-z]+)_(test|pgtest) (\w+)\.(\w+)", first)
    assert named, f"{patch.name}:1: not '# PROGRAM TEST'"
    assert re.match(r"# \S", why), f"{patch.name}:2: does not say what the bug does"
    module, kind, suite, test = named.groups()
    wanted = re.compile(rf"TEST(_F)?\({suite},\s+{test}\)")
    files = (PROJECT / "server" / module).glob(f"*_{kind}.cpp")
    assert any(wanted.search(file.read_text()) for file in files)
