"""Certificate logs by Python's cryptography and a hand-written RFC 6962, and by ours: each reads what the other wrote.

`ct_log` (an example of scr-names) reads both forms of a log (RFC 6962 answers, C2SP static-ct-api tiles) that is made here,
and must give the same names; every changed log must be refused. Then a log that it writes is verified here.
Needs cryptography (48.0.0 was used).
"""

import base64
import datetime
import hashlib
import json
import pathlib
import re
import shutil
import struct
import subprocess
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

ORIGIN = "ct.test/log"
ANSWER = 50
BEGAN = 1_793_664_000_000
DER = serialization.Encoding.DER
SPKI = serialization.PublicFormat.SubjectPublicKeyInfo


def sha256(data):
    return hashlib.sha256(data).digest()


def tree_hash(leaves):
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + tree_hash(leaves[:k]) + tree_hash(leaves[k:]))


def consistency(m, leaves, whole=True):
    """RFC 6962 section 2.1.2, word for word."""
    n = len(leaves)
    if m == n:
        return [] if whole else [tree_hash(leaves)]
    k = 1
    while k * 2 < n:
        k *= 2
    if m <= k:
        return consistency(m, leaves[:k], whole) + [tree_hash(leaves[k:])]
    return consistency(m - k, leaves[k:], False) + [tree_hash(leaves[:k])]


def vector(width, data):
    return len(data).to_bytes(width, "big") + data


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        assert self.at + count <= len(self.data), "too short"
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, width):
        return int.from_bytes(self.take(width), "big")

    def vector(self, width):
        return self.take(self.number(width))


def certificates(count):
    """Names, and certificates with their precertificates."""
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Python Authority")])
    start, end = datetime.datetime(2026, 11, 2), datetime.datetime(2027, 2, 1)
    ca = x509.CertificateBuilder(ca_name, ca_name, ca_key.public_key(), 1, start, end).sign(ca_key, hashes.SHA256())
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    made = []
    for number in range(count):
        names = [f"n{number}.vote-gov.example", f"*.N{number}.example"][: 1 + number % 2]
        if number % 7 == 0:
            names.append("xn--e1arm6r.gov")
        # Two ways to name a certificate: the old one only in the subject.
        subject = [x509.NameAttribute(NameOID.COMMON_NAME, names[0])] if number % 3 == 0 else []
        builder = x509.CertificateBuilder(ca_name, x509.Name(subject), key, number + 2, start, end)
        listed = names[1:] if subject and number % 2 else names
        if listed:
            san = x509.SubjectAlternativeName([x509.DNSName(name) for name in listed])
            builder = builder.add_extension(san, critical=not subject)
        certificate = builder.sign(ca_key, hashes.SHA256())
        poisoned = builder.add_extension(x509.PrecertPoison(), critical=True).sign(ca_key, hashes.SHA256())
        made.append((sorted({name.lower() for name in names}), certificate, poisoned))
    issuer_key = sha256(ca_key.public_key().public_bytes(DER, SPKI))
    return ca.public_bytes(DER), issuer_key, made


def sign(key, timestamp, size, root):
    message = b"\x00\x01" + struct.pack(">QQ", timestamp, size) + root
    if isinstance(key, rsa.RSAPrivateKey):
        return b"\x04\x01" + vector(2, key.sign(message, padding.PKCS1v15(), hashes.SHA256()))
    return b"\x04\x03" + vector(2, key.sign(message, ec.ECDSA(hashes.SHA256())))


def put(folder, path, data):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())


def tile_path(level, index, width):
    parts = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        parts.insert(0, f"x{index % 1000:03}")
    return f"tile/{level}/" + "/".join(parts) + (f".p/{width}" if width < 256 else "")


def b64(data):
    return base64.b64encode(data).decode()


def entries_of(count):
    chain, issuer_key, made = certificates(count)
    wanted, inputs, extras, tiles = [], [], [], []
    for number, (names, certificate, poisoned) in enumerate(made):
        timestamp = struct.pack(">Q", BEGAN + number)
        extensions = vector(2, b"\x00" + vector(2, number.to_bytes(5, "big")))
        if number % 2:
            entry = timestamp + b"\x00\x00" + vector(3, certificate.public_bytes(DER)) + extensions
            before = b""
        else:
            tbs = vector(3, certificate.tbs_certificate_bytes)
            entry = timestamp + b"\x00\x01" + issuer_key + tbs + extensions
            before = vector(3, poisoned.public_bytes(DER))
        wanted.append(names)
        inputs.append(b"\x00\x00" + entry)
        extras.append(before + vector(3, vector(3, chain)))
        tiles.append(entry + before + vector(2, sha256(chain)))
    return wanted, inputs, extras, tiles


