"""How long adding and reading take, on this server and on medallion in the same run. `bench.py OURS.json PEER.json`

10,000 objects in batches of 500 and of 1,000, read back in pages of 1,000 by taxii2-client; of the peer 3,000, because
its reading is quadratic. Prints figures; only a wrong count fails.
"""

import os
import sys
import time

from taxii2client.v21 import Collection, as_pages

from made import Maker
from wire import Site


def collection(site, name):
    me = next(member for member in site.members if site.find(member, True, True))
    who = site.members[me]
    return Collection(site.address + site.path(name), user=who["user"], password=who["password"])


def add(there, count, batch, seed):
    make = Maker(seed)
    envelopes = [{"objects": [make.indicator(at) for at in range(batch)]} for _ in range(count // batch)]
    began = time.perf_counter()
    for envelope in envelopes:
        status = there.add_objects(envelope)
        assert status.success_count == batch, status._raw
    return time.perf_counter() - began, envelopes[0]["objects"][0]["id"]


def timed(call):
    began = time.perf_counter()
    found = call()
    return time.perf_counter() - began, found


def measure(site, count):
    there = collection(site, "exchange")
    yield f"add {count} in batches of 500", *_rate(count, add(there, count, 500, 1)[0])
    other = collection(site, "empty")
    took, one = add(other, count, 1000, 2)
    yield f"add {count} in batches of 1,000", *_rate(count, took)
    took, found = timed(lambda: sum(len(page.get("objects", [])) for page in as_pages(there.get_objects, per_request=1000)))
    assert found == count, f"{found} of {count} came back"
    yield f"read {count} in pages of 1,000", *_rate(count, took)
    took, found = timed(lambda: sum(len(page.get("objects", [])) for page in as_pages(there.get_manifest, per_request=1000)))
    assert found == count, f"{found} of {count} came back"
    yield f"manifest of {count} in pages of 1,000", *_rate(count, took)
    times = 1 if site.is_peer else 20
    for what, call in (
        ("get one object", lambda: other.get_object(one)),
        ("match[id]", lambda: other.get_objects(id=one)),
        ("match[type], limit 1", lambda: there.get_objects(type="indicator", limit=1)),
    ):
        took, _ = timed(lambda call=call: [call() for _ in range(times)])
        yield what, took / times, ""


def _rate(count, took):
    return took, f"{count / took:,.0f}/s"


def main(ours, peer):
    count, fewer = int(os.environ.get("THREATS_OBJECTS", 10_000)), int(os.environ.get("THREATS_PEER_OBJECTS", 3_000))
    print(f"{'':44} {'seconds':>10} {'rate':>12}")
    for site in (Site.load(ours), Site.load(peer)):
        name, many = ("medallion 3.0.0", fewer) if site.is_peer else ("ours", count)
        for what, took, rate in measure(site, many):
            print(f"{name:16} {what:38} {took:9.4f} {rate:>12}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
