#!/usr/bin/env python3
"""PyMISP 2.5.34.4, misp-stix 2026.10.12 and stix2-validator 3.2.0 (PyPI) examine what the example `misp_files` wrote.

misp_check.py FOLDER: the folder has NAME.stix.json, NAME.stix-all.json and, where they were written, feed/*.json.
Every refusal is printed; the status is 1 when there was one.
"""

import json
import pathlib
import subprocess
import sys

from misp_stix_converter import MISPtoSTIX21Parser
from pymisp import MISPEvent

failures = []


def check(name, fine, what):
    if not fine:
        failures.append(f"{name}: {what}")
        print("FAIL", failures[-1])


def validate(path):
    done = subprocess.run(["stix2_validator", str(path)], capture_output=True, text=True)
    errors = [line.strip() for line in done.stdout.splitlines() if "[X]" in line]
    check(path.name, done.returncode == 0 and not errors, "; ".join(errors[:5]) or f"status {done.returncode}")


def load_feed(path):
    event = MISPEvent()
    event.load(json.loads(path.read_text()))
    check(path.name, str(event.uuid) == path.stem, f"holds {event.uuid}")
    parser = MISPtoSTIX21Parser()
    parser.parse_misp_event(json.loads(event.to_json()))
    check(path.name, not parser.errors, f"misp-stix: {dict(parser.errors)}")
    return event


def check_feed(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    lines = (folder / "hashes.csv").read_text().split()
    for uuid in manifest:
        event = load_feed(folder / f"{uuid}.json")
        theirs = sorted(f"{value},{uuid}" for value in event.attributes_hashes("md5"))
        ours = sorted(line for line in lines if line.endswith(uuid))
        check(uuid, ours == theirs, f"{len(ours)} hashes, PyMISP has {len(theirs)}")
        check(uuid, manifest[uuid]["info"] == event.info, "another title in the manifest")


def main():
    folder = pathlib.Path(sys.argv[1])
    bundles = sorted(folder.glob("*.stix*.json"))
    check(str(folder), bool(bundles), "no bundles")
    for path in bundles:
        validate(path)
    if (folder / "feed").is_dir():
        check_feed(folder / "feed")
    print(f"{len(bundles)} bundles, {len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
