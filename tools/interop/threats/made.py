"""Objects for the examinations, the same in every run for the same seed. No data of others."""

import json
import random
import uuid


class Maker:
    def __init__(self, seed):
        self.draw = random.Random(seed)

    def uuid(self):
        return str(uuid.UUID(int=self.draw.getrandbits(128), version=4))

    def id(self, kind):
        return f"{kind}--{self.uuid()}"

    def moment(self, at):
        """A timestamp of STIX, `at` seconds after the beginning of 2026."""
        return f"2026-{1 + at // 2_419_200 % 12:02}-{1 + at // 86_400 % 28:02}T{at // 3600 % 24:02}:{at // 60 % 60:02}:{at % 60:02}.000Z"

    def indicator(self, at=0, **more):
        moment = self.moment(at)
        return {
            "type": "indicator",
            "spec_version": "2.1",
            "id": self.id("indicator"),
            "created": moment,
            "modified": moment,
            "name": f"name {self.draw.randrange(10**9)}",
            "pattern": f"[domain-name:value = 'vote-{self.draw.randrange(10**9)}.example']",
            "pattern_type": "stix",
            "valid_from": moment,
            **more,
        }

    def malware(self, at=0, **more):
        moment = self.moment(at)
        return {
            "type": "malware",
            "spec_version": "2.1",
            "id": self.id("malware"),
            "created": moment,
            "modified": moment,
            "name": f"family {self.draw.randrange(10**9)}",
            "is_family": False,
            **more,
        }

    def address(self, **more):
        """An SCO: neither created nor modified."""
        value = ".".join(str(self.draw.randrange(1, 255)) for _ in range(4))
        namespace = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
        name = json.dumps({"value": value}, separators=(",", ":"))
        return {
            "type": "ipv4-addr",
            "spec_version": "2.1",
            "id": f"ipv4-addr--{uuid.uuid5(namespace, name)}",
            "value": value,
            **more,
        }

    def relationship(self, source, target, at=0, **more):
        moment = self.moment(at)
        return {
            "type": "relationship",
            "spec_version": "2.1",
            "id": self.id("relationship"),
            "created": moment,
            "modified": moment,
            "relationship_type": "indicates",
            "source_ref": source,
            "target_ref": target,
            **more,
        }

    def custom(self, at=0, **more):
        moment = self.moment(at)
        return {
            "type": "x-polling-station-report",
            "spec_version": "2.1",
            "id": self.id("x-polling-station-report"),
            "created": moment,
            "modified": moment,
            "x_station": self.draw.randrange(10_000),
            **more,
        }


def version_of(item):
    """What TAXII calls the version; None for an object that has none of its own."""
    return item.get("modified", item.get("created"))
