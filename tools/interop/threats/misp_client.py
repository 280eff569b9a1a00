"""PyMISP 2.5.34.4 and misp-stix 2026.10.12 against what a site says in MISP's words. `misp_client.py SITE.json`

The feed is read as a MISP instance reads it (a manifest, hashes, one file an event); `restSearch` as PyMISP asks. There
is no `add`: a writing call must be refused, and changes nothing. Before that a member shares canaries under every label by
TAXII: MISP must show each of them to exactly those to whom TAXII shows it.
"""

import hashlib
import json
import logging
import random
import sys
import time
from urllib.parse import urljoin

import requests
from misp_stix_converter import MISPtoSTIX21Parser
from pymisp import MISPEvent, PyMISP, PyMISPError
from stix2validator import ValidationOptions, validate_instance

from conformance import query
from leak_probe import marking
from made import Maker
from wire import Failures, Site

LIMIT = 50  # events that are looked at one by one


def client(site, key):
    return PyMISP(site.address + "/misp/", key, ssl=False, timeout=60)


def handshake(f, site, misp):
    version = misp.misp_instance_version
    f.expect(str(version.get("version", "")).count(".") == 2, f"a version of three numbers, not {version}")
    f.expect(misp._current_user.id is not None, "the user has an id")
    f.expect(hasattr(misp._current_role, "id"), "the role has an id")
    remote = misp.describe_types_remote
    f.expect(set(remote["types"]) >= {"domain", "ip-dst", "url", "sha256"}, "describeTypes names the usual types")
    f.expect(set(remote["category_type_mappings"]) <= set(remote["categories"]), "describeTypes: its mapping is of its categories")
    for words, key in (("a wrong key", "x" * 40), ("an empty-looking key", " . ")):
        try:
            client(site, key)
            f.expect(False, f"{words} is refused")
        except PyMISPError:
            f.expect(True, "")
    for path in ("users/view/me", "events/restSearch"):
        answer = requests.post(f"{site.address}/misp/{path}", json={}, timeout=60)
        f.expect(answer.status_code in (401, 403, 404, 405), f"{path} without a key gives {answer.status_code}")


class Canaries:
    """One sign under each label, shared by one member; the CLEAR one in the public collection."""

    def __init__(self, site):
        self.site, self.make = site, Maker(random.SystemRandom().getrandbits(64))
        public = next(name for name, one in site.collections.items() if one.get("public"))
        able = [set(site.collections[name][right]) for name in (public, "exchange") for right in ("can_read", "can_write")]
        self.author = next(name for name in site.members if all(name in names for names in able))
        self.all = {}
        for number, (label, where) in enumerate(
            (("CLEAR", public), ("GREEN", "exchange"), ("AMBER", "exchange"), ("AMBER+STRICT", "exchange"), ("RED", "exchange"))
        ):
            value = f"canary-{self.make.uuid()[:8]}.example"
            sign = self.make.indicator(
                number, name=value, pattern=f"[domain-name:value = '{value}']", object_marking_refs=[marking(label)]
            )
            self.add(where, sign)
            self.all[label] = (value, sign, where)

    def add(self, where, item):
        status = self.site.add(where, self.author, item).resource()
        for _ in range(1200):
            if status.get("status") != "pending":
                break
            time.sleep(0.1)
            status = self.site.get(f"{self.site.root}status/{status['id']}/", self.author).resource()
        assert status.get("success_count") == 1, status

    def by_taxii(self, member, label):
        _, sign, where = self.all[label]
        answer = self.site.get(self.site.path(where, "objects/") + query(match_id=sign["id"]), member)
        return bool(answer.objects()) if answer.status == 200 else False


def reach(f, site, canaries):
    """Whoever sees a canary by TAXII finds it by every way of MISP, and nobody else by any."""
    counts = dict.fromkeys(canaries.all, 0)
    for member in [*site.members, None]:
        key = site.members[member]["misp_key"] if member else None
        head = {"Authorization": key} if key else {}
        feed = {name: requests.get(f"{site.address}/misp/feed/{name}", headers=head, timeout=60) for name in ("manifest.json", "hashes.csv")}
        files = [requests.get(f"{site.address}/misp/feed/{uuid}.json", headers=head, timeout=60).text for uuid in feed["manifest.json"].json()]
        for label, (value, sign, _) in canaries.all.items():
            sees = canaries.by_taxii(member, label)
            counts[label] += sees
            who = f"{member or 'anonymous'}, {label}"
            f.equal(f"{who} in the files of the feed", sees, any(value in text for text in files))
            f.equal(f"{who} in hashes.csv", sees, hashlib.md5(value.encode()).hexdigest() in feed["hashes.csv"].text)
            if not member:
                continue
            misp = client(site, key)
            uuid = sign["id"].split("--")[1]
            got = misp.search(controller="attributes", value=value, pythonify=True)
            f.equal(f"{who} by its value", [uuid] if sees else [], [one.uuid for one in got])
            f.equal(f"{who} by its id", sees, bool(misp.search(controller="events", uuid=uuid)))
            f.equal(f"{who} as an attribute", sees, misp.attribute_exists(uuid))
            # PyMISP says so of an answer without a line.
            text = value + "\n" if sees else {"errors": "The response is empty."}
            f.equal(f"{who} as text", text, misp.search(controller="attributes", value=value, return_format="text"))
            tags = [tag.name for one in got for tag in misp.get_event(one.Event.uuid, pythonify=True).tags]
            f.expect(not sees or f"tlp:{label.lower()}" in tags, f"{who} says its label, not {tags}")
    some = [counts[label] for label in ("CLEAR", "GREEN", "AMBER", "RED")]
    f.expect(some == sorted(some, reverse=True) and some[0] > some[1] > some[3] == 1, f"labels divide readers: {counts}")


