"""The same few hundred requests, drawn from a seed, to two servers beside each other; what differs must be known.

`differential.py OURS.json PEER.json [KNOWN.toml]`: compared are the status, the media type, which headers come, and the
bodies with dates of adding replaced by their rank. KNOWN.toml lists (kind of request, what differs) with the clause that
decides; a difference that is not listed fails, and so does a listed one that does not show.

Where the peer's difference would leave another state behind (it removes one version where all should go), the sequence
takes a request that means the same to both.
"""

import json
import random
import sys
import tomllib
from collections import Counter, defaultdict

from conformance import query
from made import Maker, version_of
from wire import MEDIA, Site

SEED, STEPS = 20270503, 420
KINDS = ["indicator", "malware", "relationship", "ipv4-addr", "x-polling-station-report"]


class Side:
    """One of the two servers."""

    def __init__(self, name, site):
        self.name, self.site = name, site
        self.me = next(member for member in site.members if site.find(member, True, True))
        self.added = []  # date_added of each object, in order of adding
        self.cursor = None

    def path(self, collection, below=""):
        return self.site.path(collection, below)

    def note(self, item):
        """Keeps the date_added that this server gave to what was added last."""
        text = query(match_id=item["id"], match_version=item.get("modified", "last"))
        record = self.site.get(self.path("exchange", "manifest/") + text, self.me)
        self.added.append(record.objects()[-1]["date_added"])

    def rank(self, moment):
        return self.added.index(moment) if moment in self.added else "unknown date"


