"""script/lint finds what it is there for: each rule is broken once, in a small tree of its own."""

import importlib.machinery
import importlib.util
import pathlib
import shutil
import subprocess
import sys

import pytest

PROJECT = pathlib.Path(__file__).resolve().parents[2]

SOUND_TREE = {
    "server/core/instant.hpp": "#pragma once\n\n#include <chrono>\n",
    "server/db/connection.hpp": "#pragma once\n\n#include <libpq-fe.h>\n",
    "server/db/transaction.cpp": '#include "db/connection.hpp"\n\nconstexpr char begin[] = "BEGIN";\n',
    "server/http/route.hpp": "#pragma once\n\n#include <boost/beast/http.hpp>\n",
    "server/staff/staff.hpp": '#pragma once\n\n#include "staff/member.hpp"\n',
    "server/staff/member.hpp": '#pragma once\n\n#include "core/instant.hpp"\n',
    "server/staff/store.hpp": '#pragma once\n\n#include "db/connection.hpp"\n',
    "server/staff/store.cpp": '#include "staff/store.hpp"\n\n#include "staff/statements.hpp"\n\n'
                              "// SELECT name FROM staff is in sql/list_staff.sql\n"
                              "const auto& listed = sql::list_staff;\n",
    "server/staff/routes.cpp": '#include "http/route.hpp"\n#include "staff/staff.hpp"\n',
    "server/staff/sql/list_staff.sql": "-- Why: the page; order is by position; -- * is no star here.\n"
                                       "SELECT name, count(*) FROM staff WHERE bio <> 'a;b' GROUP BY name\n",
    "server/appointments/book.cpp": '#include "db/connection.hpp"\n#include "staff/member.hpp"\n'
                                    '#include "staff/staff.hpp"\n',
    "server/appointments/book_pgtest.cpp": '#include "staff/store.hpp"\n#include "support/cluster.hpp"\n\n'
                                           'const char* query = "SELECT id FROM staff";\n',
    "server/notifications/events.cpp": 'constexpr std::array catalogue{\n    Event{"auth.code", 1},\n};\n',
    "server/notifications/language.hpp": "#pragma once\n\n#include <array>\n\n"
                                         'constexpr std::array<const char*, 2> languages{"en", "de"};\n',
    "server/notifications/templates/README.md": "How to write them.\n",
    **{f"server/notifications/templates/{language}/{name}.txt": text for language in ("en", "de")
       for name, text in {"auth.code": "[email]\n{code}\n", "footer": "[preferences]\nx\n"}.items()},
    "migrations/0001_first.sql": "-- The first tables.\nCREATE TABLE a (b int);\nCREATE TABLE c (d int);\n",
}

UNFORMATTED = "int  main( ){return 0;}\n"

