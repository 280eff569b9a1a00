"""STIX patterns by OASIS's tools and by ours: every difference that is not named here fails.

Needs stix2-patterns 2.1.2 and stix2-matcher 3.0.0 (PyPI), and `match_lines`, an example of scr-patterns.

1. What stix2-patterns says of each line of `tests/invalid_patterns.jsonl` must be what its column `peer` says.
2. Random patterns against random observations: stix2-matcher and ours, which reads as the tools do, must agree.

Left out, because stix2-matcher goes wrong there and not because we differ (sections of STIX 2.1):

- EXISTS, which it does not evaluate (9.6.1).
- NOT before <, <=, >, >= on a property of another type: false, where the comparison is to be negated (9.6.1).
- IN and binary properties or constants: bytes are never equal to a string (9.2).
- ISSUBSET and ISSUPERSET of IPv6, which it cannot read, of prefixes of length 0, which it refuses, and ISSUPERSET of a
  property that is one address without a prefix.
- Paths that end at a reference: it compares the object that the reference leads to.
- [n] on lists of references of which some lead nowhere: it counts those alone that lead somewhere (9.7.2).
"""

import json
import random
import subprocess
import sys
from pathlib import Path

from stix2matcher.matcher import MatcherException, Pattern
from stix2patterns.exceptions import ParseException
from stix2patterns.validator import run_validator

SEED = 20261127
CASES = 20_000


def check_invalid(file):
    differences = 0
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        try:
            said = "refuses" if run_validator(line["pattern"], "2.1") else "accepts"
        except Exception:  # noqa: BLE001: that it crashes is what is noted
            said = "crashes"
        if said != line["peer"]:
            differences += 1
            print(f"{line['pattern']!r}: stix2-patterns {said}, the table says {line['peer']}")
    print(f"{len(lines)} invalid patterns, {differences} differ from the table")
    return differences


def moment(draw):
    return f"2024-03-01T12:00:{draw.randint(0, 20):02}{draw.choice(['', '', '.5', '.25'])}Z"


def observations(draw):
    bundles, number = [], 0
    for _ in range(draw.randint(1, 6)):
        objects = []
        for _ in range(draw.randint(1, 3)):
            number += 1
            one = {"type": draw.choice(["x-a", "x-a", "x-b"]), "id": f"x--{number}"}
            one["name"] = draw.choice(["alice", "bob", "carol", "ălice", "é"])
            one["n"] = draw.choice([0, 1, 2, 2.0, 2.5, -1, 10])
            if draw.random() < 0.5:
                one["flag"] = draw.choice([True, False])
            if draw.random() < 0.5:
                one["list"] = [draw.choice(["p", "q", 1, 2]) for _ in range(draw.randint(0, 3))]
            if draw.random() < 0.5:
                one["deep"] = {"k": [{"v": draw.randint(0, 3)} for _ in range(draw.randint(0, 2))], "h-y": "z"}
            if draw.random() < 0.4:
                one["code_hex"] = draw.choice(["616c696365", "00ff", ""])
            if draw.random() < 0.4:
                one["code_bin"] = draw.choice(["YWxpY2U=", "AP8="])
            if draw.random() < 0.5:
                one["at"] = moment(draw)
            if draw.random() < 0.5:
                one["ip"] = draw.choice(["10.0.0.1", "10.0.1.0/24", "192.168.1.7"])
                one["net"] = draw.choice(["10.0.0.0/8", "10.0.1.0/24", "192.168.1.7/32"])
            objects.append(one)
        ids = [one["id"] for one in objects] + ["x--none"]
        for one in objects:
            if draw.random() < 0.4:
                one["peer_ref"] = draw.choice(ids)
            if draw.random() < 0.4:
                one["peer_refs"] = [draw.choice(ids) for _ in range(draw.randint(0, 3))]
        first, last = sorted([moment(draw), moment(draw)], key=lambda text: float(text[17:-1]))
        if draw.random() < 0.5:
            last = first
        bundles.append({"type": "bundle", "id": f"bundle--{number}", "objects": [
            {"type": "observed-data", "id": f"observed-data--{number}", "first_observed": first, "last_observed": last,
             "number_observed": draw.choice([1, 1, 1, 2, 3]), "object_refs": [one["id"] for one in objects]},
            *objects,
        ]})
    return bundles


def test(draw, kind):
    paths = {
        "name": lambda: text_test(draw), "peer_ref.name": lambda: text_test(draw),
        "peer_refs[*].name": lambda: text_test(draw), "peer_ref.peer_ref.n": lambda: number_test(draw),
        "n": lambda: number_test(draw), "deep.k[*].v": lambda: number_test(draw), "deep.k[0].v": lambda: number_test(draw),
        "deep.'h-y'": lambda: text_test(draw), "list[*]": lambda: mixed_test(draw), "list[1]": lambda: mixed_test(draw),
        "list": lambda: mixed_test(draw), "flag": lambda: flag_test(draw),
        "code_hex": lambda: binary_test(draw), "code_bin": lambda: binary_test(draw),
        "at": lambda: time_test(draw), "ip": lambda: network_test(draw, "ISSUBSET"),
        "net": lambda: network_test(draw, "ISSUPERSET"), "missing": lambda: mixed_test(draw),
    }
    path = draw.choice(sorted(paths))
    return f"{kind}:{path} {paths[path]()}"


