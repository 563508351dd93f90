"""What a browser sees: /, /docs, /dev/inbox."""
import html.parser
import json

import yaml

from harness import people
from harness.contract import ROOT, DocumentLoader


class Loads(html.parser.HTMLParser):
    """Addresses that a page loads or links, and inline scripts."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.linked, self.inline = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "script":
            (self.loaded if "src" in attributes else self.inline).append(attributes.get("src"))
        if tag == "link" and attributes.get("rel") == "stylesheet":
            self.loaded.append(attributes["href"])
        if tag == "a":
            self.linked.append(attributes["href"])
        self.inline += [name for name in attributes if name.startswith("on")]


def page(api, path):
    answer = api.get(path, headers={"Accept": "text/html"}, expect=200)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return answer, Loads(answer.text)


def test_the_start_page_links_what_there_is(api):
    _, start = page(api, "/")
    assert {"/docs", "/dev/inbox", "/openapi.json"} <= set(start.linked)
    assert start.loaded == [] and start.inline == []
    for address in start.linked:
        api.get(address, expect=200)


def test_the_reference_loads_from_here_alone(api):
    answer, reference = page(api, "/docs")
    assert reference.inline == [] and len(reference.loaded) == 5
    for address in reference.loaded:
        assert address.startswith("/docs/")
        plain = api.get(address)
        packed = api.get(address, headers={"Accept-Encoding": "gzip, br"})
        assert plain.status == packed.status == 200
        assert packed.headers["Content-Encoding"] == "gzip" and packed.content == plain.body
        assert "immutable" in plain.headers["Cache-Control"]
        assert "accept-encoding" in plain.headers["Vary"].lower()
        assert b"http://" not in plain.body or b"swagger" in plain.body.lower()
    assert "upgrade-insecure-requests" not in answer.headers["Content-Security-Policy"]


def test_openapi_json_is_the_contract(api):
    served = api.get("/openapi.json", expect=200).json
    assert served == json.loads(json.dumps(yaml.load((ROOT / "api/openapi.yaml").read_text(), DocumentLoader)))


def test_the_inbox_shows_mails_as_text(api):
    email, _ = people.register(api, name="<script>alert(1)</script>")
    people.code_sent_to(api, email)
    answer, inbox = page(api, "/dev/inbox")
    assert email in answer.text and inbox.inline == [] and "<script>alert" not in answer.text
    assert api.get("/dev/inbox", query={"to": email}).json["items"][0]["to"] == email
    api.get("/dev/inbox?to=", expect=422)
    api.get("/dev/inbox?from=x", expect=422)
