"""What comes from a server is valid: STIX 2.1 by stix2-validator 3.2.0, patterns by stix2-patterns 2.1.2 and stix2-matcher.

`validate.py SITE.json`: adds published bundles (SCRUTINEER_DATA) of which the validator approved, reads everything that
each member may read, all versions, and lets them be judged. Of the objects that were added the bytes must be the same.
"""

import json
import sys

from stix2matcher.matcher import Pattern
from stix2patterns.v21.pattern import Pattern as Grammar
from stix2validator import ValidationOptions, validate_instance

from conformance import query
from made import Maker
from raw_objects import split
from wire import DATA, Failures, Site

OPTIONS = ValidationOptions(version="2.1", strict=False)
BUNDLES = ["misp/stix21_by_misp-stix/m2s_existing_event.json", "disarm/DISARM.json"]
PEER_LIMIT = 150  # of a bundle: it reads in quadratic time


def valid(objects):
    """Errors of the validator, none where it approves. What it would say of a bundle, object by object."""
    bundle = {"type": "bundle", "id": "bundle--5d0092c5-5f74-4287-9642-33f4c354e56d", "objects": objects}
    return [str(error)[:200] for error in validate_instance(bundle, OPTIONS).errors]


def everything(site, member, name):
    found, cursor = [], None
    while True:
        answer = site.get(site.path(name, "objects/") + query(match_version="all", next=cursor), member)
        if answer.status != 200:
            return found
        found += split(answer.body)
        page = answer.resource()
        if not page.get("more"):
            return found
        cursor = page["next"]


def added(f, site, member):
    """The bytes of the objects of the published bundles and of some made here, each added once."""
    make = Maker(20270505)
    items = [make.indicator(1), make.malware(2), make.address()]
    sent = [json.dumps(item).encode() for item in items]
    f.equal("taken of what is made here", 202, site.add("exchange", member, *sent).status)
    for name in BUNDLES:
        path = DATA / name
        if not path.exists():
            print(f"validate: {path} is missing (set SCRUTINEER_DATA)")
            continue
        objects = split(path.read_bytes())[: PEER_LIMIT if site.is_peer else None]
        for at in range(0, len(objects), 500):
            answer = site.add("exchange", member, *objects[at : at + 500])
            status = answer.resource()
            f.equal(f"taken of {name}", (202, []), (answer.status, status.get("failures", [])))
        sent += objects
    return sent


def patterns(f, objects):
    checked = 0
    for item in objects:
        if item.get("type") == "indicator" and item.get("pattern_type") == "stix":
            try:
                Grammar(item["pattern"])
                Pattern(item["pattern"], stix_version="2.1")
                checked += 1
            except Exception as wrong:
                f.expect(False, f"pattern of {item['id']}: {wrong}")
    return checked


def main(path):
    site = Site.load(path)
    f = Failures("validate")
    author = next(name for name in site.members if site.find(name, True, True))
    sent = added(f, site, author)
    judged, checked = {}, 0
    for member in site.members:
        for name in site.collections:
            if member not in site.collections[name]["can_read"] or site.collections[name].get("api_root", site.root) != site.root:
                continue
            raw = [one for one in everything(site, member, name) if one not in judged]
            objects = [json.loads(one) for one in raw]
            if objects:
                errors = valid(objects)
                f.expect(not errors, f"{member} gets from {name} what is not valid: {errors[:3]}")
                checked += patterns(f, objects)
                judged.update(dict.fromkeys(raw))
    f.expect(bool(judged), "nothing was read")
    if not site.is_peer:
        missing = [json.loads(one)["id"] for one in sent if one not in judged]
        f.equal("objects that do not come back as they were sent", [], missing[:5])
    return f.finish(f"({len(judged)} objects, {checked} patterns)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
