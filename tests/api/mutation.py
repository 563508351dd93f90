"""Makes requests that are wrong in one to three ways out of one that is right."""
import copy
import json
import urllib.parse

HOSTILE_TEXTS = [
    "", " ", "\t", "x", "x" * 255, "x" * 3000, "0", "-1", "null", "true", "\u0000", "a\u0000b", "\ud800", "\udfff\ud800", "\u202e\u202d",
    "\u200b", "\ufeff", "\U0001f600" * 40, "\u0130\u0131\u00df\ufb01", "e\u0301" * 50, "'; DROP TABLE users; --", "\" OR 1=1 --", "%", "_", "\\",
    "%s%s%n", "{0}{1}", "${jndi:ldap://x}", "../../etc/passwd", "<script>alert(1)</script>", "\r\nX-Injected: 1", "=1+1", "2026-02-30",
    "2026-03-29T02:30:00+99:00", "infinity", "now", "tomorrow", "9999-12-31T23:59:60Z", "0000-00-00", "2026-01-01T24:00:00Z", "24:00", "-00:01",
    "2030-06-03T10:00:00Z", "2030-06-03", "10:00", "1e3", "0x10", "\u0661\u0662:\u0663\u0660", "FOO+3", "Europe/Berlin", "UTC", "Fixed/UTC+01:00:00",
    "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01",
    "{0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01}", "ada@example.test", "+4930123456789012", "+49 30 12345", "000000", "\u0660\u0660\u0660\u0660\u0660\u0660"]
HOSTILE_VALUES = [None, True, False, 0, 1, -1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, -2**63 - 1, 0.1, -0.0, 1e308, [], {}, [None], [[]], {"": 0},
                  {"id": 1}, [1, 2, 3], {"$ne": None}, {"__proto__": {"admin": True}}]
RAW_VALUES = ["NaN", "Infinity", "-", "01", "1.", ".5", "1e999", "1e-999", "1E400", "9" * 400, "tru", "'x'", '"\\x41"', '"\\u12"', '"\t"', '"unended',
              "[1,]", '{"a"}', "/*c*/1", '"\\ud83d"', '"\\udc00"', '"\\u0000"']
BODIES = [b"", b" ", b"null", b"[]", b"{}", b"0", b'"x"', b"true", b"{", b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b"\x00", b"{}{}", b"{}\n\n", b"a=b",
          b"[" * 40 + b"]" * 40, b'{"a":' * 40 + b"1" + b"}" * 40, b"[" * 90_000, b'{"a":"' + b"x" * 101_000 + b'"}', b'{"a":"' + b"x" * 99_000 + b'"}',
          b'{"a":1,"a":1}', b'{"\xc3\x28":1}', b"{" + b",".join(b'"k%d":1' % n for n in range(5000)) + b"}"]
HEADERS = [
    ("Content-Type", ["", "text/plain", "application/json; charset=utf-16", "application/json;;", "application/JSON", "*/*", "x" * 300, "application/json\tx"]),
    ("Content-Encoding", ["gzip", "identity", "br", ""]),
    ("Authorization", ["", "Bearer", "Bearer x.y.z", "Basic eDp5", "Bearer " + "A" * 5000, "Bearer " + "." * 40, "Bearer eyJhbGciOiJub25lIn0.e30."]),
    ("If-Match", ["", "*", '"1"', "1", '"-1"', '"99999999999999999999"', 'W/"1"', '"1", "2"', '"', "x" * 500, '"1e3"', '"0x1"', '" 1"']),
    ("If-None-Match", ["", "*", '"x"', 'W/"x", W/"y"', '"' * 99, "x" * 500]),
    ("Idempotency-Key", ["", " ", "k", "x" * 255, "x" * 256, "\u00e9", '"quoted"', "a,b", "'; --"]),
    ("Accept", ["", "text/html", "*/*;q=0", "application/xml", "x" * 500]),
    ("Accept-Language", ["", "de", "*", "x" * 500, "de;q=9"]),
    ("Accept-Encoding", ["", "*", "gzip;q=0", "gzip;q=x", "br;q=1, gzip;q=2", "identity;q=0"]),
    ("Origin", ["", "null", "https://evil.test", "http://127.0.0.1", "x" * 500]),
    ("X-Forwarded-For", ["", "1.2.3.4", ",", "::1", "x" * 500]),
    ("X-Request-Id", ["", "x", "x" * 500, "\"\\"]),
    ("Range", ["bytes=0-1", "bytes=-1", "x"]),
    ("If-Modified-Since", ["x", "Mon, 01 Jan 2001 00:00:00 GMT"]),
    ("Cookie", ["a=b", "=", "x" * 1000]),
    ("Accept-Charset", ["utf-16"]),
]
PATH_IDS = ["", "x", "1", "0", "-1", "%00", "%", "%zz", "%2e%2e", "..", ".", "%2F", "null", "0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e0", "a" * 300, "%C3%28", "{id}",
            "00000000-0000-0000-0000-000000000000", "0192F0D0-3C11-7B11-9D1D-6B2F2F7A9E01", "0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01%00", "*", "me", ";", "a/b",
            "2026-12-25", "2026-02-30", "0000-00-00", "9999-12-31", "2026-1-1", "today"]
QUERY_SUFFIXES = ["?", "??", "&", "&&", "=", "&=", "&a", "&%", "&%zz=1", "&%00=1", "&a=%00", "&a=%ff", "&a[]=1", "&limit[gt]=1", "&a=" + "x" * 3000, "&+=+",
                  "&a;b=c", "&" + "&".join(f"k{n}=1" for n in range(300))]


