"""Every demand of TAXII 2.1 on a server, one row each, by raw HTTP: what was expected, what came.

`conformance.py SITE.json [KNOWN.toml]`: SITE.json holds the line that the server printed; KNOWN.toml lists the known
differences of a peer, and the run fails with any other and with any of them that does not show. Every mandatory row of
the interop document's checklist must be covered by a check.
"""

import sys
import time
import tomllib
from functools import cached_property
from urllib.parse import quote

import table
from made import Maker, version_of
from table import NotHere
from wire import DATA, Site

LONG_AGO = "2000-01-01T00:00:00.000000Z"
NOBODYS = "00000000-0000-4000-8000-00000000dead"


def query(**filters):
    """`match_id` becomes `match[id]`; values keep their commas and colons."""
    parts = []
    for name, value in filters.items():
        if value is not None:
            field = f"match[{name.removeprefix('match_')}]" if name.startswith("match_") else name
            parts.append(f"{field}={quote(str(value), safe=',:-.*+')}")
    return "?" + "&".join(parts) if parts else ""


class World:
    """The server under examination, one member who writes, another who reads, and the objects they work with."""

    def __init__(self, site):
        self.site = site
        self.make = Maker(20270501)
        names = list(site.members)
        self.me = next(name for name in names if site.find(name, True, True))
        self.rw = "exchange" if "exchange" in site.collections else site.find(self.me, True, True)
        home, readers = site.members[self.me]["organisation"], site.collections[self.rw]["can_read"]
        others = [name for name in names if name in readers and site.members[name]["organisation"] != home]
        self.other = others[0] if others else None

    def collection(self, can_read, can_write):
        name = self.site.find(self.me, can_read, can_write)
        if name is None:
            raise NotHere(f"no collection with can_read {can_read}, can_write {can_write}")
        return name

    @property
    def objects(self):
        return self.site.path(self.rw, "objects/")

    @property
    def manifest(self):
        return self.site.path(self.rw, "manifest/")

    def get(self, path, **more):
        return self.site.get(path, more.pop("member", self.me), **more)

    def add(self, *objects):
        return self.site.add(self.rw, self.me, *objects)

    def stored(self, *objects):
        """Adds objects and insists that all were taken."""
        answer = self.add(*objects)
        status = self.finished(answer)
        if answer.status != 202 or status.get("success_count") != len(objects):
            raise AssertionError(f"could not add: {answer.status} {answer.body[:300]}")
        return status

    def finished(self, answer):
        """The status of an answer to a POST, once it is complete."""
        status = answer.resource()
        for _ in range(100):
            if status.get("status") != "pending":
                break
            time.sleep(0.1)
            status = self.get(f"{self.site.root}status/{status['id']}/").resource()
        return status

    def records(self, **filters):
        """The manifest of everything that fits, page after page by `added_after`."""
        found, after = [], filters.pop("added_after", None)
        while True:
            page = self.get(self.manifest + query(added_after=after, **filters))
            found += page.objects()
            if not page.resource().get("more"):
                return found
            after = page.headers["x-taxii-date-added-last"]

    def mark(self):
        """The moment after which nothing has been added yet."""
        records = self.records(match_version="all")
        return records[-1]["date_added"] if records else LONG_AGO

    @cached_property
    def single(self):
        item = self.make.indicator()
        self.stored(item)
        return item

    @cached_property
    def base(self):
        """The objects that filters and pages work on, each added by a request of its own, in this order."""
        return Base(self)

    def raw(self, item_id, version=None):
        return self.get(f"{self.objects}{item_id}/{query(match_version=version)}")


class Base:
    def __init__(self, world):
        make = world.make
        self.after = world.mark()
        first = make.indicator(10, name="first")
        last = {**first, "modified": make.moment(30), "name": "last"}
        middle = {**first, "modified": make.moment(20), "name": "middle"}
        self.versions = [first["modified"], middle["modified"], last["modified"]]
        self.indicator = first["id"]
        self.single = make.indicator(40)
        self.malware = make.malware(50)
        self.fraction = make.malware(60, created="2026-02-01T00:00:00.54019Z", modified="2026-02-01T00:00:00.54019Z")
        self.unmodified = make.relationship(self.single["id"], self.malware["id"], 70)
        del self.unmodified["modified"]
        self.address = make.address()
        self.custom = make.custom(80)
        self.statement = {
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": make.id("marking-definition"),
            "created": make.moment(90),
            "definition_type": "statement",
            "definition": {"statement": "examination"},
        }
        # In another order than their versions.
        self.order = [middle, first, last, self.single, self.malware, self.fraction]
        self.order += [self.unmodified, self.address, self.custom, self.statement]
        for item in self.order:
            world.stored(item)
            time.sleep(0.002)  # a peer whose clock gives two objects one moment
        self.records = world.records(added_after=self.after, match_version="all")
        self.latest = [last["id"], *(item["id"] for item in self.order[3:])]


def versions_in(answer):
    """(id, version) of every object, in the order of the answer."""
    return [(item.get("id"), version_of(item)) for item in answer.objects()]


def checklist(covered):
    """The mandatory rows of the interop document, each with the worst state of its checks."""
    path = DATA / "taxii" / "taxii21_interop_txc_manifest.toml"
    if not path.exists():
        print(f"the interop document's checklist is not compared: {path} is missing (set SCRUTINEER_DATA)")
        return 0
    with open(path, "rb") as file:
        mandatory = [one for one in tomllib.load(file)["requirement"] if one["verification"] == "Mandatory"]
    missing = 0
    print(f"\n{'interop row':12} {'test case':52} checks")
    for one in mandatory:
        rows = covered.get(one["section"], [])
        missing += not rows
        states = {state: sum(row.state == state for row in rows) for state in ("ok", "known", "FAIL", "not here")}
        words = ", ".join(f"{count} {state}" for state, count in states.items() if count) or "NOT COVERED"
        print(f"{one['section']:12} {one['test_case'][:52]:52} {words}")
    print(f"{len(mandatory)} mandatory rows, {missing} without a check")
    return 1 if missing else 0


def main(site, known=None):
    import checks_http  # noqa: F401  registers its checks
    import checks_filters  # noqa: F401
    import checks_bytes  # noqa: F401
    import checks_adding  # noqa: F401
    import checks_all  # noqa: F401

    world = World(Site.load(site))
    rows, covered = table.run(world)
    failed = table.finish("conformance", rows, table.known_differences(known) if known else {})
    return checklist(covered) or failed


if __name__ == "__main__":
    # The checks import this file by its name; it must be one and the same module.
    sys.modules["conformance"] = sys.modules["__main__"]
    sys.exit(main(*sys.argv[1:3]))
