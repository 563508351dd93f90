"""The same statements straight from pgbench: the yardstick of each figure.

Scripts in pgbench/ name the server's own statement files (`\\use appointments/list_own_by_start`), so that
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
    """Puts the server's statements in place of \\use lines. Each client prepares them once, with the
    parameters that the server's have, so that both run the same generic plans; a pipeline becomes
    one message of several statements."""
    prepared, lines, pipeline = {}, [], None
    for line in script_path.read_text().splitlines():
        line = line.strip()
        match = USE.match(line)
        if match:
            module, name, argument_text = match.groups()
            prepared[f"{module}_{name}"] = statement_of(module, name)
            arguments = ", ".join(part.strip() for part in argument_text.split(";") if part.strip())
            line = f"EXECUTE {module}_{name}({arguments});"
        if line == "\\startpipeline":
            pipeline = []
        elif line == "\\endpipeline":
            lines.append(" \\; ".join(part.rstrip(";") for part in pipeline) + ";")
            pipeline = None
        else:
            (lines if pipeline is None else pipeline).append(line)
    once = [f"PREPARE {name} AS {statement};" for name, statement in prepared.items()]
    text = "\n".join(["\\set i :i + 1", "\\if :i = 1", *once, "\\endif", *lines]) + "\n"
    for key, value in variables.items():
        text = text.replace("{" + key + "}", str(value))
    return text


def statement_of(module, name):
    text = (ROOT / "server" / module / "sql" / f"{name}.sql").read_text()
    return " ".join(row.strip() for row in text.splitlines() if not row.strip().startswith("--"))


def run(script_text, folder, connection, clients, seconds):
    """Transactions per second of one script, `clients` connections."""
    path = pathlib.Path(folder) / "pgbench.sql"
    path.write_text(script_text)
    command = ["pgbench", "-n", "-M", "simple", "-f", str(path), "-c", str(clients), "-j", "2",
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