def text_test(draw):
    word = draw.choice(["alice", "bob", "carol", "ălice", "é", "z", "b"])
    operator = draw.choice(["=", "!=", "<", ">", "<=", ">=", "NOT =", "NOT !=", "NOT <", "LIKE", "NOT LIKE", "MATCHES",
                            "NOT MATCHES", "IN", "NOT IN"])
    if "LIKE" in operator:
        return f"{operator} '{draw.choice(['a%', '%b%', '_ob', '%', '___', word, 'c_r%l'])}'"
    if "MATCHES" in operator:
        return f"{operator} '{draw.choice(['^a', 'l+', 'o[bc]$', '.', '^...$', '(?i)ALICE', 'a|b', word])}'"
    if "IN" in operator:
        return f"{operator} ('{word}', 'bob')"
    if draw.random() < 0.1 and "NOT <" not in operator:
        return f"{operator} h'616c696365'"
    return f"{operator} '{word}'"


def number_test(draw):
    number = draw.choice(["0", "1", "2", "2.0", "2.5", "-1", "-0.5", "10"])
    operator = draw.choice(["=", "!=", "<", ">", "<=", ">=", "NOT =", "NOT !=", "NOT <", "NOT >=", "IN", "NOT IN"])
    return f"{operator} ({number}, 1)" if "IN" in operator else f"{operator} {number}"


def mixed_test(draw):
    operator = draw.choice(["=", "!=", "NOT =", "<", ">"])
    return f"{operator} {draw.choice(['1', '2', chr(39) + 'p' + chr(39), chr(39) + 'q' + chr(39)])}"


def flag_test(draw):
    return f"{draw.choice(['=', '!=', 'NOT ='])} {draw.choice(['true', 'false', '1'])}"


def binary_test(draw):
    constant = draw.choice(["h'616c696365'", "b'YWxpY2U='", "'alice'", "'ălice'", "h'00ff'", "''"])
    operator = draw.choice(["=", "!=", "NOT =", "<", ">", "<=", ">="])
    return f"{operator} {constant}"


def time_test(draw):
    operator = draw.choice(["=", "!=", "<", ">", "<=", ">=", "NOT <"])
    return f"{operator} t'{moment(draw)}'"


def network_test(draw, operator):
    network = draw.choice(["10.0.0.0/8", "10.0.1.0/24", "10.0.1.5/32", "192.168.1.0/28"])
    return f"{draw.choice(['', 'NOT '])}{operator} '{network}'"


def comparison(draw, kind, depth=2):
    if depth == 0 or draw.random() < 0.5:
        return test(draw, kind)
    parts = [comparison(draw, kind, depth - 1) for _ in range(draw.randint(2, 3))]
    joined = f" {draw.choice(['AND', 'OR'])} ".join(parts)
    return f"({joined})" if draw.random() < 0.5 else joined


def observed(draw, depth=2):
    if depth == 0 or draw.random() < 0.35:
        expression = f"[{comparison(draw, draw.choice(['x-a', 'x-a', 'x-b']))}]"
    else:
        parts = [observed(draw, depth - 1) for _ in range(draw.randint(2, 3))]
        operators = [draw.choice(["AND", "OR", "FOLLOWEDBY"]) for _ in parts[1:]]
        expression = parts[0] + "".join(f" {operator} {part}" for operator, part in zip(operators, parts[1:]))
        if draw.random() < 0.6:
            expression = f"({expression})"
    if draw.random() < 0.35:
        qualifiers = [f"WITHIN {draw.choice(['1', '2.5', '5', '.25'])} SECONDS", f"REPEATS {draw.randint(1, 3)} TIMES",
                      f"START t'{moment(draw)}' STOP t'{moment(draw)}'"]
        expression += " " + " ".join(draw.sample(qualifiers, draw.choice([1, 1, 2])))
    return expression


def theirs(case):
    try:
        return "match" if Pattern(case["pattern"], stix_version="2.1").match(case["bundles"]) else "nomatch"
    except (MatcherException, ParseException) as error:
        return f"error {error}"


def check_random(program):
    draw = random.Random(SEED)
    cases = [{"pattern": observed(draw), "bundles": observations(draw)} for _ in range(CASES)]
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    run = subprocess.run([program, "tools"], input=lines, capture_output=True, text=True, check=True)
    differences, counts = 0, {}
    for case, ours in zip(cases, run.stdout.splitlines(), strict=True):
        said = theirs(case)
        counts[said.split()[0]] = counts.get(said.split()[0], 0) + 1
        if said.split()[0] != ours.split()[0]:
            differences += 1
            if differences <= 5:
                print(f"{case['pattern']}\n  theirs {said}, ours {ours}\n  {json.dumps(case['bundles'])}")
    print(f"{CASES} random patterns against random observations, {differences} differ; stix2-matcher: {counts}")
    return differences


def main():
    here = Path(__file__).resolve()
    table = here.parents[3] / "crates/domain/patterns/tests/invalid_patterns.jsonl"
    found = check_invalid(table) + check_random(sys.argv[1])
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
