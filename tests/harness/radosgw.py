"""An S3 that checks signatures: Ceph's RadosGW with one monitor and one store in memory, for one session
of tests. It needs root: its monitor refuses to run as somebody else's."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import uuid

from harness.process import free_port

NEEDED = ("ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph", "monmaptool", "ceph-authtool")
READY_WITHIN_S = 120
CONF = """\
[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{mon},v1:127.0.0.1:{mon_v1}]
public network = 127.0.0.0/8
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
auth allow insecure global id reclaim = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
mon data avail warn = 2
ms bind ipv6 = false
run dir = {folder}
keyring = {folder}/keyring
log file = {folder}/$name.log
admin socket = {folder}/$name.asok
pid file = {folder}/$name.pid
[mon.a]
mon data = {folder}/mon
[osd.0]
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = 1073741824
[client.admin]
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw enable usage log = false
rgw thread pool size = 32
rgw run sync thread = false
rgw data = {folder}/rgw
"""


def why_not():
    """Why it cannot run here, or None."""
    missing = [name for name in NEEDED if not shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")]
    if missing:
        return f"{', '.join(missing)} of Debian's radosgw, ceph-mon, ceph-osd and ceph-common is not installed"
    return None if os.geteuid() == 0 else "Ceph's daemons run as root only"


class RadosGateway:
    """start() takes 12 to 15 s. Its one user may do everything."""

    access_key = "AKIATESTTESTTEST"
    secret_key = "secret/with+chars/abcdefghij0123456789"
    region = "us-east-1"

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="frontdesk-s3.", dir="/var/tmp"))
        self.port = free_port()
        self.environment = os.environ | {"CEPH_CONF": str(self.folder / "ceph.conf"), "CEPH_ARGS": f"-c {self.folder}/ceph.conf",
                                         "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin", "LC_ALL": "C"}
        self.environment.pop("PYTHONPATH", None)
        self.processes = []

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    def client(self, **options):
        """boto3, as a second opinion."""
        import boto3
        import botocore.config
        return boto3.client("s3", endpoint_url=self.endpoint, aws_access_key_id=self.access_key, aws_secret_access_key=self.secret_key,
                            region_name=self.region, config=botocore.config.Config(s3={"addressing_style": "path"}), **options)

    def start(self):
        folder = self.folder
        for name in ("mon", "osd", "rgw"):
            (folder / name).mkdir()
        fsid = str(uuid.uuid4())
        mon = free_port()
        (folder / "ceph.conf").write_text(CONF.format(fsid=fsid, mon=mon, mon_v1=free_port(), port=self.port, folder=folder))
        keyring = str(folder / "keyring")
        self.run("ceph-authtool", "-C", keyring, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *")
        self.run("ceph-authtool", keyring, "--gen-key", "-n", "client.admin", "--cap", "mon", "allow *", "--cap", "osd", "allow *", "--cap", "mgr", "allow *")
        self.run("ceph-authtool", keyring, "--gen-key", "-n", "osd.0", "--cap", "mon", "allow profile osd", "--cap", "osd", "allow *")
        addresses = next(line for line in (folder / "ceph.conf").read_text().splitlines() if line.startswith("mon host")).partition("= ")[2]
        self.run("monmaptool", "--create", "--fsid", fsid, "--addv", "a", addresses, str(folder / "monmap"))
        self.run("ceph-mon", "--mkfs", "-i", "a", "--monmap", str(folder / "monmap"), "--keyring", keyring)
        self.launch("ceph-mon", "-f", "-i", "a")
        osd = str(uuid.uuid4())
        self.run("ceph", "osd", "new", osd)
        self.run("ceph", "auth", "import", "-i", keyring)
        self.run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", osd)
        self.launch("ceph-osd", "-f", "-i", "0")
        self.run("radosgw-admin", "user", "create", "--uid=app", "--display-name=app", f"--access-key={self.access_key}", f"--secret={self.secret_key}")
        self.launch("radosgw", "-f", "-n", "client.admin")
        self.wait()
        return self

    def run(self, *command):
        done = subprocess.run(command, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=READY_WITHIN_S)
        assert done.returncode == 0, f"{' '.join(command)}: {done.stdout}\n{done.stderr}"

    def launch(self, *command):
        with (self.folder / f"{command[0]}.out").open("wb") as out:
            self.processes.append(subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out))

    def wait(self):
        give_up = time.monotonic() + READY_WITHIN_S
        while True:
            try:
                urllib.request.urlopen(self.endpoint, timeout=5).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                assert time.monotonic() < give_up, (self.folder / "radosgw.out").read_text(errors="replace")[-2000:]
                assert all(process.poll() is None for process in self.processes), "one of Ceph's daemons ended"
                time.sleep(0.1)

    def stop(self):
        for process in reversed(self.processes):  # the gateway before the store, the store before the monitor
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
