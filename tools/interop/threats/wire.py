"""A server that is examined: where it listens, who its members are, and one request to it, sent as bytes.

`threat_site` (an example of this project) and `medallion_site.py` print the same JSON line when they are ready; README.md
describes it. The scripts of this folder get that line in a file.
"""

import base64
import http.client
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

MEDIA = "application/taxii+json;version=2.1"
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
DATA = Path(os.environ.get("SCRUTINEER_DATA", Path(__file__).resolve().parents[4] / "shared" / "data")) / "threats"
READY_AFTER = 120  # seconds that a server may take until it says that it is ready


class Answer:
    """Status, headers (names in lower case) and the bytes of the body."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    def json(self):
        return json.loads(self.body)

    def resource(self):
        """The body as a JSON object; what is none counts as empty."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def media(self):
        """The media type without spaces, so that `; version` and `;version` are one."""
        return self.headers.get("content-type", "").replace(" ", "").lower()

    def objects(self):
        return self.resource().get("objects", [])

    def ids(self):
        return [item.get("id") for item in self.objects()]


class Site:
    """The facts that a server printed, and requests to it."""

    def __init__(self, facts):
        self.facts = facts
        where = urlsplit(facts["address"])
        self.host, self.port = where.hostname, where.port
        self.root = facts["api_root"]
        self.members = facts["members"]
        self.collections = facts["collections"]
        self.seen = []  # (what was asked, answer), for checks over all that was ever answered

    @classmethod
    def load(cls, path):
        return cls(json.loads(Path(path).read_text()))

    @property
    def address(self):
        return self.facts["address"]

    @property
    def is_peer(self):
        return self.facts.get("server") == "medallion"

    def basic(self, member):
        one = self.members[member]
        return "Basic " + base64.b64encode(f"{one['user']}:{one['password']}".encode()).decode()

    def ask(self, method, path, member=None, headers=(), body=None, accept=MEDIA):
        """One request on a connection of its own. `headers` come last and may repeat a name; no `accept`, no such header."""
        sent = [("Accept", accept)] if accept is not None else []
        if member is not None:
            sent.append(("Authorization", self.basic(member)))
        sent += list(headers)
        if body is not None and not any(name.lower() in ("content-length", "transfer-encoding") for name, _ in sent):
            sent.append(("Content-Length", str(len(body))))
        connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in sent:
                connection.putheader(name, value)
            connection.endheaders()
            try:
                if body is not None:
                    connection.send(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it may refuse before it has read everything; the answer says so
            answer = connection.getresponse()
            got = Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()
        self.seen.append((f"{method} {path}", got))
        return got

    def get(self, path, member=None, **more):
        return self.ask("GET", path, member, **more)

    def post(self, path, member, body, content_type=MEDIA, **more):
        headers = [("Content-Type", content_type)] if content_type is not None else []
        return self.ask("POST", path, member, headers=headers + list(more.pop("headers", ())), body=body, **more)

    def add(self, collection, member, *objects):
        """Adds objects (dictionaries, or bytes that are sent as they stand)."""
        raw = [item if isinstance(item, bytes) else json.dumps(item).encode() for item in objects]
        return self.post(self.path(collection) + "objects/", member, b'{"objects":[' + b",".join(raw) + b"]}")

    def path(self, collection, below=""):
        """Of a collection by its name in the site's JSON."""
        return f"{self.root}collections/{self.collections[collection]['id']}/{below}"

    def find(self, member, can_read, can_write):
        """The name of a collection with exactly these rights for the member; None where there is none."""
        for name, one in self.collections.items():
            if ((member in one["can_read"]), (member in one["can_write"])) == (can_read, can_write):
                if one.get("api_root", self.root) == self.root:
                    return name
        return None


class Running:
    """A server that this script starts and ends: the command, what it printed, its process."""

    def __init__(self, command, *more):
        self.process = subprocess.Popen([*command, *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        ready, _, _ = select.select([self.process.stdout], [], [], READY_AFTER)
        line = self.process.stdout.readline() if ready else b""
        if not line:
            self.process.kill()
            raise SystemExit(f"{' '.join(command)} said nothing within {READY_AFTER} s")
        self.line = line.decode()
        self.site = Site(json.loads(line))

    def stop(self):
        """As a person would: standard input is closed, and it must end by itself."""
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise SystemExit("the server does not end when its standard input is closed")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Failures:
    """What went wrong in a script that is no table of checks."""

    def __init__(self, name):
        self.name, self.found, self.held = name, [], 0
        self.began = time.monotonic()

    def expect(self, holds, what):
        if holds:
            self.held += 1
        else:
            self.found.append(what)
            print(f"FAIL {self.name}: {what}", file=sys.stderr)
        return bool(holds)

    def equal(self, what, expected, got):
        return self.expect(expected == got, f"{what}: expected {expected!r}, got {got!r}"[:600])

    def finish(self, words=""):
        took = time.monotonic() - self.began
        print(f"{self.name}: {self.held} held, {len(self.found)} failed, {took:.1f} s {words}".rstrip())
        return 1 if self.found or not self.held else 0
