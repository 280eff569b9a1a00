"""Checks with an expected and a found value, their table, and the known differences of a peer."""

import inspect
import sys
import tomllib
import traceback
from pathlib import Path


class OneOf:
    """Equal to any of several values."""

    def __init__(self, *values):
        self.values = values

    def __eq__(self, other):
        return any(value == other for value in self.values)

    def __repr__(self):
        return " or ".join(repr(value) for value in self.values)


class Where:
    """Equal to whatever a question about it answers with yes."""

    def __init__(self, words, asks):
        self.words, self.asks = words, asks

    def __eq__(self, other):
        return bool(self.asks(other))

    def __repr__(self):
        return self.words


class NotHere(Exception):
    """The server under examination has nothing to check this with; the message says what."""


CHECKS = []


def check(name, clause, rows=()):
    """Marks a function that takes the world and returns (expected, got).

    `clause` says where the demand stands: "OS" is TAXII 2.1 (OASIS Standard, 10 June 2021), "interop" its
    interoperability test document, "ours" a decision of this project. `rows` are the interop document's numbers.
    A generator yields (part of the name, expected, got) for several rows of the table.
    """

    def keep(function):
        CHECKS.append((name, clause, tuple(rows), function))
        return function

    return keep


class Row:
    def __init__(self, name, clause, expected, got, state):
        self.name, self.clause, self.expected, self.got, self.state = name, clause, expected, got, state


def run(world):
    """Runs every registered check in the order of registration; a check that raises has failed with what it raised."""
    rows, covered = [], {}
    for name, clause, numbers, function in CHECKS:
        before = len(rows)
        try:
            if inspect.isgeneratorfunction(function):
                for part, expected, got in function(world):
                    rows.append(judged(f"{name}.{part}", clause, expected, got))
            else:
                rows.append(judged(name, clause, *function(world)))
        except NotHere as why:
            rows.append(Row(name, clause, "", str(why), "not here"))
        except Exception as wrong:  # a server's answer may break anything; the table says where
            at = traceback.extract_tb(wrong.__traceback__)[-1]
            rows.append(Row(name, clause, "", f"{type(wrong).__name__}: {wrong} ({Path(at.filename).name}:{at.lineno})", "FAIL"))
        for number in numbers:
            covered.setdefault(number, []).extend(rows[before:])
    return rows, covered


def judged(name, clause, expected, got):
    return Row(name, clause, expected, got, "ok" if expected == got else "FAIL")


def short(value, width):
    text = value if isinstance(value, str) else repr(value)
    text = text.replace("\n", " ")
    return text if len(text) <= width else text[: width - 1] + "…"


def show(rows, only_bad=False):
    print(f"{'check':44} {'clause':18} {'expected':34} {'got':34} state")
    for row in rows:
        if not only_bad or row.state != "ok":
            print(f"{row.name:44} {short(row.clause, 18):18} {short(row.expected, 34):34} {short(row.got, 34):34} {row.state}")


def known_differences(path):
    """{id: reason} of a peer; a trailing `*` in an id stands for any end."""
    with open(path, "rb") as file:
        return {one["id"]: one["reason"] for one in tomllib.load(file)["difference"]}


def matching(known, name):
    for key in known:
        if key == name or (key.endswith("*") and name.startswith(key[:-1])):
            return key
    return None


def verdict(rows, known):
    """Names of failures that nobody knew of, and of known differences that did not show."""
    met, unknown = set(), []
    for row in rows:
        key = matching(known, row.name)
        if row.state == "FAIL":
            if key is None:
                unknown.append(row)
            else:
                met.add(key)
                row.state = "known"
    return unknown, sorted(set(known) - met)


def finish(name, rows, known):
    """Prints the table and the sum; 1 where something failed that was not known, or a known difference is gone."""
    unknown, gone = verdict(rows, known)
    show(rows)
    for row in unknown:
        print(f"FAIL {name} {row.name} [{row.clause}]: expected {row.expected!r}, got {row.got!r}"[:700], file=sys.stderr)
    for key in gone:
        print(f"FAIL {name} {key}: listed as a difference, but there is none", file=sys.stderr)
    count = {state: sum(row.state == state for row in rows) for state in ("ok", "known", "FAIL", "not here")}
    print(
        f"{name}: {len(rows)} checks, {count['ok']} ok, {count['known']} known differences, "
        f"{count['FAIL']} failed, {count['not here']} with nothing to check them with"
    )
    return 1 if unknown or gone else 0
