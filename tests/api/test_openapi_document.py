"""The document itself: well formed, consistent, complete. Needs no server."""
import re

import jsonschema
import pytest

from harness.contract import METHODS, contract

DOCUMENT = contract().document
OPERATIONS = list(contract().operations.values())


def walk(node, path=()):
    yield path, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, path + (key,))
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from walk(value, path + (position,))


def is_example(path):
    return "examples" in path or "example" in path or "value" in path


def schemas():
    for path, node in walk(DOCUMENT):
        if is_example(path) or not isinstance(node, dict):
            continue
        if path[-1:] == ("schema",) or path[:-1] == ("components", "schemas"):
            yield path, node


@pytest.mark.parametrize("path, schema", list(schemas()), ids=lambda v: "/".join(map(str, v)) if isinstance(v, tuple) else "")
def test_schema_is_valid_json_schema_2020_12(path, schema):
    jsonschema.Draft202012Validator.check_schema(schema)


def test_every_reference_leads_somewhere():
    for path, node in walk(DOCUMENT):
        if isinstance(node, dict) and "$ref" in node and not is_example(path):
            assert contract().resolve({"$ref": node["$ref"]}) is not None, path


def test_every_component_is_used():
    used = {node["$ref"] for _, node in walk(DOCUMENT) if isinstance(node, dict) and "$ref" in node}
    for kind, items in DOCUMENT["components"].items():
        for name in items:
            if kind == "securitySchemes":
                assert any(name in need for operation in OPERATIONS for need in operation.spec["security"])
            else:
                assert f"#/components/{kind}/{name}" in used, f"{kind}/{name} is never used"


def test_operation_ids_are_unique_and_named_like_functions():
    ids = [item[method]["operationId"] for item in DOCUMENT["paths"].values() for method in METHODS if method in item]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][A-Za-z]+", name) for name in ids)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
class TestOperation:
    def test_says_what_it_is_for(self, operation):
        spec = operation.spec
        assert spec["summary"] and not spec["summary"].endswith(".")
        assert len(spec["description"]) > 10
        assert set(spec["tags"]) <= {tag["name"] for tag in DOCUMENT["tags"]}

    def test_R15_names_permission_ownership_and_security(self, operation):
        spec = operation.spec
        slugs = DOCUMENT["components"]["schemas"]["PermissionSlug"]["enum"]
        assert spec["x-permission"] in ["anyone", "logged_in", *slugs]
        assert spec["x-ownership"] in ["none", "self", "own_or_granted"]
        assert bool(spec["security"]) == operation.needs_login
        assert (401 in operation.statuses) >= operation.needs_login
        assert (403 in operation.statuses) >= (spec["x-permission"] in slugs)

    def test_path_parameters_are_those_of_the_path(self, operation):
        parameters = [contract().resolve(p) for p in operation.spec.get("parameters", [])]
        in_path = [p["name"] for p in parameters if p["in"] == "path"]
        assert in_path == re.findall(r"\{(\w+)\}", operation.path)
        assert all(p["description"] and "schema" in p for p in parameters)

    def test_R17_body_is_closed_and_bounded(self, operation):
        if not operation.takes_body:
            return
        schema = contract().resolve(operation.spec["requestBody"]["content"]["application/json"]["schema"])
        assert schema["additionalProperties"] is False
        for name, field in schema["properties"].items():
            assert_bounded(name, contract().resolve(field))
        assert {400, 413, 415, 422} <= set(operation.statuses)

    def test_R30_an_image_comes_as_it_is_or_in_a_form(self, operation):
        content = operation.spec.get("requestBody", {}).get("content", {"application/json": {}})
        if operation.takes_form:
            assert set(content) == {"application/x-www-form-urlencoded"} and {400, 413, 415} <= set(operation.statuses)
            return
        images = {"image/jpeg", "image/png", "image/webp", "multipart/form-data"}
        assert set(content) == (images if operation.takes_image else {"application/json"})
        if operation.takes_image:
            assert content["multipart/form-data"]["schema"]["additionalProperties"] is False
            assert {400, 413, 415, 422} <= set(operation.statuses)

    def test_query_is_bounded(self, operation):
        parameters = [contract().resolve(p) for p in operation.spec.get("parameters", [])]
        queries = [p for p in parameters if p["in"] == "query"]
        for parameter in queries:
            assert_bounded(parameter["name"], contract().resolve(parameter["schema"]))
        if queries:
            assert 422 in operation.statuses

    def test_every_error_status_lists_its_codes(self, operation):
        for status in operation.statuses:
            if status >= 400:
                codes = contract().codes_of(operation, status)
                assert codes and len(codes) == len(set(codes)), status

    def test_every_error_example_has_a_listed_code(self, operation):
        for status in operation.statuses:
            if status >= 400:
                examples = contract().response(operation, status)["content"]["application/json"]["examples"]
                shown = {example["value"]["code"] for example in examples.values()}
                assert shown <= set(contract().codes_of(operation, status))

    def test_every_answer_names_its_headers(self, operation):
        for status in operation.statuses:
            headers = contract().response(operation, status)["headers"]
            assert "X-Request-Id" in headers
            assert ("Retry-After" in headers) or status not in (429, 503)
            assert status != 304 or "ETag" in headers

    def test_examples_are_valid(self, operation):
        for content in contents(operation):
            assert content["examples"]
            for name, example in content["examples"].items():
                assert example["summary"]
                assert contract().problems(content["schema"], example["value"]) == [], name
        for parameter in map(contract().resolve, operation.spec.get("parameters", [])):
            if "example" in parameter:
                assert contract().problems(parameter["schema"], parameter["example"]) == []


def contents(operation):
    if operation.takes_body:
        path, method = operation.path, operation.method.lower()
        yield contract().closed_document["paths"][path][method]["requestBody"]["content"]["application/json"]
    for status in operation.statuses:
        yield from contract().response(operation, status).get("content", {}).values()


def assert_bounded(name, schema):
    kinds = schema.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "anyOf" in schema:
        for part in schema["anyOf"]:
            assert_bounded(name, contract().resolve(part))
    elif "string" in kinds:
        assert "maxLength" in schema or "enum" in schema or "pattern" in schema, f"{name} has no limit"
    elif "integer" in kinds:
        assert "minimum" in schema and "maximum" in schema, f"{name} has no range"
