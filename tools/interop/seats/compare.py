"""Seats by two programs of other makers and by ours, on many random elections; every difference fails.

Runs `apportion` (an example of scr-tabulation), which reads a JSON document a line. Needs apportionment 1.0 and
votelib 0.4.0. Where a lot would be needed all three must say so.
"""

import json
import random
import subprocess
import sys

import apportionment.methods as apportionment
from votelib.evaluate.core import VotingSystemError
from votelib.evaluate.proportional import HighestAverages, LargestRemainder

SEED = 20261127
CASES = 4000
METHODS = {
    # ours: (apportionment, votelib)
    "dhondt": ("dhondt", lambda: HighestAverages("d_hondt")),
    "saintelague": ("saintelague", lambda: HighestAverages("sainte_lague")),
    "modified": ("modified_saintelague", None),
    "adams": ("adams", None),
    "huntington": ("huntington", None),
    "danish": (None, lambda: HighestAverages("danish")),
    "imperiali": (None, lambda: HighestAverages("imperiali")),
    "hare": ("hamilton", lambda: LargestRemainder("hare")),
    # votelib's Droop quota is the integer after v/(s+1).
    "droop": (None, lambda: LargestRemainder("droop")),
    "hagenbach": (None, lambda: LargestRemainder("hagenbach_bischoff")),
}


def elections():
    draw = random.Random(SEED)
    for number in range(CASES):
        method = draw.choice(sorted(METHODS))
        # A single list has one full quota of Hagenbach-Bischoff more than there are seats.
        lists = draw.randint(2 if method == "hagenbach" else 1, 12)
        # Where votes are hardly more than seats an integer quota leaves seats that votelib gives nobody.
        most = draw.choice([20, 1000, 100_000, 10_000_000] if METHODS[method][0] else [100_000, 10_000_000])
        votes = [draw.randint(1 if most < 10_000 else most // 10, most) for _ in range(lists)]
        yield {"votes": votes, "seats": draw.randint(1, 60), "method": method}


def by_apportionment(name, case):
    try:
        return apportionment.compute(name, case["votes"], case["seats"], fractions=True, tiesallowed=False, verbose=False)
    except apportionment.TiesException:
        return None


def by_votelib(make, case):
    try:
        result = make().evaluate(dict(enumerate(case["votes"])), case["seats"])
    except VotingSystemError:
        return None  # the quota gives more seats than there are
    if any(not isinstance(key, int) for key in result):
        return None  # a tie is a key of its own
    return [result.get(at, 0) for at in range(len(case["votes"]))]


def main(program):
    cases = list(elections())
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    answer = subprocess.run([program], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(answer) == len(cases), f"{len(answer)} answers to {len(cases)} elections"
    compared = dict.fromkeys(["apportionment", "votelib"], 0)
    lots, wrong = 0, 0
    for case, ours in zip(cases, map(json.loads, answer)):
        lots += ours is None
        first, second = METHODS[case["method"]]
        theirs = {}
        if first:
            theirs["apportionment"] = by_apportionment(first, case)
        if second:
            theirs["votelib"] = by_votelib(second, case)
        for peer, found in theirs.items():
            compared[peer] += 1
            if found != ours:
                wrong += 1
                print(f"{peer} differs: {case} theirs {found} ours {ours}", file=sys.stderr)
    print(f"{len(cases)} elections, seed {SEED}: {compared}, {lots} with a lot, {wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
