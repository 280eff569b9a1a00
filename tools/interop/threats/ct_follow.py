"""The running server follows certificate logs that Python makes and serves: it finds what was planted, and stops where one lies.

`ct_follow.py SITE FOLDER`: `SITE` is `threat_site`, `FOLDER` for what is written. Logs of both forms are made by `ct.py` and served over
HTTP here; an administrator names them by the API; the server is killed with SIGKILL while it reads.
"""

import http.server
import json
import pathlib
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import ct
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

WATCHED = "vote.gov"
#: `ct.certificates` names its certificates so; each of them looks like the watched name.
PLANTED = lambda count: {f"n{number}.vote-gov.example" for number in range(count)} | {"xn--e1arm6r.gov"}
PATIENCE = 240


class Log:
    """A folder of `ct.write`, behind a port, in the two forms; `size` is the head that is shown."""

    def __init__(self, folder, key, sizes):
        self.folder, self.key = folder, key
        ct.write(folder, key, sizes)
        self.sizes, self.size, self.change, self.asked = sizes, sizes[0], None, 0
        self.rows = []
        while len(self.rows) < sizes[-1]:
            (file,) = (folder / "get-entries").glob(f"{len(self.rows)}-*")
            self.rows += json.loads(file.read_text())["entries"]
        self.leaves = [ct.sha256(b"\x00" + ct.base64.b64decode(row["leaf_input"])) for row in self.rows]
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked += 1
                body = outer.answer(self.path.lstrip("/"))
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Length", str(len(body or b"")))
                try:
                    self.end_headers()
                    self.wfile.write(body or b"")
                except (BrokenPipeError, ConnectionResetError):
                    pass  # Whoever asked was killed meanwhile, as is meant to be.

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path):
        body = self.honest(path)
        return self.change(path, body) if self.change and body is not None else body

    def honest(self, path):
        path, _, query = path.partition("?")
        asked = dict(pair.split("=") for pair in query.split("&")) if query else {}
        if path in ("ct/v1/get-sth", "checkpoint"):
            return (self.folder / f"{self.size}/{path.rsplit('/')[-1]}").read_bytes()
        if path == "ct/v1/get-sth-consistency":
            first, second = int(asked["first"]), int(asked["second"])
            proof = ct.consistency(first, self.leaves[:second])
            return json.dumps({"consistency": [ct.b64(one) for one in proof]}).encode()
        if path == "ct/v1/get-entries":
            start = int(asked["start"])
            end = min(int(asked["end"]) + 1, self.size, start + 37)
            time.sleep(0.05)
            return json.dumps({"entries": self.rows[start:end]}).encode()
        file = self.folder / path
        return file.read_bytes() if path.startswith("tile/") and file.is_file() else None


