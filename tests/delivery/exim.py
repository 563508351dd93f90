"""exim4 as the mail server of a test: STARTTLS, a login, its own ports and folders, boxes to look into.
Recipients later-… are answered 451, never-… 550, by its ACL."""
import contextlib
import email
import email.policy
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import time

from harness.process import free_port

BINARY = "/usr/sbin/exim4"
USER, PASSWORD = "desk", "s3cret: with/signs"
CONFIGURATION = """
primary_hostname = mail.example.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
spool_directory = {folder}/spool
log_file_path = {folder}/%slog
pid_file_path = {folder}/pid
exim_user = {user}
exim_group = {group}
never_users =
keep_environment =
host_lookup =
rfc1413_hosts =
rfc1413_query_timeout = 0s
tls_advertise_hosts = {starttls}
tls_certificate = {folder}/server.pem
tls_privatekey = {folder}/server.key
auth_advertise_hosts = {auth}
acl_smtp_mail = sender
acl_smtp_rcpt = recipient
message_size_limit = 5M

begin acl
sender:
  deny    sender_domains = refused.example.test
          message        = this sender is not wanted
  accept
recipient:
  deny    condition = ${{if and{{{{bool{{{needs_login}}}}}{{eq{{$authenticated_id}}{{}}}}}}}}
          message   = log in first
  defer   local_parts = ^later-
          message     = <$local_part@$domain> is greylisted
  deny    local_parts = ^never-
          message     = <$local_part@$domain> is unknown here
  accept

begin routers
boxes:
  driver = accept
  transport = box

begin transports
box:
  driver = appendfile
  directory = {folder}/box
  maildir_format
  create_directory
  directory_mode = 0755
  mode = 0644
  user = {user}
  group = {group}
  return_path_add
  envelope_to_add

begin authenticators
{authenticators}
"""
PLAIN = """
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""
LOGIN = """
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = "Username:: : Password::"
  server_condition = ${{if and{{{{eq{{$auth1}}{{{user}}}}}{{eq{{$auth2}}{{{password}}}}}}}}}
  server_set_id = $auth1
"""


def make_certificates(folder, name):
    """An authority of the test's own, and a certificate by it for `name`."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)

    ec = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc")
    openssl("req", "-x509", *ec, "-days", "30", "-subj", "/CN=Authority of a test", "-keyout", "ca.key", "-out", "ca.pem")
    openssl("req", *ec, "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", "server.key", "-out", "server.csr")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30",
            "-copy_extensions", "copy", "-out", "server.pem")


class Exim:
    def __init__(self, folder, name="localhost", authenticators=PLAIN, starttls="*", needs_login=True):
        self.folder = pathlib.Path(folder)
        self.port = free_port()
        make_certificates(self.folder, name)
        user = "Debian-exim" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        group = "Debian-exim" if os.geteuid() == 0 else str(os.getegid())
        configuration = self.folder / "exim.conf"
        configuration.write_text(CONFIGURATION.format(
            port=self.port, folder=self.folder, user=user, group=group, starttls=starttls,
            needs_login="yes" if needs_login else "no", auth="${if eq{$tls_in_cipher}{}{}{*}}",
            authenticators=authenticators.format(user=USER, password=PASSWORD)))
        for name_ in ("spool", "box"):
            (self.folder / name_).mkdir()
        if os.geteuid() == 0:
            for path in [self.folder, *self.folder.iterdir()]:
                shutil.chown(path, user, group)
            shutil.chown(configuration, "root", "root")
        self.folder.chmod(0o755)
        configuration.chmod(0o644)
        self.process = subprocess.Popen([BINARY, "-C", configuration, "-bdf"], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=(self.folder / "stderr").open("wb"))
        self._wait()

    def _wait(self):
        give_up = time.monotonic() + 20
        while time.monotonic() < give_up:
            assert self.process.poll() is None, (self.folder / "stderr").read_text()
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 5) as line:
                if line.recv(100).startswith(b"220"):
                    return
            time.sleep(0.05)
        raise AssertionError(f"exim4 does not answer\n{self.log()}")

    def log(self):
        """What it has noted; on stderr where it runs for an ordinary user, who may not have it write files as root."""
        return "".join((self.folder / name).read_text() for name in ("mainlog", "paniclog", "rejectlog", "stderr")
                       if (self.folder / name).exists())

    def box(self, local_part):
        """The mails of one recipient, parsed, the oldest first."""
        files = sorted((self.folder / "box" / "new").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        mails = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]
        return [mail for mail in mails if mail["Envelope-to"].startswith(f"{local_part}@")]

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
