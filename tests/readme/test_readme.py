"""The booking in README.md happens as it is written there.

Each `sh` block runs in one shell, in order; the block after it is what it must print, where `…`
stands for anything.
"""

import pathlib
import re
import subprocess

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"
END_OF_BLOCK = "--- end of block ---"


def walk():
    """The (commands, expected output) pairs of the section about the booking."""
    section = re.search(r"^## A booking, .*?(?=^## )", README.read_text(), re.M | re.S)[0]
    return re.findall(r"```sh\n(.*?)```\n```json\n(.*?)```", section, re.S)


def pattern(expected):
    return ".*?".join(re.escape(part) for part in expected.strip().split("…")) + "\\s*$"


def test_the_walk_of_the_readme_happens_as_written(server, tmp_path):
    blocks = walk()
    assert len(blocks) == 8, "every sh block is followed by what it prints"
    script = "".join(f"{commands}\necho '{END_OF_BLOCK}'\n" for commands, _ in blocks)
    script = script.replace("http://localhost:8080", server.base_url)
    result = subprocess.run(["sh", "-eu", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    printed = result.stdout.split(END_OF_BLOCK)
    for (commands, expected), output in zip(blocks, printed):
        assert re.match(pattern(expected), output.strip(), re.S), f"{commands}\nprinted {output}\n{result.stderr}"
    assert result.returncode == 0, result.stderr
    assert len(printed) == len(blocks) + 1
