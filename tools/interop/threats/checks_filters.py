"""Filters, order, pages and the headers of pages."""

from datetime import datetime, timedelta

from conformance import NOBODYS, query, versions_in
from made import version_of
from table import NotHere, OneOf, Where, check
from wire import MEDIA, TIMESTAMP


def shifted(moment, microseconds):
    at = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%fZ") + timedelta(microseconds=microseconds)
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def listed(w, below="objects/", **filters):
    """(id, version) of the base objects that fit, in the order of the answer."""
    filters.setdefault("added_after", w.base.after)
    answer = w.get(w.site.path(w.rw, below) + query(**filters))
    assert answer.status == 200, f"{answer.status} to {filters}: {answer.body[:200]}"
    if below == "manifest/":
        return [(one["id"], one["version"]) for one in answer.objects()]
    return versions_in(answer)


def base_of(w, *items):
    return [(item["id"], version_of(item)) for item in items]


@check("order", "OS 3.3", rows=["3.6.1", "3.7.1"])
def order(w):
    everything = base_of(w, *w.base.order)
    yield "objects", everything, listed(w, match_version="all")
    # An SCO has no version of its own; the manifest's is the server's.
    ids = [one for one, _ in everything]
    yield "manifest", ids, [one for one, _ in listed(w, "manifest/", match_version="all")]
    moments = [one["date_added"] for one in w.base.records]
    yield "date_added_increases", sorted(set(moments)), moments


@check("manifest", "OS 5.3.1", rows=["3.6.1"])
def manifest(w):
    types = w.get(w.site.path(w.rw)).resource().get("media_types", ["application/stix+json"])
    records = w.base.records
    yield "date_added_form", [], [one["date_added"] for one in records if not TIMESTAMP.fullmatch(one["date_added"])]
    yield "media_type_is_the_collections", [], [one for one in records if one.get("media_type") not in [None, *types]]
    # The version as the object has it, digit for digit: .54019Z stays .54019Z.
    expected = [version_of(item) for item in w.base.order if version_of(item)]
    yield "version_to_the_letter", expected, [
        one["version"] for one, item in zip(records, w.base.order) if version_of(item)
    ]
    again = w.records(added_after=w.base.after, match_version="all")
    yield "sco_version_consistent", [one["version"] for one in records], [one["version"] for one in again]
    sco = next(one for one in records if one["id"] == w.base.address["id"])
    yield "sco_version_in_versions", [sco["version"]], w.get(f"{w.objects}{sco['id']}/versions/").resource()["versions"]


@check("filter.version", "OS 3.4.1", rows=["3.13.1.5"])
def match_version(w):
    item, (first, middle, last) = w.base.indicator, w.base.versions

    def at(version, **more):
        return [one for _, one in listed(w, match_id=item, match_version=version, **more)]

    yield "default_is_last", [last], at(None)
    yield "last", [last], at("last")
    yield "first", [first], at("first")
    yield "all", [middle, first, last], at("all")
    yield "first_last", [first, last], at("first,last")
    yield "one", [middle], at(middle)
    yield "two", [middle, first], at(f"{first},{middle}")
    yield "one_and_last", [middle, last], at(f"{middle},last")
    yield "unknown", [], at(w.make.moment(77777))
    yield "with_single", sorted(w.base.latest), sorted(one for one, _ in listed(w))
    yield "manifest_default", [last], [one for _, one in listed(w, "manifest/", match_id=item)]
    fraction = w.base.fraction["id"]
    for name, text in [("same_text", ".54019Z"), ("same_instant_padded", ".540190Z")]:
        found = listed(w, match_id=fraction, match_version=f"2026-02-01T00:00:00{text}")
        yield name, base_of(w, w.base.fraction), found
    unmodified = w.base.unmodified
    found = listed(w, match_id=unmodified["id"], match_version=unmodified["created"])
    yield "created_where_nothing_is_modified", base_of(w, unmodified), found
    for name, value in {
        "all_with_last": "all,last",
        "twice": "last,last",
        "nonsense": "newest",
        "no_such_day": "2026-02-30T00:00:00Z",
        "nothing": "",
    }.items():
        yield f"malformed_{name}", 400, w.get(w.objects + query(match_version=value)).status


@check("filter.version_on", "OS 5.6, 5.8", rows=["3.8.1", "3.9.1"])
def versions_of_one(w):
    path, (first, middle, last) = f"{w.objects}{w.base.indicator}/", w.base.versions

    def at(version):
        return [one for _, one in versions_in(w.get(path + query(match_version=version)))]

    yield "object_default", [last], at(None)
    yield "object_all", [middle, first, last], at("all")
    yield "object_first", [first], at("first")
    yield "object_one", [middle], at(middle)
    yield "versions", [middle, first, last], w.get(path + "versions/").resource().get("versions")
    found = w.get(f"{w.objects}{w.base.fraction['id']}/versions/").resource().get("versions")
    yield "versions_to_the_letter", [w.base.fraction["modified"]], found


