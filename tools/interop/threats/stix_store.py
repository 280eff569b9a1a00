"""python-stix2's store over a collection: sink, source, queries, versions, relationships. `stix_store.py SITE.json`"""

import sys

import stix2
from stix2.datastore.filters import Filter
from taxii2client.v21 import Collection

from wire import Failures, Site

TLP_GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"


@stix2.v21.CustomObject("x-examined-thing", [("name", stix2.properties.StringProperty(required=True))])
class Thing:
    pass


def store(site, member, name, **more):
    who = site.members[member]
    there = Collection(site.address + site.path(name), user=who["user"], password=who["password"])
    return stix2.TAXIICollectionStore(there, **more)


def same(one, other):
    return one is not None and one.serialize() == other.serialize()


def versions(f, there):
    first = stix2.v21.Indicator(pattern="[domain-name:value = 'vote.example']", pattern_type="stix", name="one")
    there.add(first)
    second = first.new_version(name="two")
    third = second.new_version(revoked=True)
    there.add(second)
    there.add(third)
    f.expect(same(there.get(first.id), third), "get gives the last version")
    found = there.all_versions(first.id)
    expected = {one.serialize() for one in (first, second, third)}
    f.equal("all_versions", expected, {one.serialize() for one in found})
    f.equal("query of one id", [third.serialize()], [one.serialize() for one in there.query([Filter("id", "=", first.id)])])


def kinds(f, there):
    org = stix2.v21.Identity(name="Office of Alpha", identity_class="organization")
    actor = stix2.v21.ThreatActor(name="Nobody", created_by_ref=org, object_marking_refs=[TLP_GREEN])
    pattern = stix2.v21.Indicator(
        pattern="[ipv4-addr:value = '198.51.100.3']", pattern_type="stix", created_by_ref=org, labels=["x"]
    )
    edge = stix2.v21.Relationship(pattern, "indicates", actor, created_by_ref=org)
    address = stix2.v21.IPv4Address(value="198.51.100.3")
    statement = stix2.v21.MarkingDefinition(
        definition_type="statement", definition=stix2.v21.StatementMarking(statement="© Office of Alpha — Εκλογές")
    )
    thing = Thing(name="a thing")
    noted = stix2.v21.Note(content="with a property of ours", object_refs=[actor], custom_properties={"x_weight": 3})
    everything = [org, actor, pattern, edge, address, statement, thing, noted]
    there.add(stix2.v21.Bundle(everything[:4]))
    there.add(everything[4:])
    for one in everything:
        f.expect(same(there.get(one.id), one), f"{one.type} comes back as it was")
    f.equal("creator_of", org.serialize(), there.creator_of(actor).serialize())
    f.equal("relationships", [edge.id], [one.id for one in there.relationships(actor)])
    f.equal("related_to", {pattern.id}, {one.id for one in there.related_to(actor)})
    f.equal("query by type", {address.id}, {one.id for one in there.query([Filter("type", "=", "ipv4-addr")])})
    found = there.query([Filter("type", "=", "threat-actor"), Filter("name", "=", "Nobody")])
    f.equal("query by type, then by name here", [actor.id], [one.id for one in found])
    found = there.query([Filter("type", "=", "x-examined-thing")])
    f.equal("query by a type of ours", [thing.serialize()], [one.serialize() for one in found])
    f.equal("query of what is not there", [], there.query([Filter("type", "=", "tool")]))
    f.expect(there.get("tool--00000000-0000-4000-8000-00000000dead") is None, "get of what is not there gives nothing")


def pages(f, site, me):
    there = store(site, me, "exchange", allow_custom=True, items_per_page=4)
    made = [stix2.v21.Tool(name=f"tool {at}") for at in range(11)]
    for one in made:
        there.add(one)
    f.equal("a query over pages of four", [one.id for one in made], [one.id for one in there.query([Filter("type", "=", "tool")])])


def main(path):
    site = Site.load(path)
    f = Failures("python-stix2")
    me = next(name for name in site.members if site.find(name, True, True))
    there = store(site, me, "exchange", allow_custom=True)
    parts = [(versions, (f, there)), (kinds, (f, there)), (pages, (f, site, me))]
    for part, given in parts:
        try:
            part(*given)
        except Exception as wrong:  # the library gives up on what it does not understand: that is the finding
            f.expect(False, f"{part.__name__}: {type(wrong).__name__}: {wrong}")
    for name, call in ((site.find(me, False, True), stix2.TAXIICollectionSource), (site.find(me, True, False), stix2.TAXIICollectionSink)):
        if name:
            who = site.members[me]
            closed = Collection(site.address + site.path(name), user=who["user"], password=who["password"])
            try:
                call(closed)
                f.expect(False, f"{call.__name__} of {name} is refused")
            except stix2.datastore.DataSourceError:
                f.expect(True, "")
    return f.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
