"""api/openapi.yaml as something that answers can be held against."""
import copy
import dataclasses
import functools
import pathlib
import re
import urllib.parse

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).parents[2]
# A PNG.
ONE_PIXEL = (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc```\0\0\0\4\0\1\xf6\x178U"
             b"\0\0\0\0IEND\xaeB`\x82")
METHODS = ("get", "put", "post", "delete", "patch")


class DocumentLoader(yaml.SafeLoader):
    """YAML as OpenAPI means it: dates stay text."""


DocumentLoader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class ContractViolation(AssertionError):
    """An answer that api/openapi.yaml does not allow."""


@dataclasses.dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    spec: dict = dataclasses.field(compare=False, repr=False)

    @property
    def _media_types(self):
        return self.spec.get("requestBody", {}).get("content", {})

    @property
    def takes_body(self):
        """JSON."""
        return "application/json" in self._media_types

    @property
    def takes_form(self):
        return "application/x-www-form-urlencoded" in self._media_types

    @property
    def takes_image(self):
        return "image/png" in self._media_types

    @property
    def needs_login(self):
        return self.spec["x-permission"] != "anyone"

    @property
    def permission(self):
        """The slug that a role must have; None where being logged in, or nothing, is enough."""
        needed = self.spec["x-permission"]
        return needed if "." in needed else None

    def at(self, id, date="2031-05-05"):
        """The path with its parameters filled in."""
        return re.sub(r"\{(\w+)\}", lambda name: {"date": date, "file": "320.jpg"}.get(name[1], id), self.path)

    @property
    def statuses(self):
        return sorted(int(status) for status in self.spec["responses"])

    def example_request(self):
        """What Api.request sends along with the path."""
        if self.takes_image:
            return {"body": ONE_PIXEL, "headers": {"Content-Type": "image/png"}}
        if self.takes_form:
            return {"body": self.example_form(), "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
        return {"json_body": self.example_body()} if self.takes_body else {}

    def example_form(self):
        examples = self._media_types["application/x-www-form-urlencoded"]["examples"]
        return urllib.parse.urlencode(next(iter(examples.values()))["value"]).encode()

    def example_body(self):
        examples = self.spec["requestBody"]["content"]["application/json"]["examples"]
        return copy.deepcopy(next(iter(examples.values()))["value"])


def closed(node, inside_all_of=False):
    """A copy in which an object schema allows nothing that it does not name: the document lets
    answers grow, these tests notice when one does (R18)."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {}
    for key, value in node.items():
        if key == "allOf":
            result[key] = [closed(item, inside_all_of=True) for item in value]
        elif key in ("example", "examples"):
            result[key] = value
        else:
            result[key] = closed(value)
    is_schema = isinstance(node.get("properties"), dict) and isinstance(node.get("type", "object"), str)
    if is_schema and not inside_all_of:
        result.setdefault("additionalProperties", False)
    return result


class Contract:
    def __init__(self, file=ROOT / "api" / "openapi.yaml"):
        self.document = yaml.load(file.read_text(), DocumentLoader)
        self.closed_document = closed(self.document)
        self.resolver = jsonschema.RefResolver("", self.closed_document)
        self.operations = {}
        self._patterns = []
        for path, item in self.document["paths"].items():
            pattern = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))
            for method in METHODS:
                if method in item:
                    operation = Operation(item[method]["operationId"], method.upper(), path, item[method])
                    self.operations[operation.id] = operation
                    self._patterns.append((pattern, operation))
        self.any_request = {int(status): codes for status, codes in self.document["x-any-request"].items()}

    def find(self, method, path):
        """The operation behind a request line, HEAD as GET; None where there is none."""
        wanted = "GET" if method == "HEAD" else method
        for pattern, operation in self._patterns:
            if operation.method == wanted and pattern.fullmatch(path):
                return operation
        return None

    def resolve(self, node):
        while isinstance(node, dict) and set(node) == {"$ref"}:
            node = functools.reduce(lambda at, part: at[unescaped(part)], node["$ref"][2:].split("/"),
                                    self.closed_document)
        return node

    def response(self, operation, status):
        """The closed Response object, None for an undocumented status."""
        path, method = operation.path, operation.method.lower()
        responses = self.closed_document["paths"][path][method]["responses"]
        return self.resolve(responses[str(status)]) if str(status) in responses else None

    def problems(self, schema, value):
        validator = jsonschema.Draft202012Validator(schema, resolver=self.resolver)
        return [f"{'/'.join(map(str, error.absolute_path)) or '(whole)'}: {error.message[:300]}"
                for error in validator.iter_errors(value)]

    def codes_of(self, operation, status):
        """The error codes that the document lists for an operation's status."""
        response = self.response(operation, status)
        schema = response["content"]["application/json"]["schema"]
        return next(part["properties"]["code"]["enum"] for part in schema["allOf"] if "properties" in part)

    def check(self, method, path, answer):
        """Raises ContractViolation unless the answer is one that the document allows. Returns the
        operation, None where the request met none."""
        operation = self.find(method, path)
        if operation is None and path.startswith("/docs/") and answer.status in (200, 304):
            return None  # a file of the reference page, which is an operation of its own
        if method == "OPTIONS" and answer.status == 204 and operation is None:
            return None  # says what there is (Allow)
        response = self.response(operation, answer.status) if operation else None
        problems = []
        if response is not None:
            problems = self._documented(response, method, answer)
        if (response is None or problems) and self._is_any_request(answer):
            return operation
        if response is None:
            raise ContractViolation(f"{method} {path} answered {answer.status} {answer.code}, which "
                                    f"{operation.id if operation else 'no operation'} does not document")
        if problems:
            raise ContractViolation(f"{method} {path} {answer.status}: " + "; ".join(problems[:5])
                                    + f"\n{answer.text[:2000]}")
        return operation

    def _is_any_request(self, answer):
        return answer.status in self.any_request and (
            answer.is_head or answer.code in self.any_request[answer.status])

    def _documented(self, response, method, answer):
        problems = []
        for name, header in response.get("headers", {}).items():
            header = self.resolve(header)
            if name not in answer.headers:
                problems += [f"header {name} is missing"] * header.get("required", False)
            else:
                schema = header["schema"]
                value = answer.headers[name]
                if schema.get("type") == "integer":
                    value = int(value) if value.isdigit() else value
                problems += [f"header {name}: {problem}" for problem in self.problems(schema, value)]
        content = response.get("content")
        if content is None:
            if answer.body:
                problems.append("has a body, and should have none")
            return problems
        if answer.media_type not in content:
            return problems + [f"is {answer.media_type}, not {' or '.join(content)}"]
        if method != "HEAD":
            schema = content[answer.media_type]["schema"]
            if schema.get("format") != "binary":
                value = answer.json if answer.media_type == "application/json" else answer.text
                problems += self.problems(schema, value)
        return problems


def unescaped(pointer_part):
    return pointer_part.replace("~1", "/").replace("~0", "~")


@functools.cache
def contract():
    return Contract()
