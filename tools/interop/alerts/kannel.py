"""A released alert goes by a real Kannel to its fake SMS centre and by a real SMTP server to mailboxes, comes back as
reports and as an acknowledgement, and a server that is killed in the middle loses and doubles nothing.

kannel.py SEND_SERVER WORK_FOLDER
"""

import email
import email.policy
import logging
import os
import pathlib
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import xml.etree.ElementTree
from collections import Counter

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

STATIONS = int(os.environ.get("KANNEL_STATIONS", "1500"))
MAILED = min(20, STATIONS)
FAKESMSC = "/usr/lib/kannel/test/fakesmsc"
# States of messages, as the table has them.
WAITING, GOING, HANDED, DELIVERED, FAILED, DOUBTFUL, OVERTAKEN = range(7)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Mailboxes:
    """Keeps what comes, from whoever has logged in."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        if not session.authenticated:
            return "530 Authentication required"
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 kept"


def authenticate(server, session, envelope, mechanism, data):
    ok = data.login == b"scrutineer" and data.password == b"mail-secret"
    return AuthResult(success=ok, handled=False)


class MailServer(Controller):
    def factory(self):
        return SMTP(
            self.handler,
            hostname="mail.emb.example",
            authenticator=authenticate,
            auth_require_tls=False,
            data_size_limit=1 << 20,
        )


CONFIG = """
group = core
admin-port = {admin}
admin-password = bar
smsbox-port = {box}
box-allow-ip = 127.0.0.1
dlr-storage = internal
log-level = 2

group = smsc
smsc = fake
smsc-id = FAKE
port = {smsc}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {send}
log-level = 2
http-request-retry = 60
http-queue-delay = 1

group = sendsms-user
username = scrutineer
password = kannel-secret
max-messages = 10
concatenation = true
omit-empty = true

