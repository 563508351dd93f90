"""R15: the route table, the document and the permission matrix say the same, in all directions; and
the server does what they say."""
import csv
import json
import pathlib

import pytest

from harness import people
from harness.client import Api
from harness.contract import contract

ROLES = ("anonymous", "customer", "staff", "manager", "admin")
UNKNOWN_ID = "0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01"
OPERATIONS = list(contract().operations.values())
MATRIX = {row["operation"]: row for row in csv.DictReader(
    (pathlib.Path(__file__).parent / "permission_matrix.csv").open())}
# Files of the reference page: their names change with their content, the document has the page.
UNDOCUMENTED = {"getReferenceFile"}


@pytest.fixture(scope="module")
def routes(server):
    table = json.loads(server.run("routes", check=True).stdout)
    return table["routes"] if isinstance(table, dict) else table


@pytest.fixture(scope="module")
def tokens(server):
    """An access token of a login of each role; a manager is made for the purpose."""
    api = Api(server)
    made = {role: people.person(api, f"{role}@demo.test").access_token for role in ("customer", "staff", "admin")}
    return made | {"anonymous": False, "manager": people.with_role(api, "manager").access_token}


def permission_of(route):
    return route["permission"] if route["access"] == "permission" else route["access"]


def test_R15_every_route_is_documented_as_it_is(routes):
    for route in routes:
        if route["operation"] in UNDOCUMENTED:
            continue
        operation = contract().operations.get(route["operation"])
        assert operation, f"{route['method']} {route['pattern']} is not in api/openapi.yaml"
        assert (route["method"], route["pattern"]) == (operation.method, operation.path)
        assert permission_of(route) == operation.spec["x-permission"], operation.id
        assert route["ownership"] == operation.spec["x-ownership"], operation.id


def test_R15_every_documented_operation_is_a_route(routes):
    assert {operation.id for operation in OPERATIONS} == {route["operation"] for route in routes} - UNDOCUMENTED
    assert len({(route["method"], route["pattern"]) for route in routes}) == len(routes)


def test_R15_the_matrix_has_a_row_for_each_operation(routes):
    assert set(MATRIX) == {operation.id for operation in OPERATIONS}
    assert all(row[role] in ("yes", "no") for row in MATRIX.values() for role in ROLES)


def test_R15_the_matrix_follows_from_permissions_and_roles(server):
    granted = {role: set() for role in ROLES}
    for row in server.sql("SELECT r.name, p.slug FROM roles r JOIN role_permissions rp ON rp.role_id = r.id "
                          "JOIN permissions p ON p.id = rp.permission_id"):
        granted[row["name"]].add(row["slug"])
    for operation in OPERATIONS:
        needed = operation.spec["x-permission"]
        for role in ROLES:
            may = needed == "anyone" or (role != "anonymous" and (needed == "logged_in" or needed in granted[role]))
            assert MATRIX[operation.id][role] == ("yes" if may else "no"), (operation.id, role)


def test_permission_slugs_are_those_of_the_database(server):
    documented = contract().document["components"]["schemas"]["PermissionSlug"]["enum"]
    assert documented == [row["slug"] for row in server.sql("SELECT slug FROM permissions ORDER BY id")]


def test_limits_are_declared(routes):
    for route in routes:
        takes_image = route["operation"] in {operation.id for operation in OPERATIONS if operation.takes_image}
        assert (route["body"] == "image") == takes_image
        assert (route["body"] == "form") == (route["operation"] in {operation.id for operation in OPERATIONS if operation.takes_form})
        assert route["body_limit_bytes"] == (5 * 1024 + 16 if takes_image else 100) * 1024
        assert route["budget"] in ("general", "login", "code", "image", "missing", "uncounted")
        assert (route["budget"] == "image") == takes_image
        assert (route["budget"] == "missing") == (route["operation"] == "getMedia")
        counted = route["pattern"].startswith("/api/")
        assert (route["budget"] not in ("missing", "uncounted")) == counted, route
    budgets = {route["operation"]: route["budget"] for route in routes}
    assert {budgets[name] for name in ("login", "changePassword", "changeEmail")} == {"login"}
    assert {budgets[name] for name in ("register", "verifyEmail", "resendCode", "forgotPassword", "resetPassword", "verifyEmailChange", "sendPhoneCode", "verifyPhone")} == {"code"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
def test_R15_each_role_may_what_the_matrix_says(server, tokens, operation, role):
    if operation.spec["x-ownership"] == "self" and operation.method != "GET":  # changes the login itself
        token = role != "anonymous" and people.new_customer(Api(server)).access_token
    else:
        token = tokens[role]
    api = Api(server, token=token)
    answer = api.request(operation.method, operation.at(UNKNOWN_ID), **operation.example_request())
    if MATRIX[operation.id][role] == "yes":
        assert answer.code not in ("forbidden", "unauthenticated")
    else:
        assert (answer.status, answer.code) == ((401, "unauthenticated") if role == "anonymous" else (403, "forbidden"))


def test_R15_nobody_has_permissions_that_the_role_has_not(server, tokens):
    for role in ROLES[1:]:
        me = Api(server, token=tokens[role]).get("/api/v1/users/me", expect=200).data
        granted = server.sql("SELECT p.slug FROM roles r JOIN role_permissions rp ON rp.role_id = r.id "
                             "JOIN permissions p ON p.id = rp.permission_id WHERE r.name = %s ORDER BY p.id", role)
        assert me["role"]["name"] == role and sorted(me["permissions"]) == sorted(row["slug"] for row in granted)


def test_R10_identity_comes_from_the_token_alone(server, tokens):
    api = Api(server, token=tokens["customer"])
    me = api.get("/api/v1/users/me").data
    for name in ("X-User-Id", "X-User", "X-Forwarded-User", "X-Role", "X-Original-URL", "X-HTTP-Method-Override", "Cookie"):
        assert api.get("/api/v1/users/me", headers={name: "admin@demo.test"}).data == me
    assert api.get("/api/v1/users/me?user_id=1", expect=(200, 422)).data in (me, None)


def test_R73_the_servers_role_cannot_rewrite_the_audit_log(server):
    rows = server.sql("SELECT grantee, privilege_type FROM information_schema.role_table_grants "
                      "WHERE table_name = 'audit_logs' AND grantee <> 'frontdesk_owner'")
    assert rows and {row["privilege_type"] for row in rows} <= {"SELECT", "INSERT"}
