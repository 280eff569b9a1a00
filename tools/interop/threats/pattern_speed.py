"""How fast OASIS's stix2-matcher 3.0.0 (PyPI) reads and evaluates the patterns of `pattern_speed`.

`pattern_speed` is an example of scr-patterns, which makes the same indicators and objects by the same formula:

    cargo run --release -p scr-patterns --example pattern_speed

One evaluation is one pattern against one observation. The package has no index: it is given the first indicators alone.
"""

import sys
import time

from stix2matcher.matcher import Pattern

INDICATORS = 100_000
READ = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
OBJECTS = 10


def domain(n):
    return f"results-{n}.district{n % 97}.example"


def address(n):
    number = n * 7919 % (1 << 24)
    return f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"


def digest(n):
    return f"{n * 0x9E3779B9 + 1:016x}" * 4


def pattern(n):
    kind = n % 20
    if kind <= 7:
        return f"[domain-name:value = '{domain(n)}']"
    if kind <= 11:
        return f"[ipv4-addr:value = '{address(n)}']"
    if kind <= 13:
        return f"[ipv4-addr:value ISSUBSET '{address(n)}/28']"
    if kind <= 16:
        return f"[file:hashes.'SHA-256' = '{digest(n)}']"
    if kind == 17:
        return f"[url:value = 'https://{domain(n)}/login?id={n}']"
    if kind == 18:
        return f"[domain-name:value LIKE '%.vote{n}.example.net']"
    return f"[email-message:subject = 'Ballot {n}' AND email-message:from_ref.value = 'a{n}@{domain(n)}']"


def observed(n):
    shown = n * 31 % INDICATORS if n % 10 == 0 else INDICATORS + n
    made = [
        {"type": "domain-name", "value": domain(shown)},
        {"type": "ipv4-addr", "value": f"192.0.2.{n % 256}"},
        {"type": "file", "name": "a.exe", "hashes": {"SHA-256": digest(shown)}},
        {"type": "url", "value": f"https://{domain(shown)}/"},
    ][n % 4]
    made["id"] = f"{made['type']}--{n}"
    time_seen = "2024-01-01T00:00:00Z"
    return {"type": "bundle", "id": f"bundle--{n}", "objects": [
        {"type": "observed-data", "id": f"observed-data--{n}", "first_observed": time_seen, "last_observed": time_seen,
         "number_observed": 1, "object_refs": [made["id"]]},
        made,
    ]}


def report(what, number, start):
    seconds = time.perf_counter() - start
    print(f"{what:<58} {number / seconds:>16.0f}/s  ({number} in {seconds:.3f} s)")


def main():
    texts = [pattern(n) for n in range(READ)]
    bundles = [observed(n) for n in range(OBJECTS)]
    start = time.perf_counter()
    patterns = [Pattern(text, stix_version="2.1") for text in texts]
    report("patterns read", READ, start)
    start = time.perf_counter()
    hits = sum(bool(one.match([bundle])) for bundle in bundles for one in patterns)
    report("evaluations, one pattern after the other", READ * OBJECTS, start)
    print(f"{hits} hits")


if __name__ == "__main__":
    main()
