"""Mails by a real mail server: what arrives, and what becomes of those that it refuses."""
import re

from exim import LOGIN
from harness import outbox
from harness.client import Api
from workers import url_of, wait_until

CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n".encode()
SUBJECT = "Ihr Termin für „Färben & Föhnen“ am Dienstag, dem 3. März 2026, um 14:30 Uhr bei Zoë wurde bestätigt"


def arrived(exim, local_part):
    return wait_until(lambda: exim.box(local_part), exim.log)


def is_done(desk, row_id, wanted="delivered"):
    return wait_until(lambda: (row := outbox.status(desk, row_id))["status"] == wanted and row,
                      lambda: outbox.status(desk, row_id))


def test_what_was_meant_is_what_arrives(desk, work, start_exim):
    exim = start_exim()
    [row_id] = outbox.enqueue(
        desk, ["ann@example.test"], subject=SUBJECT, to_name="Änne, die Große",
        text="Grüße\n.\nFrom here on\n" + "lang " * 300, html="<p dir=rtl>مرحبا</p>",
        headers=[["List-Unsubscribe", "<https://book.example.test/u/abc>"]],
        attachments=[{"type": "text/calendar; method=REQUEST; charset=utf-8", "name": "", "content": CALENDAR, "alternative": True},
                     {"type": "text/calendar; charset=utf-8", "name": "Termin für Änne.ics", "content": CALENDAR, "alternative": False},
                     {"type": "application/octet-stream", "name": "a.bin", "content": bytes(range(256)), "alternative": False}])
    work(url_of(exim), outbound_ca=str(exim.folder / "ca.pem"))
    [mail] = arrived(exim, "ann")
    assert mail["Subject"] == SUBJECT
    assert mail["From"].addresses[0].display_name == "Salon Zoë" and mail["From"].addresses[0].addr_spec == "desk@example.test"
    assert mail["To"].addresses[0].display_name == "Änne, die Große" and mail["To"].addresses[0].addr_spec == "ann@example.test"
    assert mail["Message-ID"] == f"<{row_id}@example.test>"
    assert mail["Date"].datetime.tzinfo and mail["MIME-Version"] == "1.0" and mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == "<https://book.example.test/u/abc>"
    assert mail["Return-path"] == "<desk@example.test>"
    raw = bytes(mail)
    assert all(len(line) <= 998 for line in raw.split(b"\n")) and raw.decode("ascii")
    mixed = list(mail.iter_parts())
    alternatives = list(mixed[0].iter_parts())
    assert mail.get_content_type() == "multipart/mixed" and mixed[0].get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in alternatives] == ["text/plain", "text/html", "text/calendar"]
    assert alternatives[0].get_content().replace("\r\n", "\n").rstrip("\n") == ("Grüße\n.\nFrom here on\n" + "lang " * 300).rstrip("\n")
    assert alternatives[1].get_content().strip() == "<p dir=rtl>مرحبا</p>"
    assert alternatives[2]["Content-Type"].params["method"] == "REQUEST"
    assert alternatives[2].get_payload(decode=True) == CALENDAR and alternatives[2].get_filename() is None
    assert mixed[1].get_filename() == "Termin für Änne.ics" and mixed[1].get_payload(decode=True) == CALENDAR
    assert mixed[2].get_filename() == "a.bin" and mixed[2].get_payload(decode=True) == bytes(range(256))
    assert is_done(desk, row_id)["wiped"]


def test_a_login_by_the_older_mechanism(desk, work, start_exim):
    exim = start_exim(authenticators=LOGIN)
    outbox.enqueue(desk, ["ann@example.test"])
    work(url_of(exim), outbound_ca=str(exim.folder / "ca.pem"))
    [mail] = arrived(exim, "ann")
    assert mail.get_content_type() == "text/plain"
    wait_until(lambda: "A=login:desk" in exim.log() and "X=TLS1.3" in exim.log(), exim.log)


