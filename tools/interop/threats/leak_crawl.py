"""Everything that somebody can ask of a site: TAXII with every filter, MISP, the JSON API, the public log, the pages."""

import html
import json
import re
from urllib.parse import urljoin, urlsplit

from conformance import LONG_AGO, query
from wire import MEDIA

PAGES = 400  # at most, for each watcher
FILLED = 300  # paths of the JSON API, for each watcher
LINK = re.compile(r"""(?:href|src|action)\s*=\s*["']([^"']+)["']""")
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S | re.I)
FIELD = re.compile(r"""<input\b[^>]*\bname\s*=\s*["']([^"']+)["'][^>]*>""", re.I)
ALWAYS_NEW = ("/metrics", "/log/", "/health", "/witness/")


class Watcher:
    """A member, or somebody without a login (None), with whatever keys the site gave for them."""

    def __init__(self, site, member):
        self.site, self.member = site, member
        self.facts = site.members.get(member, {}) if member else {}

    @property
    def name(self):
        return self.member or "anonymous"

    def taxii(self, path, method="GET", body=None):
        headers = [("Content-Type", MEDIA)] if body is not None else []
        return self.site.ask(method, path, self.member, headers=headers, body=body)

    def page(self, path):
        cookie = self.facts.get("cookie")
        return self.site.ask("GET", path, accept="text/html,*/*", headers=[("Cookie", cookie)] if cookie else [])

    def api(self, path):
        bearer = self.facts.get("bearer")
        headers = [("Authorization", f"Bearer {bearer}")] if bearer else []
        return self.site.ask("GET", path, accept="application/json", headers=headers)

    def misp(self, path, asked=None):
        key = self.facts.get("misp_key") or (self.site.facts.get("misp_key") if self.member else None)
        headers = [("Authorization", key)] if key else []
        if asked is None:
            return self.site.ask("GET", path, accept="application/json", headers=headers)
        headers.append(("Content-Type", "application/json"))
        return self.site.ask("POST", path, accept="application/json", headers=headers, body=json.dumps(asked).encode())


