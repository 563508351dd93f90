"""R73: who takes all data out of the database, or replaces them, leaves an entry in its audit log."""
import psycopg2

ENTRIES = ("SELECT action, actor_id, subject_type, outcome, request_id, details FROM audit_logs "
           "WHERE action LIKE 'database.%%' ORDER BY occurred_at")


def entries(server):
    return [(row["action"], row["outcome"]) for row in server.sql(ENTRIES)]


def test_R73_a_backup_and_one_that_fails_are_in_the_audit_log(start_server):
    server = start_server()
    earlier = entries(server)
    server.run("backup", server.folder / "b.tar", check=True)
    assert server.run("backup", server.folder / "b.tar").returncode == 1
    assert entries(server) == earlier + [("database.backup", "success"), ("database.backup", "failure")]
    row = server.sql(ENTRIES)[-2]
    assert (row["actor_id"], row["subject_type"], row["request_id"]) == (None, "database", "backup")


def test_R73_a_restore_is_in_the_audit_log_of_what_it_restored(start_server, installations):
    server = start_server()
    earlier = entries(server)
    server.run("backup", server.folder / "b.tar", check=True)
    other = installations()
    other.run("restore", server.folder / "b.tar", check=True)
    other.start()
    assert entries(other) == earlier + [("database.restore", "success")]
    assert "T" in other.sql(ENTRIES)[-1]["details"]["backup_of"]


def test_a_database_that_takes_no_writes_is_backed_up(start_server):
    server = start_server()
    owner = psycopg2.connect(server.database_url.replace("frontdesk_owner", "postgres"))
    owner.autocommit = True
    owner.cursor().execute("ALTER DATABASE frontdesk SET default_transaction_read_only = on")
    owner.close()
    result = server.run("backup", server.folder / "b.tar")
    assert result.returncode == 0 and "audit" in result.stderr, result.stderr
