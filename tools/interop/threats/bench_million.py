"""Pages and single objects of a collection of a million, over one connection. `bench_million.py OURS.json`

Fills the collection `exchange`, walks all of it in pages of 1,000 by `next`, and asks for objects from all over it, by
`match[id]` and by their own address. Prints the median and the slowest; only a wrong count or answer fails. The time is a
client's: from the request until the whole body is there. THREATS_MILLION sets another number of objects.
"""

import http.client
import json
import os
import random
import sys
import time

from made import Maker
from wire import MEDIA, Site

BATCH, PAGE, SINGLE = 5_000, 1_000, 500


class Line:
    """One connection that stays open."""

    def __init__(self, site, member):
        self.connection = http.client.HTTPConnection(site.host, site.port, timeout=120)
        self.headers = {"Accept": MEDIA, "Authorization": site.basic(member)}

    def ask(self, method, path, body=None):
        headers = self.headers | ({"Content-Type": MEDIA} if body else {})
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        found = answer.read()
        took = time.perf_counter() - began
        assert answer.status in (200, 202), (path, answer.status, found[:300])
        return took, found


def fill(line, path, count):
    """Adds `count` objects; returns the ids of every 97th and the seconds that the server took."""
    make, kept, spent = Maker(7), [], 0.0
    for at in range(0, count, BATCH):
        objects = [make.indicator(at + one) for one in range(min(BATCH, count - at))]
        kept += [one["id"] for one in objects[:: 97]]
        took, found = line.ask("POST", f"{path}objects/", json.dumps({"objects": objects}).encode())
        status = json.loads(found)
        assert status["success_count"] == len(objects), status
        spent += took
        if at % 100_000 == 0:
            print(f"  {at:>9,} objects are in it", file=sys.stderr, flush=True)
    return kept, spent


def walk(line, path):
    """Seconds per page, and how many objects came."""
    times, seen, onward = [], 0, ""
    while True:
        took, found = line.ask("GET", f"{path}objects/?limit={PAGE}{onward}")
        page = json.loads(found)
        times.append(took)
        seen += len(page.get("objects", []))
        if not page.get("more"):
            return times, seen
        onward = f"&next={page['next']}"


def row(what, times, target):
    times = sorted(times)
    middle, worst = 1000 * times[len(times) // 2], 1000 * times[-1]
    late = 1000 * times[int(len(times) * 0.99)]
    verdict = "met" if late < target else "MISSED"
    print(f"{what:44} {middle:8.2f} {late:8.2f} {worst:8.2f}   < {target} ms: {verdict}", flush=True)


def main(ours):
    site = Site.load(ours)
    count = int(os.environ.get("THREATS_MILLION", 1_000_000))
    path = site.path("exchange")
    line = Line(site, next(member for member in site.members if site.find(member, True, True)))
    kept, spent = fill(line, path, count)
    print(f"{count:,} objects added in batches of {BATCH:,}: {spent:.1f} s, {count / spent:,.0f}/s")
    print(f"{'milliseconds':44} {'median':>8} {'p99':>8} {'slowest':>8}   target")
    times, seen = walk(line, path)
    assert seen == count, f"{seen:,} of {count:,} came back"
    third = len(times) // 3 or 1
    row("a page of 1,000, first third", times[:third], 50)
    row("a page of 1,000, last third", times[-third:], 50)
    draw = random.Random(3)
    wanted = [draw.choice(kept) for _ in range(SINGLE)]
    for what, address in (("match[id]", "objects/?match[id]={}"), ("one object", "objects/{}/")):
        times = []
        for one in wanted:
            took, found = line.ask("GET", path + address.format(one))
            assert [item["id"] for item in json.loads(found)["objects"]] == [one]
            times.append(took)
        row(what, times, 5)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
