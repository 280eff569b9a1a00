"""Alert bundles, verified by a second program made from docs/reference/alert-formats.md alone.

It shares no code with crates/domain/alerts: Ed25519 is PyPI's `cryptography`, everything else is written here.
`verify.py CARD TIME FILE...` prints a line for each file: name, tab, verdict.
"""
import base64
import binascii
import hashlib
import json
import re
import sys
import unicodedata
from datetime import datetime, timezone
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMATS = Path(__file__).resolve().parents[3] / "docs/reference/alert-formats.md"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
STATUS = {0x0F: "actual", 0x33: "exercise", 0x55: "test"}
WORDS = {"actual": "ALERT 1 ACTUAL", "exercise": "EXERCISE EXERCISE 1 NOT AN ALERT", "test": "TEST TEST 1 NOT AN ALERT"}


class Refused(Exception):
    pass


def phrases():
    """The table of the documentation, which is the format."""
    block = re.search(r"```text\n( 0 .*?)```", FORMATS.read_text(), re.S).group(1)
    lines = block.splitlines()
    assert [int(line[:2]) for line in lines] == list(range(len(lines)))
    return [line[3:].encode() for line in lines]


PHRASES = phrases()
BY_LENGTH = sorted(range(len(PHRASES)), key=lambda n: -len(PHRASES[n]))


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, length):
        if self.at + length > len(self.data):
            raise Refused("form")
        self.at += length
        return self.data[self.at - length:self.at]

    def number(self, length):
        return int.from_bytes(self.take(length), "big")

    def end(self):
        if self.at != len(self.data):
            raise Refused("form")


def utc(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds_of(text):
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text, re.ASCII):
        return None
    try:
        return int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp())
    except ValueError:
        return None