# The planted file, its text, and what lint must say about it.
VIOLATIONS = {
    "format": ("server/core/main.cpp", UNFORMATTED, "server/core/main.cpp: is not in the format"),
    "core sees nothing": ("server/core/a.cpp", '#include "db/connection.hpp"\n', "core may not include db"),
    "db knows no http": ("server/db/a.cpp", '#include "http/route.hpp"\n', "db may not include http"),
    "http knows no db": ("server/http/a.cpp", '#include "db/connection.hpp"\n', "http may not include db"),
    "platform sees no feature": ("server/http/a.cpp", '#include "staff/staff.hpp"\n', "http may not include staff"),
    "features one way": ("server/staff/a.cpp", '#include "appointments/book.hpp"\n',
                         "staff may not include appointments"),
    "features by façade": ("server/appointments/a.cpp", '#include "staff/store.hpp"\n',
                           "staff shows staff/member.hpp, staff/staff.hpp only"),
    "domain files are pure": ("server/appointments/appointment.cpp", '#include "db/connection.hpp"\n',
                              "a domain file includes core alone"),
    "domain files exist": ("server/accounts/accounts.hpp", "#pragma once\n", "jwt.hpp: in the table of domain files"),
    "use cases speak no http": ("server/appointments/cancel.cpp", '#include "http/route.hpp"\n',
                                "only routes, wire and cookie speak http"),
    "routes touch no db": ("server/staff/routes.cpp", '#include "db/connection.hpp"\n',
                           "routes, wire and cookie do not touch db"),
    "statements in store": ("server/staff/hire.cpp", '#include "staff/statements.hpp"\n', "only store names SQL"),
    "tests keep the direction": ("server/staff/a_test.cpp", '#include "appointments/book.hpp"\n',
                                 "staff may not include appointments"),
    "libpq in db": ("server/staff/store.cpp", "#include <libpq-fe.h>\n", "<libpq-fe.h>: only db may"),
    "Beast in http": ("server/app/a.cpp", "#include <boost/beast/core.hpp>\n", "only http may"),
    "unknown folder": ("server/billing/a.cpp", "int a;\n", "server/billing: not in the table"),
    "statement without a reason": ("server/staff/sql/list_staff.sql", "SELECT 1\n", "no comment that says why"),
    "two statements": ("server/staff/sql/list_staff.sql", "-- Why.\nSELECT 1; SELECT 2;\n",
                       "more than one statement"),
    "no statement": ("server/staff/sql/list_staff.sql", "-- Why.\n", "there is no statement"),
    "select star": ("server/staff/sql/list_staff.sql", "-- Why.\nSELECT s.* FROM staff s\n", "name the columns"),
    "returning star": ("server/staff/sql/list_staff.sql", "-- Why.\nINSERT INTO a VALUES (1) RETURNING *\n",
                       "name the columns"),
    "unused statement": ("server/staff/sql/fire.sql", "-- Why.\nSELECT 1\n", "no code of staff uses sql::fire"),
    "SQL in C++": ("server/staff/a.cpp", 'auto s = "SELECT id FROM staff WHERE id = " + id;\n', "a.cpp:1: SQL text"),
    "SQL in a raw string": ("server/staff/a.cpp", 'auto s = R"(\n  DELETE FROM staff\n)";\n', "a.cpp:1: SQL text"),
    "statement made by hand": ("server/staff/a.cpp", 'db::Statement made{"x", text};\n', "makes a db::Statement"),
    "event without a translation": ("server/notifications/events.cpp",
                                    'constexpr std::array catalogue{\n    Event{"auth.code", 1},\n'
                                    '    Event{"auth.new", 2},\n};\n',
                                    "templates/de/auth.new.txt:1: is missing: every event has a text in every language"),
    "translation of no event": ("server/notifications/templates/de/auth.gone.txt", "[email]\nx\n",
                                "belongs to no event"),
    "translation without a fact": ("server/notifications/templates/de/auth.code.txt", "[email]\nx\n",
                                   "do not name the same facts: code"),
    "translation without a section": ("server/notifications/templates/de/auth.code.txt", "[sms]\n{code}\n",
                                      "has the sections sms, English has email"),
    "gap in migrations": ("migrations/0003_gap.sql", "-- Gap.\nSELECT 1;\n", "the next migration is 0002_name.sql"),
    "migration without a reason": ("migrations/0002_a.sql", "SELECT 1;\n", "no comment that says what"),
    "shell trap": ("script/trap", '#!/usr/bin/env bash\n# Why.\nrm -rf $1/\n', "SC2086"),
    "verb without a reason": ("script/silent", "#!/usr/bin/env bash\necho hello\n", "does not say why it exists"),
    "forbidden folder": ("server/core/utils/a.hpp", "#pragma once\n", "named after the thing it holds"),
}


@pytest.fixture()
def tree(tmp_path):
    """A small project that lint accepts."""
    for name in ("script", ".clang-format", ".clang-tidy", ".shellcheckrc"):
        source = PROJECT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    for path, text in SOUND_TREE.items():
        plant(tmp_path, path, text)
    for stem in domain_files("appointments"):
        plant(tmp_path, f"server/appointments/{stem}.hpp", "#pragma once\n")
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    return tmp_path


def domain_files(feature):
    """What the table of script/check-layers calls pure."""
    loader = importlib.machinery.SourceFileLoader("check_layers", str(PROJECT / "script/check-layers"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("check_layers", loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module.DOMAIN[feature]


def plant(tree, path, text):
    file = tree / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    if path.startswith("script/"):
        file.chmod(0o755)


def lint(tree, *options):
    return subprocess.run([tree / "script/lint", *options], capture_output=True, text=True, check=False)


def test_a_sound_tree_passes(tree):
    result = lint(tree, "--fast")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_planted_violation_is_found(tree, name):
    path, text, said = VIOLATIONS[name]
    plant(tree, path, text)
    result = lint(tree, "--fast")
    assert result.returncode == 1
    assert said in result.stdout + result.stderr


def test_a_long_file_is_a_warning_only(tree):
    plant(tree, "server/core/long.cpp", "int a();\n" * 301)
    result = lint(tree, "--fast")
    assert result.returncode == 0
    assert "warning: server/core/long.cpp has more than 300 lines" in result.stdout


def test_clang_tidy_finds_a_likely_bug(tree):
    plant(tree, "server/core/bug.cpp", "int twice(int a) {\n  if (a > 0 && a > 0) return 2 * a;\n  return 0;\n}\n")
    plant(tree, "build/debug/compile_commands.json",
          f'[{{"directory": "{tree}", "file": "{tree}/server/core/bug.cpp",'
          f' "command": "clang++-19 -std=c++23 -c {tree}/server/core/bug.cpp"}}]')
    plant(tree, "script/build", "#!/usr/bin/env bash\n# There is nothing to build in this tree.\n")
    result = lint(tree, "--all")
    assert result.returncode == 1
    assert "misc-redundant-expression" in result.stdout + result.stderr
