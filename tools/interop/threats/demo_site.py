"""The demonstration as a site: the program itself, with its pages, its log and its exchange.

`demo_site.py PROGRAM [--data DIR] [--port N]` prints the site's JSON line and serves until standard input closes.
"""

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

READY_AFTER = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def facts(address, data):
    known = json.loads((data / "demo-exchange.json").read_text())
    members = {name: {**one, "community": "lindenland"} for name, one in known["members"].items()}
    members["tally-works"] = {**known["outsider"], "community": "none"}
    for one in members.values():
        one["bearer"] = one["misp_key"] = one["password"]
    collections = {name: {**one, "public": name == "public"} for name, one in known["collections"].items()}
    # Scripts look for the collection where members meet under this name.
    collections["exchange"] = collections.pop("indicators")
    return {
        "server": "scrutineer", "program": True, "address": address, "api_root": known["api_root"], "max_page_size": 1000,
        "members": members, "collections": collections,
    }


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("program")
    asked.add_argument("--data")
    asked.add_argument("--port", type=int, default=0)
    asked = asked.parse_args()
    with tempfile.TemporaryDirectory() as throw_away:
        data = Path(asked.data or throw_away) / "demo"
        address = f"http://127.0.0.1:{asked.port or free_port()}"
        command = [asked.program, "demo", "--listen", address.removeprefix("http://"), "--data", str(data)]
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(READY_AFTER * 5):
                try:
                    urllib.request.urlopen(address + "/health/ready", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.2)
            print(json.dumps(facts(address, data)), flush=True)
            sys.stdin.read()
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
