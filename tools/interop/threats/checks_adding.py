"""Adding, its status, what is already there, and deleting."""

import json

from checks_http import UUID4
from conformance import query, versions_in
from table import NotHere, OneOf, check
from wire import MEDIA, TIMESTAMP


def post(w, body):
    return w.site.post(w.objects, w.me, body)


def records_of(w, item_id):
    return w.records(match_id=item_id, match_version="all")


@check("add", "OS 5.5, 4.3", rows=["3.10.1", "3.11.1", "3.11.2"])
def add(w):
    items = [w.make.indicator(1000 + at) for at in range(3)]
    answer = w.add(*items)
    found = answer.resource()
    yield "accepted", (202, MEDIA), (answer.status, answer.media)
    yield "status_id_is_uuid4", True, bool(UUID4.fullmatch(found.get("id", "")))
    yield "state", OneOf("complete", "pending"), found.get("status")
    yield "request_timestamp", True, bool(TIMESTAMP.fullmatch(found.get("request_timestamp") or "2026-01-01T00:00:00.000000Z"))
    path = f"{w.site.root}status/{found['id']}/"
    done = w.finished(answer)
    counts = [done.get(f"{name}_count") for name in ("total", "success", "failure", "pending")]
    yield "counts", [3, 3, 0, 0], counts
    expected = sorted((item["id"], item["modified"]) for item in items)
    yield "successes", expected, sorted((one["id"], one["version"]) for one in done.get("successes", []))
    yield "no_empty_lists", (False, False), ("failures" in done, "pendings" in done)
    answer = w.get(path)
    yield "asked_again", (200, MEDIA, done), (answer.status, answer.media, answer.resource())
    yield "date_added_increases_in_a_batch", 3, len({one["date_added"] for item in items for one in records_of(w, item["id"])})
    if w.other:
        # A status tells what somebody sent: it is the sender's own.
        yield "status_of_somebody_else", 404, w.site.get(path, w.other).status


@check("add.again", "OS 5.5")
def again(w):
    item = w.make.indicator(1100)
    w.stored(item)
    before = records_of(w, item["id"])
    answer = w.add(item)
    done = w.finished(answer)
    yield "is_a_success", (202, 1, 0), (answer.status, done.get("success_count"), done.get("failure_count"))
    yield "no_new_record", before, records_of(w, item["id"])
    answer = w.add(item, item)
    yield "twice_in_a_batch", (202, 2), (answer.status, w.finished(answer).get("success_count"))


@check("add.other_bytes", "ours 40, STIX 3.2")
def other_bytes(w):
    item = w.make.indicator(1200, name="as it was")
    w.stored(item)
    before, changed = records_of(w, item["id"]), {**item, "name": "other words"}
    good = w.make.indicator(1201)
    answer = w.add(changed, good)
    done = w.finished(answer)
    yield "accepted", 202, answer.status
    yield "fails", [(item["id"], item["modified"])], [(one["id"], one["version"]) for one in done.get("failures", [])]
    yield "tells_why", True, all(one.get("message") for one in done.get("failures", []) or [{}])
    yield "the_other_succeeds", [good["id"]], [one["id"] for one in done.get("successes", [])]
    yield "counts", [2, 1, 1, 0], [done.get(f"{name}_count") for name in ("total", "success", "failure", "pending")]
    yield "keeps_the_first", ["as it was"], [one.get("name") for one in w.raw(item["id"], "all").objects()]
    yield "no_new_record", before, records_of(w, item["id"])
    yield "good_one_is_there", [good["id"]], w.raw(good["id"]).ids()


@check("add.sco", "STIX 3.1 (SCOs have no versions)")
def immutable(w):
    item = w.make.address()
    w.stored(item)
    before = records_of(w, item["id"])
    yield "one_record", 1, len(before)
    again = w.finished(w.add(item))
    yield "again_is_a_success", (1, 0), (again.get("success_count"), again.get("failure_count"))
    yield "again_no_new_record", before, records_of(w, item["id"])
    yield "other_bytes_accepted", 202, w.add({**item, "x_note": "later"}).status
    yield "other_bytes_no_new_record", before, records_of(w, item["id"])
    yield "other_bytes_change_nothing", [item], w.raw(item["id"], "all").objects()