@check("filter.id", "OS 3.4.1", rows=["3.13.1.3", "3.13.1.7"])
def match_id(w):
    one, two = w.base.single, w.base.custom
    yield "one", base_of(w, one), listed(w, match_id=one["id"])
    yield "two", base_of(w, one, two), listed(w, match_id=f"{two['id']},{one['id']}")
    yield "with_unknown", base_of(w, one), listed(w, match_id=f"indicator--{NOBODYS},{one['id']}")
    yield "unknown", [], listed(w, match_id=f"indicator--{NOBODYS}")
    yield "manifest", base_of(w, one), listed(w, "manifest/", match_id=one["id"])
    path = w.objects + f"?match%5Bid%5D={one['id']}"
    yield "brackets_in_percent", base_of(w, one), versions_in(w.get(path))
    path = w.objects + f"?match%5Bid%5D={one['id']}%2C{two['id']}"
    yield "comma_in_percent", base_of(w, one, two), versions_in(w.get(path))


@check("filter.type", "OS 3.4.1", rows=["3.13.1.4", "3.13.1.7"])
def match_type(w):
    malware = base_of(w, w.base.malware, w.base.fraction)
    yield "one", malware, listed(w, match_type="malware")
    both = malware + base_of(w, w.base.custom)
    yield "two", both, listed(w, match_type="x-polling-station-report,malware")
    yield "custom", base_of(w, w.base.custom), listed(w, match_type="x-polling-station-report")
    yield "sco", base_of(w, w.base.address), listed(w, match_type="ipv4-addr")
    yield "known_but_absent", [], listed(w, match_type="windows-registry-key")
    yield "unknown", [], listed(w, match_type="no-such-type")
    yield "manifest", malware, listed(w, "manifest/", match_type="malware")


@check("filter.and", "OS 3.4", rows=["3.13.1.8"])
def logical_and(w):
    single = w.base.single
    yield "fits", base_of(w, single), listed(w, match_id=single["id"], match_type="indicator")
    yield "fits_not", [], listed(w, match_id=single["id"], match_type="malware")
    found = listed(w, match_id=w.base.indicator, match_type="indicator", match_version="first")
    yield "three", [(w.base.indicator, w.base.versions[0])], found


@check("filter.and_or", "OS 3.4", rows=["3.13.1.9"])
def logical_and_or(w):
    ids = f"{w.base.single['id']},{w.base.malware['id']},{w.base.custom['id']}"
    found = listed(w, match_id=ids, match_type="indicator,malware")
    return base_of(w, w.base.single, w.base.malware), found


@check("filter.repeated", "OS 3.4", rows=["3.13.1.10"])
def repeated(w):
    after = w.base.after
    for name, text in {
        "id": f"match[id]={w.base.single['id']}&match[id]={w.base.custom['id']}",
        "type": "match[type]=malware&match[type]=indicator",
        "version": "match[version]=first&match[version]=last",
        "spec_version": "match[spec_version]=2.1&match[spec_version]=2.0",
        "same_value": "match[type]=malware&match[type]=malware",
        "in_percent": "match[type]=malware&match%5Btype%5D=malware",
        "added_after": f"added_after={after}&added_after={after}",
        "limit": "limit=1&limit=2",
    }.items():
        answer = w.get(f"{w.objects}?{text}")
        yield name, (400, MEDIA), (answer.status, answer.media)
    yield "on_manifest", 400, w.get(f"{w.manifest}?limit=1&limit=2").status


@check("filter.added_after", "OS 3.4", rows=["3.13.1.1"])
def added_after(w):
    records, items = w.base.records, base_of(w, *w.base.order)
    moment = records[3]["date_added"]
    everything = {"match_version": "all"}
    yield "strictly", items[4:], listed(w, added_after=moment, **everything)
    yield "a_microsecond_before", items[3:], listed(w, added_after=shifted(moment, -1), **everything)
    yield "a_microsecond_after", items[4:], listed(w, added_after=shifted(moment, 1), **everything)
    yield "manifest", [one for one, _ in items[4:]], [one for one, _ in listed(w, "manifest/", added_after=moment, **everything)]
    yield "future", [], listed(w, added_after="2999-01-01T00:00:00.000000Z", **everything)
    # Clients send fewer digits (taxii2-client leaves trailing zeros out).
    yield "without_fraction", items, listed(w, added_after="2001-01-01T00:00:00Z", **everything)[-len(items):]
    yield "milliseconds", items, listed(w, added_after="2001-01-01T00:00:00.123Z", **everything)[-len(items):]
    path = f"{w.objects}{w.base.indicator}/"
    first, last = records[0]["date_added"], records[2]["date_added"]
    found = versions_in(w.get(path + query(added_after=first, match_version="all")))
    yield "object", items[1:3], found
    found = w.get(path + "versions/" + query(added_after=records[1]["date_added"])).resource()
    yield "versions", [items[2][1]], found.get("versions")
    yield "object_nothing_later", 200, w.get(path + query(added_after=last)).status
    for name, value in {
        "word": "yesterday",
        "empty": "",
        "day": "2026-01-01",
        "no_zone": "2026-01-01T00:00:00.000000",
        "no_such_month": "2026-13-01T00:00:00.000000Z",
        "no_such_day": "2026-02-29T00:00:00.000000Z",
        "two": f"{first},{last}",
        "number": "1767225600",
        "space": "2026-01-01%2000:00:00Z",
    }.items():
        answer = w.get(f"{w.objects}?added_after={value}")
        yield f"malformed_{name}", (400, MEDIA), (answer.status, answer.media)


