"""taxii2-client 2.3.0, the client that most tools embed, does everything it can. `taxii_client.py SITE.json`"""

import logging
import sys
from datetime import datetime, timezone

from requests.exceptions import HTTPError
from taxii2client.exceptions import AccessError
from taxii2client.v21 import ApiRoot, Collection, Server, Status, as_pages

from made import Maker, version_of
from wire import MEDIA, Failures, Site

COUNT = 37  # of objects that are walked through


def refused(action):
    """The status that the server refused with; None where it did not."""
    try:
        action()
    except HTTPError as refusal:
        return refusal.response.status_code
    return None


class Visit:
    def __init__(self, site):
        self.site, self.make = site, Maker(20270502)
        self.f = Failures("taxii2-client")
        self.me = next(name for name in site.members if site.find(name, True, True))
        self.login = {"user": site.members[self.me]["user"], "password": site.members[self.me]["password"]}

    def collection(self, name):
        return Collection(self.site.address + self.site.path(name), **self.login)

    def discovery(self):
        f, site = self.f, self.site
        server = Server(site.address + "/taxii2/", **self.login)
        f.expect(server.title, "discovery has a title")
        roots = {one.url: one for one in server.api_roots}
        if not f.expect(site.address + site.root in roots, f"discovery lists the API root, not only {sorted(roots)}"):
            return
        if server._raw.get("default"):
            f.expect(server.default in server.api_roots, "the default root is one of the roots")
        root = roots[site.address + site.root]
        f.expect(root.title, "the API root has a title")
        f.expect(MEDIA in root.versions, "the API root knows TAXII 2.1")
        f.expect(root.max_content_length > 0, "max_content_length is positive")
        found = {one.id: one for one in root.collections}
        for name, fact in site.collections.items():
            if fact.get("api_root", site.root) != site.root:
                continue
            rights = (self.me in fact["can_read"], self.me in fact["can_write"])
            if fact["id"] in found:
                one = found[fact["id"]]
                f.equal(f"rights of {name}", rights, (one.can_read, one.can_write))
                f.expect(one.title, f"{name} has a title")
            else:
                f.equal(f"rights of {name}, which is not listed", (False, False), rights)

    def adding(self):
        f, make, there = self.f, self.make, self.collection("exchange")
        items = [make.indicator(at) for at in range(3)]
        status = there.add_objects({"objects": items})
        f.expect(bool(status), "the status is complete")
        f.equal("success_count", 3, status.success_count)
        f.equal("successes", sorted(one["id"] for one in items), sorted(one["id"] for one in status.successes))
        again = Status(f"{self.site.address}{self.site.root}status/{status.id}", **self.login)
        f.equal("the status, asked for again", status._raw, again._raw)
        root = ApiRoot(self.site.address + self.site.root, **self.login)
        f.equal("the status through the root", status._raw, root.get_status(status.id)._raw)
        later = there.add_objects({"objects": [make.malware(9)]}, wait_for_completion=False)
        later.wait_until_final(poll_interval=0.1, timeout=20)
        f.equal("the status of an addition not waited for", "complete", later.status)
        self.filters(there, items)

    def filters(self, there, items):
        f, make = self.f, self.make
        one = items[0]
        newer = {**one, "modified": make.moment(500)}
        there.add_objects({"objects": [newer]})
        f.equal("get_object", [newer], there.get_object(one["id"])["objects"])
        f.equal("get_object, first", [one], there.get_object(one["id"], version="first")["objects"])
        both = there.get_object(one["id"], version=["first", "last"])["objects"]
        f.equal("get_object, first and last", [one, newer], both)
        f.equal("get_objects by id", [newer], there.get_objects(id=one["id"])["objects"])
        found = there.get_objects(id=[items[1]["id"], items[2]["id"]], type="indicator")["objects"]
        f.equal("get_objects by ids and type", items[1:], found)
        f.equal("get_objects by a type that is not there", [], there.get_objects(type="tool").get("objects", []))
        moment = datetime(2026, 1, 1, 0, 8, 20, tzinfo=timezone.utc)
        f.equal("get_object by a datetime", [newer], there.get_object(one["id"], version=moment)["objects"])
        f.equal("object_versions", {one["modified"], newer["modified"]}, set(there.object_versions(one["id"])["versions"]))
        moment = datetime(2999, 1, 1, tzinfo=timezone.utc)
        f.equal("added_after a datetime to come", [], there.get_objects(added_after=moment).get("objects", []))
        record = there.get_manifest(id=items[1]["id"])["objects"][0]
        f.equal("manifest", (items[1]["id"], version_of(items[1])), (record["id"], record["version"]))
        # Its own text of an instant: trailing zeros are left out.
        moment = datetime.strptime(record["date_added"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
        later = there.get_objects(added_after=moment, id=items[1]["id"]).get("objects", [])
        f.equal("added_after its own date", [], later)

    def paging(self):
        f, make, there = self.f, self.make, self.collection("exchange")
        items = [make.custom(at) for at in range(COUNT)]
        for item in items:
            there.add_objects({"objects": [item]})
        expected = [item["id"] for item in items]
        kind = items[0]["type"]
        for size in (1, 5, 10, COUNT, COUNT + 1, 5000):
            for name, call in (("objects", there.get_objects), ("manifest", there.get_manifest)):
                pages = [page.get("objects", []) for page in as_pages(call, per_request=size, type=kind)]
                found = [one["id"] for page in pages for one in page]
                f.equal(f"as_pages({name}) of {size}", expected, found)
                f.expect(all(len(page) <= size for page in pages), f"no page of {name} is larger than {size}")
        versions = [{**items[0], "modified": make.moment(1000 + at)} for at in range(7)]
        for item in versions:
            there.add_objects({"objects": [item]})
        pages = as_pages(lambda **more: there.get_object(items[0]["id"], **more), per_request=2, version="all")
        found = [one["modified"] for page in pages for one in page.get("objects", [])]
        f.equal("as_pages over the versions of one", [items[0]["modified"], *(one["modified"] for one in versions)], found)

    def deleting(self):
        f, make, there = self.f, self.make, self.collection("exchange")
        item = make.malware(50)
        newer = {**item, "modified": make.moment(60)}
        there.add_objects({"objects": [item, newer]})
        there.delete_object(item["id"], version=newer["modified"])
        f.equal("one version is left", [item], there.get_object(item["id"])["objects"])
        there.delete_object(item["id"])
        f.equal("get_object of what was deleted", 404, refused(lambda: there.get_object(item["id"])))
        f.equal("object_versions of what was deleted", 404, refused(lambda: there.object_versions(item["id"])))
        f.equal("delete_object of what was deleted", 404, refused(lambda: there.delete_object(item["id"])))

    def refusals(self):
        f, site = self.f, self.site
        there = self.collection("exchange")
        wrong = Collection(there.url, user=self.login["user"], password="wrong")
        f.equal("a wrong password", 401, refused(wrong.refresh))
        f.equal("no login", 401, refused(Collection(there.url).refresh))
        f.equal("TAXII 2.0", 406, refused(lambda: there.get_objects(accept="application/vnd.oasis.taxii+json; version=2.0")))
        f.equal("a limit of a word", 400, refused(lambda: there._conn.get(there.objects_url, params={"limit": "x"})))
        unknown = Collection(f"{site.address}{site.root}collections/00000000-0000-4000-8000-00000000dead/", **self.login)
        f.equal("an unknown collection", 404, refused(unknown.refresh))
        for rights, call in (((True, False), "add_objects"), ((False, True), "get_objects")):
            name = site.find(self.me, *rights)
            if name is None:
                continue
            one = self.collection(name)
            try:
                one.add_objects({"objects": []}) if call == "add_objects" else one.get_objects()
                f.expect(False, f"the client sees that it may not call {call} on {name}")
            except AccessError:
                f.expect(True, "")
            # And the server refuses a client that does not look.
            one._can_read = one._can_write = True
            item = {"objects": [self.make.malware()]}
            action = (lambda: one.add_objects(item)) if call == "add_objects" else one.get_objects
            f.equal(f"{call} on {name}", 403, refused(action))


def main(path):
    # The client logs every refusal, and refusals are part of the examination.
    logging.disable(logging.ERROR)
    visit = Visit(Site.load(path))
    for part in (visit.discovery, visit.adding, visit.paging, visit.deleting, visit.refusals):
        try:
            part()
        except Exception as wrong:  # the client gives up on what it does not understand: that is the finding
            visit.f.expect(False, f"{part.__name__}: {type(wrong).__name__}: {wrong}")
    return visit.f.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