@check("add.unmodified", "OS 3.4.1, 5.3.1")
def relationship_without_modified(w):
    item = w.make.relationship(w.base.single["id"], w.base.malware["id"], 1300)
    del item["modified"]
    done = w.stored(item)
    yield "status_version", [item["created"]], [one["version"] for one in done["successes"]]
    yield "manifest_version", [item["created"]], [one["version"] for one in records_of(w, item["id"])]
    yield "versions", [item["created"]], w.get(f"{w.objects}{item['id']}/versions/").resource().get("versions")
    again = w.finished(w.add(item))
    yield "again", (1, 1), (again.get("success_count"), len(records_of(w, item["id"])))


@check("add.refused", "OS 5.5 (422)")
def refused(w):
    good = json.dumps(w.make.malware(1400)).encode()
    bodies = {
        "list": b"[]",
        "text": b'"objects"',
        "number": b"1",
        "null": b"null",
        "objects_no_list": b'{"objects":{}}',
        "objects_null": b'{"objects":null}',
        "object_no_object": b'{"objects":[1]}',
        "no_id": b'{"objects":[{"type":"malware","name":"x"}]}',
        "no_type": b'{"objects":[{"id":"malware--11111111-1111-4111-8111-111111111111"}]}',
        "id_no_text": b'{"objects":[{"type":"malware","id":7}]}',
        "an_object_alone": good,
        "good_and_no_id": b'{"objects":[' + good + b',{"type":"malware"}]}',
    }
    for name, body in bodies.items():
        answer = post(w, body)
        # An id that is no text may count as none, or as one object that fails.
        refused = (422, MEDIA)
        if name == "id_no_text" and answer.status == 202 and w.finished(answer).get("failure_count") == 1:
            refused = (202, MEDIA)
        yield name, refused, (answer.status, answer.media)
    yield "nothing_of_a_refused_envelope", 404, w.raw(json.loads(good)["id"]).status
    unread = OneOf((400, MEDIA), (422, MEDIA))
    broken = {
        "no_json": b"not json",
        "nothing": b"",
        "cut_off": b'{"objects":[' + good[:-5],
        "trailing": b'{"objects":[' + good + b"]} x",
        "no_utf8": b'{"objects":[{"type":"malware","id":"malware--22222222-2222-4222-8222-222222222222","name":"\xff\xfe"}]}',
        "nan": b'{"objects":[{"type":"malware","id":"malware--33333333-3333-4333-8333-333333333333","x_n":NaN}]}',
        "single_quotes": b"{'objects':[]}",
    }
    for name, body in broken.items():
        answer = post(w, body)
        yield name, unread, (answer.status, answer.media)
    deep = b'{"objects":[{"type":"malware","id":"malware--44444444-4444-4444-8444-444444444444","x_d":' + b"[" * 100_000
    answer = post(w, deep + b"]" * 100_000 + b"}]}")
    failed = answer.status == 202 and w.finished(answer).get("failure_count") == 1
    yield "deep", OneOf(unread, True), failed or (answer.status, answer.media)
    yield "lives_on", 200, w.get(w.site.root).status


@check("add.malformed_id", "threats 4.6: one bad object must not fail the batch")
def malformed_id(w):
    for name, item_id in {"short": "malware--1121ffbc-364f-857a-9987-92fbcff24ab", "words": "malware--one"}.items():
        good, bad = w.make.malware(1460), w.make.malware(1461, id=item_id)
        answer = w.add(bad, good)
        yield name, (202, [good["id"]]), (answer.status, w.raw(good["id"]).ids())


@check("add.duplicate_names", "RFC 7493 2.3 (OS 1.6.7)")
def duplicate_names(w):
    item = w.make.malware(1450)
    body = json.dumps(item)[:-1] + ', "name": "second"}'
    answer = post(w, b'{"objects":[' + body.encode() + b"]}")
    # Not kept as if nothing were wrong: readers would differ about what it says.
    failed = w.finished(answer).get("failure_count") if answer.status == 202 else None
    return OneOf((400, None), (422, None), (202, 1)), (answer.status, failed)


@check("add.nothing", "OS 3.7 (objects is optional)")
def nothing(w):
    fine = OneOf(202, 422)
    yield "no_objects", fine, post(w, b"{}").status
    yield "empty_list", fine, post(w, b'{"objects":[]}').status