def attributes_of(event):
    return [*event.attributes, *(one for thing in event.objects for one in thing.attributes)]


def search_events(f, misp):
    found = misp.search(controller="events", pythonify=True)
    if not f.expect(isinstance(found, list) and found, f"a search for events finds some, not {str(found)[:200]}"):
        return []
    f.equal("events by metadata", len(found), len(misp.search(controller="events", metadata=True)))
    f.equal("one page of one", 1, len(misp.search(controller="events", limit=1, page=1)))
    pages = [misp.search(controller="events", limit=1, page=page, pythonify=True) for page in range(1, len(found[:5]) + 1)]
    f.equal("pages of one", [event.uuid for event in found[:5]], [page[0].uuid for page in pages if page])
    f.equal("an unknown uuid", [], misp.search(controller="events", uuid="00000000-0000-4000-8000-00000000dead"))
    f.equal("an unknown value", [], misp.search(controller="events", value="no-such-value.invalid"))
    for event in found[:LIMIT]:
        one = misp.get_event(event.uuid, pythonify=True)
        if not f.expect(isinstance(one, MISPEvent), f"get_event of {event.uuid}"):
            continue
        f.equal(f"uuid of {event.uuid}", event.uuid, one.uuid)
        f.equal(
            f"attributes of {event.uuid}",
            sorted(item.uuid for item in attributes_of(event)),
            sorted(item.uuid for item in attributes_of(one)),
        )
        f.expect(misp.event_exists(event.uuid), f"event_exists of {event.uuid}")
        by_uuid = misp.search(controller="events", uuid=event.uuid, pythonify=True)
        f.equal(f"search of {event.uuid}", [event.uuid], [item.uuid for item in by_uuid])
    missing = misp.get_event("00000000-0000-4000-8000-00000000dead")
    f.equal("get_event of what is not there", 404, missing.get("errors", [None])[0])
    f.expect(not misp.event_exists("00000000-0000-4000-8000-00000000dead"), "event_exists of what is not there")
    return found


def search_attributes(f, misp, events):
    known = {item.uuid: item for event in events for item in attributes_of(event)}
    found = misp.search(controller="attributes", pythonify=True)
    f.equal("attributes of all events", set(known), {item.uuid for item in found})
    kinds = sorted({item.type for item in known.values()})
    for kind in kinds[:10]:
        expected = {one for one, item in known.items() if item.type == kind}
        got = misp.search(controller="attributes", type_attribute=kind, pythonify=True)
        f.equal(f"attributes of type {kind}", expected, {item.uuid for item in got})
    for event in events[:LIMIT]:
        table = misp.search(controller="attributes", eventid=event.id, return_format="csv", pythonify=True)
        f.equal(f"rows of {event.uuid}", sorted(str(one.value) for one in attributes_of(event)), sorted(row["value"] for row in table))
    for one in list(known.values())[:3]:
        f.equal(f"get_attribute of {one.uuid}", str(one.value), str(misp.get_attribute(one.uuid, pythonify=True).value))
    for wrong in ({"enforce_warninglist": True}, {"return_format": "stix2"}, {"sharinggroup": [1]}, {"timestamp": "soon"}):
        answer = misp.search(controller="attributes", **wrong)
        f.equal(f"a search with {wrong}", 400, answer.get("errors", [None])[0])
    for one in list(known.values())[:10]:
        got = misp.search(controller="attributes", value=str(one.value), pythonify=True)
        f.expect(one.uuid in {item.uuid for item in got}, f"attribute {one.uuid} by its value")
        got = misp.search(controller="events", value=str(one.value), pythonify=True)
        holding = [event.uuid for event in events if one.uuid in {item.uuid for item in attributes_of(event)}]
        f.expect(set(holding) <= {event.uuid for event in got}, f"the event of attribute {one.uuid} by its value")
    marked = {one for one, item in known.items() if item.to_ids}
    got = misp.search(controller="attributes", to_ids=True, pythonify=True)
    f.equal("attributes for detection", marked, {item.uuid for item in got})


