"""Schema and signatures: what we write is valid and verifies with others, what others sign verifies with us, and what was
tampered with is refused by all.

    cap.py CAP_PEER FOLDER
"""

import json
import os
import random
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import (
    CanonicalizationMethod as Form,
    DigestAlgorithm as Digest,
    SignatureConfiguration,
    SignatureMethod as Method,
    XMLSigner,
    XMLVerifier,
)

PEER, FOLDER = sys.argv[1], Path(sys.argv[2])
COUNT = int(os.environ.get("CAP_COUNT", "3000"))
DATA = Path(os.environ["SCRUTINEER_DATA"]) / "threats" / "cap"
SCHEMA_FILE = DATA / "cap12.xsd"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
failures = []


def must(condition, what):
    if not condition:
        failures.append(what)
        if len(failures) < 20:
            print("FAIL", what)


def key_and_certificate(key, name):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(datetime(2025, 1, 1)).not_valid_after(datetime(2045, 1, 1))
    certificate = builder.sign(key, hashes.SHA256())
    files = FOLDER / f"{name}.key", FOLDER / f"{name}.crt"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    files[0].write_bytes(private)
    files[1].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return key, certificate, *files


def peer(command, *arguments):
    """One value a file; arguments are cut into pieces that a command line can hold."""
    fixed, files = list(arguments[0]), [str(one) for one in arguments[1]]
    out = []
    for at in range(0, len(files), 1000):
        done = subprocess.run([PEER, command, *fixed, *files[at : at + 1000]], capture_output=True, text=True, check=True)
        out += [json.loads(line) for line in done.stdout.splitlines()]
    assert len(out) == len(files)
    return out


def xmlsec(file, certificate):
    """Whether xmlsec1 verifies under a pinned certificate, and only under it."""
    command = ["xmlsec1", "--verify", "--enabled-key-data", "x509", "--trusted-pem", str(certificate), str(file)]
    return subprocess.run(command, capture_output=True).returncode == 0


def signxml_holds(text, certificate):
    """Whether signxml verifies the whole document under a pinned certificate."""
    root = etree.fromstring(text)
    config = SignatureConfiguration(
        signature_methods=frozenset({Method.ECDSA_SHA256, Method.RSA_SHA256, Method.RSA_SHA512}),
        digest_algorithms=frozenset({Digest.SHA256, Digest.SHA512}),
    )
    try:
        found = XMLVerifier().verify(root, x509_cert=certificate, expect_config=config)
    except Exception:
        return False
    bare = etree.fromstring(text)
    signature = bare.find(DS + "Signature")
    previous, tail = signature.getprevious(), signature.tail or ""
    previous.tail = (previous.tail or "") + tail
    bare.remove(signature)
    return found.signed_data == etree.tostring(bare, method="c14n", exclusive=True)


def written(schema, pinned, other):
    """What we write."""
    _, certificate, key_file, certificate_file = pinned
    subprocess.run([PEER, "write", str(FOLDER), str(COUNT), str(key_file), str(certificate_file)], check=True)
    plain = [FOLDER / f"{n}.cap" for n in range(COUNT)]
    signed = [FOLDER / f"{n}.signed.cap" for n in range(COUNT)]
    for at in range(0, COUNT, 500):
        files = [str(one) for one in plain[at : at + 500] + signed[at : at + 500]]
        done = subprocess.run(
            ["xmllint", "--nonet", "--noout", "--schema", str(SCHEMA_FILE), *files], capture_output=True, text=True
        )
        must(done.returncode == 0, "xmllint: " + "\n".join(x for x in done.stderr.splitlines() if "validates" not in x)[:500])
    print(f"{2 * COUNT} files that we wrote: valid for xmllint under cap12.xsd")
    verdicts = peer("verify", [str(certificate_file)], signed)
    must(all(one == ["valid"] for one in verdicts), "our own signatures")
    sample = signed[: min(COUNT, 400)]
    must(all(xmlsec(one, certificate_file) for one in sample), "xmlsec1 verifies ours")
    must(not any(xmlsec(one, other[3]) for one in sample[:50]), "xmlsec1 with another certificate refuses ours")
    must(all(signxml_holds(one.read_bytes(), certificate) for one in sample), "signxml verifies ours")
    must(not any(signxml_holds(one.read_bytes(), other[1]) for one in sample[:50]), "signxml with another refuses ours")
    print(f"{len(sample)} of our signatures: verified by xmlsec1 and signxml, refused under another certificate")
    return signed