class Draw:
    """The sequence: each step is (kind of request, function of a side that sends it)."""

    def __init__(self):
        self.random, self.make = random.Random(SEED), Maker(SEED)
        self.items = []  # objects that are there, each version

    def step(self):
        choices = [self.add, self.objects, self.manifest, self.one, self.versions, self.again, self.other_bytes]
        choices += [self.delete, self.walk, self.bad, self.negotiation, self.rights, self.envelope]
        weights = [12, 14, 8, 8, 6, 4, 3, 3, 6, 12, 8, 8, 4]
        if len(self.items) < 12:
            return self.add()
        return self.random.choices(choices, weights)[0]()

    def add(self):
        if self.items and self.random.random() < 0.35:
            old = self.random.choice([item for item in self.items if "modified" in item] or [None])
            if old:
                item = {**old, "modified": self.make.moment(self.random.randrange(10**6)), "x_n": self.random.randrange(10**6)}
                if item["modified"] > item["created"] and all((one["id"], version_of(one)) != (item["id"], item["modified"]) for one in self.items):
                    return self._post("add.version", item)
        kind = self.random.choice(KINDS)
        at = self.random.randrange(10**6)
        if kind == "indicator":
            item = self.make.indicator(at)
        elif kind == "malware":
            item = self.make.malware(at)
        elif kind == "ipv4-addr":
            item = self.make.address()
        elif kind == "relationship":
            ends = self.random.choices(self.items or [self.make.malware(at)], k=2)
            item = self.make.relationship(ends[0]["id"], ends[1]["id"], at)
        else:
            item = self.make.custom(at)
        return self._post(f"add.{kind}", item)

    def _post(self, kind, item):
        self.items.append(item)

        def act(side):
            answer = side.site.add("exchange", side.me, item)
            if answer.resource().get("success_count") != 1:
                raise SystemExit(f"{side.name} did not take {item}: {answer.status} {answer.body[:300]}")
            side.note(item)
            return answer

        return kind, act

    def again(self):
        item = self.random.choice(self.items)
        kind = "again.object" if "modified" in item else "again.sco"
        return kind, lambda side: side.site.add("exchange", side.me, item)

    def other_bytes(self):
        item = self.random.choice([item for item in self.items if "modified" in item])
        changed = {**item, "x_other": self.random.randrange(10**6)}
        return "other_bytes", lambda side: side.site.add("exchange", side.me, changed)

    def filters(self, side, given):
        """The filters with `after` turned into this server's own moment."""
        given = dict(given)
        after = given.pop("after", None)
        if after is not None:
            given["added_after"] = side.added[after]
        return query(**given)

    def read(self, side, below, given):
        return side.site.get(side.path("exchange", below) + self.filters(side, given), side.me)

    def drawn(self, *names):
        given, draw = {}, self.random
        if "id" in names and draw.random() < 0.4:
            given["match_id"] = ",".join(item["id"] for item in draw.sample(self.items, draw.randint(1, 4)))
        if "type" in names and draw.random() < 0.4:
            given["match_type"] = ",".join(draw.sample(KINDS + ["tool", "x-none"], draw.randint(1, 3)))
        if "version" in names and draw.random() < 0.6:
            known = sorted({version_of(item) for item in self.items if version_of(item)})
            choice = ["first", "last", "all", "first,last", draw.choice(known), f"{draw.choice(known)},last"]
            given["match_version"] = draw.choice(choice)
        if "spec_version" in names and draw.random() < 0.2:
            given["match_spec_version"] = draw.choice(["2.1", "2.0", "2.0,2.1"])
        if draw.random() < 0.3:
            given["after"] = draw.randrange(len(self.items))
        if draw.random() < 0.4:
            given["limit"] = draw.choice([1, 2, 3, 7, 1000])
        return given

    @staticmethod
    def kind(name, given):
        """Which version comes first of those added after a moment is a question of its own."""
        return name + (".first_after" if "first" in given.get("match_version", "") and "after" in given else "")

    def objects(self):
        given = self.drawn("id", "type", "version", "spec_version")
        return self.kind("objects", given), lambda side: self.read(side, "objects/", given)

    def manifest(self):
        given = self.drawn("id", "type", "version", "spec_version")
        return self.kind("manifest", given), lambda side: self.read(side, "manifest/", given)

    def one(self):
        item, given = self.random.choice(self.items), self.drawn("version", "spec_version")
        below = f"objects/{item['id']}/"
        return self.kind("object", given), lambda side: self.read(side, below, given)

    def versions(self):
        given, counts = self.drawn("spec_version"), Counter(item["id"] for item in self.items)
        # Rather of an object that has several.
        several = [item for item in self.items if counts[item["id"]] > 1]
        item = self.random.choice(several if several and self.random.random() < 0.7 else self.items)
        below = f"objects/{item['id']}/versions/"
        return "versions", lambda side: self.read(side, below, given)

    def delete(self):
        item = self.random.choice(self.items)
        self.items = [one for one in self.items if one["id"] != item["id"]]
        below = f"objects/{item['id']}/"
        text = query(match_version="all")
        return "delete", lambda side: side.site.ask("DELETE", side.path("exchange", below) + text, side.me)

    def walk(self):
        """The second page, by the cursor of the first, in one step."""
        given = {"match_version": "all", "limit": self.random.choice([1, 3, 5])}
        below = self.random.choice(["objects/", "manifest/"])

        def act(side):
            first = self.read(side, below, given).resource()
            return self.read(side, below, {**given, "next": first["next"]})

        return f"walk.{below.strip('/')}", act

    def bad(self):
        cases = {
            "limit_zero": "limit=0",
            "limit_negative": "limit=-4",
            "limit_word": "limit=many",
            "repeated_type": "match[type]=malware&match[type]=indicator",
            "repeated_version": "match[version]=first&match[version]=last",
            "added_after_word": "added_after=yesterday",
            "version_word": "match[version]=newest",
            "version_all_and_last": "match[version]=all,last",
            "next_nonsense": "next=nonsense&limit=3",
        }
        name = self.random.choice(sorted(cases))
        below = self.random.choice(["objects/", "manifest/"])
        return f"bad.{name}", lambda side: side.site.get(f"{side.path('exchange', below)}?{cases[name]}", side.me)

    def negotiation(self):
        cases = {
            "no_version": ("application/taxii+json", None),
            "space": ("application/taxii+json; version=2.1", None),
            "list": (f"{MEDIA},application/stix+json;version=2.1", None),
            "quality": (f"{MEDIA};q=0.8", None),
            "html": ("text/html", None),
            "version_2_0": ("application/taxii+json;version=2.0", None),
            "no_login": (MEDIA, False),
        }
        name = self.random.choice(sorted(cases))
        accept, login = cases[name]
        below = self.random.choice(["objects/", "manifest/", ""])
        # What is not in the question: which objects are there.
        text = query(limit=1, match_type="x-none") if below else ""

        def act(side):
            return side.site.get(side.path("exchange", below) + text, None if login is False else side.me, accept=accept)

        return f"negotiation.{name}", act

    def rights(self):
        item = self.make.malware(1)
        below = self.random.choice(["objects/", "manifest/", f"objects/{item['id']}/", f"objects/{item['id']}/versions/"])
        name = self.random.choice(["write_only", "read_only", "closed", "unknown"])
        method = self.random.choice(["GET", "POST", "DELETE"])
        if method == "POST" and name == "write_only":
            method = "GET"  # an addition: its state is not read here

        def act(side):
            where = side.path(name, below) if name != "unknown" else f"{side.site.root}collections/nonsense/{below}"
            if method == "POST":
                where = where.split("objects/")[0].split("manifest/")[0] + "objects/"
                return side.site.post(where, side.me, json.dumps({"objects": [item]}).encode())
            if method == "DELETE":
                where = where.split("objects/")[0].split("manifest/")[0] + f"objects/{item['id']}/"
                return side.site.ask("DELETE", where, side.me)
            return side.site.get(where, side.me)

        shape = "one" if item["id"] in below else "all"
        return f"rights.{method}.{name}.{shape if method == 'GET' else 'any'}", act

    def envelope(self):
        cases = {
            "list": (b"[]", MEDIA),
            "no_id": (b'{"objects":[{"type":"malware"}]}', MEDIA),
            "no_json": (b"{", MEDIA),
            "json_media": (b'{"objects":[]}', "application/json"),
            "too_long": (b'{"objects":[' + b" " * (8 * 1024 * 1024 + 1) + b"]}", MEDIA),
        }
        name = self.random.choice(sorted(cases))
        body, media = cases[name]
        return f"envelope.{name}", lambda side: side.site.post(side.path("exchange", "objects/"), side.me, body, content_type=media)