@check("limit", "OS 3.4", rows=["3.13.1.2"])
def limit(w):
    base = {"added_after": w.base.after, "match_version": "all"}

    def at(path, value):
        answer = w.get(path + query(limit=value, **base))
        found = answer.resource()
        return answer.status, len(found.get("objects", [])), found.get("more", False)

    count = len(w.base.order)
    yield "one", (200, 1, True), at(w.objects, 1)
    yield "some", (200, count - 1, True), at(w.objects, count - 1)
    yield "as_many_as_there_are", (200, count, False), at(w.objects, count)
    yield "more_than_the_server_gives", 200, at(w.objects, 1_000_000)[0]
    yield "manifest", (200, 2, True), at(w.manifest, 2)
    for value in ("0", "-1", "x", "1.5", "", "1,2", "%20", "0x10"):
        answer = w.get(f"{w.objects}?limit={value}")
        yield f"malformed_{value or 'empty'}", (400, MEDIA), (answer.status, answer.media)
    yield "beyond_64_bits", OneOf(200, 400), w.get(f"{w.objects}?limit={'9' * 30}").status


def walked(w, path, size=3, by="next", **filters):
    """Everything of a path, page after page; (items, pages, sizes of pages)."""
    found, sizes, step = [], [], {"added_after": filters.pop("added_after", None)}
    name = "versions" if path.endswith("versions/") else "objects"
    while True:
        answer = w.get(path + query(limit=size, **filters, **step))
        page = answer.resource()
        assert answer.status == 200, f"{answer.status}: {answer.body[:200]}"
        found += page.get(name, [])
        sizes.append(len(page.get(name, [])))
        if not page.get("more"):
            return found, sizes
        assert len(sizes) < 200, "the pages do not end"
        if by == "next":
            step["next"] = page["next"]
        else:
            step["added_after"] = answer.headers["x-taxii-date-added-last"]


@check("pages", "OS 3.5, interop 3.14.1", rows=["3.14.1", "3.6.1"])
def pages(w):
    filters = {"added_after": w.base.after, "match_version": "all"}
    expected = [item["id"] for item in w.base.order]
    for by in ("next", "added_after"):
        found, sizes = walked(w, w.objects, by=by, **filters)
        yield f"objects_by_{by}", expected, [one["id"] for one in found]
        yield f"sizes_by_{by}", [3, 3, 3, 1], sizes
        found, _ = walked(w, w.manifest, by=by, **filters)
        yield f"manifest_by_{by}", expected, [one["id"] for one in found]
    found, _ = walked(w, f"{w.objects}{w.base.indicator}/", size=1, match_version="all")
    yield "object_by_next", expected[:3], [one["id"] for one in found]
    found, _ = walked(w, f"{w.objects}{w.base.indicator}/versions/", size=1, by="added_after")
    yield "versions_by_added_after", [version_of(item) for item in w.base.order[:3]], found
    found, _ = walked(w, w.objects, size=1, match_type="malware", added_after=w.base.after)
    yield "filtered", [w.base.malware["id"], w.base.fraction["id"]], [one["id"] for one in found]
    # A page that ends with the last object says so: no empty page follows.
    _, sizes = walked(w, w.objects, size=5, **filters)
    yield "no_empty_last_page", [5, 5], sizes


def first_page(w, size=3):
    filters = {"added_after": w.base.after, "match_version": "all", "limit": size}
    page = w.get(w.objects + query(**filters)).resource()
    return filters, page["next"]