def tampered(signed, pinned):
    """One bit of meaning changed anywhere: nobody verifies."""
    dice, files = random.Random(1), []
    for number, file in enumerate(signed[:1000]):
        root = etree.fromstring(file.read_bytes())
        values = [x for x in root.iter("{*}*") if not len(x) and not x.tag.startswith(DS) and x.text]
        kind = number % 4
        if kind == 0:
            dice.choice(values).text += "x"
        elif kind == 1:
            root.remove(dice.choice([x for x in root if x.tag != DS + "Signature"]))
        elif kind == 2:
            dice.choice(values).set("added", "1")
        else:
            first = root[0]
            root.insert(len(root) - 2, first)
        twin = FOLDER / f"{number}.tampered.cap"
        twin.write_bytes(etree.tostring(root))
        files.append(twin)
    verdicts = peer("verify", [str(pinned[3])], files)
    must(all(one == ["broken"] for one in verdicts), "a tampered twin verifies with us")
    must(not any(xmlsec(one, pinned[3]) for one in files), "a tampered twin verifies with xmlsec1")
    must(not any(signxml_holds(one.read_bytes(), pinned[1]) for one in files), "a tampered twin verifies with signxml")
    print(f"{len(files)} tampered twins: broken for us, refused by xmlsec1 and signxml")