def aspects(side, answer):
    """What is compared of an answer, by name."""
    found = {"status": answer.status, "media": answer.media}
    found["challenge"] = answer.headers.get("www-authenticate", "").split(" ")[0]
    for name in ("first", "last"):
        moment = answer.headers.get(f"x-taxii-date-added-{name}")
        found[f"date_{name}"] = None if moment is None else side.rank(moment)
    body = answer.resource()
    if answer.status >= 400:
        found["error"] = (isinstance(body.get("title"), str), body.get("http_status"))
        return found
    found["more"] = body.get("more", False)
    found["next"] = "next" in body
    found["names"] = sorted(set(body) - {"more", "next", "request_timestamp"})
    if "total_count" in body:
        found["counts"] = [body.get(f"{name}_count") for name in ("total", "success", "failure", "pending")]
        # The version of an SCO is the server's own.
        for name in ("successes", "failures"):
            found[name] = [one["id"] if one["id"].startswith("ipv4") else (one["id"], one["version"]) for one in body.get(name, [])]
    elif "versions" in body:
        known = body["versions"]
        if len(known) == 1 and known[0] in side.added:
            known = ["of an SCO"]
        found["versions"], found["versions_as_a_set"] = known, sorted(known)
    elif body.get("objects") and "date_added" in body["objects"][0]:
        found["records"] = [(one["id"], side.rank(one["date_added"]), one.get("media_type")) for one in body["objects"]]
        found["record_versions"] = [one["version"] for one in body["objects"] if not one["id"].startswith("ipv4")]
    else:
        found["objects"] = body.get("objects", [])
    return found


def compare(sides):
    draw, differences, kinds, examples = Draw(), Counter(), Counter(), {}
    for at in range(STEPS):
        kind, act = draw.step()
        kinds[kind] += 1
        one, other = (aspects(side, act(side)) for side in sides)
        # With another status all the rest is another too.
        for name in ["status"] if one["status"] != other["status"] else sorted(set(one) | set(other)):
            if one.get(name) != other.get(name):
                differences[kind, name] += 1
                examples.setdefault((kind, name), (at, one.get(name), other.get(name)))
    return kinds, differences, examples


def known_of(path):
    with open(path, "rb") as file:
        listed = tomllib.load(file)["difference"]
    return {(one["kind"], name): one for one in listed for name in one["aspects"]}


def fits(entry, kind, name):
    pattern, aspect = entry
    return aspect == name and (pattern == kind or (pattern.endswith("*") and kind.startswith(pattern[:-1])))


def main(ours, peer, known=None):
    sides = [Side("ours", Site.load(ours)), Side("peer", Site.load(peer))]
    kinds, differences, examples = compare(sides)
    known, met, wrong = known_of(known) if known else {}, defaultdict(int), 0
    for (kind, name), count in sorted(differences.items()):
        entry = next((one for one in known if fits(one, kind, name)), None)
        if entry:
            met[entry] += count
            continue
        wrong += 1
        at, one, other = examples[kind, name]
        print(f"FAIL differential {kind} {name}, {count} times, first in step {at}: ours {one!r}, peer {other!r}"[:700], file=sys.stderr)
    for entry in sorted(set(known) - set(met)):
        wrong += 1
        print(f"FAIL differential {entry}: listed, but there is no such difference", file=sys.stderr)
    for entry, count in sorted(met.items()):
        print(f"  known: {entry[0]:34} {entry[1]:14} {count:4} times  [{known[entry]['clause']}] {known[entry]['reason']}")
    shown = ", ".join(f"{kind} {count}" for kind, count in sorted(Counter(kind.split(".")[0] for kind in kinds.elements()).items()))
    print(f"differential: {STEPS} steps, seed {SEED} ({shown}), {sum(met.values())} known differences, {wrong} others")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