def write(folder, key, sizes):
    wanted, inputs, extras, tiles = entries_of(sizes[-1])
    leaves = [sha256(b"\x00" + one) for one in inputs]
    spki = key.public_key().public_bytes(DER, SPKI)
    put(folder, "key.der", spki)
    put(folder, "origin", ORIGIN)
    put(folder, "sizes", "".join(f"{size}\n" for size in sizes))
    read = 0
    for before, size in zip([0] + sizes, sizes):
        root, timestamp = tree_hash(leaves[:size]), BEGAN + size
        signature = sign(key, timestamp, size, root)
        sth = {"tree_size": size, "timestamp": timestamp, "sha256_root_hash": b64(root), "tree_head_signature": b64(signature)}
        put(folder, f"{size}/get-sth", json.dumps(sth))
        key_id = sha256(ORIGIN.encode() + b"\n\x05" + sha256(spki))[:4]
        line = b64(key_id + struct.pack(">Q", timestamp) + signature)
        put(folder, f"{size}/checkpoint", f"{ORIGIN}\n{size}\n{b64(root)}\n\n\u2014 {ORIGIN} {line}\n")

        def proof(start):
            hashes_of = consistency(start, leaves[:size]) if start else []
            put(folder, f"get-sth-consistency/{start}-{size}", json.dumps({"consistency": [b64(one) for one in hashes_of]}))

        proof(before)
        while read < size:
            end = min(size, read + ANSWER)
            rows = [{"leaf_input": b64(inputs[at]), "extra_data": b64(extras[at])} for at in range(read, end)]
            put(folder, f"get-entries/{read}-{end}", json.dumps({"entries": rows}))
            proof(end)
            read = end
        level, hashes_of = 0, leaves[:size]
        while hashes_of:
            for index in range((len(hashes_of) + 255) // 256):
                part = hashes_of[index * 256 : index * 256 + 256]
                put(folder, tile_path(level, index, len(part)), b"".join(part))
                if level == 0:
                    data = b"".join(tiles[index * 256 : index * 256 + len(part)])
                    put(folder, tile_path("data", index, len(part)), data)
            whole = len(hashes_of) // 256
            hashes_of = [tree_hash(hashes_of[at * 256 : at * 256 + 256]) for at in range(whole)]
            level += 1
    return wanted, tree_hash(leaves)


def ours(tool, folder):
    return subprocess.run([tool, "read", str(folder)], capture_output=True, text=True)


def accepts(tool, folder, wanted, root):
    run = ours(tool, folder)
    assert run.returncode == 0, run.stderr
    read = json.loads(run.stdout)
    assert (read["size"], read["root"]) == (len(wanted), b64(root)), "another tree"
    assert [entry["index"] for entry in read["found"]] == list(range(len(wanted))), "entries are missing"
    for entry, names in zip(read["found"], wanted):
        assert sorted(entry["names"]) == names, (entry, names)
        assert entry["issuer"] == "CN=Python Authority" and entry["not_before"] == 1_793_577_600


def flip(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(bytes(data))


def change_json(path, change):
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))


def refusals(tool, good, work):
    """Each changed copy must be refused; returns how many were."""

    def tail(name, field):
        def change(data):
            value = bytearray(base64.b64decode(data[name][3][field] if field else data[name][0]))
            value[len(value) // 2] ^= 1
            if field:
                data[name][3][field] = b64(bytes(value))
            else:
                data[name][0] = b64(bytes(value))

        return change

    def swap(data):
        data["entries"][0], data["entries"][1] = data["entries"][1], data["entries"][0]

    def smaller(folder):
        change_json(folder / "300/get-sth", lambda data: data.update(tree_size=299))
        for file in (folder / "get-sth-consistency").glob("*-300"):
            shutil.copy(file, file.with_name(file.name.replace("-300", "-299")))

    changes = {
        "a changed entry": lambda f: change_json(f / "get-entries/50-100", tail("entries", "leaf_input")),
        "two entries in another order": lambda f: change_json(f / "get-entries/50-100", swap),
        "an entry less": lambda f: change_json(f / "get-entries/50-100", lambda d: d["entries"].pop()),
        "an entry twice": lambda f: change_json(f / "get-entries/50-100", lambda d: d["entries"].append(d["entries"][0])),
        "another size": smaller,
        "another timestamp": lambda f: change_json(f / "300/get-sth", lambda d: d.update(timestamp=1)),
        "another signature": lambda f: change_json(f / "300/get-sth", lambda d: d.update(tree_head_signature="BAMAAA==")),
        "a changed proof": lambda f: change_json(f / "get-sth-consistency/100-300", tail("consistency", None)),
        "a proof of another size": lambda f: shutil.copy(
            f / "get-sth-consistency/150-300", f / "get-sth-consistency/100-300"
        ),
        "a changed entry in a tile": lambda f: flip(f / "tile/data/000", -100),
        "a changed tile of hashes": lambda f: flip(f / "tile/0/000", 101 * 32),
        "another root in the checkpoint": lambda f: (f / "300/checkpoint").write_bytes(
            re.sub(rb"\n300\n.*\n", b"\n300\n" + b64(tree_hash([])).encode() + b"\n", (f / "300/checkpoint").read_bytes())
        ),
        "the checkpoint of another log": lambda f: (f / "origin").write_text("ct.test/other"),
        "another key": lambda f: put(
            f, "key.der", ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(DER, SPKI)
        ),
    }
    for what, change in changes.items():
        bad = work / "bad"
        shutil.rmtree(bad, ignore_errors=True)
        shutil.copytree(good, bad)
        change(bad)
        run = ours(tool, bad)
        assert run.returncode == 1 and not run.stdout, f"accepted: a log with {what}"
        print(f"  ours refuses {what}: {run.stderr.strip()[:90]}")
    return len(changes)


def names_in(leaf_input):
    """Names of a leaf, by cryptography; a TBSCertificate is made a certificate by an empty signature."""
    wire = Reader(leaf_input)
    assert wire.take(2) == b"\x00\x00"
    wire.take(8)
    kind = wire.number(2)
    if kind == 1:
        wire.take(32)
    der = wire.vector(3)
    if kind == 1:
        algorithm = bytes.fromhex("300a06082a8648ce3d040302")
        body = der + algorithm + b"\x03\x01\x00"
        der = b"\x30\x82" + len(body).to_bytes(2, "big") + body
    certificate = x509.load_der_x509_certificate(der)
    san = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    names = {name.lower() for name in san.get_values_for_type(x509.DNSName)}
    for common in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME):
        names.add(common.value.lower())
    return sorted(names)