def signed_by_others(pinned, large, other):
    """signxml signs and xmlsec1 signs, in every form; we verify."""
    files = {"valid": [], "unknown-signer": [], "broken": []}
    forms = [Form.EXCLUSIVE_XML_CANONICALIZATION_1_0, Form.CANONICAL_XML_1_0, Form.CANONICAL_XML_1_1]
    methods = [(pinned, Method.ECDSA_SHA256), (large, Method.RSA_SHA256), (large, Method.RSA_SHA512), (other, Method.ECDSA_SHA256)]
    for number in range(min(COUNT, 400)):
        root = etree.fromstring((FOLDER / f"{number}.cap").read_bytes())
        (key, certificate, *_), method = methods[number % 4]
        digest = [Digest.SHA256, Digest.SHA512][number // 4 % 2]
        signer = XMLSigner(signature_algorithm=method, digest_algorithm=digest, c14n_algorithm=forms[number % 3])
        out = signer.sign(root, key=key, cert=[certificate])
        file = FOLDER / f"{number}.signxml.cap"
        file.write_bytes(etree.tostring(out))
        files["unknown-signer" if key is other[0] else "valid"].append(file)
        out[0].text = "changed"
        twin = FOLDER / f"{number}.signxml.changed.cap"
        twin.write_bytes(etree.tostring(out))
        files["broken"].append(twin)
    pins = FOLDER / "pins.pem"
    pins.write_bytes(pinned[3].read_bytes() + large[3].read_bytes())
    for state, those in files.items():
        verdicts = peer("verify", [str(pins)], those)
        wrong = [(str(f), v) for f, v in zip(those, verdicts) if v != [state]]
        must(not wrong, f"signxml's: {state}: {wrong[:3]}")
    print("signxml's: " + ", ".join(f"{len(those)} {state}" for state, those in files.items()))
    template = (
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>'
        '<CanonicalizationMethod Algorithm="{form}"/><SignatureMethod Algorithm="{method}"/><Reference URI="">'
        '<Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>{second}</Transforms>'
        '<DigestMethod Algorithm="{digest}"/><DigestValue/></Reference></SignedInfo><SignatureValue/>'
        "<KeyInfo><X509Data/></KeyInfo></Signature>"
    )
    made = 0
    for number in range(min(COUNT, 120)):
        (key, _, key_file, certificate_file), method = methods[number % 4]
        form = forms[number % 3].value
        second = f'<Transform Algorithm="{form}"/>' if number % 5 else ""
        if number % 6 == 3:
            # Exclusive, with prefixes that are treated as in the inclusive form.
            listed = f'<InclusiveNamespaces xmlns="{form}" PrefixList="#default xml none"/>'
            second = f'<Transform Algorithm="{form}">{listed}</Transform>'
        digest = Digest.SHA256.value
        text = (FOLDER / f"{number}.cap").read_text()
        filled = template.format(form=form, method=method.value, second=second, digest=digest)
        source, out = FOLDER / "template.xml", FOLDER / f"{number}.xmlsec.cap"
        source.write_text(text.replace("</alert>", filled + "</alert>"))
        command = ["xmlsec1", "--sign", "--privkey-pem", f"{key_file},{certificate_file}", "--output", str(out), str(source)]
        done = subprocess.run(command, capture_output=True, text=True)
        must(done.returncode == 0, "xmlsec1 signs: " + done.stderr[:300])
        state = peer("verify", [str(pins)], [out])[0]
        must(state == ["unknown-signer" if key is other[0] else "valid"], f"xmlsec1's {out.name}: {state}")
        made += 1
    print(f"xmlsec1's: {made} verified, with the default transform too")


def sample_files():
    """The published sample: what the data's PROVENANCE.md says of it."""
    pin = DATA / "signed" / "signer_cert.pem"
    for name, state in [("alert_signed", "valid"), ("alert_tampered", "broken"), ("alert_other_key", "unknown-signer")]:
        file = DATA / "signed" / f"{name}.cap"
        must(peer("verify", [str(pin)], [file])[0] == [state], f"{name}: {state}")
        must(xmlsec(file, pin) == (state == "valid"), f"{name}: xmlsec1")


def same_verdicts(schema):
    """Mutated files: where the schema says valid or invalid, so do we."""
    dice = random.Random(2)
    sources = [FOLDER / f"{n}.cap" for n in range(min(COUNT, 600))] + sorted(DATA.glob("*.cap"))
    files, expected = [], []
    values = ["", " ", "x", "Public", " Public", "2026-11-03T20:00:00Z", "2026-11-03T20:00:00-00:00", "24", "-1", "1.5", "en", "e n",
              "2026-02-30T00:00:00-00:00", "2026-11-03T24:00:00-00:00", "2026-11-03T20:00:00.5-00:00", "+5", "1e3", "Severe", "Actual"]
    for number in range(4 * COUNT):
        root = etree.fromstring(dice.choice(sources).read_bytes())
        if not root.tag.endswith("1.2}alert"):
            continue
        for _ in range(dice.randrange(3)):
            mutate(root, dice, values)
        file = FOLDER / f"{number}.mutated.cap"
        file.write_bytes(etree.tostring(root.getroottree(), encoding="UTF-8"))
        files.append(file)
        expected.append(schema.validate(etree.parse(str(file))))
    found = peer("read", [], files)
    wrong, untaken = [], 0
    for file, ours, theirs in zip(files, found, expected):
        # What is not even taken is not valid either.
        untaken += not ours["taken"]
        if (ours["taken"] and ours["valid"]) != theirs:
            wrong.append((str(file), ours, theirs, str(schema.error_log)[:200]))
    must(not wrong, f"{len(wrong)} verdicts differ from libxml2's schema validator: {wrong[:3]}")
    for file, *_ in wrong[:3]:
        print(Path(file).read_text()[:3000])
    valid = sum(expected)
    print(f"{len(files)} mutated files: {valid} valid and {len(files) - valid} not ({untaken} of them not taken at all), the same as for libxml2's schema validator")
    must(untaken < len(files) // 10, f"{untaken} files are not taken: the schema's verdicts are hardly compared")
    must(min(valid, len(files) - valid) > len(files) // 10, "both kinds are there")


def mutate(root, dice, values):
    everything = [x for x in root.iter("{*}*")]
    one = dice.choice(everything)
    parent = one.getparent()
    kind = dice.randrange(8)
    if kind == 0 and parent is not None:
        parent.remove(one)
    elif kind == 1 and parent is not None:
        parent.insert(parent.index(one), etree.fromstring(etree.tostring(one, with_tail=False)))
    elif kind == 2 and parent is not None:
        parent.insert(dice.randrange(len(parent)), one)
    elif kind == 3 and not len(one):
        one.text = dice.choice(values)
    elif kind == 4:
        one.set(dice.choice(["id", "{http://www.w3.org/XML/1998/namespace}lang"]), "x")
    elif kind == 5:
        etree.SubElement(one, dice.choice(["{urn:oasis:names:tc:emergency:cap:1.2}note", "{urn:x}note", "note"]))
    elif kind == 6 and parent is not None:
        one.tail = (one.tail or "") + dice.choice(["", "\n", "x"])
    else:
        one.append(etree.Comment("a comment"))


def main():
    pinned = key_and_certificate(ec.generate_private_key(ec.SECP256R1()), "pinned")
    other = key_and_certificate(ec.generate_private_key(ec.SECP256R1()), "other")
    large = key_and_certificate(rsa.generate_private_key(65537, 2048), "large")
    schema = etree.XMLSchema(etree.parse(str(SCHEMA_FILE)))
    signed = written(schema, pinned, other)
    tampered(signed, pinned)
    signed_by_others(pinned, large, other)
    sample_files()
    same_verdicts(schema)
    if failures:
        sys.exit(f"{len(failures)} failures")


main()
