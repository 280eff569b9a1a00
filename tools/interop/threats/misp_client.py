"""PyMISP 2.5.34.4 and misp-stix 2026.10.12 against what a site says in MISP's words. `misp_client.py SITE.json`

The feed is read as a MISP instance reads it (a manifest, hashes, one file an event); `restSearch` as PyMISP asks. There
is no `add`: a writing call must be refused, and changes nothing.
"""

import json
import logging
import sys
from urllib.parse import urljoin

import requests
from misp_stix_converter import MISPtoSTIX21Parser
from pymisp import MISPEvent, PyMISP, PyMISPError
from stix2validator import ValidationOptions, validate_instance

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
    for one in list(known.values())[:10]:
        got = misp.search(controller="attributes", value=str(one.value), pythonify=True)
        f.expect(one.uuid in {item.uuid for item in got}, f"attribute {one.uuid} by its value")
        got = misp.search(controller="events", value=str(one.value), pythonify=True)
        holding = [event.uuid for event in events if one.uuid in {item.uuid for item in attributes_of(event)}]
        f.expect(set(holding) <= {event.uuid for event in got}, f"the event of attribute {one.uuid} by its value")
    marked = {one for one, item in known.items() if item.to_ids}
    got = misp.search(controller="attributes", to_ids=True, pythonify=True)
    f.equal("attributes for detection", marked, {item.uuid for item in got})


def writing_is_refused(f, misp, events):
    event = MISPEvent()
    event.info = "must not be stored"
    answer = misp.add_event(event)
    status = answer.get("errors", [200])[0] if isinstance(answer, dict) else 200
    f.expect(status in (403, 404, 405), f"add_event is refused, with {status}")
    if events:
        answer = misp.delete_event(events[0].uuid)
        status = answer.get("errors", [200])[0]
        f.expect(status in (403, 404, 405), f"delete_event is refused, with {status}")
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
    misp = client(site, site.facts["misp_key"])
    handshake(f, site, misp)
    events = search_events(f, misp)
    search_attributes(f, misp, events)
    writing_is_refused(f, misp, events)
    fed = feed(f, site, events)
    converted(f, [*fed, *events])
    return f.finish(f"({len(events)} events, {len(fed)} in the feed)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
