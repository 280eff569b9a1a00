"""Our verdicts on CACAO playbooks beside those of the OASIS schemas. See cacao_run."""

import base64
import copy
import hashlib
import json
import os
import pathlib
import random
import re
import subprocess
import sys

import rfc8785
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
from jsonschema import Draft7Validator
from referencing import Registry, Resource

PROGRAM, DATA, STARTERS = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
# Broken copies of each file, and ten times as many of the playbook that has everything.
PER_FILE = int(os.environ.get("CACAO_COPIES", "200"))

# What the schemas and our checks say differently: who refuses, where, and why.
# (side that refuses, pattern of our codes or of the schema's place, reason)
KNOWN = [
    (
        "schema",
        r"/cases/.*(does not match|is valid under each of)",
        "the schema's alternatives overlap: an identifier that ends like two of them fails oneOf",
    ),
    (
        "schema",
        r"(ipv4|ipv6|url|l2mac).*does not match",
        "the standard lets a variable stand for an address; the schema's patterns do not",
    ),
    (
        "ours",
        r"bad-address /(agent|target)_definitions/[^/]*/address/(ipv4|ipv6|url|l2mac)",
        "the schema's patterns are not anchored and take text around an address",
    ),
    (
        "schema",
        r"^data_marking_definitions/marking-iep",
        "the schema of marking-iep asks external_references to be references and texts at once: nothing but an error is left",
    ),
]


def validator():
    registry = Registry()
    for path in (DATA / "schemas").rglob("*.json"):
        schema = json.loads(path.read_text())
        registry = registry.with_resource(schema["$id"], Resource.from_contents(schema))
    root = json.loads((DATA / "schemas/playbook.json").read_text())
    count = len(list((DATA / "schemas").rglob("*.json")))
    assert count == 51, count
    return Draft7Validator(root, registry=registry)


class Ours:
    def __init__(self):
        self.process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def check(self, value):
        return self.ask(op="check", text=json.dumps(value))


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from places(inner, path + (name,))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from places(inner, path + (at,))


def mutations(value):
    """Every place taken out, and replaced by something of every type; every key spoilt."""
    for path in places(value):
        if not path:
            continue
        yield path, "out", None
        yield path, "key", None
        for new in (None, True, 0, -1, 101, 1.0, 0.5, "", "x", "2026-13-01T00:00:00Z", "action--1", [], {}, ["x"]):
            yield path, "set", new


def mutated(value, path, how, new):
    value = copy.deepcopy(value)
    inner = value
    for name in path[:-1]:
        inner = inner[name]
    if how == "set":
        inner[path[-1]] = new
    elif how == "out":
        del inner[path[-1]]
    elif isinstance(inner, dict):
        inner["x" + str(path[-1])] = inner.pop(path[-1])
    return value


def schema_says(validator, value):
    for error in validator.iter_errors(value):
        return f"{'/'.join(str(part) for part in error.absolute_path)}: {error.message[:200]}"
    return None


def compare(validator, ours, value):
    """Nothing when both say the same or the difference is known, else what is different; and the reason."""
    schema, mine = schema_says(validator, value), ours.check(value)
    if "error" in mine:
        return f"not read: {mine['error']}", None
    if (schema is None) == mine["schema"]:
        return None, None
    own = [f"{error['code']} {error['path']}" for error in mine["errors"] if error["layer"] == "Schema"]
    side, text = ("ours", "\n".join(own)) if schema is None else ("schema", schema)
    for who, pattern, reason in KNOWN:
        if who == side and re.search(pattern, text):
            return None, reason
    return f"{side} refuses: {text}", None


def uid(kind, number):
    return f"{kind}--00000000-0000-4000-8000-{number:012x}"


