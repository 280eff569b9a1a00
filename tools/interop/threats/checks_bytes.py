"""What comes back is what was sent, byte for byte."""

import json
import re

from conformance import query
from made import version_of
from raw_objects import split
from table import NotHere, OneOf, check
from wire import DATA

ID = re.compile(r"[a-z0-9-]+--[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def texts(w):
    """Objects as bytes that a parser and a printer between them would change."""

    def one(kind, rest):
        item, moment = w.make.id(kind), w.make.moment(2000)
        return item, (f'{{"type":"{kind}","spec_version":"2.1","id":"{item}","created":"{moment}","modified":"{moment}",{rest}}}').encode()

    malware = '"name":"n","is_family":false'
    yield "plain", *one("malware", malware)
    yield "exponent", *one("malware", malware + ',"x_n":1.0e2')
    yield "capital_exponent", *one("malware", malware + ',"x_n":1E+2')
    yield "trailing_zero", *one("malware", malware + ',"x_n":0.10')
    yield "negative_zero", *one("malware", malware + ',"x_n":-0')
    yield "negative_zero_fraction", *one("malware", malware + ',"x_n":-0.0')
    yield "thirty_digits", *one("malware", malware + ',"x_n":123456789012345678901234567890')
    yield "many_digits", *one("malware", malware + ',"x_n":0.1234567890123456789012345678901234567890')
    yield "below_doubles", *one("malware", malware + ',"x_n":1e-400')
    yield "escape_letter", *one("malware", malware + r',"x_s":"\u0041\u00e9"')
    yield "escape_slash", *one("malware", malware + r',"x_s":"a\/b"')
    yield "escape_capitals", *one("malware", malware + r',"x_s":"\u00E9\u00e9"')
    yield "escape_pair", *one("malware", malware + r',"x_s":"\ud83d\uDE00"')
    yield "escape_controls", *one("malware", malware + r',"x_s":"\u0009\t\b\f\u007f"')
    yield "null_character", *one("malware", malware + r',"x_s":"a\u0000b"')
    yield "letters", *one("malware", malware + ',"x_s":"Ελλάδα انتخابات 選挙 😀"')
    yield "not_normalised", *one("malware", malware + ',"x_s":"e\u0301 \u212b \ufb01"')
    yield "separators", *one("malware", malware + ',"x_s":"\u2028\u2029\u202e\ufeff"')
    yield "escaped_name", *one("malware", malware + r',"x_\u0061":1')
    yield "spaces", *one("malware", malware + ' , "x_a" :\t[ 1 ,\n 2,\r\n3 ] ')
    yield "order", *one("malware", malware + ',"z":1,"a":2,"M":3,"x_0":{"b":1,"a":2}')
    yield "empty_things", *one("malware", malware + ',"x_a":[],"x_b":{},"x_c":"","x_d":null')
    yield "unknown_type", *one("x-thing-of-ours", '"a":{"b":[[[]]]}')
    indicator = '"pattern":"[a:b = 1]","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"'
    yield "unknown_property", *one("indicator", indicator + ',"vendor_word":true')
    seen = '"first_seen":"2026-01-01T00:00:00.540190Z","last_seen":"2026-01-01T00:00:00.54019Z"'
    yield "odd_timestamps", *one("malware", malware + "," + seen)
    yield "long_text", *one("malware", malware + ',"description":"' + "x" * 200_000 + '"')


@check("bytes", "ours (threats D1, D4), OS 3.7", rows=["3.15.1"])
def kept_to_the_byte(w):
    for name, item, raw in texts(w):
        answer = w.site.add(w.rw, w.me, raw)
        done = w.finished(answer)
        if (answer.status, done.get("success_count")) != (202, 1):
            yield name, "taken", f"{answer.status} {answer.body[:120]}"
            continue
        one, many = w.raw(item), w.get(f"{w.objects}?match[id]={item}")
        yield name, (True, True), (raw in one.body, raw in many.body)


@check("bytes.beyond", "RFC 7493 2.1, 2.2")
def beyond_i_json(w):
    """What I-JSON leaves out may be refused, openly; it must not be changed."""
    for name, value in {"surrogate": r'"\ud83d"', "beyond_doubles": "1e400"}.items():
        item, moment = w.make.id("malware"), w.make.moment(2001)
        head = f'{{"type":"malware","spec_version":"2.1","id":"{item}","created":"{moment}","modified":"{moment}"'
        raw = (head + f',"name":"n","is_family":false,"x_value":{value}}}').encode()
        answer = w.site.add(w.rw, w.me, raw)
        if answer.status != 202 or w.finished(answer).get("failure_count"):
            yield name, OneOf(202, 400, 422), answer.status
        else:
            yield name, True, raw in w.raw(item).body


@check("bytes.attack", "ours (threats D1)")
def attack(w):
    """ATT&CK for mobile devices, 2,148 objects with properties and types of MITRE's own (of the peer's slowness, 200)."""
    path = DATA / "attack" / "mobile-attack-17.1.json"
    if not path.exists():
        raise NotHere(f"{path} is missing (set SCRUTINEER_DATA)")
    objects = split(path.read_bytes())[: 200 if w.site.is_peer else None]
    after, failed = w.mark(), []
    for at in range(0, len(objects), 500):
        done = w.finished(w.site.add(w.rw, w.me, *objects[at : at + 500]))
        failed += done.get("failures", [])
    yield "taken", [], failed
    got, filters = [], {"added_after": after, "match_version": "all"}
    while True:
        page = w.get(w.objects + query(**filters))
        got += split(page.body)
        if not page.resource().get("more"):
            break
        filters["next"] = page.resource()["next"]
    yield "count", len(objects), len(got)
    yield "in_order_and_kept", True, got == objects


@check("bytes.published", "ours (threats D1)")
def published_bundles(w):
    """Bundles of others, object by object as they stand in the file."""
    if not (DATA / "stix").exists():
        raise NotHere(f"{DATA / 'stix'} is missing (set SCRUTINEER_DATA)")
    seen = {}
    for folder in ("interop", "examples"):
        sent, refused, lost = 0, [], []
        for path in sorted((DATA / "stix" / folder).rglob("*.json")):
            objects = []
            for raw in split(path.read_bytes()):
                item = json.loads(raw)
                new = seen.setdefault((item["id"], version_of(item)), raw) is raw
                # An id that came before with the same version and other bytes is refused, and rightly.
                if new and (item.get("spec_version") == "2.1" or "created" not in item):
                    objects.append((item["id"], raw))
            if not objects:
                continue
            done = w.finished(w.site.add(w.rw, w.me, *(raw for _, raw in objects)))
            taken = {one["id"] for one in done.get("successes", [])}
            sent += len(objects)
            # Some of the examples have ids with a digit too few.
            refused += [item for item, _ in objects if item not in taken and ID.fullmatch(item)]
            lost += [item for item, raw in objects if item in taken and raw not in split(w.raw(item, "all").body)]
        yield f"{folder}_taken", (True, []), (sent > 0, refused)
        yield f"{folder}_kept", [], lost