def test_recipients_that_are_refused(desk, work, start_exim):
    exim = start_exim()
    never, later, good, far = outbox.enqueue(desk, ["never-ann@example.test", "later-ben@example.test", "cat@example.test",
                                                    "zoë@example.test"])
    worker = work(url_of(exim), outbound_ca=str(exim.folder / "ca.pem"))
    assert is_done(desk, good)
    row = is_done(desk, never, "dead")
    assert row["attempts"] == 1 and row["last_error"] == "recipient: 550 (address) is unknown here"
    assert "RFC 6531" in is_done(desk, far, "dead")["last_error"]
    row = wait_until(lambda: (row := outbox.status(desk, later))["attempts"] >= 2 and row, worker.log)
    assert row["status"] == "waiting" and row["last_error"].startswith("recipient: 451") and not row["channel_failed"]
    assert "later-ben" not in worker.log() and "never-ann" not in worker.log()


def test_a_wrong_password_costs_no_message(desk, work, start_exim):
    exim = start_exim()
    authority = str(exim.folder / "ca.pem")
    [row_id] = outbox.enqueue(desk, ["ann@example.test"])
    wrong = work(url_of(exim, password="hush-wrong"), outbound_ca=authority)
    row = wait_until(lambda: (row := outbox.status(desk, row_id))["last_error"] and row, wrong.log)
    assert row["status"] == "waiting" and row["channel_failed"] and "login: 535" in row["last_error"]
    wait_until(lambda: "login: 535" in wrong.log(), wrong.log)
    assert "hush-wrong" not in wrong.log()
    looked = desk.run("doctor", smtp_url=url_of(exim, password="hush-wrong"), mail_from="desk@example.test", outbound_ca=authority)
    assert "login: 535" in looked.stdout and "hush-wrong" not in looked.stdout + looked.stderr
    assert wrong.stop() == 0
    work(url_of(exim), outbound_ca=authority)
    arrived(exim, "ann")
    looked = desk.run("doctor", smtp_url=url_of(exim), mail_from="desk@example.test", outbound_ca=authority)
    assert f"localhost:{exim.port} answers and takes the login" in looked.stdout


def test_our_sender_is_refused_and_costs_no_message(desk, work, start_exim):
    exim = start_exim()
    [row_id] = outbox.enqueue(desk, ["ann@example.test"])
    worker = work(url_of(exim), outbound_ca=str(exim.folder / "ca.pem"), mail_from="desk@refused.example.test")
    row = wait_until(lambda: (row := outbox.status(desk, row_id))["last_error"] and row, worker.log)
    assert row["status"] == "waiting" and row["last_error"].startswith("sender: 550")


def test_a_certificate_that_does_not_fit_is_refused(desk, work, start_exim):
    unknown, other = start_exim(), start_exim(name="mail.other.test")
    [row_id] = outbox.enqueue(desk, ["ann@example.test"])
    for exim, settings in ((unknown, {}), (other, {"outbound_ca": str(other.folder / "ca.pem")})):
        desk.sql("UPDATE outbox SET last_error = NULL, due_at = now()")
        worker = work(url_of(exim), **settings)
        row = wait_until(lambda: (row := outbox.status(desk, row_id))["last_error"] and row, worker.log)
        assert row["status"] == "waiting" and "STARTTLS" in row["last_error"] and "certificate" in row["last_error"]
        assert worker.stop() == 0
        assert not exim.box("ann") and "A=plain" not in exim.log()


def test_without_starttls_nothing_is_said(desk, work, start_exim):
    exim = start_exim(starttls="", needs_login=False)
    [row_id] = outbox.enqueue(desk, ["ann@example.test"])
    worker = work(url_of(exim))
    row = wait_until(lambda: (row := outbox.status(desk, row_id))["last_error"] and row, worker.log)
    assert row["status"] == "waiting" and not exim.box("ann")
    assert worker.stop() == 0
    desk.sql("UPDATE outbox SET due_at = now()")
    work(url_of(exim, user="", query=""))  # loopback: spoken to as it is
    arrived(exim, "ann")


def test_codes_arrive_by_mail_and_the_inbox_is_closed(start_server, start_exim):
    exim = start_exim(name="localhost")
    server = start_server(demo=False, smtp_url=url_of(exim), mail_from="Desk <desk@example.test>", outbound_ca=str(exim.folder / "ca.pem"))
    api = Api(server)
    api.post("/api/v1/auth/register", {"name": "Ann", "email": "ann@example.test", "password": "correct horse battery"}, expect=202)
    [mail] = arrived(exim, "ann")
    assert re.search(r"\b\d{6}\b", mail.get_body().get_content())
    assert api.get("/dev/inbox").status == 404
    shown = server.run("check-config").stdout
    assert "s3cret" not in shown and f"localhost:{exim.port}" in shown
