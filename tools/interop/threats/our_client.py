"""Our own client reads a collection of another server. `our_client.py SITE.json PROGRAM`

`scrutineer taxii get` walks through everything that was added, page by page, and must bring every object with the bytes
that the server sends; the second time, from where the first one ended, what is new and nothing else.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from made import Maker
from raw_objects import split
from wire import Failures, Site

COUNT, LATER, TOGETHER = 1_207, 23, 100


class Client:
    def __init__(self, site, member, program, folder):
        self.site, self.member, self.program, self.folder = site, member, program, folder
        self.secret = folder / "secret"
        self.secret.write_text(site.members[member]["password"] + "\n")
        self.runs = 0

    def get(self, *more):
        """What the client says, and the objects that it wrote."""
        self.runs += 1
        out = self.folder / f"{self.runs}.json"
        command = [self.program, "--json", "taxii", "get", self.site.address + self.site.path("exchange")]
        command += ["--user", self.site.members[self.member]["user"], "--secret-file", self.secret, "--out", out, *more]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if ended.returncode != 0:
            raise SystemExit(f"FAIL our client: {ended.stdout}{ended.stderr}")
        return json.loads(ended.stdout), split(out.read_bytes())


def sent(site, member):
    """Everything that the server has, in the bytes in which it sends it."""
    found, path = [], site.path("exchange", "objects/?match[version]=all&limit=100")
    more = ""
    while True:
        answer = site.get(path + more, member)
        found += split(answer.body)
        page = answer.json()
        if not page.get("more"):
            return found
        more = f"&next={page['next']}"


def main(path, program):
    site, f = Site.load(path), Failures("our client")
    make, member = Maker(20261128), next(iter(site.members))
    items = [make.indicator(at) if at % 3 else make.malware(at) for at in range(COUNT + LATER)]
    # One object with two versions: both are to come.
    items.insert(7, {**items[5], "modified": make.moment(5_000)})
    first, later = items[:-LATER], items[-LATER:]
    for at in range(0, len(first), TOGETHER):
        answer = site.add("exchange", member, *first[at : at + TOGETHER])
        f.equal("added", 202, answer.status)
    with tempfile.TemporaryDirectory() as folder:
        client = Client(site, member, program, Path(folder))
        said, got = client.get()
        expected = sent(site, member)
        f.equal("how many there are", len(first), len(expected))
        f.equal("how many came", len(expected), len(got))
        f.expect(sorted(got) == sorted(expected), "every object comes byte for byte, and once")
        f.equal("how many it says", len(expected), said["objects"])
        f.expect(said["added_after"], "it says from where to go on")
        site.add("exchange", member, *later)
        again, new = client.get("--added-after", said["added_after"])
        f.equal("what is new", sorted(set(sent(site, member)) - set(expected)), sorted(new))
        f.equal("how many are new", LATER, again["objects"])
        _, nothing = client.get("--added-after", again["added_after"])
        f.equal("nothing is new", [], nothing)
    return f.finish(f"{len(expected)} objects, then {LATER}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
