"""R71, R50-I8: nothing is lost, whatever dies, and nobody gets a message thrice."""
import collections
import email
import email.policy
import re
import time

from harness import outbox
from workers import url_of, wait_until


def plain(sink):
    return url_of(sink, user="", host="127.0.0.1", query="")


def waiting(desk):
    return desk.sql("SELECT count(*) FROM outbox WHERE status = 'waiting'")[0]["count"]


def message_id(message):
    return email.message_from_bytes(message.content, policy=email.policy.default)["Message-ID"]


def test_R71_down_then_up_everything_leaves(desk, work, sink):
    sink.stop()
    people = [f"person{number}@example.test" for number in range(60)]
    outbox.enqueue(desk, people)
    worker = work(plain(sink))
    wait_until(lambda: desk.sql("SELECT count(*) FROM outbox WHERE channel_failed")[0]["count"] >= 3, worker.log)
    assert waiting(desk) == 60
    desk.sql("UPDATE outbox SET due_at = now() + interval '15 minutes' WHERE channel_failed")  # as after an hour
    sink.start()
    wait_until(lambda: waiting(desk) == 0, worker.log)
    assert sorted(sink.recipients) == sorted(people)


def test_R50_I8_a_worker_that_is_killed_loses_nothing_and_repeats_at_most_once(desk, work, sink):
    people = [f"person{number}@example.test" for number in range(120)]
    outbox.enqueue(desk, people)
    sink.delay_s = 0.05
    worker = work(plain(sink))
    wait_until(lambda: len(sink.received) >= 40, worker.log)
    worker.kill()
    outbox.make_due(desk)  # a minute later
    sink.delay_s = 0
    work(plain(sink))
    wait_until(lambda: waiting(desk) == 0, worker.log)
    counted = collections.Counter(sink.recipients)
    assert set(counted) == set(people) and max(counted.values()) <= 2
    ids = collections.defaultdict(set)
    for message in sink.received:
        ids[message.recipient].add(message_id(message))
    assert all(len(found) == 1 for found in ids.values())


def test_R71_workers_share_and_never_send_one_message_at_the_same_time(desk, work, sink):
    people = [f"person{number}@example.test" for number in range(300)]
    outbox.enqueue(desk, people)
    sink.delay_s = 0.02
    for _ in range(3):
        worker = work(plain(sink))
    wait_until(lambda: waiting(desk) == 0, worker.log)
    assert sorted(sink.recipients) == sorted(people)
    assert desk.sql("SELECT count(*) FROM outbox WHERE attempts = 1 AND status = 'delivered'")[0]["count"] == 300


def test_the_messages_of_an_appointment_keep_their_order(desk, work, sink):
    keys = [f"00000000-0000-7000-8000-{number:012}" for number in range(10)]
    for step in range(5):
        for key in keys:
            outbox.enqueue(desk, [f"person{key[-1]}@example.test"], order_key=key, subject=f"step {step}")
    sink.delay_s = 0.005
    workers = [work(plain(sink)) for _ in range(2)]
    wait_until(lambda: waiting(desk) == 0, workers[0].log)
    steps = collections.defaultdict(list)
    for message in sink.received:
        steps[message.recipient].append(int(re.search(rb"Subject: step (\d)", message.content)[1]))
    assert len(steps) == 10 and all(found == [0, 1, 2, 3, 4] for found in steps.values()), steps


def test_a_connection_lost_after_the_message_gives_one_copy_more_at_most(desk, work, sink):
    [row_id] = outbox.enqueue(desk, ["drop-ann@example.test"])
    worker = work(plain(sink))
    row = wait_until(lambda: (row := outbox.status(desk, row_id))["last_error"] and row, worker.log)
    assert row["status"] == "waiting" and row["last_error"].startswith("message:") and not row["channel_failed"]
    sink.good_natured = True
    outbox.make_due(desk)
    wait_until(lambda: outbox.status(desk, row_id)["status"] == "delivered", worker.log)
    assert {message_id(message) for message in sink.received} == {f"<{row_id}@example.test>"}


def test_R50_I8_a_message_that_is_never_answered_leaves_twice_and_no_more(desk, work, sink):
    [row_id] = outbox.enqueue(desk, ["drop-ann@example.test"])
    worker = work(plain(sink))
    wait_until(lambda: outbox.status(desk, row_id)["last_error"], worker.log)
    outbox.make_due(desk)
    row = wait_until(lambda: (row := outbox.status(desk, row_id))["status"] != "waiting" and row, worker.log)
    assert row["status"] == "dead" and row["last_error"].startswith("sent twice, never answered; message:")
    assert len(sink.received) == 2 and not row["wiped"]


