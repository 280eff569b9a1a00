"""What the desk of alerts serves, read by programs of others.

    desk_cap.py ADDRESS LOG_KEY SCRUTINEER CHROMIUM FOLDER
"""

import datetime
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import DigestAlgorithm, SignatureConfiguration, SignatureMethod, XMLVerifier

ADDRESS, LOG_KEY, SCRUTINEER, CHROMIUM, FOLDER = *sys.argv[1:5], Path(sys.argv[5])
SCHEMA = Path(os.environ["SCRUTINEER_DATA"]) / "threats" / "cap" / "cap12.xsd"
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ATOM = "{http://www.w3.org/2005/Atom}"
# The clock of the server stands still; alerts hold for two hours.
NOW = "2026-11-24T10:30:00Z"


def fetch(path):
    for _ in range(100):
        try:
            with urllib.request.urlopen(ADDRESS + path) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            if error.code != 503 or not error.headers.get("retry-after"):
                raise
            time.sleep(0.1)
    sys.exit(f"{path} is not there")


def certified(public):
    """The key in a certificate of some authority that nobody knows: signxml takes pinned keys in certificates only."""
    authority = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pinned")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(public).serial_number(1)
    begin, end = datetime.datetime(2025, 1, 1), datetime.datetime(2045, 1, 1)
    return builder.not_valid_before(begin).not_valid_after(end).sign(authority, hashes.SHA256())


def signxml_holds(text, certificate):
    config = SignatureConfiguration(
        signature_methods=frozenset({SignatureMethod.ECDSA_SHA256}), digest_algorithms=frozenset({DigestAlgorithm.SHA256})
    )
    try:
        XMLVerifier().verify(etree.fromstring(text), x509_cert=certificate, expect_config=config)
        return True
    except Exception:
        return False


def xmlsec_holds(text, pem):
    (FOLDER / "one.cap").write_bytes(text)
    (FOLDER / "pinned.pem").write_bytes(pem)
    command = ["xmlsec1", "--verify", "--pubkey-pem", FOLDER / "pinned.pem", FOLDER / "one.cap"]
    return subprocess.run(command, capture_output=True).returncode == 0


def feed():
    """The alerts of the feed: id, title, address of the CAP file."""
    root = etree.fromstring(fetch("/alerts/feed.atom"))
    assert root.tag == ATOM + "feed"
    for name in ("id", "title", "updated"):
        assert root.findtext(ATOM + name), name
    found = []
    for entry in root.iter(ATOM + "entry"):
        for name in ("id", "title", "updated", "published", "content"):
            assert entry.findtext(ATOM + name), name
        links = {link.get("rel"): link for link in entry.iter(ATOM + "link")}
        assert links["enclosure"].get("type") == "application/cap+xml"
        href = links["enclosure"].get("href")
        found.append((entry.findtext(ATOM + "id"), entry.findtext(ATOM + "title"), href[href.index("/alerts/") :]))
    assert len({one[0] for one in found}) == len(found) == 3, found
    return found


def messages(found):
    pem = fetch("/alerts/signer.pem")
    certificate = certified(serialization.load_pem_public_key(pem))
    other_key = ec.generate_private_key(ec.SECP256R1()).public_key()
    form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    other, other_certificate = other_key.public_bytes(*form), certified(other_key)
    for _, title, path in found:
        text = fetch(path)
        (FOLDER / "schema.cap").write_bytes(text)
        command = ["xmllint", "--nonet", "--noout", "--schema", SCHEMA, FOLDER / "schema.cap"]
        subprocess.run(command, check=True, capture_output=True)
        root = etree.fromstring(text)
        headlines = [info.findtext(CAP + "headline") for info in root.iter(CAP + "info")]
        assert title in headlines, (title, headlines)
        status = root.findtext(CAP + "status")
        mark = {"Actual": "", "Exercise": "EXERCISE", "Test": "TEST"}[status]
        assert title.startswith(mark) and (mark or not title.startswith(("EXERCISE", "TEST"))), (status, title)
        assert xmlsec_holds(text, pem) and signxml_holds(text, certificate), path
        assert not xmlsec_holds(text, other) and not signxml_holds(text, other_certificate), path
        for before, after in ((b"Stay open", b"Shut now "), (b"<status>" + status.encode(), b"<status>System")):
            changed = text.replace(before, after)
            assert changed != text and not xmlsec_holds(changed, pem) and not signxml_holds(changed, certificate), before
    print(f"{len(found)} CAP messages: valid under cap12.xsd, verified by xmlsec1 and signxml under the pinned key alone, refused when changed")


def on_paper(page):
    """What zbarimg reads of a page as Chromium prints it on A4 and poppler draws it: all codes, one behind the other."""
    paper = FOLDER / "paper.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run([CHROMIUM, *options, f"--print-to-pdf={paper}", ADDRESS + page], check=True, capture_output=True)
    for old in FOLDER.glob("sheet*"):
        old.unlink()
    subprocess.run(["pdftoppm", "-r", "200", "-gray", paper, FOLDER / "sheet"], check=True, capture_output=True)
    sheets = sorted(FOLDER.glob("sheet*"))
    assert len(sheets) == 1, f"{page} takes {len(sheets)} sheets of paper"
    command = ["zbarimg", "--quiet", "--nodbus", "--raw", "-Sdisable", "-Sqrcode.enable", "-Sbinary", *sheets]
    return subprocess.run(command, check=True, capture_output=True).stdout


def printed(found):
    card = FOLDER / "station.card"
    card.write_text(f"# scrutineer/alert-card/1\n# election country-2026\nlog {LOG_KEY}\nquorum none\n")
    for number, (_, title, path) in enumerate(found):
        # The sheet has the code only when the bundle is there.
        page = path.removesuffix(".cap") + "/print"
        fetch(path.removesuffix(".cap") + ".bundle")
        served = fetch(path.removesuffix(".cap") + ".bundle")
        read = on_paper(page)
        assert served in read, f"{page}: {len(read)} bytes were read, {len(served)} are served"
        # A second code holds the same as text in one line, for telephones.
        line = b" ".join(fetch(path.removesuffix(".cap") + ".txt").split(b"\n")).strip()
        assert read.replace(served, b"", 1) == line, f"{page}: the text code is not the bundle's text"
        codes = [served, line]
        for at, read in enumerate(codes):
            code = FOLDER / f"{number}-{at}.code"
            code.write_bytes(read)
            command = [SCRUTINEER, "alert", "verify", code, "--card", card, "--at", NOW, "--exercise"]
            said = subprocess.run(command, capture_output=True, text=True)
            assert said.returncode == 0, (title, said)
            command[-1:] = []
            plain = subprocess.run(command, capture_output=True, text=True).returncode
            assert (plain == 0) == (not title.startswith(("EXERCISE", "TEST"))), title
        print(f"{title!r}: codes of {[len(one) for one in codes]} bytes read from paper, genuine for scrutineer alert verify")


all_of_them = feed()
print(f"feed: {len(all_of_them)} entries")
messages(all_of_them)
printed(all_of_them)
