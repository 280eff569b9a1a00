"""A walk over pages goes on after the server was killed: the same `next`, nothing lost, nothing twice.

`kill_walk.py COMMAND...` starts `COMMAND --data DIR --port N`, kills it with SIGKILL in the middle of a walk, right after
an addition was accepted, and while a writer writes; and starts it anew each time on the same folder and port.
"""

import socket
import sys
import tempfile
import threading
import time

from conformance import query
from made import Maker
from wire import Failures, Running

PAGE = 40
ROUNDS = 3  # of killing under a writer


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Examination:
    def __init__(self, command, folder):
        self.command = [*command, "--data", folder, "--port", str(free_port())]
        self.f, self.make = Failures("killed in a walk"), Maker(20270504)
        self.start()

    def start(self):
        self.server = Running(self.command)
        self.site = self.server.site
        self.me = next(member for member in self.site.members if self.site.find(member, True, True))

    def again(self):
        """Killed, and started anew; the members and collections must be the same."""
        before = self.site.facts
        self.server.kill()
        self.start()
        for name in ("members", "collections", "api_root", "address"):
            self.f.equal(f"{name} after a new start", before[name], self.site.facts[name])

    def get(self, below, **filters):
        return self.site.get(self.site.path("exchange", below) + query(**filters), self.me)

    def add(self, count, kind="custom"):
        items = [getattr(self.make, kind)(at) for at in range(count)]
        answer = self.site.add("exchange", self.me, *items)
        if answer.status != 202:
            raise AssertionError(f"{answer.status} {answer.body[:200]}")
        return [item["id"] for item in items], answer.resource()

    def records(self):
        found, after = [], None
        while True:
            page = self.get("manifest/", match_version="all", added_after=after)
            found += page.objects()
            if not page.resource().get("more"):
                return found
            after = page.headers["x-taxii-date-added-last"]

    def in_the_middle(self, count):
        f, expected = self.f, []
        kind = {"match_type": "x-polling-station-report", "limit": PAGE}
        for _ in range(0, count, 50):
            expected += self.add(50)[0]
        before = self.records()
        got, more, pages = [], True, 0
        cursor = {}
        while more:
            answer = self.get("objects/", **kind, **cursor)
            if not f.equal(f"page {pages + 1} after {pages and 'a cursor' or 'nothing'}", 200, answer.status):
                return
            page = answer.resource()
            got += answer.ids()
            more, cursor = page.get("more", False), {"next": page.get("next")}
            pages += 1
            if pages == 3:
                # Accepted, and the next moment the server is gone.
                ids, status = self.add(7)
                expected += ids
                self.again()
                kept = self.site.get(f"{self.site.root}status/{status['id']}/", self.me)
                f.equal("the status of what was accepted at the last moment", (200, status), (kept.status, kept.resource()))
                records = self.records()
                f.equal("the manifest of before", before, records[: len(before)])
                f.equal("what was accepted at the last moment", ids, [one["id"] for one in records[len(before) :]])
                self.add(1, "malware")
                last = self.records()[-2:]
                f.expect(len(last) == 2 and last[0]["date_added"] < last[1]["date_added"], "dates go on after a new start")
        f.equal("objects of the walk", len(expected), len(got))
        f.equal("the walk, in order", expected, got)

    def under_a_writer(self, number):
        accepted, stop = [], threading.Event()

        def write():
            while not stop.is_set():
                try:
                    accepted.extend(self.add(5)[0])
                except (OSError, AssertionError, ValueError):
                    return  # killed

        writer = threading.Thread(target=write)
        writer.start()
        time.sleep(0.3 + 0.37 * number)
        self.server.kill()
        stop.set()
        writer.join()
        self.start()
        there = {one["id"] for one in self.records()}
        lost = [one for one in accepted if one not in there]
        self.f.expect(accepted, "the writer wrote nothing")
        self.f.expect(not lost, f"{len(lost)} of {len(accepted)} accepted objects are gone after a kill")
        dates = [one["date_added"] for one in self.records()]
        self.f.expect(dates == sorted(set(dates)), "every date is later than the one before")


def main(command):
    with tempfile.TemporaryDirectory() as folder:
        one = Examination(command, folder)
        peer = one.site.is_peer
        try:
            one.in_the_middle(200 if peer else 1000)
            for number in range(1 if peer else ROUNDS):
                one.under_a_writer(number)
            one.server.stop()
        finally:
            one.server.kill()
        return one.f.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