def verify(tool, folder):
    """Verifies a log that ours has written, and that ours reads of it what is read here."""
    spki = (folder / "key.der").read_bytes()
    key = serialization.load_der_public_key(spki)
    sizes = [int(line) for line in (folder / "sizes").read_text().split()]
    inputs, extras = [], []
    while len(inputs) < sizes[-1]:
        (file,) = (folder / "get-entries").glob(f"{len(inputs)}-*")
        for row in json.loads(file.read_text())["entries"]:
            inputs.append(base64.b64decode(row["leaf_input"], validate=True))
            extras.append(base64.b64decode(row["extra_data"], validate=True))
    leaves = [sha256(b"\x00" + one) for one in inputs]
    for size in sizes:
        sth = json.loads((folder / f"{size}/get-sth").read_text())
        root = tree_hash(leaves[:size])
        assert sth["tree_size"] == size and sth["sha256_root_hash"] == b64(root)
        signature = base64.b64decode(sth["tree_head_signature"])
        assert signature[:2] == b"\x04\x03"
        message = b"\x00\x01" + struct.pack(">QQ", sth["timestamp"], size) + root
        key.verify(signature[4:], message, ec.ECDSA(hashes.SHA256()))
        origin, number, root_line, blank, *lines = (folder / f"{size}/checkpoint").read_text().split("\n")
        assert (number, root_line, blank) == (str(size), b64(root), "")
        (own,) = [line for line in lines if line.startswith(f"\u2014 {origin} ")]
        body = base64.b64decode(own.rsplit(" ", 1)[1])
        assert body[:4] == sha256(origin.encode() + b"\n\x05" + sha256(spki))[:4]
        assert body[4:12] == struct.pack(">Q", sth["timestamp"]) and body[12:] == signature
        for file in (folder / "get-sth-consistency").glob(f"*-{size}"):
            first = int(file.name.split("-")[0])
            proof = [b64(one) for one in consistency(first, leaves[:size])] if first else []
            assert json.loads(file.read_text())["consistency"] == proof, file
        for index in range((size + 255) // 256):
            part = leaves[index * 256 : min(size, index * 256 + 256)]
            assert (folder / tile_path(0, index, len(part))).read_bytes() == b"".join(part)
            tile = Reader((folder / tile_path("data", index, len(part))).read_bytes())
            for leaf, extra in zip(inputs[index * 256 :], extras[index * 256 : index * 256 + len(part)]):
                assert tile.take(len(leaf) - 2) == leaf[2:], "the tile has another entry"
                if leaf[11]:
                    assert tile.vector(3) == Reader(extra).vector(3), "another precertificate"
                tile.vector(2)
            assert tile.at == len(tile.data)
    run = ours(tool, folder)
    assert run.returncode == 0, run.stderr
    for entry, leaf in zip(json.loads(run.stdout)["found"], inputs, strict=True):
        assert sorted(entry["names"]) == names_in(leaf), entry


def main():
    tool, work = sys.argv[1], pathlib.Path(sys.argv[2])
    refused = 0
    for what, key, sizes in [
        ("ECDSA", ec.generate_private_key(ec.SECP256R1()), [100, 300]),
        ("ECDSA", ec.generate_private_key(ec.SECP256R1()), [1, 2, 3, 255, 256, 257, 513]),
        ("RSA", rsa.generate_private_key(65537, 2048), [100, 300]),
    ]:
        folder = work / f"{what}-{sizes[-1]}"
        wanted, root = write(folder, key, sizes)
        accepts(tool, folder, wanted, root)
        if sizes == [100, 300]:
            refused += refusals(tool, folder, work)
    for size in [3, 257, 800]:
        folder = work / f"ours-{size}"
        subprocess.run([tool, "write", str(folder), str(size)], check=True)
        verify(tool, folder)
    print(f"threats: 3 logs by cryptography read by ours, 3 of ours verified here, {refused} refusals of changed logs")


if __name__ == "__main__":
    main()