@check("custom", "OS 7.1, interop 3.15.1", rows=["3.15.1"])
def custom_properties(w):
    item = w.make.indicator(1500, x_example_com_weight=7)
    body = b'{"x_example_com_note":{"a":[1]},"objects":[' + json.dumps(item).encode() + b"]}"
    answer = post(w, body)
    yield "in_the_envelope", (202, 1), (answer.status, w.finished(answer).get("success_count"))
    yield "in_the_object", [item], w.raw(item["id"]).objects()
    other = w.make.malware(1501)
    bundle = {"type": "bundle", "id": w.make.id("bundle"), "objects": [other]}
    # What python-stix2's TAXIICollectionSink sends in place of an envelope.
    answer = post(w, json.dumps(bundle).encode())
    yield "bundle_as_envelope", (202, 1), (answer.status, w.finished(answer).get("success_count"))
    thing = w.make.custom(1502)
    w.stored(thing)
    yield "object_of_a_type_of_ones_own", [thing], w.raw(thing["id"]).objects()


def delete(w, item_id, **filters):
    return w.site.ask("DELETE", f"{w.objects}{item_id}/{query(**filters)}", w.me)


def versions_left(w, item_id):
    return [version for _, version in versions_in(w.raw(item_id, "all"))]


@check("delete", "OS 5.7", rows=["3.12.1"])
def deleting(w):
    first = w.make.indicator(1600)
    rest = [{**first, "modified": w.make.moment(1600 + at)} for at in (1, 2, 3)]
    w.stored(first, *rest)
    moments = [first["modified"], *(item["modified"] for item in rest)]
    yield "malformed", 400, delete(w, first["id"], match_version="newest").status
    answer = delete(w, first["id"], match_version=moments[1])
    yield "one_version", (200, MEDIA), (answer.status, answer.media)
    yield "the_others_stay", [moments[0], *moments[2:]], versions_left(w, first["id"])
    yield "manifest_too", [moments[0], *moments[2:]], [one["version"] for one in records_of(w, first["id"])]
    yield "the_same_again", 404, delete(w, first["id"], match_version=moments[1]).status
    yield "first", 200, delete(w, first["id"], match_version="first").status
    yield "first_is_gone", moments[2:], versions_left(w, first["id"])
    yield "whole", 200, delete(w, first["id"]).status
    # "any subsequent attempts to fetch that object … MUST return an HTTP 404": no older version shows.
    yield "whole_is_gone", 404, w.raw(first["id"]).status
    delete(w, first["id"], match_version="all")
    yield "all_is_gone", 404, w.raw(first["id"], "all").status
    yield "versions_are_gone", 404, w.get(f"{w.objects}{first['id']}/versions/").status
    yield "no_record", [], records_of(w, first["id"])
    yield "again", 404, delete(w, first["id"]).status
    other = w.make.indicator(1650)
    w.stored(other)
    path = f"{w.objects}{other['id']}/?match[version]=first&match[version]=last"
    yield "repeated", 400, w.site.ask("DELETE", path, w.me).status


@check("delete.walk", "OS 3.5 (deleted between requests)")
def deleted_under_a_walk(w):
    items = [w.make.custom(1700 + at) for at in range(6)]
    after = w.mark()
    for item in items:
        w.stored(item)
    filters = {"added_after": after, "limit": 2}
    page = w.get(w.objects + query(**filters)).resource()
    for gone in (items[1], items[2]):
        delete(w, gone["id"], match_version="all")
    found = [item["id"] for item in page["objects"]]
    while page.get("more"):
        answer = w.get(w.objects + query(next=page["next"], **filters))
        page = answer.resource()
        assert answer.status == 200, f"{answer.status}: {answer.body[:200]}"
        found += [item["id"] for item in page.get("objects", [])]
    expected = [item["id"] for item in items if item is not items[2]]
    return expected, found


@check("other_member", "OS 1.6.9")
def other_member(w):
    if not w.other:
        raise NotHere("nobody else may read the collection")
    item = w.make.indicator(1800)
    w.stored(item)
    after = records_of(w, item["id"])[0]["date_added"]
    more = [w.make.custom(1801 + at) for at in range(3)]
    w.stored(*more)
    filters = {"added_after": after, "limit": 1}
    cursor = w.get(w.objects + query(**filters)).resource().get("next", "")
    answer = w.site.get(w.objects + query(next=cursor, **filters), w.other)
    # Refused, or answered with what the other member may see; these are marked for nobody in particular.
    yield "cursor", OneOf((400, []), (200, [more[1]["id"]]), (200, [])), (answer.status, answer.ids())