def everything():
    """A playbook with every kind of step, agent, marking and signature: made here."""
    time, me = "2026-11-28T00:00:00.000Z", uid("identity", 1)
    ends = [uid("end", 10 + at) for at in range(8)]
    acts = [uid("action", 20 + at) for at in range(8)]
    steps = {end: {"type": "end", "name": "end"} for end in ends}
    for act, end in zip(acts, ends):
        steps[act] = {
            "type": "action",
            "name": "n",
            "description": "d",
            "agent": uid("group", 1),
            "targets": [uid("http-api", 2)],
            "commands": [
                {"type": "manual", "command": "do it", "description": "d", "version": "1"},
                {"type": "bash", "command": "true", "external_references": [{"name": "r"}]},
                {"type": "http-api", "command": "GET / HTTP/1.1", "headers": {"accept": ["text/plain"]}},
            ],
            "in_args": ["__v__"],
            "out_args": ["__v__"],
            "timeout": 1000,
            "delay": 1,
            "owner": me,
            "external_references": [{"name": "r", "url": "https://example.com"}],
            "step_variables": {"__l__": {"type": "string", "value": None}},
            "on_completion": end,
        }
    start, parallel, choice = uid("start", 1), uid("parallel", 1), uid("if-condition", 1)
    loop, switch, call = uid("while-condition", 1), uid("switch-condition", 1), uid("playbook-action", 1)
    steps |= {
        start: {"type": "start", "on_completion": parallel},
        parallel: {"type": "parallel", "next_steps": acts[:2], "on_completion": choice},
        choice: {
            "type": "if-condition",
            "condition": "__v__:value = 'x'",
            "on_true": acts[2],
            "on_false": acts[3],
            "on_completion": loop,
        },
        loop: {
            "type": "while-condition",
            "condition": "__v__:value = 'x'",
            "on_true": acts[4],
            "timeout": 1000,
            "on_success": switch,
            "on_failure": switch,
        },
        switch: {
            "type": "switch-condition",
            "switch": "__v__:value",
            "cases": {"a": acts[5], "default": acts[6]},
            "on_completion": call,
        },
        call: {
            "type": "playbook-action",
            "playbook_id": uid("playbook", 2),
            "playbook_version": time,
            "in_args": ["__v__"],
            "out_args": ["__v__"],
            "on_completion": acts[7],
        },
    }
    contact = {"email": {"work": "a@example.com"}, "phone": {"work": "1"}, "contact_details": "d"}
    address = {
        "dname": ["example.com"],
        "ipv4": ["192.0.2.1"],
        "ipv6": ["2001:db8::1"],
        "l2mac": ["00:11:22:33:44:55"],
        "vlan": [1],
        "url": ["https://example.com"],
    }
    location = {"name": "l", "region": "europe", "country": "NL", "latitude": "1", "precision": "1"}
    agents = {
        uid("group", 1): {"type": "group", "name": "g", "description": "d", "contact": contact, "location": location},
        uid("individual", 1): {"type": "individual", "name": "i", "contact": contact},
        uid("organization", 1): {"type": "organization", "name": "o", "contact": contact},
        uid("location", 1): {"type": "location", "name": "l", "logical": ["x"]},
        uid("sector", 1): {"type": "sector", "name": "s", "sector": "government"},
        uid("security-category", 1): {"type": "security-category", "name": "c", "category": ["firewall"]},
    }
    for kind in ("http-api", "linux", "net-address", "ssh"):
        agents[uid(kind, 2)] = {
            "type": kind,
            "name": kind,
            "address": address,
            "port": "443",
            "authentication_info": uid("http-basic", 1),
            "category": ["server"],
        }
        if kind == "net-address":
            del agents[uid(kind, 2)]["port"]
    marking = {"created_by": me, "created": time, "name": "m", "labels": ["l"], "external_references": [{"name": "r"}]}
    extension = uid("extension-definition", 1)
    return {
        "type": "playbook",
        "spec_version": "cacao-2.0",
        "id": uid("playbook", 1),
        "name": "everything",
        "description": "d",
        "playbook_types": ["notification"],
        "playbook_activities": ["step-sequence"],
        "playbook_processing_summary": {"manual_playbook": False, "if_logic": True},
        "created_by": me,
        "created": time,
        "modified": time,
        "revoked": False,
        "valid_from": time,
        "valid_until": "2027-11-28T00:00:00Z",
        "derived_from": [uid("playbook", 3)],
        "related_to": [uid("indicator", 3)],
        "priority": 1,
        "severity": 100,
        "impact": 0,
        "industry_sectors": ["government"],
        "labels": ["l"],
        "external_references": [{"name": "r", "description": "d", "source": "s", "external_id": "1"}],
        "markings": [uid("marking-tlp", 1)],
        "playbook_variables": {"__v__": {"type": "string", "value": "x", "constant": False, "external": True}},
        "workflow_start": start,
        "workflow_exception": ends[7],
        "workflow": steps,
        "playbook_extensions": {extension: {"a": 1}},
        "authentication_info_definitions": {
            uid("http-basic", 1): {"type": "http-basic", "user_id": "u", "password": "__v__:value", "kms": False},
            uid("oauth2", 1): {"type": "oauth2", "oauth_header": "h", "token": "t"},
            uid("user-auth", 1): {"type": "user-auth", "username": "u", "password": "p"},
        },
        "agent_definitions": agents,
        "target_definitions": agents,
        "extension_definitions": {
            extension: {"type": "extension-definition", "name": "e", "created_by": me, "schema": "s", "version": "1"}
        },
        "data_marking_definitions": {
            uid("marking-tlp", 1): {"type": "marking-tlp", "id": uid("marking-tlp", 1), "tlpv2_level": "TLP:CLEAR"} | marking,
            uid("marking-statement", 1): {"type": "marking-statement", "id": uid("marking-statement", 1), "statement": "s"}
            | marking,
        },
        "signatures": [
            {
                "type": "jss",
                "id": uid("jss", 1),
                "created_by": me,
                "created": time,
                "modified": time,
                "revoked": False,
                "signee": "s",
                "valid_from": time,
                "valid_until": time,
                "related_to": uid("playbook", 1),
                "related_version": time,
                "hash_algorithm": "sha-256",
                "algorithm": "ES256",
                "public_key": "k",
                "value": "v",
            }
        ],
    }


