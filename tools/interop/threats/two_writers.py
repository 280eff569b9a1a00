"""Two writers and a poller on `added_after` at once: nothing lost, nothing twice, every date later than the one before.

`two_writers.py SITE.json [SECONDS]`, else THREATS_SECONDS, else 10.
"""

import os
import random
import sys
import threading
import time

from conformance import query
from made import Maker, version_of
from wire import Failures, Site


class Writer(threading.Thread):
    """Adds batches of one to twenty until it is told to stop; keeps what the server said it took."""

    def __init__(self, site, member, seed, stop):
        super().__init__()
        self.site, self.member, self.stop = site, member, stop
        self.make, self.taken, self.wrong = Maker(seed), [], []

    def run(self):
        at = 0
        while not self.stop.is_set() and not self.wrong:
            items = [self.item(at + step) for step in range(self.make.draw.randint(1, 20))]
            at += len(items)
            try:
                answer = self.site.add("exchange", self.member, *items)
                status = answer.resource()
                for _ in range(200):
                    if status.get("status") != "pending":
                        break
                    time.sleep(0.05)
                    status = self.site.get(f"{self.site.root}status/{status['id']}/", self.member).resource()
                if (answer.status, status.get("success_count")) != (202, len(items)):
                    self.wrong.append(f"{answer.status} {answer.body[:200]}")
                self.taken += [(item["id"], version_of(item)) for item in items]
                if self.site.is_peer:
                    time.sleep(0.3)  # it reads in quadratic time
            except OSError as gone:
                self.wrong.append(str(gone))
            self.site.seen.clear()

    def item(self, at):
        kind = self.make.draw.randrange(3)
        return (self.make.indicator, self.make.malware, self.make.custom)[kind](at)


class Poller:
    """Reads on from the last date it saw, as OS 3.5 and every feed reader do; in pages that end anywhere in a batch."""

    def __init__(self, site, member, below):
        self.site, self.member, self.below, self.draw = site, member, below, random.Random(below)
        self.after, self.got, self.dates, self.polls = None, [], [], 0

    def poll(self):
        """One page; whether there was anything."""
        text = query(added_after=self.after, match_version="all", limit=self.draw.randint(1, 60))
        answer = self.site.get(self.site.path("exchange", self.below) + text, self.member)
        assert answer.status == 200, f"{answer.status} {answer.body[:200]}"
        found = answer.objects()
        self.polls += 1
        if found:
            self.after = answer.headers["x-taxii-date-added-last"]
            self.got += [(one["id"], one.get("version") or version_of(one)) for one in found]
            self.dates += [one["date_added"] for one in found if "date_added" in one]
        self.site.seen.clear()
        return bool(found)


def main(path, seconds=None):
    site = Site.load(path)
    seconds = float(seconds or os.environ.get("THREATS_SECONDS", 10))
    able = site.collections["exchange"]
    members = [name for name in site.members if name in able["can_read"] and name in able["can_write"]]
    f = Failures("two writers")
    stop = threading.Event()
    writers = [Writer(Site(site.facts), members[at % len(members)], 900 + at, stop) for at in range(2)]
    # What was there before is not waited for.
    pollers = [Poller(Site(site.facts), members[0], below) for below in ("objects/", "manifest/")]
    for poller in pollers:
        while poller.poll():
            pass
        poller.got, poller.dates, poller.polls = [], [], 0
    for writer in writers:
        writer.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end and not any(writer.wrong for writer in writers):
        if not any([poller.poll() for poller in pollers]):
            time.sleep(0.01)
    stop.set()
    for writer in writers:
        writer.join()
    for poller in pollers:
        while poller.poll():
            pass
    taken = [one for writer in writers for one in writer.taken]
    for writer in writers:
        f.equal(f"refusals of {writer.member}", [], writer.wrong)
    f.expect(len(taken) > 20, f"only {len(taken)} objects were added")
    for poller in pollers:
        lost, strange = set(taken) - set(poller.got), set(poller.got) - set(taken)
        f.expect(not lost, f"{poller.below}: {len(lost)} of {len(taken)} are lost to the poller, such as {sorted(lost)[:2]}")
        f.expect(not strange, f"{poller.below}: {len(strange)} that nobody added")
        twice = len(poller.got) - len(set(poller.got))
        f.expect(twice == 0, f"{poller.below}: {twice} came twice")
        stuck = sum(later <= earlier for earlier, later in zip(poller.dates, poller.dates[1:]))
        f.expect(stuck == 0, f"{poller.below}: {stuck} of {len(poller.dates)} dates are not later than the one before")
    return f.finish(f"({len(taken)} objects, {sum(poller.polls for poller in pollers)} polls)")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
