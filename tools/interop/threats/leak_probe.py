"""Objects that only their sender, or his organisation, may see, and everybody else who looks for them everywhere.

`leak_probe.py SITE.json`: one member plants objects under TLP RED, AMBER and AMBER+STRICT with random words in their
names, values, patterns and ids. Another member, a member of another community and somebody without a login then read all
there is to read (leak_crawl.py). Demanded is that

- no planted word, id, value, nor a hash of one, is in any answer;
- every answer is, to the byte, what it was before anything was planted (so that no count, date or cursor tells);
- what is forbidden is answered as what does not exist, to the byte, but for the id that was asked for.

The member who planted must see it all, and others what is marked GREEN: otherwise the probe saw nothing because it
looked at nothing.
"""

import base64
import hashlib
import json
import random
import re
import sys
import time
from collections import Counter

from conformance import query
from leak_crawl import Crawl, Watcher, always_new
from made import Maker
from wire import Failures, Site

TLP = {
    "CLEAR": "94868c89-83c2-464b-929b-a1a8aa3c8487",
    "GREEN": "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "AMBER": "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "AMBER+STRICT": "939a9414-2ddd-4d32-a0cd-375ea402b003",
    "RED": "e828b379-4e03-4974-9ac4-e53a884c97c1",
    # TLP 1
    "amber": "f88d31f6-486f-44da-b317-01333bde0b82",
    "red": "5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
    # Of nobody: counts as the narrowest there is.
    "unknown": "00000000-1111-4222-8333-444444444444",
}
OFFICE = ("AMBER", "AMBER+STRICT", "amber")  # what colleagues of the sender may see
SHOWN = 12  # failures of a kind that are written out


def marking(label):
    return f"marking-definition--{TLP[label]}"


class Planted:
    """One object, the label that hides it, and everything by which it would be recognised."""

    def __init__(self, label, item, words):
        self.label, self.item, self.raw = label, item, json.dumps(item).encode()
        self.id = item["id"]
        values = [*words, self.id, self.id.split("--")[1]]
        self.traces = set()
        for value in values:
            self.traces |= {value.encode(), value.upper().encode(), value.replace("-", "").encode()}
        for value in [*(word.encode() for word in values), self.raw]:
            for name in ("md5", "sha1", "sha256", "sha512"):
                digest = hashlib.new(name, value).digest()
                self.traces |= {digest, digest.hex().encode(), base64.b64encode(digest)}
        self.needles = re.compile(b"|".join(re.escape(trace) for trace in sorted(self.traces)))

    def found_in(self, answer):
        hit = self.needles.search(answer.body)
        return hit or self.needles.search("\n".join(answer.headers.values()).encode())