def test_R72_a_recipient_that_hangs_holds_up_nobody_else(desk, work, sink):
    [hangs] = outbox.enqueue(desk, ["hang-ann@example.test"])
    people = [f"person{number}@example.test" for number in range(40)]
    outbox.enqueue(desk, people)
    worker = work(plain(sink))
    wait_until(lambda: len(sink.received) == 40, worker.log)
    assert outbox.status(desk, hangs)["last_error"] is None
    row = wait_until(lambda: (row := outbox.status(desk, hangs))["last_error"] and row, worker.log)
    assert (row["status"], row["last_error"]) == ("waiting", "recipient: no answer in time")


def test_connections_are_used_again(desk, work, sink):
    outbox.enqueue(desk, [f"person{number}@example.test" for number in range(200)])
    worker = work(plain(sink))
    wait_until(lambda: waiting(desk) == 0, worker.log)
    assert len(sink.received) == 200 and sink.connections <= 16


def test_a_server_that_takes_so_many_mails_a_connection_says_an_ordinary_goodbye(desk, work, sink):
    sink.mails_a_connection = 2
    outbox.enqueue(desk, [f"person{number}@example.test" for number in range(100)])
    worker = work(plain(sink))
    wait_until(lambda: waiting(desk) == 0, worker.log)
    assert len(sink.received) == 100 and sink.connections >= 50
    assert desk.sql("SELECT count(*) FROM outbox WHERE attempts > 1")[0]["count"] == 0


def test_R44_a_worker_that_is_stopped_ends_what_it_has_begun(desk, work, sink):
    outbox.enqueue(desk, [f"person{number}@example.test" for number in range(60)])
    sink.delay_s = 1
    worker = work(plain(sink))
    wait_until(lambda: len(sink.sessions) == 16, worker.log)
    time.sleep(0.3)
    assert worker.stop() == 0
    row = desk.sql("SELECT count(*) FILTER (WHERE status = 'delivered') AS sent, count(*) FILTER (WHERE attempts = 0 AND "
                   "leased_until IS NULL) AS untouched FROM outbox")[0]
    assert row["sent"] == len(sink.received) and row["sent"] + row["untouched"] == 60


def test_the_metrics_say_how_it_goes(desk, work, sink):
    outbox.enqueue(desk, ["never-ann@example.test", "later-ben@example.test", "cat@example.test"])
    outbox.enqueue(desk, ["+4930123456"], channel="sms")
    desk.sql("UPDATE outbox SET wanted_at = now() - interval '1 hour' WHERE channel = 'sms'")
    worker = work(plain(sink))
    wait_until(lambda: desk.sql("SELECT count(*) FROM outbox WHERE attempts > 0")[0]["count"] == 3, worker.log)

    def shown(line):
        return re.search(rf"^frontdesk_{re.escape(line)} (\S+)$", worker.metrics(), re.M)

    assert wait_until(lambda: shown('outbox_attempts_total{channel="email",outcome="sent"}'), worker.metrics)[1] == "1"
    assert shown('outbox_attempts_total{channel="email",outcome="given_up"}')[1] == "1"
    assert float(shown('outbox_attempts_total{channel="email",outcome="failed"}')[1]) >= 1
    assert wait_until(lambda: shown('outbox_messages{channel="email",status="dead"}'), worker.metrics)[1] == "1"
    assert shown('outbox_messages{channel="sms",status="waiting"}')[1] == "1"
    assert float(shown('outbox_oldest_waiting_seconds{channel="sms"}')[1]) >= 3600
    assert shown('outbound_circuit_state{service="smtp"}')[1] == "0"


def test_operators_see_retry_and_discard_from_the_command_line(desk, work, sink):
    never, other = outbox.enqueue(desk, ["never-ann@example.test", "never-ben@example.test"])
    worker = work(plain(sink))
    wait_until(lambda: desk.sql("SELECT count(*) FROM outbox WHERE status = 'dead'")[0]["count"] == 2, worker.log)
    listed = desk.run("outbox", "list", "--status", "dead", check=True).stdout
    assert never in listed and "n…@example.test" in listed and "never-ann" not in listed and "550" in listed
    desk.run("outbox", "discard", other, check=True)
    assert other not in desk.run("outbox", "list", check=True).stdout
    assert desk.run("outbox", "discard", other).returncode == 1
    sink.good_natured = True
    assert "1 messages leave again" in desk.run("outbox", "retry", "--all-dead", check=True).stdout
    wait_until(lambda: outbox.status(desk, never)["status"] == "delivered", worker.log)
    refused = desk.run("outbox", "retry", never)
    assert refused.returncode == 1 and "has been delivered" in refused.stderr
    actions = [row["action"] for row in desk.sql("SELECT action FROM audit_logs WHERE action LIKE 'outbox.%%' ORDER BY occurred_at")]
    assert actions == ["outbox.discard", "outbox.retry"]
