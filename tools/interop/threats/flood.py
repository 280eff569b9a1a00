"""A member floods the server with envelopes and page walks; another one goes on reading and adding. `flood.py SITE.json`

Whoever floods is told 429 with Retry-After, or served; whoever does not is served, and nothing of it is lost.
THREATS_SECONDS sets how long (10).
"""

import json
import os
import sys
import threading
import time

from made import Maker
from wire import Failures, Site

FLOODERS = 30


def flood(site, member, path, until, seen):
    make = Maker(threading.get_ident())
    body = json.dumps({"objects": [make.indicator(at) for at in range(2_000)]}).encode()
    turn = 0
    while time.monotonic() < until:
        turn += 1
        if turn % 2:
            answer = site.post(path + "objects/", member, body)
        else:
            answer = site.get(path + "objects/?limit=1000", member)
        seen.append((answer.status, answer.headers.get("retry-after")))


def main(file):
    site, table = Site.load(file), Failures("flood")
    until = time.monotonic() + float(os.environ.get("THREATS_SECONDS", 10))
    path, seen = site.path("exchange"), []
    threads = [threading.Thread(target=flood, args=(site, "alpha", path, until, seen)) for _ in range(FLOODERS)]
    for thread in threads:
        thread.start()
    make, added, slowest = Maker(99), [], 0.0
    while time.monotonic() < until:
        one = make.indicator(len(added))
        for ask in (
            lambda: site.post(path + "objects/", "beta", json.dumps({"objects": [one]}).encode()),
            lambda: site.get(f"{path}objects/{one['id']}/", "beta"),
        ):
            began = time.monotonic()
            answer = ask()
            slowest = max(slowest, time.monotonic() - began)
            table.expect(answer.status in (200, 202), f"the other member is not served: {answer.status}")
        added.append(one["id"])
    for thread in threads:
        thread.join()
    statuses = [status for status, _ in seen]
    table.expect(set(statuses) <= {200, 202, 429}, f"whoever floods is served or told to wait: {set(statuses)}")
    table.expect(all(after for status, after in seen if status == 429), "whoever is told to wait is told how long")
    there = {item["id"] for name in added for item in site.get(f"{path}objects/{name}/", "beta").objects()}
    table.equal("what the other member added is there", set(added), there)
    counts = ", ".join(f"{statuses.count(status)} times {status}" for status in sorted(set(statuses)))
    return table.finish(f"({FLOODERS} threads got {counts}; the other member added {len(added)}, slowest answer {slowest:.2f} s)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