@check("next", "OS 3.4, 3.5, B", rows=["3.14.1"])
def cursors(w):
    filters, cursor = first_page(w)
    order = [item["id"] for item in w.base.order]
    yield "is_text", True, isinstance(cursor, str)
    yield "next_page", order[3:6], w.get(w.objects + query(next=cursor, **filters)).ids()
    yield "again", order[3:6], w.get(w.objects + query(next=cursor, **filters)).ids()
    # taxii2-client's as_pages takes the size of the first page as the limit of the others.
    yield "other_limit", order[3:5], w.get(w.objects + query(next=cursor, **{**filters, "limit": 2})).ids()
    without = {name: value for name, value in filters.items() if name != "limit"}
    yield "without_limit", order[3:], w.get(w.objects + query(next=cursor, **without)).ids()
    _, cursor = first_page(w)
    changed = {
        "type_added": {**filters, "match_type": "malware"},
        "version_changed": {**filters, "match_version": "last"},
        "added_after_changed": {**filters, "added_after": w.base.records[0]["date_added"]},
        "filters_left_out": {"limit": 3},
    }
    for name, other in changed.items():
        answer = w.get(w.objects + query(next=cursor, **other))
        yield name, (400, MEDIA), (answer.status, answer.media)
    middle = len(cursor) // 2
    flipped = cursor[:middle] + ("A" if cursor[middle] != "A" else "B") + cursor[middle + 1 :]
    for name, bad in {"nonsense": "nonsense", "flipped": flipped, "shortened": cursor[:-1], "doubled": cursor * 2}.items():
        answer = w.get(w.objects + query(next=bad, **filters))
        yield name, (400, MEDIA), (answer.status, answer.media)
    path = w.site.path("empty", "objects/") if "empty" in w.site.collections else None
    if path:
        answer = w.get(path + query(next=cursor, **filters))
        yield "of_another_collection", 400, answer.status


@check("date_headers", "OS 3.2, 3.5")
def date_headers(w):
    records, filters = w.base.records, {"added_after": w.base.after, "match_version": "all"}

    def of(answer):
        return answer.headers.get("x-taxii-date-added-first"), answer.headers.get("x-taxii-date-added-last")

    span = (records[0]["date_added"], records[2]["date_added"])
    yield "objects", span, of(w.get(w.objects + query(limit=3, **filters)))
    yield "manifest", span, of(w.get(w.manifest + query(limit=3, **filters)))
    path = f"{w.objects}{w.base.indicator}/"
    yield "object", span, of(w.get(path + query(match_version="all")))
    yield "object_one_version", (span[1], span[1]), of(w.get(path))
    yield "versions", span, of(w.get(path + "versions/"))
    _, cursor = first_page(w)
    span = (records[3]["date_added"], records[5]["date_added"])
    yield "second_page", span, of(w.get(w.objects + query(next=cursor, limit=3, **filters)))
    form = Where("timestamps with six digits", lambda found: all(TIMESTAMP.fullmatch(one or "") for one in found))
    yield "form", form, of(w.get(w.objects))


# The last two add to the collection.
@check("filter.spec_version", "OS 3.4.1", rows=["3.13.1.6"])
def match_spec_version(w):
    everything = base_of(w, *w.base.order)
    yield "only_2_1", everything, listed(w, match_version="all", match_spec_version="2.1")
    yield "none_2_0", [], listed(w, match_version="all", match_spec_version="2.0")
    yield "either", everything, listed(w, match_version="all", match_spec_version="2.0,2.1")
    types = w.get(w.site.path(w.rw)).resource().get("media_types", [])
    new = w.make.malware(200, name="2.1")
    old = {**new, "name": "2.0", "modified": w.make.moment(100), "created": w.make.moment(100)}
    del old["spec_version"]
    answer = w.add(old)
    status = w.finished(answer)
    taken = answer.status == 202 and status.get("success_count") == 1
    if "application/stix+json;version=2.0" not in types:
        yield "unsupported_is_refused", False, taken
        raise NotHere("the collection does not list STIX 2.0 among its media types")
    yield "old_is_taken", True, taken
    w.stored(new)
    for name, value, expected in [
        ("old", "2.0", [old]),
        ("new", "2.1", [new]),
        ("newest_by_default", None, [new]),
        ("both", "2.0,2.1", [old, new]),
    ]:
        found = listed(w, match_id=new["id"], match_version="all", match_spec_version=value)
        yield name, base_of(w, *expected), found


@check("filter.version_after", "OS 3.4.1: the latest version matching the remainder of the request")
def latest_of_the_rest(w):
    newer = w.make.custom(500)
    older = {**newer, "created": w.make.moment(1), "modified": w.make.moment(400)}
    newer["created"] = older["created"]
    w.stored(newer)
    after = w.mark()
    w.stored(older)
    # Of the versions that were added after the moment the older one is the latest.
    yield "objects", base_of(w, older), listed(w, added_after=after, match_id=newer["id"])
    yield "manifest", base_of(w, older), listed(w, "manifest/", added_after=after, match_id=newer["id"])
    yield "object", base_of(w, older), versions_in(w.get(f"{w.objects}{newer['id']}/" + query(added_after=after)))