class Probe:
    def __init__(self, site):
        self.site, self.make = site, Maker(random.SystemRandom().getrandbits(64))
        self.f, self.kinds = Failures("leak probe"), Counter()
        able = site.collections["exchange"]
        self.author = next(name for name in site.members if name in able["can_read"] and name in able["can_write"])
        mine = site.members[self.author]
        # Two names for one login are one member.
        others = [name for name in site.members if site.members[name]["user"] != mine["user"]]
        at_home = [name for name in others if site.members[name]["organisation"] == mine["organisation"]]
        near = [name for name in others if name not in at_home and site.members[name].get("community") == mine.get("community")]
        far = [name for name in others if site.members[name].get("community") != mine.get("community")]
        self.colleague = Watcher(site, at_home[0]) if at_home else None
        self.strangers = [Watcher(site, name) for name in near[:1] + far[:1]] + [Watcher(site, None)]
        for words, some in (("another organisation of the same community", near), ("another community", far)):
            if not some:
                print(f"leak probe: nobody is a member of {words}")
        self.near = near[0] if near else None

    def word(self):
        return "zq" + self.make.uuid().replace("-", "")[:18]

    def told(self, kind, holds, words):
        """Counts every failure and writes out the first of a kind."""
        if not holds:
            self.kinds[kind] += 1
            if self.kinds[kind] > SHOWN:
                self.f.found.append(words)
                return
        self.f.expect(holds, f"{kind}: {words}")

    # Planting

    def add(self, *items):
        answer = self.site.add("exchange", self.author, *items)
        status = answer.resource()
        for _ in range(600):
            if status.get("status") != "pending":
                break
            # What is narrow may be recorded in batches.
            time.sleep(0.1)
            status = self.site.get(f"{self.site.root}status/{status['id']}/", self.author).resource()
        if answer.status != 202 or status.get("success_count") != len(items):
            raise SystemExit(f"leak probe: cannot plant: {answer.status} {answer.body[:300]}")
        return status

    def control(self):
        """What others may see; and the first version of what will be hidden later."""
        self.green = self.make.indicator(1, name=self.word(), object_marking_refs=[marking("GREEN")])
        self.clear = self.make.malware(2, name=self.word(), object_marking_refs=[marking("CLEAR")])
        self.grown = self.make.indicator(3, name=self.word(), object_marking_refs=[marking("GREEN")])
        self.add(self.green, self.clear, self.grown)

    def hidden(self, label):
        """Objects of many types under one label."""
        make, marked = self.make, {"object_marking_refs": [marking(label)]}
        name, value, text = self.word(), f"{self.word()}.example", self.word()
        pattern = f"[domain-name:value = '{value}']"
        yield [name, value, text], make.indicator(10, name=name, description=text, pattern=pattern, **marked)
        yield [name], make.malware(11, name=name, labels=[name], **marked)
        site = f"{self.word()}.example"
        yield [site], {"type": "domain-name", "spec_version": "2.1", "id": make.id("domain-name"), "value": site, **marked}
        kind = self.word()
        yield [kind], make.custom(12, x_note=kind, **marked)
        yield [], make.relationship(self.green["id"], self.clear["id"], 13, **marked)
        both = self.word()
        yield [both], make.malware(14, name=both, object_marking_refs=[marking("GREEN"), marking(label)])
        part = self.word()
        granular = [{"marking_ref": marking(label), "selectors": ["description"]}]
        yield [part], make.malware(
            15, name="in part", description=part, object_marking_refs=[marking("GREEN")], granular_markings=granular
        )

    def plant(self):
        planted = []
        for label in ("RED", "AMBER", "AMBER+STRICT", "red", "amber", "unknown"):
            planted += [Planted(label, item, words) for words, item in self.hidden(label)]
        # A later version of what everybody has seen, now under RED: the moment of its change is the secret.
        secret = {**self.grown, "name": self.word(), "modified": "2026-03-03T03:03:03.314159Z"}
        secret["object_marking_refs"] = [marking("RED")]
        later = Planted("RED", secret, [secret["name"], "2026-03-03T03:03:03.314159"])
        later.traces -= {self.grown["id"].encode()}
        later.needles = re.compile(b"|".join(re.escape(word.encode()) for word in (secret["name"], "03:03:03.314159")))
        statuses = [self.add(*(one.item for one in planted[at : at + 7]))["id"] for at in range(0, len(planted), 7)]
        statuses.append(self.add(secret)["id"])
        return [*planted, later], statuses

    # Looking

    def sees(self, member, item_id):
        answer = self.site.get(self.site.path("exchange", "objects/") + query(match_id=item_id, match_version="all"), member)
        return len(answer.objects()) if answer.status == 200 else 0

    def controls_hold(self, planted):
        for one in planted:
            self.told("control", self.sees(self.author, one.id), f"the sender does not see his own {one.label} {one.id}")
        if self.near:
            for item in (self.green, self.clear):
                self.told("control", self.sees(self.near, item["id"]), f"{self.near} does not see {item['id']}, which is GREEN or CLEAR")
        if self.colleague:
            for one in planted:
                seen = self.sees(self.colleague.member, one.id)
                # Of what is in several versions a colleague sees the earlier.
                least = 1 if one.id == self.grown["id"] else 0
                if one.label in OFFICE:
                    self.told("control", seen, f"{self.colleague.name} does not see {one.label} of the own organisation")
                else:
                    self.told("content", seen == least, f"{self.colleague.name} sees {one.label} {one.id}")

    def contents(self, watcher, got, planted):
        for what, answer in got.items():
            for one in planted:
                hit = one.found_in(answer)
                self.told("content", not hit, f"{watcher.name} finds {one.label} {one.item['type']} in {what}: {hit and hit.group()[:60]}")

    def unchanged(self, watcher, before, again, after):
        for what in sorted(set(before) | set(after)):
            # The list of the log itself: batches are recorded whether anything is in them or not.
            if always_new(what) or what.startswith("PAGE /record"):
                continue
            one, two, now = (plain(what, some.get(what)) for some in (before, again, after))
            if one != two:
                self.told("volatile", not what.startswith("TAXII"), f"{watcher.name}: {what} differs from itself")
                continue
            self.told("bytes", two == now, f"{watcher.name}: {what} is not what it was: {difference(two, now)}")

    def absent(self, watcher, planted, statuses, searches):
        """Pairs of questions, one about what is hidden, one about what does not exist."""
        for one in planted[:-1]:
            kind = one.item["type"]
            other = self.make.id(kind)
            for name, ask in self.questions(watcher):
                self.pair(watcher, f"{name} of {one.label} {kind}", ask, one.id, other)
            digest = hashlib.sha256(one.raw).hexdigest()
            ask = lambda word: watcher.page(f"/objects/{word}")  # noqa: E731
            self.pair(watcher, "/objects/", ask, digest, hashlib.sha256(other.encode()).hexdigest())
        versions = f"{self.site.path('exchange', 'objects/')}{self.grown['id']}/"
        ask = lambda word: watcher.taxii(versions + query(match_version=word))  # noqa: E731
        self.pair(watcher, "a hidden version", ask, planted[-1].item["modified"], "2026-03-03T03:03:04.271828Z")
        for status in statuses[:3]:
            ask = lambda word: watcher.taxii(f"{self.site.root}status/{word}/")  # noqa: E731
            self.pair(watcher, "status", ask, status, self.make.uuid())
        one = planted[0]
        for path, field in searches:
            ask = lambda word: watcher.page(f"{path}?{field}={word}")  # noqa: E731
            self.pair(watcher, f"search {path}?{field}", ask, one.item["name"], self.word())

    def questions(self, watcher):
        objects, manifest = self.site.path("exchange", "objects/"), self.site.path("exchange", "manifest/")
        yield "object", lambda item: watcher.taxii(f"{objects}{item}/")
        yield "object, all versions", lambda item: watcher.taxii(f"{objects}{item}/{query(match_version='all')}")
        yield "versions", lambda item: watcher.taxii(f"{objects}{item}/versions/")
        yield "match[id]", lambda item: watcher.taxii(objects + query(match_id=item, match_version="all"))
        yield "manifest match[id]", lambda item: watcher.taxii(manifest + query(match_id=item, match_version="all"))
        yield "DELETE", lambda item: watcher.taxii(f"{objects}{item}/", "DELETE")
        if self.site.is_peer:
            return
        yield "MISP view", lambda item: watcher.misp(f"/misp/events/view/{item.split('--')[1]}")
        yield "MISP feed", lambda item: watcher.misp(f"/misp/feed/{item.split('--')[1]}.json")
        yield "MISP attribute", lambda item: watcher.misp(f"/misp/attributes/view/{item.split('--')[1]}")
        yield "MISP search for events", lambda item: watcher.misp("/misp/events/restSearch", {"uuid": item.split("--")[1]})
        yield "MISP search", lambda item: watcher.misp("/misp/attributes/restSearch", {"uuid": item.split("--")[1]})

    def same_id(self, planted):
        """Somebody else adds an object under an id that is hidden from him: answered as under a new one."""
        if not self.near:
            return
        watcher = Watcher(self.site, self.near)
        path = self.site.path("exchange", "objects/")
        for one in (planted[0], planted[1]):
            mine = self.make.malware(77, name="of somebody else")

            def ask(item_id, mine=mine, one=one):
                item = {**one.item, **mine, "type": one.item["type"], "id": item_id, "modified": one.item["modified"]}
                answer = watcher.taxii(path, "POST", json.dumps({"objects": [item]}).encode())
                found = answer.resource()
                for name in ("id", "request_timestamp"):
                    found.pop(name, None)
                answer.body = json.dumps(found, sort_keys=True).encode()
                answer.headers.pop("content-length", None)
                return answer

            self.pair(watcher, f"adding under the id of {one.label}", ask, one.id, self.make.id(one.item["type"]))

    def pair(self, watcher, name, ask, hidden, missing):
        one, other = ask(hidden), ask(missing)
        self.site.seen.clear()
        same = [_without(answer, word) for answer, word in ((one, hidden), (other, missing))]
        self.told("absent", same[0] == same[1], f"{watcher.name}, {name}: {difference(*same)}")

    def run(self):
        self.control()
        before = {watcher.name: Crawl(watcher).run() for watcher in self.strangers}
        again = {watcher.name: Crawl(watcher).run() for watcher in self.strangers}
        planted, statuses = self.plant()
        self.controls_hold(planted)
        asked = 0
        for watcher in self.strangers:
            crawl = Crawl(watcher)
            after = crawl.run()
            asked += len(after)
            self.contents(watcher, after, planted)
            self.unchanged(watcher, before[watcher.name], again[watcher.name], after)
            self.absent(watcher, planted, statuses, crawl.searches())
        self.same_id(planted)
        reached = Counter(what.split(" ")[0] for some in again.values() for what, answer in some.items() if answer.status == 200)
        for part in ("TAXII", "LOG", "MISP", "API", "PAGE"):
            # The example has neither pages nor a log of its own to show; the demonstration has both.
            is_offered = part == "TAXII" or "program" in self.site.facts
            if part == "MISP":
                is_offered = any("misp_key" in one for one in self.site.members.values())
            self.told("control", not is_offered or reached[part], f"nothing at all could be read of {part}")
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items())) or "no leak"
        print(f"leak probe read with status 200: {dict(sorted(reached.items()))}")
        return self.f.finish(f"({len(planted)} planted, {asked} answers read, {kinds})")