class Site:
    def __init__(self, program, folder):
        self.command, self.running = [program, "--data", str(folder), "--watch", WATCHED], None
        self.start()

    def start(self):
        pipe = subprocess.PIPE
        self.running = subprocess.Popen(self.command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        self.address = json.loads(self.running.stdout.readline())["address"]

    def kill(self):
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()

    def call(self, path, body=None, who="administrator"):
        request = urllib.request.Request(self.address + "/api/v1/threats/certificates/" + path)
        request.add_header("Authorization", f"Bearer {who}-password")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def follow(self, log, kind, begin=0):
        spki = log.key.public_key().public_bytes(ct.DER, ct.SPKI)
        new = {"name": kind, "kind": kind, "url": log.url, "origin": ct.ORIGIN, "key": ct.b64(spki), "begin": begin}
        return self.call("logs", new)["log"]

    def log(self, which):
        return next(log for log in self.call("logs")["logs"] if log["log"] == which)

    def until(self, which, is_so, what):
        end = time.time() + PATIENCE
        while time.time() < end:
            log = self.log(which)
            if is_so(log):
                return log
            time.sleep(0.5)
        raise AssertionError(f"{what} did not come: {log}")

    def names(self, who="alpha"):
        return self.call("names", who=who)


def due(site, which):
    """Turned off and on, a log is due at once: the test need not wait for its next turn."""
    site.call(f"logs/{which}", {"on": False})
    site.call(f"logs/{which}", {"on": True})


def check_names(site, count, entries):
    names = site.names()
    found = {one["name"]: one for one in names["names"]}
    # With `*.` and in capitals it is a name of its own.
    assert set(found) == PLANTED(count), set(found) ^ PLANTED(count)
    assert names["total"] == len(found) and names["left_out"] == 0
    for number in range(count):
        one = found[f"n{number}.vote-gov.example"]
        assert (one["entry"], one["looks_like"], one["certificates"]) == (number, WATCHED, entries), one
        assert one["issuer"] == "CN=Python Authority" and one["not_before"] == "2026-11-02T00:00:00Z", one
    assert site.names("beta")["total"] == 0, "beta protects nothing"


def read_and_killed(program, folder):
    log = Log(folder / "log", ec.generate_private_key(ec.SECP256R1()), [300, 700])
    site = Site(program, folder / "site")
    time.sleep(5)  # What alpha protects comes with the next batch, a second later.
    which = site.follow(log, "rfc6962")
    # Each piece of about a thousand entries is kept whole: it is killed while answers come in.
    start = log.asked
    while log.asked < start + 4:
        time.sleep(0.05)
    site.kill()
    site.start()
    site.until(which, lambda log: log["read"] == log["size"] == 300, "the end after a kill")
    check_names(site, 300, 1)
    log.size = 700
    due(site, which)
    site.until(which, lambda log: log["read"] == 700, "what is new")
    check_names(site, 700, 1)
    return site, log, which


def static(site, folder):
    log = Log(folder / "static", rsa.generate_private_key(65537, 2048), [300, 700])
    which = site.follow(log, "static", begin=100)
    site.until(which, lambda one: one["read"] == 300, "the end of a static log")
    log.size = 700
    due(site, which)
    site.until(which, lambda one: one["read"] == 700, "what is new in a static log")
    names = {one["name"]: one["certificates"] for one in site.names()["names"]}
    counted = [names[f"n{number}.vote-gov.example"] for number in range(700)]
    assert counted == [1] * 100 + [2] * 600, "from entry 100 on each name came a second time"
    return log, which


def stops(site, log, which, kind):
    told = site.until(which, lambda one: one["stopped"], f"an alarm, {kind}")
    alarm = told["alarms"][0]
    assert alarm["kind"] == kind, alarm
    return alarm


def verified(log, head):
    """The evidence holds for whoever has the log's key."""
    root = ct.base64.b64decode(head["head"]["root"]) if not is_hex(head["head"]["root"]) else bytes.fromhex(head["head"]["root"])
    message = b"\x00\x01" + ct.struct.pack(">QQ", head["head"]["timestamp_ms"], head["head"]["size"]) + root
    signature = ct.base64.b64decode(head["signature"])
    key = log.key.public_key()
    if isinstance(log.key, rsa.RSAPrivateKey):
        key.verify(signature[4:], message, ct.padding.PKCS1v15(), ct.hashes.SHA256())
    else:
        key.verify(signature[4:], message, ec.ECDSA(ct.hashes.SHA256()))


def is_hex(text):
    return len(text) == 64


def lies(site, log, which):
    """Two trees of one size: stopped at once, with both heads; nothing is asked until somebody decides."""
    forged = ct.sha256(b"another tree")
    timestamp = ct.BEGAN + 10_000_000
    signature = ct.b64(ct.sign(log.key, timestamp, 700, forged))
    sth = {"tree_size": 700, "timestamp": timestamp, "sha256_root_hash": ct.b64(forged), "tree_head_signature": signature}
    log.change = lambda path, body: json.dumps(sth).encode() if path.endswith("get-sth") else body
    due(site, which)
    alarm = stops(site, log, which, "split-view")
    verified(log, alarm["first"])
    verified(log, alarm["second"])
    assert alarm["first"]["head"]["size"] == alarm["second"]["head"]["size"] == 700
    asked = log.asked
    time.sleep(25)
    assert log.asked == asked, "a log that was stopped was asked"
    log.change = None
    site.call(f"logs/{which}", {"decision": "go-on", "reason": "They have explained it."})
    told = site.until(which, lambda one: one["checked"] and not one["stopped"] and log.asked > asked, "going on")
    assert told["alarms"][0]["reason"] == "They have explained it."


def changed(site, folder, what, kind, change, times=3):
    """A changed log gives no name, and is stopped, or waited for where it may be an error."""
    log = Log(folder / what.replace(" ", "-"), ec.generate_private_key(ec.SECP256R1()), [100, 300])
    log.change = change
    before = site.names()["names"]
    which = site.follow(log, kind)
    log.size = 300
    for _ in range(times):
        asked = log.asked
        end = time.time() + 60
        while log.asked == asked and time.time() < end:
            time.sleep(0.3)
        told = site.until(which, lambda one: one["trouble"] or one["stopped"], what)
        if told["stopped"]:
            break
        due(site, which)
    told = site.log(which)
    assert told["read"] in (None, 0), f"{what}: {told['read']} entries were believed"
    assert site.names()["names"] == before, f"{what}: a name was believed"
    print(f"  the server does not believe {what}: {(told['alarms'] or [{'words': told['trouble']}])[0]['words'][:80]}")
    site.call(f"logs/{which}", {"on": False})


def swap(part):
    def change(path, body):
        if part not in path:
            return body
        data = json.loads(body)
        data["entries"].reverse()
        return json.dumps(data).encode()

    return change


def flip(part, at):
    def change(path, body):
        if part not in path:
            return body
        data = bytearray(body)
        data[at] ^= 1
        return bytes(data)

    return change


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    site, log, which = read_and_killed(program, folder)
    static(site, folder)
    lies(site, log, which)
    wrong = [
        ("entries in another order", "rfc6962", swap("get-entries")),
        ("a changed signature", "rfc6962", flip("get-sth", -10)),
        ("a changed tile of entries", "static", flip("tile/data", -100)),
        ("a changed checkpoint", "static", flip("checkpoint", 20)),
    ]
    for what, kind, change in wrong:
        changed(site, folder, what, kind, change)
    site.running.stdin.close()
    site.running.wait(30)
    print(f"threats: the server followed 2 logs to 700 entries each, one through SIGKILL, found 701 planted names, and stopped one that lied")


if __name__ == "__main__":
    main()