def index(f, misp, events):
    listed = misp.events(pythonify=True)
    f.equal("the index", {event.uuid for event in events}, {event.uuid for event in listed})
    f.expect(not any(event.attributes or event.objects for event in listed), "the index holds no attributes")
    for label in ("tlp:clear", "tlp:red"):
        expected = {event.uuid for event in events if label in {tag.name for tag in event.tags}}
        f.equal(f"the index of {label}", expected, {event.uuid for event in misp.search_index(tags=label, pythonify=True)})
    minimal = misp.search_index(minimal=True)
    f.equal("the index of ids", {event.uuid for event in events}, {event["uuid"] for event in minimal})


def writing_is_refused(f, misp, events):
    event = MISPEvent()
    event.info = "must not be stored"
    answer = misp.add_event(event)
    status = answer.get("errors", [200])[0] if isinstance(answer, dict) else 200
    f.expect(status in (403, 405), f"add_event is refused, with {status}")
    f.expect("reads" in json.dumps(answer), f"and says why: {answer}")
    if events:
        answer = misp.delete_event(events[0].uuid)
        status = answer.get("errors", [200])[0]
        f.expect(status in (403, 405), f"delete_event is refused, with {status}")
    f.equal("events afterwards", len(events), len(misp.search(controller="events", metadata=True)))


def feed(f, site, misp_events):
    base = urljoin(site.address, "/misp/feed/")
    session = requests.Session()
    manifest = session.get(base + "manifest.json", timeout=60).json()
    f.expect(manifest, "the feed's manifest names events")
    hashes, got = set(), session.get(base + "hashes.csv", timeout=60)
    events = []
    for uuid, entry in manifest.items():
        answer = session.get(f"{base}{uuid}.json", timeout=60)
        f.expect("json" in answer.headers.get("content-type", ""), f"{uuid}.json is application/json")
        event = MISPEvent()
        event.load(answer.json())
        events.append(event)
        f.equal(f"uuid of the file {uuid}", uuid, event.uuid)
        # As PyMISP would write the manifest from this file.
        expected = json.loads(json.dumps(event.manifest[uuid], default=str))
        for name in ("info", "date", "analysis", "threat_level_id", "timestamp"):
            f.equal(f"manifest of {uuid}, {name}", str(expected[name]), str(entry[name]))
        f.equal(f"manifest of {uuid}, Orgc", expected["Orgc"], {name: entry["Orgc"][name] for name in expected["Orgc"]})
        f.equal(f"manifest of {uuid}, Tag", {tag["name"] for tag in expected["Tag"]}, {tag["name"] for tag in entry["Tag"]})
        hashes |= {f"{one},{uuid}" for one in event.attributes_hashes("md5")}
        f.expect(event.published, f"{uuid} is published")
        narrow = [item for item in attributes_of(event) if getattr(item, "distribution", None) == 0]
        f.expect(not narrow, f"{uuid} holds what is for one organisation only")
    lines = got.text.splitlines()
    f.equal("hashes.csv", sorted(hashes), sorted(set(lines)))
    f.equal("hashes.csv ends with a line break", True, got.text.endswith("\n") or not lines)
    seen = {event.uuid for event in misp_events}
    f.expect({event.uuid for event in events} <= seen, "what is in the feed is found by a search")
    listing = session.get(base + "manifest.json", timeout=60, headers={"If-None-Match": got.headers.get("etag", '"x"')})
    f.expect(listing.status_code == 200, "another file's ETag is not taken for this one's")
    return events


def converted(f, events):
    """Every event through misp-stix into STIX 2.1 that is valid."""
    for event in events[:LIMIT]:
        parser = MISPtoSTIX21Parser()
        parser.parse_misp_event(event)
        f.expect(not parser.errors, f"misp-stix finds errors in {event.uuid}: {parser.errors}")
        bundle = json.loads(parser.bundle.serialize())
        result = validate_instance(bundle, ValidationOptions(version="2.1", strict=False))
        f.expect(result.is_valid, f"{event.uuid} converted is not valid: {[str(one) for one in result.errors][:2]}")


def main(path):
    # Refusals are part of the examination; PyMISP logs each.
    logging.getLogger("pymisp").setLevel(logging.CRITICAL + 1)
    site = Site.load(path)
    f = Failures("PyMISP")
    canaries = Canaries(site)
    misp = client(site, site.members[canaries.author]["misp_key"])
    handshake(f, site, misp)
    reach(f, site, canaries)
    events = search_events(f, misp)
    search_attributes(f, misp, events)
    index(f, misp, events)
    writing_is_refused(f, misp, events)
    fed = feed(f, site, events)
    converted(f, [*fed, *events])
    return f.finish(f"({len(events)} events, {len(fed)} in the feed)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