class Raw:
    """A value that is put into the body as it stands."""

    def __init__(self, text):
        self.text = text


class Mutator:
    """`random` decides everything, so a seed names a request."""

    def __init__(self, operation, parameters, random):
        self.operation = operation
        self.queries = {p["name"]: p for p in parameters if p["in"] == "query"}
        self.random = random

    def mutate(self, path, query, body):
        """(path with query, body bytes or None, headers, what was done)."""
        self.path, self.query, self.body = path, dict(query), copy.deepcopy(body)
        self.raw_query, self.raw_body, self.headers, self.done = "", None, {}, []
        ways = [self.header, self.header, self.unknown_query, self.query_text]
        ways += [self.query_value] * 3 * bool(self.queries) + [self.path_id] * 2 * ("{" in self.operation.path)
        if self.operation.takes_body and not self.fields():
            ways += [self.unknown_field, self.whole_body, self.broken_text]
        elif self.operation.takes_body:
            ways += [self.field] * 6 + [self.raw_field] * 2 + [self.missing_field] * 2 + [self.unknown_field, self.whole_body, self.broken_text, self.nested]
        else:
            ways.append(self.whole_body)
        for way in self.random.choices(ways, k=self.random.choice([1, 1, 1, 2, 3])):
            way()
        return self.target(), self.encoded_body(), self.headers, self.done

    def target(self):
        text = urllib.parse.urlencode(self.query, errors="surrogatepass") + self.raw_query
        return self.path + (text if text.startswith("?") else f"?{text}" if text else "")

    def encoded_body(self):
        if self.raw_body is not None or self.body is None:
            return self.raw_body
        raws = {}

        def hold(value):
            name = f"@raw{len(raws)}@"
            raws[name] = value.text
            return name

        text = json.dumps(self.body, default=hold, ensure_ascii=self.random.random() < 0.7)
        for name, raw in raws.items():
            text = text.replace(f'"{name}"', raw)
        return text.encode("utf-8", "surrogatepass")

    def note(self, what):
        self.done.append(what[:200])

    def hostile(self):
        return self.random.choice(HOSTILE_TEXTS if self.random.random() < 0.6 else HOSTILE_VALUES)

    def names(self):
        schema = self.fields()
        return [name for name in schema if self.random.random() < 0.9] or list(schema)

    def fields(self):
        from harness.contract import contract
        schema = self.operation.spec["requestBody"]["content"]["application/json"]["schema"]
        return list(contract().resolve(schema)["properties"])

    def field(self):
        name, value = self.random.choice(self.names()), self.hostile()
        self.body[name] = value
        self.note(f"{name} = {value!r}")

    def raw_field(self):
        name, value = self.random.choice(self.names()), self.random.choice(RAW_VALUES)
        self.body[name] = Raw(value)
        self.note(f"{name} = {value}")

    def missing_field(self):
        if self.body:
            name = self.random.choice(list(self.body))
            del self.body[name]
            self.note(f"without {name}")

    def unknown_field(self):
        name = self.random.choice(["id", "price", "status", "role", "is_admin", "", "user.id", "x" * 300, "\u0000", "\U0001f600", "__proto__"])
        self.body[name] = self.hostile()
        self.note(f"also {name!r}")

    def nested(self):
        value = depth = self.random.choice([3, 30, 31, 32, 33, 500])
        for _ in range(depth):
            value = [value] if self.random.random() < 0.5 else {"a": value}
        self.body[self.random.choice(self.names())] = value
        self.note(f"{depth} levels")

    def whole_body(self):
        self.raw_body = self.random.choice(BODIES)
        self.note(f"body {self.raw_body[:60]!r}")

    def broken_text(self):
        text = bytearray(self.encoded_body() or b"{}")
        for _ in range(self.random.choice([1, 1, 2, 5])):
            position = self.random.randrange(len(text) + 1)
            what = self.random.choice(["cut", "insert", "remove", "flip"])
            if what == "cut":
                del text[position:]
            elif what == "insert":
                text.insert(position, self.random.randrange(256))
            elif text and position < len(text):
                text[position:position + 1] = b"" if what == "remove" else bytes([text[position] ^ (1 << self.random.randrange(8))])
        self.raw_body = bytes(text)
        self.note(f"body {bytes(text)[:200]!r}")

    def header(self):
        name, values = self.random.choice(HEADERS)
        self.headers[name] = self.random.choice(values)
        self.note(f"{name}: {self.headers[name][:60]!r}")

    def path_id(self):
        value = self.random.choice(PATH_IDS)
        before, _, after = self.operation.path.partition("{")
        self.path = before + value + after.partition("}")[2]
        self.note(f"path parameter {value[:60]!r}")

    def query_value(self):
        name = self.random.choice(list(self.queries))
        value = self.hostile()
        if self.random.random() < 0.2:
            self.query.pop(name, None)
            self.note(f"without ?{name}")
        else:
            self.query[name] = value if isinstance(value, str) else json.dumps(value)
            self.note(f"?{name}={str(value)[:60]!r}")

    def unknown_query(self):
        self.query[self.random.choice(["x", "", "id", "limit ", "LIMIT", "sort", "offset", "page", "q", "user_id"])] = "1"
        self.note("a query parameter more")

    def query_text(self):
        self.raw_query += self.random.choice(QUERY_SUFFIXES)
        self.note(f"query ends in {self.raw_query[:60]!r}")