class Crawl:
    """The answers to one watcher, by what was asked."""

    def __init__(self, watcher):
        self.w, self.got = watcher, {}

    def keep(self, what, answer):
        self.got[what] = answer
        return answer

    def run(self):
        self.taxii()
        self.log()
        self.misp()
        self.api()
        self.pages()
        self.w.site.seen.clear()
        return self.got

    def ask(self, path):
        return self.keep(f"TAXII {path}", self.w.taxii(path))

    def taxii(self):
        site = self.w.site
        self.ask("/taxii2/")
        roots = {site.root, *(one["api_root"] for one in site.collections.values() if "api_root" in one)}
        for root in sorted(roots):
            self.ask(root)
            self.ask(f"{root}collections/")
        for one in site.collections.values():
            self.collection(f"{one.get('api_root', site.root)}collections/{one['id']}/")

    def collection(self, path):
        self.ask(path)
        for below in ("manifest/", "objects/"):
            first = self.ask(path + below)
            if first.status != 200:
                continue
            everything = self.ask(path + below + query(match_version="all"))
            moments = [everything.headers.get(f"x-taxii-date-added-{end}") for end in ("first", "last")]
            for filters in (
                {"match_version": "first"},
                {"match_version": "first,last"},
                {"match_spec_version": "2.0"},
                {"match_spec_version": "2.0,2.1", "match_version": "all"},
                *({"match_type": kind, "match_version": "all"} for kind in TYPES),
                *({"added_after": moment, "match_version": "all"} for moment in [LONG_AGO, *moments] if moment),
            ):
                self.ask(path + below + query(**filters))
            for size in (1, 2, 7):
                self.walk(path + below, {"match_version": "all", "limit": size})
        for item in sorted({one.get("id") for one in self.got[f"TAXII {path}objects/"].objects()}):
            self.ask(f"{path}objects/{item}/{query(match_version='all')}")
            self.ask(f"{path}objects/{item}/versions/")

    def walk(self, path, filters):
        more, cursor = True, None
        for _ in range(200):
            page = self.ask(path + query(**filters, next=cursor)).resource()
            more, cursor = page.get("more"), page.get("next")
            if not more or not cursor:
                return

    def log(self):
        """The public log: checkpoint, every tile of entries, every object that an entry names."""
        point = self.keep("LOG /log/checkpoint", self.w.page("/log/checkpoint"))
        lines = point.body.decode(errors="replace").splitlines()
        if point.status != 200 or len(lines) < 2 or not lines[1].isdigit():
            return
        size, named = int(lines[1]), set()
        for tile in range((size + 255) // 256):
            width = min(256, size - tile * 256)
            name = "".join(f"/x{part:03}" for part in _thousands(tile)[:-1]) + f"/{_thousands(tile)[-1]:03}"
            path = f"/log/tile/entries{name}" + (f".p/{width}" if width < 256 else "")
            body = self.keep(f"LOG {path}", self.w.page(path)).body
            named |= set(re.findall(r"\b[0-9a-f]{64}\b", body.decode(errors="replace")))
        for digest in sorted(named):
            self.keep(f"LOG /objects/{digest}", self.w.page(f"/objects/{digest}"))

    def misp(self):
        manifest = self.keep("MISP /misp/feed/manifest.json", self.w.misp("/misp/feed/manifest.json"))
        self.keep("MISP /misp/feed/hashes.csv", self.w.misp("/misp/feed/hashes.csv"))
        self.keep("MISP /misp/feed/", self.w.misp("/misp/feed/"))
        for event in sorted(manifest.resource()):
            self.keep(f"MISP feed {event}", self.w.misp(f"/misp/feed/{event}.json"))
            self.keep(f"MISP view {event}", self.w.misp(f"/misp/events/view/{event}"))
        for kind in ("events", "attributes"):
            path = f"/misp/{kind}/restSearch"
            for asked in (
                {},
                {"returnFormat": "json", "limit": 2, "page": 1},
                {"timestamp": "3650d"},
                {"value": "%"},
                {"value": "!%.invalid"},
                {"tags": "tlp:%"},
                {"tags": ["tlp:red", "tlp:amber", "tlp:amber+strict"]},
                {"searchall": "zq"},
                {"withAttachments": 1, "includeSightings": 1, "includeEventTags": 1, "includeContext": True},
                {"deleted": [0, 1]},
                {"metadata": True},
                {"returnFormat": "csv"},
                {"returnFormat": "text"},
                {"surprise": 1},
            ):
                self.keep(f"MISP {path} {json.dumps(asked)}", self.w.misp(path, asked))
            self.keep(f"MISP {path} by address", self.w.misp(f"{path}?value=%25&limit=1000"))
        for asked in ({}, {"minimal": True}, {"all": "%"}, {"limit": 1, "page": 2}):
            self.keep(f"MISP /misp/events/index {json.dumps(asked)}", self.w.misp("/misp/events/index", asked))
        for path in ("servers/getVersion", "users/view/me", "attributes/describeTypes.json", "events/index", "tags/index"):
            self.keep(f"MISP /misp/{path}", self.w.misp(f"/misp/{path}"))

    def api(self):
        described = self.keep("API /api/openapi.json", self.w.api("/api/openapi.json")).resource()
        todo = [path for path, acts in described.get("paths", {}).items() if "get" in acts]
        known, done = set(), set()
        # What the lists name fills the holes of the other paths.
        for path in sorted(todo, key=lambda path: path.count("{")):
            holes = re.findall(r"\{[^}]+\}", path)
            if len(holes) > 1:
                continue
            for value in sorted(known) if holes else [""]:
                filled = path.replace(holes[0], value) if holes else path
                if filled in done or len(done) >= FILLED:
                    continue
                done.add(filled)
                answer = self.keep(f"API {filled}", self.w.api(filled))
                if not holes:
                    known |= set(re.findall(r'"(?:id|slug|election|collection)":"([\w.:-]{1,80})"', answer.body.decode(errors="replace")))

    def pages(self):
        todo, seen = ["/"], {"/"}
        while todo and len(seen) <= PAGES:
            path = todo.pop(0)
            answer = self.keep(f"PAGE {path}", self.w.page(path))
            where = answer.headers.get("location")
            text = answer.body.decode(errors="replace") if "html" in answer.media or "xml" in answer.media else ""
            for link in [*LINK.findall(text), *([where] if where else [])]:
                target = urlsplit(urljoin(self.w.site.address + path, html.unescape(link)))
                if target.netloc != urlsplit(self.w.site.address).netloc:
                    continue
                found = target.path + (f"?{target.query}" if target.query else "")
                if found not in seen and not re.search(r"log-?out|sign-?out", found):
                    seen.add(found)
                    todo.append(found)

    def searches(self):
        """(path, name of the field) of every form that asks without changing anything."""
        found = set()
        for what, answer in self.got.items():
            if what.startswith("PAGE ") and "html" in answer.media:
                for head, inside in FORM.findall(answer.body.decode(errors="replace")):
                    if re.search(r"""method\s*=\s*["']?post""", head, re.I):
                        continue
                    action = re.search(r"""action\s*=\s*["']([^"']*)["']""", head)
                    path = urlsplit(urljoin(self.w.site.address + what[5:], action.group(1) if action else "")).path
                    found |= {(path, field) for field in FIELD.findall(inside)}
        return sorted(found)


TYPES = [
    "indicator",
    "malware",
    "identity",
    "report",
    "relationship",
    "sighting",
    "domain-name",
    "marking-definition",
    "x-polling-station-report",
]


def _thousands(number):
    """A tile's number in groups of three digits, as C2SP tlog-tiles writes it."""
    parts = [number % 1000]
    while number >= 1000:
        number //= 1000
        parts.insert(0, number % 1000)
    return parts


def always_new(what):
    return what.split(" ", 1)[1].startswith(ALWAYS_NEW)
