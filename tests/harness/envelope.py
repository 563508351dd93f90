"""What every single answer of the server must be like, whatever was asked (R35, api.md)."""
import json
import re

# Helmet 8's defaults (R35); the policy of HTML pages is checked on its own.
SECURITY_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "X-Download-Options": "noopen",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-XSS-Protection": "0",
}
CONTENT_SECURITY_POLICY = (
    "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';"
    "frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';"
    "script-src-attr 'none';style-src 'self' https: 'unsafe-inline';upgrade-insecure-requests")
PAGES = ("/", "/docs")
REQUEST_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
INTERNALS = re.compile(  # texts of libraries and of the database, which no client may see (R31)
    r"SQLSTATE|PG::|libpq|relation \"|violates|syntax error at|\bboost\b|std::|asio\.|\.cpp|\.hpp|0x[0-9a-f]{8}", re.I)


def check_envelope(method, path, fields, answer):
    problems = list(problems_of(method, path, fields, answer))
    assert not problems, f"{method} {path} {answer!r}: " + "; ".join(problems)


def problems_of(method, path, fields, answer):
    yield from header_problems(path, answer)
    yield from caching_problems(path, fields, answer)
    if answer.status in (204, 304) or answer.is_head:
        if answer.body:
            yield "has a body"
        return
    if answer.headers.get("Content-Length") != str(len(answer.body)):
        yield f"Content-Length is {answer.headers.get('Content-Length')} for {len(answer.body)} bytes"
    if not answer.media_type:
        yield "has no Content-Type"
    is_file = path.endswith(".ics") and answer.status == 200
    if answer.status >= 400 or (path.startswith("/api/") and not is_file):
        yield from body_problems(answer)


def header_problems(path, answer):
    expected = dict(SECURITY_HEADERS)
    if answer.media_type == "text/html" or (answer.status == 304 and path in PAGES):
        yield from page_policy_problems(answer.headers.get("Content-Security-Policy", ""))
    else:
        expected["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    for name, value in expected.items():
        if answer.headers.all(name) != [value]:
            yield f"{name} is {answer.headers.all(name)}"
    if "X-Powered-By" in answer.headers:
        yield "X-Powered-By"
    if re.search(r"\d", answer.headers.get("Server", "")):
        yield "Server names a version"
    ids = answer.headers.all("X-Request-Id")
    if len(ids) != 1 or not REQUEST_ID.fullmatch(ids[0]):
        yield f"X-Request-Id is {ids}"
    if len(answer.headers.all("Date")) != 1:
        yield "Date is not there once"
    needed = {401: "WWW-Authenticate", 405: "Allow", 429: "Retry-After", 503: "Retry-After"}.get(answer.status)
    if needed and needed not in answer.headers:
        yield f"{needed} is missing"
    if "Retry-After" in answer.headers and not answer.headers["Retry-After"].isdigit():
        yield "Retry-After is no number"


def page_policy_problems(policy):
    directives = {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.split()}
    scripts = directives.get("script-src", directives.get("default-src", ["*"]))
    if any(source in ("'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:") for source in scripts):
        yield f"the page allows scripts from {scripts}"
    for name in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        if name not in directives and not (name == "object-src" and directives.get("default-src") == ["'none'"]):
            yield f"the page's policy has no {name}"


def caching_problems(path, fields, answer):
    cache = answer.headers.get("Cache-Control", "")
    if "Authorization" in fields and path.startswith("/api/") and "public" in cache and answer.status >= 400:
        yield f"a refusal may be kept by others: {cache}"
    if path.startswith(("/api/v1/auth", "/api/v1/users", "/api/v1/appointments")) and cache != "no-store":
        yield f"Cache-Control is {cache!r}, not no-store"
    if path.startswith("/api/v1/availability") and answer.status == 200 and cache != "no-cache":
        yield f"Cache-Control is {cache!r}, not no-cache"


def body_problems(answer):
    if answer.headers.get("Content-Type") != "application/json":
        yield f"Content-Type is {answer.headers.get('Content-Type')}"
        return
    try:
        value = answer.json
    except (ValueError, AssertionError) as problem:
        yield f"the body is no JSON: {problem}"
        return
    if not isinstance(value, dict) or value.get("success") is not (answer.status < 400):
        yield "success does not fit the status"
    elif answer.status < 400:
        if set(value) != {"success", "data"}:
            yield f"the envelope holds {sorted(value)}"
    else:
        yield from refusal_problems(value)


def refusal_problems(value):
    if not {"success", "message", "code", "errors"} <= set(value) <= {"success", "message", "code", "errors", "details"}:
        yield f"the envelope holds {sorted(value)}"
        return
    if not re.fullmatch(r"\S.*[.!?]", value["message"], re.S):
        yield f"the message is no sentence: {value['message']!r}"
    if INTERNALS.search(json.dumps({key: value[key] for key in ("message", "code")})):
        yield f"the message speaks of the inside: {value['message']!r}"
    if value.get("details") == {}:
        yield "details are empty"
    if value["code"] == "validation_failed" and not value["errors"] and "object" not in value["message"]:
        yield "no field is named"