def signed(playbook, key, algorithm, hash_algorithm, countersigned_by=None):
    """As X.590 has it: JCS of the whole with this one signature and no value, hashed, signed."""
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    time = playbook["modified"]
    signature = {
        "type": "jss",
        "id": uid("jss", 7),
        "created": time,
        "modified": time,
        "signee": "Python",
        "related_to": playbook["id"],
        "related_version": playbook["modified"],
        "hash_algorithm": hash_algorithm,
        "algorithm": algorithm,
        "public_key": base64.b64encode(public).decode(),
    }
    whole = copy.deepcopy(playbook)

    def value(signature):
        whole["signatures"] = [signature]
        digest = hashlib.new(hash_algorithm.replace("-", ""), rfc8785.dumps(whole)).digest()
        if algorithm == "Ed25519":
            raw = key.sign(digest)
        else:
            r, s = utils.decode_dss_signature(key.sign(digest, ec.ECDSA(hashes.SHA256())))
            raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    signature["value"] = value(signature)
    if countersigned_by:
        inner = {name: text for name, text in signature.items() if name != "value"} | {"signee": countersigned_by}
        outer = dict(signature, signature=inner)
        inner["value"] = value(outer)
        signature = outer
    whole["signatures"] = [signature]
    return whole


def check_signatures(ours, playbook):
    held, now = 0, 1_795_824_000_000_000
    keys = [("Ed25519", ed25519.Ed25519PrivateKey.generate()), ("ES256", ec.generate_private_key(ec.SECP256R1()))]
    for algorithm, key in keys:
        pem = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ).decode()
        other = (
            ed25519.Ed25519PrivateKey.generate() if algorithm == "Ed25519" else ec.generate_private_key(ec.SECP256R1())
        )

        def verdict(value, pem=pem):
            return ours.ask(op="verify", text=json.dumps(value), pem=pem, now=now)

        for hash_algorithm in ("sha-256", "sha-512"):
            good = signed(playbook, key, algorithm, hash_algorithm)
            assert verdict(good) == ['Good("pinned")'], verdict(good)
            both = signed(playbook, key, algorithm, hash_algorithm, "second")
            assert verdict(both) == ['Good("pinned")', 'Good("pinned")'], verdict(both)
            broken = copy.deepcopy(both)
            broken["signatures"][0]["signature"]["signee"] = "somebody"
            assert verdict(broken) == ['Good("pinned")', "Bad"], verdict(broken)
            changed = dict(good, description="changed")
            assert verdict(changed) == ["Bad"]
            # A key of its own proves nothing, and an older version is another.
            assert verdict(signed(playbook, other, algorithm, hash_algorithm)) == ["UnknownKey"]
            assert verdict(dict(good, modified="2027-01-01T00:00:00.000Z")) == ["ForAnother"]
            # A second signature beside it takes nothing from the first.
            two = copy.deepcopy(good)
            two["signatures"].append(dict(good["signatures"][0], value="AAAA"))
            assert verdict(two) == ['Good("pinned")', "Bad"], verdict(two)
            # The order of names and white space are nobody's business.
            turned = json.loads(json.dumps(dict(reversed(list(good.items())))))
            assert verdict(turned) == ['Good("pinned")']
            held += 10
    return held


def main():
    oasis, ours = validator(), Ours()
    failed = 0
    bases = {path.name: json.loads(path.read_text()) for path in sorted(DATA.glob("*.json"))}
    starters = {path.name: json.loads(path.read_text()) for path in sorted(STARTERS.glob("*.json"))}
    assert len(bases) == 11 and len(starters) == 5
    for name, value in starters.items():
        schema, mine = schema_says(oasis, value), ours.check(value)
        edited = ours.ask(op="edit", text=json.dumps(value))
        changed = json.loads(edited["text"]) if "text" in edited else {}
        after, own = schema_says(oasis, changed), ours.check(changed)
        fine = schema is None and mine["sound"] and after is None and own["sound"]
        print(f"{name}: {'valid as it is and edited' if fine else f'FAILED: {schema} {mine} {after} {edited.get(chr(101))} {own}'}")
        failed += not fine
    bases |= starters | {"everything": everything()}
    problem = schema_says(oasis, bases["everything"])
    assert problem is None and ours.check(bases["everything"])["schema"], (problem, ours.check(bases["everything"]))
    draw = random.Random(7)
    total, reasons, differences = 0, {}, []
    for name, value in bases.items():
        cases = list(mutations(value))
        most = PER_FILE * (10 if name == "everything" else 1)
        if len(cases) > most:
            cases = draw.sample(cases, most)
        for case in [None] + cases:
            broken = mutated(value, *case) if case else value
            different, reason = compare(oasis, ours, broken)
            total += 1
            if reason:
                reasons[reason] = reasons.get(reason, 0) + 1
            if different:
                differences.append(f"{name} {case}: {different}")
    print(f"{total} playbooks by the OASIS schemas and by ours")
    for reason, count in sorted(reasons.items()):
        print(f"  {count} differ, known: {reason}")
    for difference in differences[:40]:
        print(f"DIFFERENT {difference}")
    failed += len(differences)
    print(f"  {len(differences)} differ otherwise")
    print(f"{check_signatures(ours, starters['insider.json'])} signatures held")
    print(f"{failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
