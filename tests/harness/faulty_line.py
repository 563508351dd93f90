"""A line between a server and PostgreSQL that breaks where it is told. It knows the framing of the
frontend/backend protocol and no more: https://www.postgresql.org/docs/15/protocol-message-formats.html"""
import contextlib
import re
import socket
import struct
import threading

CANCEL_REQUEST = 80877102
# What the server asks from time to time for itself; it comes between the statements of a request at random.
BACKGROUND = {"find_revision"}


class Cut:
    """Where to break: before statement `number` is sent, or after group `number` (the statements up to a Sync, COMMIT among
    them or not) has been carried out and before anything of the answer arrives. Both count from 0."""

    def __init__(self, when, number):
        assert when in ("before", "after")
        self.when = when
        self.number = number

    def __repr__(self):
        return f"cut {self.when} {'statement' if self.when == 'before' else 'group'} {self.number}"


class FaultyLine:
    """Listens on a TCP port and passes everything on to the Unix socket of `conninfo`, until a cut is armed."""

    def __init__(self, conninfo):
        keywords = dict(re.findall(r"(\w+)=(\S+)", conninfo))
        self.target = f"{keywords['host']}/.s.PGSQL.{keywords.get('port', '5432')}"
        self.listener = socket.create_server(("127.0.0.1", 0))
        port = self.listener.getsockname()[1]
        self.url = f"host=127.0.0.1 port={port} user={keywords['user']} dbname={keywords['dbname']} sslmode=disable gssencmode=disable"
        self.lock = threading.Lock()
        self.cut = None
        self.on_commit = None
        self.statements = []  # seen since armed
        self.groups = 0
        self.is_armed = self.fired = False
        threading.Thread(target=self._accept, daemon=True).start()

    def arm(self, cut=None, on_commit=None):
        """From now on statements are counted. `on_commit` is called when one group or another has left no transaction open,
        before the server hears of it."""
        with self.lock:
            self.cut, self.on_commit, self.statements, self.groups, self.fired = cut, on_commit, [], 0, False
            self.is_armed = True

    def disarm(self):
        """Returns whether the cut came to pass."""
        with self.lock:
            self.cut = self.on_commit = None
            self.is_armed = False
            return self.fired

    def close(self):
        self.listener.close()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                Link(self, client)

    def breaks_before(self, statement):
        with self.lock:
            if self.is_armed:
                self.statements.append(statement)
            if self.cut is None or self.cut.when != "before" or self.cut.number != len(self.statements) - 1:
                return False
            self.cut, self.fired = None, True
            return True

    def breaks_after_group(self):
        with self.lock:
            self.groups += 1
            if self.cut is None or self.cut.when != "after" or self.cut.number != self.groups - 1:
                return False
            self.cut, self.fired = None, True
            return True


class Link:
    """One connection."""

    def __init__(self, line, client):
        self.line = line
        self.client = client
        self.server = socket.socket(socket.AF_UNIX)
        self.server.connect(line.target)
        self.drops_answers = False
        self.is_counted = []  # for each group on its way, whether it is more than background
        for work in (self._to_server, self._to_client):
            threading.Thread(target=self._run, args=(work,), daemon=True).start()

    def _run(self, work):
        with contextlib.suppress(OSError, EOFError):
            work()
        self.close()

    def close(self):
        for end in (self.client, self.server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _to_server(self):
        reader = Reader(self.client)
        start = reader.untyped()
        self.server.sendall(start)
        if struct.unpack("!i", start[4:8])[0] == CANCEL_REQUEST:
            return
        statement, counted, held = "", False, b""
        while True:
            kind, message = reader.typed()
            if kind == b"B":  # portal, then statement
                statement = message[5:].split(b"\0")[1].decode()
            if kind == b"E" and statement not in BACKGROUND:
                counted = True
                if self.line.breaks_before(statement):
                    return
            held += message
            if kind == b"S":
                self.is_counted.append(counted)
                if counted and self.line.breaks_after_group():
                    self.drops_answers = True
                counted = False
            if kind in (b"S", b"H") or not reader.has_more():
                self.server.sendall(held)
                held = b""

    def _to_client(self):
        reader = Reader(self.server)
        while True:
            kind, message = reader.typed()
            if kind == b"Z":
                counted = bool(self.is_counted) and self.is_counted.pop(0)
                if self.drops_answers:
                    return
                if counted and message[5:6] == b"I" and self.line.on_commit:
                    self.line.on_commit()
            if not self.drops_answers:
                self.client.sendall(message)


class Reader:
    """Whole messages of the protocol."""

    def __init__(self, end):
        self.end = end
        self.buffer = b""

    def has_more(self):
        return len(self.buffer) > 0

    def _fill(self, size):
        while len(self.buffer) < size:
            piece = self.end.recv(65536)
            if not piece:
                raise EOFError
            self.buffer += piece

    def _take(self, size):
        self._fill(size)
        taken, self.buffer = self.buffer[:size], self.buffer[size:]
        return taken

    def untyped(self):
        self._fill(4)
        return self._take(struct.unpack("!i", self.buffer[:4])[0])

    def typed(self):
        self._fill(5)
        return self.buffer[:1], self._take(1 + struct.unpack("!i", self.buffer[1:5])[0])
