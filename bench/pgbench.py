"""The same statements straight from pgbench: the yardstick of each figure.

Scripts in pgbench/ name the server's own statement files (`\\use appointments/list_own`), so that
what is compared cannot drift apart.
"""
import json
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
USE = re.compile(r"^\\use (\w+)/(\w+)\((.*)\)$")


def expand(script_path, variables):
    """Puts the server's statements in place of \\use lines; $1, $2, … become the arguments."""
    lines = []
    for line in script_path.read_text().splitlines():
        match = USE.match(line.strip())
        if not match:
            lines.append(line)
            continue
        module, name, argument_text = match.groups()
        statement = (ROOT / "server" / module / "sql" / f"{name}.sql").read_text()
        arguments = [part.strip() for part in argument_text.split(";") if part.strip()]
        body = " ".join(row for row in statement.splitlines() if not row.strip().startswith("--"))
        body = re.sub(r"\$(\d+)", lambda m: "(" + arguments[int(m.group(1)) - 1] + ")", body)
        lines.append(body.strip() + ";")
    text = "\n".join(lines) + "\n"
    for key, value in variables.items():
        text = text.replace("{" + key + "}", str(value))
    return text


def run(script_text, folder, connection, clients, seconds):
    """Transactions per second of one script, prepared statements, `clients` connections."""
    path = pathlib.Path(folder) / "pgbench.sql"
    path.write_text(script_text)
    command = ["pgbench", "-n", "-M", "prepared", "-f", str(path), "-c", str(clients), "-j", "2",
               "-T", str(seconds), "-D", "i=0", "-h", connection["host"], "-p", str(connection["port"]),
               "-U", connection["user"], connection["dbname"]]
    environment = dict(os.environ, PGOPTIONS="-c plan_cache_mode=force_generic_plan")
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    match = re.search(r"tps = ([\d.]+) \(without", done.stdout)
    if done.returncode != 0 or not match:
        raise SystemExit(f"pgbench failed:\n{done.stdout}\n{done.stderr}")
    failed = re.search(r"number of failed transactions: (\d+)", done.stdout)
    if failed and int(failed.group(1)) > 0:
        raise SystemExit(f"pgbench: {failed.group(1)} transactions failed")
    return float(match.group(1))
