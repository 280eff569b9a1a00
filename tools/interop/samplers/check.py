"""Compares our samples with those of numpy, consistent_sampler and cryptorandom on random inputs (fixed seed)."""
import hashlib
import json
import random
import subprocess
import sys
import unicodedata
from fractions import Fraction

import consistent_sampler
import numpy
from cryptorandom.cryptorandom import SHA256, int_from_hash

rng = random.Random(20261127)
PPEB, BALLOTS, NAMES, CARDS = 3000, 400, 200, 200


def seed():
    if rng.random() < 0.8:
        return "".join(rng.choice("0123456789") for _ in range(20))
    return "".join(rng.choice("aé北😀'\" \\0123456789") for _ in range(rng.randint(1, 40)))


def document(frame, rounds):
    return {"format": "scrutineer-sampler-inputs/1", "seed": seed(), "seed_rule": "text", "rounds": rounds, "frame": frame}


def trimmed(ticket):
    return consistent_sampler.trim(ticket, 18)


def text():
    return "".join(rng.choice("AB012 '\"\\\té\u00a0\u00ad\u200d北😀") for _ in range(rng.randint(0, 8)))


def ppeb_case():
    count = rng.choice([2, 3, 10, 60, 400])
    scale = rng.choice([1, 7, 10**6, 10**30])
    below = [rng.randint(1, scale) for _ in range(3)]  # few denominators, as margins are
    weights = [Fraction(rng.randint(0, 3 * scale), rng.choice(below)) for _ in range(count)]
    weights[rng.randrange(count)] += 1
    batches = [
        {"jurisdiction": f"J{i % 5}", "batch": f"B{i}", "bound": f"{w.numerator}/{w.denominator}"}
        for i, w in enumerate(weights)
    ]
    rounds = [rng.randint(0, count // 2), rng.randint(0, count // 2)]
    return document({"method": "ppeb", "batches": batches}, rounds), weights


def ppeb_expected(doc, weights):
    batches = [(b["jurisdiction"], b["batch"]) for b in doc["frame"]["batches"]]
    total = sum(weights)
    chances = [float(w / total) for w in weights]
    number = int(hashlib.sha256(doc["seed"].encode()).hexdigest(), 16)

    def draws(count):
        return [int(i) for i in numpy.random.default_rng(number).choice(len(batches), count, p=chances, replace=True)]

    listed, before = [], 0
    for round_number, size in enumerate(doc["rounds"], 1):
        if before + size >= len(batches):
            earlier = draws(before)
            taken = earlier + sorted(set(range(len(batches))) - set(earlier), key=lambda i: batches[i])
        else:
            taken = draws(before + size)
        tickets, shown = {}, []
        for index in taken:
            if index in tickets:
                tickets[index] = trimmed(consistent_sampler.next_fraction(tickets[index]))
            else:
                tickets[index] = trimmed(consistent_sampler.first_fraction(batches[index], doc["seed"]))
            shown.append((round_number, tickets[index], batches[index]))
        listed += shown[before:]
        before += size
        if before >= len(batches):
            break
    return listed


def ballots_case():
    keys = {(text(), rng.choice([None, text()]), text()) for _ in range(rng.randint(1, 8))}
    batches = []
    for jurisdiction, tabulator, batch in sorted(keys, key=repr):
        if rng.random() < 0.7:
            positions = {"up-to": rng.randint(1, 30)}
        else:
            positions = {"only": rng.sample(range(1, 99), rng.randint(1, 9))}
        batches.append({"jurisdiction": jurisdiction, "tabulator": tabulator, "batch": batch, "positions": positions})
    frame = {"method": "consistent-ballots", "with_replacement": rng.random() < 0.5, "batches": batches}
    return document(frame, [rng.randint(1, 20), rng.randint(0, 20)])


def sampled(doc, ids):
    drawn = consistent_sampler.sampler(
        ids, doc["seed"], with_replacement=doc["frame"]["with_replacement"], take=sum(doc["rounds"]), digits=18
    )
    return [(1 if i < doc["rounds"][0] else 2, number, name) for i, (number, name, _) in enumerate(drawn)]


def ballot_ids(doc):
    for batch in doc["frame"]["batches"]:
        key = (batch["jurisdiction"], batch["tabulator"], batch["batch"])
        positions = batch["positions"]
        for position in positions.get("only") or range(1, positions["up-to"] + 1):
            yield key, position


def cards_case():
    count = rng.randint(1, 200)
    cards = [{"card": f"{i}", "contests": [0]} for i in range(count)]
    rounds = [1, 1]
    contests = [{"contest": "A", "cards": [rng.randint(0, count), rng.randint(0, count)]}]
    return document({"method": "card-style", "cards": cards, "contests": contests}, rounds)


def cards_expected(doc):
    prng = SHA256(doc["seed"])
    numbers = [int_from_hash(prng.nextRandom()) for _ in doc["frame"]["cards"]]
    order = sorted(range(len(numbers)), key=lambda i: numbers[i])
    first, second = doc["frame"]["contests"][0]["cards"]
    return [(1 if i < first else 2, str(card)) for i, card in enumerate(order[: first + second])]


def repr_case():
    """Every character there is, 64 to a name."""
    letters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    names = ["".join(letters[i : i + 64]) for i in range(0, len(letters), 64)]
    batches = [{"jurisdiction": n, "tabulator": None, "batch": "B", "positions": {"up-to": 1}} for n in names]
    frame = {"method": "consistent-ballots", "with_replacement": False, "batches": batches}
    return document(frame, [len(names), 0])


def ours(documents, program):
    lines = "".join(json.dumps(doc) + "\n" for doc in documents)
    done = subprocess.run([program], input=lines, capture_output=True, text=True, encoding="utf-8", check=True)
    answers = [json.loads(line) for line in done.stdout.split("\n")[:-1]]
    assert len(answers) == len(documents)
    return answers


def ballot_key(item):
    return (item["jurisdiction"], item["tabulator"], item["batch"]), item["position"]


def main(program):
    cases = []
    for _ in range(PPEB):
        doc, weights = ppeb_case()
        key = lambda d: (d["round"], d["ticket"], (d["item"]["jurisdiction"], d["item"]["batch"]))
        cases.append(("numpy", doc, ppeb_expected(doc, weights), key))
    ballots = [ballots_case() for _ in range(BALLOTS)]
    whole = unicodedata.unidata_version == "14.0.0"
    if whole:
        ballots.append(repr_case())
    for doc in ballots:
        key = lambda d: (d["round"], d["ticket"], ballot_key(d["item"]))
        cases.append(("consistent_sampler", doc, sampled(doc, list(ballot_ids(doc))), key))
    for _ in range(NAMES):
        names = sorted({text() for _ in range(rng.randint(1, 40))})
        frame = {"method": "consistent-names", "with_replacement": rng.random() < 0.5, "names": names}
        doc = document(frame, [rng.randint(1, 20), rng.randint(0, 20)])
        key = lambda d: (d["round"], d["ticket"], d["item"]["name"])
        cases.append(("consistent_sampler", doc, sampled(doc, names), key))
    for _ in range(CARDS):
        doc = cards_case()
        cases.append(("cryptorandom", doc, cards_expected(doc), lambda d: (d["round"], d["item"]["name"])))

    wrong, draws = 0, 0
    for (peer, doc, expected, key), answer in zip(cases, ours([case[1] for case in cases], program)):
        found = [key(line) for line in answer] if not answer or "item" in answer[0] else answer
        draws += len(expected)
        if found != expected:
            wrong += 1
            print(f"{peer}: {json.dumps(doc)[:300]}\n  theirs {expected[:3]}\n  ours   {found[:3]}", file=sys.stderr)
    print(f"samplers: {len(cases)} samples with {draws} draws compared, {wrong} differ; numpy {numpy.__version__}")
    print(
        f"every character as Python {sys.version.split()[0]} writes it"
        if whole
        else f"characters not compared one by one: this Python has Unicode {unicodedata.unidata_version}, not 14.0.0"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