def token_at(data, at):
    """The token that the packer takes at a place: (bytes, how much it stands for), or None for a literal."""
    for number in BY_LENGTH:
        if data.startswith(PHRASES[number], at):
            return bytes([0x40 + number]), len(PHRASES[number])
    piece = data[at:at + 20]
    if re.fullmatch(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", piece):
        seconds = seconds_of(piece.decode())
        if seconds is not None and seconds >= 0:
            return b"\x82" + seconds.to_bytes(5, "big"), 20
    piece = data[at:at + 36]
    if re.fullmatch(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", piece):
        return b"\x81" + bytes.fromhex(piece.decode().replace("-", "")), 36
    if at > 0 and data[at - 1:at] == b'"':
        end = data.find(b'"', at)
        if end - at >= 24:
            try:
                plain = base64.b64decode(data[at:end], validate=True)
            except binascii.Error:
                return None
            if base64.b64encode(plain) == data[at:end]:
                return b"\x80" + len(plain).to_bytes(2, "big") + plain, end - at
    return None


def pack(entry):
    out, literal, at = bytearray(), bytearray(), 0

    def flush():
        if literal:
            out.append(len(literal))
            out.extend(literal)
            literal.clear()

    while at < len(entry):
        token = token_at(entry, at)
        if token:
            flush()
            out += token[0]
            at += token[1]
        else:
            literal.append(entry[at])
            at += 1
            if len(literal) == 63:
                flush()
    flush()
    return bytes(out)


def unpack(packed):
    reader, out = Reader(packed), bytearray()
    while reader.at < len(packed):
        token = reader.number(1)
        if 1 <= token < 0x40:
            out += reader.take(token)
        elif 0x40 <= token < 0x40 + len(PHRASES):
            out += PHRASES[token - 0x40]
        elif token == 0x80:
            out += base64.b64encode(reader.take(reader.number(2)))
        elif token == 0x81:
            digits = reader.take(16).hex()
            out += "-".join([digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]]).encode()
        elif token == 0x82:
            seconds = reader.number(5)
            if seconds > 253_402_300_799:
                raise Refused("form")
            out += utc(seconds).encode()
        else:
            raise Refused("form")
        if len(out) > 16 * 1024:
            raise Refused("form")
    if pack(bytes(out)) != packed:
        raise Refused("form")
    return bytes(out)


def parse_text(data):
    if len(data) > 350:
        raise Refused("form")
    r = Reader(data)
    form = lambda holds: None if holds else (_ for _ in ()).throw(Refused("form"))
    form(r.number(1) == 1)
    status = STATUS.get(r.number(1))
    kind = {0x41: "alert", 0x55: "update", 0x43: "cancel"}.get(r.number(1))
    severity, audience, number = r.number(1), r.number(1), r.number(2)
    form(status and kind and severity <= 4 and 1 <= audience <= 3 and number >= 1)
    sent, effective, expires = r.number(5), r.number(4), r.number(4)
    form(effective < expires <= 90 * 86_400)
    count = r.number(1)
    form(count == 0 if kind == "alert" else 1 <= count <= 4)
    references = [(r.number(6), r.take(8)) for _ in range(count)]
    form(all(one[0] < two[0] for one, two in zip(references, references[1:])))
    count, areas = r.number(1), []
    form(1 <= count <= 40)
    for _ in range(count):
        shared, before = r.number(1), areas[-1] if areas else b""
        rest = r.take(r.number(1))
        form(shared <= len(before))
        area = before[:shared] + rest
        form(re.fullmatch(rb"[A-Za-z0-9._/-]{1,24}", area) and (not areas or before < area))
        form(shared == len(area) or shared == len(before) or area[shared] != before[shared])
        areas.append(area)
    count, languages = r.number(1), []
    form(1 <= count <= 4)
    for _ in range(count):
        language = r.take(2)
        form(re.fullmatch(rb"[a-z]{2}", language) and language not in languages)
        languages.append(language)
        for least, most in ((1, 160), (0, 255)):
            length = r.number(1)
            try:
                words = r.take(length).decode()
            except UnicodeDecodeError:
                raise Refused("form") from None
            form(least <= length <= most and plain(words))
    r.end()
    return {"status": status, "kind": kind, "sent": sent, "effective": sent + effective, "expires": sent + expires,
            "references": references}


def plain(words):
    """No control characters, nothing invisible, nothing that turns the direction, no space at the ends."""
    hidden = [(0x200B, 0x200B), (0x2028, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F)]
    bad = any(unicodedata.category(c) == "Cc" or any(a <= ord(c) <= b for a, b in hidden) for c in words)
    return not bad and words.strip() == words


def symbols_check(number, group):
    value = number % 1021
    for symbol in group:
        value = (value * 33 + symbol) % 1021
    return [value // 32, value % 32]


def from_armour(text):
    head, colon, data = text.partition(":")
    words = " ".join(head.upper().split())
    inside = {f"SCRUTINEER {front} {how} PROOF OF INCLUSION": (status, how) for status, front in WORDS.items() for how in ("WITH", "WITHOUT")}
    if not colon or words not in inside:
        raise Refused("form")
    clean = [{"O": "0", "I": "1", "L": "1"}.get(c.upper(), c.upper()) for c in data if not c.isspace() and c != "-"]
    if any(len(c) != 1 or c not in ALPHABET for c in clean):
        raise Refused("form")
    values, all_of = [ALPHABET.index(c) for c in clean], []
    for number, at in enumerate(range(0, len(values), 42)):
        group = values[at:at + 42]
        if len(group) < 3 or symbols_check(number, group[:-2]) != group[-2:]:
            raise Refused("form")
        all_of += group[:-2]
    bits = "".join(f"{value:05b}" for value in all_of)
    whole = len(bits) // 8 * 8
    if len(bits) - whole >= 5 or "1" in bits[whole:]:
        raise Refused("form")
    return *inside[words], bytes(int(bits[at:at + 8], 2) for at in range(0, whole, 8))


class Card:
    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum, self.seen = {}, {}, {}, None, None
        self.election = None
        for line in text.splitlines():
            words = line.split()
            if words[:1] == ["log"]:
                name, ident, key = self.key(words[1], 1)
                self.logs[ident] = (name, key)
            elif words[:1] == ["witness"]:
                name, ident, key = self.key(words[2], 4)
                self.witnesses[ident] = (words[1], key)
            elif words[:1] == ["group"]:
                self.groups[words[1]] = (int(words[2]), words[3:])
            elif words[:1] == ["quorum"]:
                self.quorum = words[1]
            elif words[:2] == ["#", "election"]:
                self.election = words[2]
            elif words[:2] == ["#", "seen"]:
                self.seen = seconds_of(words[3])

    @staticmethod
    def key(text, kind):
        name, ident, coded = text.split("+", 2)
        raw = base64.b64decode(coded)
        assert raw[0] == kind and hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex() == ident
        return name, bytes.fromhex(ident), Ed25519PublicKey.from_public_bytes(raw[1:])

    def met(self, name, signed):
        if name == "none":
            return True
        if name in self.groups:
            least, members = self.groups[name]
            return sum(self.met(member, signed) for member in members) >= least
        return name in signed


def holds(key, signature, message):
    try:
        key.verify(signature, message)
        return True
    except InvalidSignature:
        return False


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from(leaf, index, size, path):
    """RFC 6962 section 2.1.1, by recursion; None when the path has another length."""
    if size == 1:
        return leaf if not path else None
    half = 1 << ((size - 1).bit_length() - 1)
    if not path:
        return None
    if index < half:
        below = root_from(leaf, index, half, path[:-1])
        return below and node(below, path[-1])
    below = root_from(leaf, index - half, size - half, path[:-1])
    return below and node(path[-1], below)


def unseal(data, most):
    if len(data) > most or len(data) < 8:
        raise Refused("form")
    if hashlib.sha256(data[:-4]).digest()[:4] != data[-4:]:
        raise Refused("damaged")
    return Reader(data[4:-4])


def bundle(data, card):
    r = unseal(data, 2953)
    entry = unpack(r.take(r.number(2)))
    index, size, root = r.number(6), r.number(6), r.take(32)
    count = r.number(1)
    if count > 48:
        raise Refused("form")
    path = [r.take(32) for _ in range(count)]
    log_id, log_signature = r.take(4), r.take(64)
    count = r.number(1)
    if count > 16:
        raise Refused("form")
    cosignatures = [(r.take(4), r.number(5), r.take(64)) for _ in range(count)]
    if any(one[0] >= two[0] for one, two in zip(cosignatures, cosignatures[1:])):
        raise Refused("form")
    r.end()
    if log_id not in card.logs:
        raise Refused("other-log")
    origin, key = card.logs[log_id]
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
    if not holds(key, log_signature, text.encode()):
        raise Refused("signature")
    signed = {}
    for ident, time, signature in cosignatures:
        if ident in card.witnesses:
            name, witness = card.witnesses[ident]
            if not holds(witness, signature, f"cosignature/v1\ntime {time}\n{text}".encode()):
                raise Refused("signature")
            signed[name] = time
    if not card.met(card.quorum, signed):
        raise Refused("witnesses")
    leaf = hashlib.sha256(b"\0" + entry).digest()
    if index >= size or root_from(leaf, index, size, path) != root:
        raise Refused("inclusion")
    times = sorted(signed.values())
    return entry, index, times[(len(times) - 1) // 2] if times else None


def short(data, card):
    r = unseal(data, 1400)
    entry = unpack(r.take(r.number(2)))
    index, at, log_id, signature = r.number(6), r.number(5), r.take(4), r.take(64)
    r.end()
    if log_id not in card.logs:
        raise Refused("other-log")
    origin, key = card.logs[log_id]
    leaf = base64.b64encode(hashlib.sha256(b"\0" + entry).digest()).decode()
    said = utc(at) if at <= 253_402_300_799 else "beyond"
    promise = f"scrutineer/promise/v1\norigin {origin}\nindex {index}\nleaf {leaf}\nat {said}\n"
    if not holds(key, signature, promise.encode()):
        raise Refused("promise")
    return entry, index, None


def verdict(data, card, now):
    outside = None
    if not data.startswith((b"SCB\x01", b"SCS\x01")):
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise Refused("form") from None
        outside, how, data = from_armour(text)
        if not data.startswith(b"SCB\x01" if how == "WITH" else b"SCS\x01"):
            raise Refused("form")
    entry, index, seen = bundle(data, card) if data.startswith(b"SCB") else short(data, card)
    try:
        said = json.loads(entry)
    except ValueError:
        raise Refused("no-alert") from None
    if said.get("t") != "alerts.alert.issued/1":
        raise Refused("no-alert")
    alert = parse_text(base64.b64decode(said["pub"]["alert"], validate=True))
    if outside and outside != alert["status"]:
        raise Refused("label")
    recorded = seconds_of(said["at"])
    if recorded - alert["sent"] > 86_400 or alert["sent"] - recorded > 300:
        raise Refused("back-dated")
    newest = recorded if seen is None else seen
    if recorded > newest + 300:
        raise Refused("time")
    if any(named >= index for named, _ in alert["references"]):
        raise Refused("order")
    if card.election and f"election:{card.election}" not in said["sub"]:
        raise Refused("other-election")
    behind = now + 300 < newest
    at = max(now, newest - 300)
    state = "expired" if at >= alert["expires"] else "not-yet" if at < alert["effective"] else "valid-now"
    if alert["status"] != "actual":
        return alert["status"]
    return state if state == "expired" or not behind else "clock-doubtful"


def verdicts(card, time, files):
    card, now = Card(Path(card).read_text()), seconds_of(time)
    for file in files:
        try:
            yield file, verdict(Path(file).read_bytes(), card, now)
        except Refused as refused:
            yield file, f"refused:{refused}"


if __name__ == "__main__":
    for file, said in verdicts(sys.argv[1], sys.argv[2], sys.argv[3:]):
        print(f"{file}\t{said}")
