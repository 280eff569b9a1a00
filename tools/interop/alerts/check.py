"""QR codes of our alerts as zbarimg reads them, and verdicts of two programs on hundreds of changed alerts.

`check.py ALERT_FILES QR_SVG DIRECTORY`: the two programs, and an empty directory.
"""
import hashlib
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import verify

TIMES = ["2026-11-27T09:00:00Z", "2026-11-27T10:05:00Z", "2026-11-27T11:00:00Z", "2026-11-27T12:00:00Z", "1970-01-01T00:00:00Z"]
# What each file is at 11:00.
EXPECTED = {
    "alert": "valid-now", "alert-short": "valid-now", "exercise": "exercise", "exercise-short": "exercise", "test": "test",
    "test-short": "test", "cancel": "valid-now", "cancel-before": "refused:order", "fullest": "valid-now",
}
PIXELS = 4


def raster(svg, out):
    """The one path of our SVG as a grey picture."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg).group(1))
    rows = [bytearray(b"\xff" * side * PIXELS) for _ in range(side)]
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg):
        at = int(x) * PIXELS
        rows[int(y)][at:at + PIXELS] = b"\0" * PIXELS
    body = b"".join(bytes(row) * PIXELS for row in rows)
    out.write_bytes(f"P5 {side * PIXELS} {side * PIXELS} 255\n".encode() + body)
    return (side - 8 - 17) // 4


def read_codes(qr_svg, kind, files):
    subprocess.run([qr_svg, kind, *files], check=True)
    versions = []
    for file in files:
        picture = Path(f"{file}.pgm")
        versions.append(raster(Path(f"{file}.svg").read_text(), picture))
        command = ["zbarimg", "--quiet", "--nodbus", "--raw", "-Sdisable", "-Sqrcode.enable"]
        said = subprocess.run([*command, "-Sbinary", picture], check=True, capture_output=True).stdout
        given = Path(file).read_bytes()
        if said != given:
            sys.exit(f"{file}: zbarimg reads {len(said)} bytes, not the {len(given)} that were drawn")
    return versions


def mended(data):
    return data[:-4] + hashlib.sha256(data[:-4]).digest()[:4]


def mutations(data, rng, count):
    """Changed alerts. Most have their checksum mended, or nothing behind it would be reached."""
    for _ in range(count):
        bad = bytearray(data)
        how = rng.randrange(6)
        at = rng.randrange(4, len(bad) - 4)
        if how <= 2:
            bad[at] ^= 1 << rng.randrange(8)
        elif how == 3:
            bad[at] = rng.randrange(256)
        elif how == 4:
            del bad[at:at + rng.randrange(1, 80)]
        else:
            bad[at:at] = bytes(rng.randrange(256) for _ in range(rng.randrange(1, 8)))
        yield mended(bytes(bad)) if rng.randrange(8) else bytes(bad)


def ours(alert_files, card, time, files):
    said = subprocess.run([alert_files, "check", card, time, *files], check=True, capture_output=True, text=True).stdout
    return dict(line.split("\t") for line in said.splitlines())


def agree(alert_files, card, time, files):
    mine, theirs = ours(alert_files, card, time, files), dict(verify.verdicts(card, time, files))
    differ = [f"{file}: ours {mine[file]}, the other {theirs[file]}" for file in files if mine[file] != theirs[file]]
    if differ or len(mine) != len(files):
        sys.exit("\n".join([f"{len(differ)} verdicts differ at {time}", *differ[:20]]))
    return mine


def main(alert_files, qr_svg, folder):
    folder = Path(folder)
    print(subprocess.run([alert_files, "make", folder], check=True, capture_output=True, text=True).stdout, end="")
    card = str(folder / "station.card")
    bundles = sorted(str(path) for path in folder.glob("*.bundle"))
    texts = sorted(str(path) for path in folder.glob("*.txt"))
    assert len(bundles) == len(texts) == len(EXPECTED)
    # A QR code holds 4,296 of these characters: bundles above some 2,540 bytes have one in byte mode only.
    short = [file for file in texts if len(Path(file).read_text()) <= 4296]
    assert len(short) == len(texts) - 1
    in_bytes, in_text = read_codes(qr_svg, "bytes", bundles), read_codes(qr_svg, "text", [*short, card])
    assert max(in_bytes) == 40, in_bytes
    print(f"zbarimg reads {len(in_bytes)} codes of bytes (versions {sorted(in_bytes)}) and {len(in_text)} of text {sorted(in_text)}, byte for byte")

    for time in TIMES:
        said = agree(alert_files, card, time, [*bundles, *texts])
        if time == TIMES[2]:
            for file, verdict in said.items():
                assert verdict == EXPECTED[Path(file).stem], (file, verdict)
        print(f"{time}: {len(said)} verdicts agree, {dict(Counter(said.values()))}")

    rng, files = random.Random(20261127), []
    for source in bundles:
        for number, bad in enumerate(mutations(Path(source).read_bytes(), rng, 150)):
            files.append(f"{source}-{number}.bad")
            Path(files[-1]).write_bytes(bad)
    for source in texts:
        text = Path(source).read_text()
        for number in range(30):
            at = rng.randrange(len(text))
            files.append(f"{source}-{number}.bad")
            Path(files[-1]).write_text(text[:at] + rng.choice(verify.ALPHABET + "OIL -") + text[at + rng.randrange(2):])
    said = agree(alert_files, card, TIMES[2], files)
    counted = Counter(said.values())
    print(f"{len(files)} changed alerts: all verdicts agree, {dict(counted)}")
    # Only a cosignature of a witness that is not on the card, or one of three where two are enough, can be lost unnoticed.
    believed = [file for file, verdict in said.items() if not verdict.startswith("refused:") and file.endswith(".bad") and ".bundle-" in file]
    plain = {Path(source).stem: said_of for source, said_of in ours(alert_files, card, TIMES[2], bundles).items()}
    assert believed, "no changed alert is believed: nothing is compared with its original"
    for file in believed:
        assert said[file] == plain[Path(file).name.split(".")[0]], file
    print(f"{len(believed)} of them are believed, each as the alert that it was made from")
    assert {"refused:form", "refused:damaged", "refused:signature", "refused:inclusion", "refused:other-log", "refused:promise"} <= set(counted)


if __name__ == "__main__":
    main(*sys.argv[1:])
