"""Seats by two programs of other makers and by ours, on many random elections; every difference fails.

Runs `apportion` (an example of scr-tabulation), which reads a JSON document a line. Needs apportionment 1.0 and
votelib 0.4.0. Where a lot would be needed all three must say so.

Left out, because the peers go wrong there and not because we differ:

- apportionment compares Huntington-Hill and modified Sainte-Laguë in floating point and does not see that averages are
  equal: where ours needs a lot there, the averages are compared here as fractions instead.
- apportionment counts lists without votes among those that get a first seat: lists below the threshold are taken out.
- votelib gives a list with more full quotas than there are seats hardly any: such elections are not compared.
- votelib leaves seats to nobody where an integer quota is larger than the votes of a seat (few votes), and cannot take
  seats back from lists that are equal; those elections have many votes, or are left out.
- votelib's largest remainders pass nothing on when a list runs out of candidates: candidates are compared for
  highest averages.
"""

import json
import random
import subprocess
import sys
from fractions import Fraction

import apportionment.methods as apportionment
from votelib.evaluate.core import VotingSystemError
from votelib.evaluate.proportional import HighestAverages, LargestRemainder

SEED = 20261127
CASES = 6000
METHODS = {
    # ours: (apportionment, votelib)
    "dhondt": ("dhondt", lambda: HighestAverages("d_hondt")),
    "sainte-lague": ("saintelague", lambda: HighestAverages("sainte_lague")),
    "modified-sainte-lague": ("modified_saintelague", None),
    "adams": ("adams", None),
    "huntington-hill": ("huntington", None),
    "dean": ("dean", None),
    "danish": (None, lambda: HighestAverages("danish")),
    "imperiali-divisors": (None, lambda: HighestAverages("imperiali")),
    "hare": ("hamilton", lambda: LargestRemainder("hare")),
    # votelib's Droop quota is the integer after v/(s+1).
    "droop": (None, lambda: LargestRemainder("droop")),
    "hagenbach-bischoff": (None, lambda: LargestRemainder("hagenbach_bischoff")),
    "imperiali-quota": (None, lambda: LargestRemainder("imperiali", on_overaward="subtract")),
}
IN_FLOATING_POINT = {"huntington-hill", "modified-sainte-lague"}
DIVISORS_OF_BOTH = {"dhondt", "sainte-lague", "danish", "imperiali-divisors"}


def elections():
    draw = random.Random(SEED)
    for _ in range(CASES):
        method = draw.choice(sorted(METHODS))
        lists = draw.randint(2 if method in {"hagenbach-bischoff", "imperiali-quota"} else 1, 12)
        most = draw.choice([20, 1000, 100_000, 10_000_000] if METHODS[method][0] else [100_000, 10_000_000])
        votes = [draw.randint(1 if most < 10_000 else most // 10, most) for _ in range(lists)]
        case = {"votes": votes, "seats": draw.randint(1, 60), "rules": {"method": method}}
        if method == "imperiali-quota":
            case["rules"]["too_many"] = "smallest-remainders-lose"
        elif METHODS[method][0] and draw.random() < 0.3:
            case["rules"]["threshold"] = {"share": draw.choice(["5%", "1/10", "3%"])}
        elif method in DIVISORS_OF_BOTH and draw.random() < 0.3:
            case["candidates"] = [draw.randint(1, 15) for _ in range(lists)]
        yield case


def by_apportionment(name, case):
    votes = case["votes"]
    threshold = case["rules"].get("threshold")
    if threshold:
        share = threshold["share"]
        share = Fraction(int(share[:-1]), 100) if share.endswith("%") else Fraction(share)
        least = sum(votes) * share
    else:
        least = 0
    part = [at for at, count in enumerate(votes) if count >= least]
    seats = [0] * len(votes)
    try:
        some = apportionment.compute(
            name, [votes[at] for at in part], case["seats"], fractions=True, tiesallowed=False, verbose=False
        )
    except apportionment.TiesException:
        return None
    for at, given in zip(part, some):
        seats[at] = given
    return seats


def by_votelib(make, case):
    votes = dict(enumerate(case["votes"]))
    imperiali = Fraction(sum(case["votes"]), case["seats"] + 2)
    many = case["rules"]["method"] == "imperiali-quota" and max(case["votes"]) // imperiali > case["seats"]
    if many or case["rules"].get("threshold"):
        return NotImplemented
    try:
        if "candidates" in case:
            result = make().evaluate(votes, case["seats"], max_seats=dict(enumerate(case["candidates"])))
        else:
            result = make().evaluate(votes, case["seats"])
    except VotingSystemError:
        return None  # the quota gives more seats than there are
    if any(not isinstance(key, int) for key in result):
        return None  # a tie is a key of its own
    return [result.get(at, 0) for at in range(len(case["votes"]))]


def last_is_tied(case):
    """Whether the last seat and the one after it have equal averages, or equal squares of them."""
    divisor = {
        "huntington-hill": lambda seat: Fraction(seat * (seat - 1)),
        "modified-sainte-lague": lambda seat: Fraction(7, 5) if seat == 1 else Fraction(2 * seat - 1),
    }[case["rules"]["method"]]
    power = 2 if case["rules"]["method"] == "huntington-hill" else 1
    averages = sorted(
        (
            (divisor(seat) == 0, count**power / (divisor(seat) or Fraction(1)))
            for count in case["votes"]
            for seat in range(1, case["seats"] + 2)
        ),
        reverse=True,
    )
    return averages[case["seats"] - 1] == averages[case["seats"]]


def theirs(case):
    first, second = METHODS[case["rules"]["method"]]
    if first and "candidates" not in case:
        yield "apportionment", by_apportionment(first, case)
    if second:
        found = by_votelib(second, case)
        if found is not NotImplemented:
            yield "votelib", found


def main(program):
    cases = list(elections())
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    answer = subprocess.run([program], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(answer) == len(cases), f"{len(answer)} answers to {len(cases)} elections"
    compared = dict.fromkeys(["apportionment", "votelib"], 0)
    lots, unseen, wrong = 0, 0, 0
    for case, ours in zip(cases, map(json.loads, answer)):
        lots += ours is None
        for peer, found in theirs(case):
            compared[peer] += 1
            if ours is None and found and peer == "apportionment" and case["rules"]["method"] in IN_FLOATING_POINT:
                unseen += 1
                wrong += not last_is_tied(case)
            elif found != ours:
                wrong += 1
                print(f"{peer} differs: {case} theirs {found} ours {ours}", file=sys.stderr)
    print(f"{len(cases)} elections, seed {SEED}: {compared}, {lots} with a lot, {unseen} that a peer did not see, {wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
