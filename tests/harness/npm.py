"""Programs of npm that tests need, at exactly the versions of a lock file; nothing of them is kept in the project."""
import base64
import fcntl
import hashlib
import os
import shutil
import subprocess
import tarfile

from harness.process import ROOT

PLACE = ROOT / "build" / "npm"
QUIETLY = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--prefer-offline"]


def installed(folder):
    """The node_modules of `folder`'s package-lock.json, installed below build/npm once. No script of a package runs."""
    place = PLACE / folder.name
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of test processes side by side one installs
        wanted, have = folder / "package-lock.json", place / "installed-lock.json"
        if not have.exists() or have.read_bytes() != wanted.read_bytes():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(folder / name, place)
            npm("ci", *QUIETLY, folder=place)
            shutil.copy(wanted, have)
    return place / "node_modules"


def file_of(package, integrity, path, place):
    """One file of a package, without what the package depends on; `integrity` as in a lock file: sha512-…"""
    target = place / os.path.basename(path)
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            npm("pack", package, "--prefer-offline", folder=place)
            [archive] = place.glob("*.tgz")
            found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
            if found != integrity:
                archive.unlink()
                raise AssertionError(f"{package} is {found}, not {integrity}")
            with tarfile.open(archive) as tar:
                content = tar.extractfile(f"package/{path}").read()
            target.with_suffix(".new").write_bytes(content)
            target.with_suffix(".new").rename(target)
            archive.unlink()
    return target


def npm(*arguments, folder):
    done = subprocess.run(["npm", *arguments], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, f"npm {arguments[0]} in {folder}:\n{done.stdout}\n{done.stderr}"