group = sms-service
keyword = default
max-messages = 2
concatenation = true
catch-all = true
omit-empty = true
get-url = "http://127.0.0.1:{port}{door}?from=%p&text=%a"
"""


class Program:
    """A program whose lines are kept in a file."""

    def __init__(self, name, command, folder):
        self.name, self.path = name, folder / f"{name}.out"
        self.file = open(self.path, "ab")
        self.process = subprocess.Popen(command, stdout=self.file, stderr=subprocess.STDOUT, cwd=folder)

    def lines(self):
        return self.path.read_bytes().decode("utf-8", "replace").splitlines()

    def wait_for(self, pattern, seconds=60, after=0):
        end = time.time() + seconds
        while time.time() < end:
            for line in self.lines()[after:]:
                found = re.search(pattern, line)
                if found:
                    return found
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"{self.name} does not say {pattern!r}:\n" + "\n".join(self.lines()[-20:]))

    def end(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def until(what, condition, seconds):
    end = time.time() + seconds
    while time.time() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.3)
    raise SystemExit(f"not within {seconds} s: {what}")


def raw(data):
    return urllib.parse.unquote_to_bytes(data.replace("+", " "))


def decoded(kind, data):
    """Alphabet and text of a message, as the fake centre of Kannel writes it. What has headers is called "data" in either
    alphabet: texts of sixteen bits have zeros in them, because each ends with an address."""
    is_wide = kind == "ucs-2" or b"\0" in data
    return ("ucs-2", data.decode("utf-16-be")) if is_wide else ("gsm-7", data.decode("utf-8"))


def received(program):
    """Messages at the fake centre: (recipient, kind, text, parts), put together again by their headers."""
    whole, parts = [], {}
    for line in program.lines():
        found = re.search(r"Got message \d+: <(\S+) (\S+) (.*)>$", line)
        if not found:
            continue
        _, to, rest = found.groups()
        udh = None
        if rest.startswith("udh "):
            _, udh, rest = rest.split(" ", 2)
        kind, data = rest.split(" ", 1)
        if udh is None:
            whole.append((to, *decoded(kind, raw(data)), 1))
            continue
        header = urllib.parse.unquote_to_bytes(udh)
        assert header[:3] == b"\x05\x00\x03", header
        reference, count, place = header[3:6]
        one = parts.setdefault((to, reference), {})
        assert place not in one, f"a part came twice: {line}"
        one[place] = (kind, data)
        if len(one) == count:
            kinds = {kind for kind, _ in one.values()}
            assert len(kinds) == 1, kinds
            data = b"".join(raw(one[place][1]) for place in sorted(one))
            whole.append((to, *decoded(kinds.pop(), data), count))
            del parts[(to, reference)]
    return whole, parts


def states(database):
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20) as connection:
        rows = connection.execute("SELECT way, state, count(*) FROM alerts_message GROUP BY way, state").fetchall()
    return {(way, state): count for way, state, count in rows}


def main():
    server, folder = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).absolute()
    ports = {name: free_port() for name in ("server", "admin", "box", "smsc", "send", "mail")}
    mailboxes = Mailboxes()
    mail = MailServer(mailboxes, hostname="127.0.0.1", port=ports["mail"])
    mail.start()
    command = [server, str(folder / "data"), *(str(ports[name]) for name in ("server", "send", "mail")), str(STATIONS)]
    programs = []

    def start(name, command):
        program = Program(name, command, folder)
        programs.append(program)
        return program

    try:
        run(start, command, folder, ports, mailboxes)
    finally:
        for program in reversed(programs):
            program.end()
        mail.stop()


def run(start, command, folder, ports, mailboxes):
    first = start("first", command)
    door = first.wait_for(r"^door (\S+)", 120).group(1)
    code = first.wait_for(r"^code (.+)", 120).group(1)
    alert = int(first.wait_for(r"^alert (\d+)", 120).group(1))
    first.wait_for("^ready", 60)
    (folder / "kannel.conf").write_text(CONFIG.format(port=ports["server"], door=door, **{
        name: ports[name] for name in ("admin", "box", "smsc", "send")
    }))
    bearer = start("bearerbox", ["/usr/sbin/bearerbox", "kannel.conf"])
    until("the bearer box listens", lambda: listens(ports["smsc"]) and listens(ports["box"]), 30)
    start("smsbox", ["/usr/sbin/smsbox", "kannel.conf"])
    # It sends the code, and nothing more for a long time, and writes down what it gets.
    inbound = f"+4500000002 1234 text {code}"
    centre = start("centre", [FAKESMSC, "-H", "127.0.0.1", "-r", str(ports["smsc"]), "-i", "100000", "-m", "2", inbound])
    assert bearer.process.poll() is None

    # Killed in the middle, twice.
    for share in (5, 2):
        until("some messages arrive", lambda: len(received(centre)[0]) >= STATIONS // share, 120)
        first.end(signal.SIGKILL)
        at = len(received(centre)[0])
        print(f"killed with {at} of {STATIONS} at the centre", flush=True)
        assert at < STATIONS, "it was too fast to be killed in the middle"
        first = start(f"again-{share}", command)
        first.wait_for("^ready", 60)

    database = folder / "data" / "record.db"

    def all_settled():
        now = states(database)
        return sum(now.get((1, state), 0) for state in (DELIVERED,)) == STATIONS and now.get((2, HANDED), 0) == MAILED

    try:
        until("everything is delivered", all_settled, 240)
    except SystemExit:
        print(states(database), file=sys.stderr)
        raise
    check_messages(centre, alert, ports["server"])
    check_record(database, alert, code)
    check_letters(mailboxes, alert, ports["server"])
    answer = [text for to, _, text, _ in received(centre)[0] if to in ("+4500000002", "4500000002") and "/a/" not in text]
    assert len(answer) == 1 and answer[0], f"the station that sent a code is answered once: {answer}"
    print(f"{STATIONS} messages, {MAILED} letters, each once; reports and one code counted; answered: {answer[0]!r}")


def listens(port):
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0


BEGINS = {
    1: ("fr", "EXERCICE - Alerte 1: Faux formulaires reçus. N'acceptez aucun formulaire sans tampon rouge."),
    2: ("es", "SIMULACRO - Alerta 1: Formularios falsos. No acepte ningún formulario sin sello rojo. ¿Dudas? Llame."),
    3: ("ar", "تمرين - تنبيه 1: نماذج نتائج مزورة. لا تقبل أي نموذج بلا ختم أحمر. اتصل بالمكتب عند الشك."),
    0: ("en", "EXERCISE - Alert 1: Forged result forms [copies] seen. Accept no form without the red stamp."),
}


def check_messages(centre, alert, port):
    whole, parts = received(centre)
    assert not parts, f"parts without the others: {list(parts)[:3]}"
    alerts = [one for one in whole if "/a/" in one[2]]
    counts = Counter(to for to, *_ in alerts)
    wanted = {f"+45{number:08}" for number in range(1, STATIONS + 1)}
    lost, doubled = wanted - set(counts), [to for to, count in counts.items() if count > 1]
    assert not lost, f"lost: {sorted(lost)[:5]} ({len(lost)})"
    assert not doubled, f"doubled: {doubled[:5]} ({len(doubled)})"
    tokens = set()
    kinds = {}
    for to, kind, text, _ in alerts:
        number = int(to[3:])
        language, begins = BEGINS[number % 4]
        link = f" http://127.0.0.1:{port}/a/{alert}/{number}/"
        assert text.startswith(begins + link), (language, text)
        tokens.add(text.rsplit("/", 1)[1])
        kinds.setdefault(language, set()).add(kind == "ucs-2")
    assert len(tokens) == STATIONS, "each station has a link of its own"
    # ç and ú are in no table of seven bits; é, ñ, ¿ and [ are.
    assert kinds["en"] == {False} and kinds["ar"] == {True}, kinds


def check_record(database, alert, code):
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        lies = connection.execute("SELECT sum(lies) FROM alerts_gateway").fetchone()[0]
        inbound = connection.execute("SELECT kind, sealed FROM alerts_inbound").fetchall()
    assert lies == 0, f"{lies} reports on messages that it was not given"
    assert [kind for kind, _ in inbound] == [1], inbound
    assert code.replace(" ", "") not in inbound[0][1], "it is sealed"


def check_letters(mailboxes, alert, port):
    ids = {}
    for to, content in mailboxes.letters:
        letter = email.message_from_bytes(content, policy=email.policy.strict)
        assert to == [letter["To"]] and letter["From"] == "alerts@emb.example", letter["To"]
        ids.setdefault(to[0], set()).add(letter["Message-ID"])
        assert letter["Auto-Submitted"] == "auto-generated" and letter["List-Id"], letter.keys()
        number = int(re.match(r"station(\d+)@", to[0]).group(1))
        _, begins = BEGINS[number % 4]
        marker = begins.split(" - ")[0]
        assert letter["Subject"].startswith(f"{marker} - "), letter["Subject"]
        parts = list(letter.walk())
        text = parts[1].get_content()
        assert parts[1].get_content_type() == "text/plain" and text.startswith(f"{marker} {marker} {marker}"), text
        assert f"http://127.0.0.1:{port}/a/{alert}/{number}/" in text, text
        files = {part.get_filename(): part.get_content() for part in letter.iter_attachments()}
        assert set(files) == {"alert-1.cap", "alert-1.bundle"}, set(files)
        cap = xml.etree.ElementTree.fromstring(files["alert-1.cap"])
        namespace = "{urn:oasis:names:tc:emergency:cap:1.2}"
        assert cap.tag == f"{namespace}alert" and cap.find(f"{namespace}status").text == "Exercise"
        assert cap.find("{http://www.w3.org/2000/09/xmldsig#}Signature") is not None
        assert len(files["alert-1.bundle"]) > 200
    assert len(ids) == MAILED, f"{len(ids)} mailboxes of {MAILED}"
    # What a server that was killed sent again has the id that it had: the mailbox recognises it.
    assert all(len(of_one) == 1 for of_one in ids.values()), ids


if __name__ == "__main__":
    # The mail server speaks of what its next version will do.
    logging.disable(logging.WARNING)
    main()