def plain(what, answer):
    """Status, headers and body, without what each answer has of its own (and of a page, without the state of the log)."""
    if answer is None:
        return None
    own = ("date", "server", "connection", "set-cookie", "x-request-id", "etag")
    headers = {name: value for name, value in answer.headers.items() if name not in own}
    body = answer.body
    if answer.status >= 400:
        # An error may carry the number of its request (a UUID of version 7), which is new every time.
        body = re.sub(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", b"#", body)
    if what.startswith("PAGE"):
        headers = {name: headers.get(name) for name in ("content-type", "location")}
        # Times, sizes of the log, hashes and keys.
        body = re.sub(rb"\d{4}-\d\d-\d\d[T ][\d:.]+Z?|[A-Za-z0-9+/=_-]{24,}|\b\d+\b", b"#", body)
    return answer.status, headers, body


def _without(answer, word):
    """An answer with the id that was asked for taken out (and its length, which is the same for both)."""
    status, headers, body = plain("pair", answer)
    bare = word.split("--")[-1]
    for name in (word, bare):
        body = body.replace(name.encode(), b"{asked}")
        headers = {key: value.replace(name, "{asked}") for key, value in headers.items()}
    return status, headers, body


def difference(one, other):
    """In a few words, how two answers differ."""
    if one is None or other is None:
        return "one of them is not there"
    for name, left, right in zip(("status", "headers", "body"), one, other):
        if left != right:
            return f"{name} {str(left)[:110]} and {str(right)[:110]}"
    return "nothing"


if __name__ == "__main__":
    sys.exit(Probe(Site.load(sys.argv[1])).run())
