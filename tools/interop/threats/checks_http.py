"""Media types, authentication, rights, addresses and resources."""

import json
import re
from urllib.parse import unquote

from conformance import LONG_AGO, NOBODYS, query
from table import NotHere, OneOf, check
from wire import MEDIA

UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
FALLS_BACK = OneOf(200, 406)


def endpoints(w):
    """Every endpoint that a GET reads, with something in it."""
    item, root = w.single["id"], w.site.root
    status = w.stored(w.make.malware())["id"]
    yield "discovery", "/taxii2/"
    yield "root", root
    yield "status", f"{root}status/{status}/"
    yield "collections", f"{root}collections/"
    yield "collection", w.site.path(w.rw)
    yield "manifest", w.manifest
    yield "objects", w.objects
    yield "object", f"{w.objects}{item}/"
    yield "versions", f"{w.objects}{item}/versions/"


@check("media", "OS 3.1", rows=["3.2.1", "3.3.1", "3.6.1", "3.7.1", "3.8.1", "3.9.1", "3.11.1"])
def media_of_answers(w):
    for name, path in endpoints(w):
        answer = w.get(path)
        yield name, (200, MEDIA), (answer.status, answer.media)


@check("accept", "OS 1.6.8, 3.1")
def accept(w):
    asked = {
        "exact": (MEDIA, 200),
        "no_version": ("application/taxii+json", 200),
        "space": ("application/taxii+json; version=2.1", 200),
        "spaces": ("application/taxii+json ; version=2.1 , text/html", 200),
        # The manifest's own required header, OS 5.3.
        "list": (f"{MEDIA},application/stix+json;version=2.1", 200),
        "list_later": (f"text/html, {MEDIA}", 200),
        "two_versions": (f"application/taxii+json;version=2.0, {MEDIA}", 200),
        "quality": (f"{MEDIA};q=0.5, text/html;q=0.9", 200),
        "upper_case": ("Application/TAXII+JSON;Version=2.1", 200),
        "quoted": ('application/taxii+json;version="2.1"', 200),
        "refused_by_quality": (f"{MEDIA};q=0", 406),
        "any": ("*/*", FALLS_BACK),
        "any_application": ("application/*", FALLS_BACK),
        "absent": (None, FALLS_BACK),
        "version_2_0": ("application/taxii+json;version=2.0", 406),
        "version_9": ("application/taxii+json;version=9.1", 406),
        "html": ("text/html", 406),
        "stix": ("application/stix+json;version=2.1", 406),
        "nonsense": (";;,,=", 406),
    }
    for name, (value, expected) in asked.items():
        yield name, expected, w.get(w.manifest, accept=value).status


@check("accept_on", "OS 3.1")
def accept_everywhere(w):
    for name, path in endpoints(w):
        answer = w.get(path, accept="text/html")
        yield name, (406, MEDIA), (answer.status, answer.media)


@check("content_type", "OS 3.1, 5.5")
def content_type(w):
    asked = {
        "exact": (MEDIA, 202),
        "no_version": ("application/taxii+json", 202),
        "space": ("application/taxii+json; version=2.1", 202),
        "upper_case": ("Application/TAXII+JSON;version=2.1", 202),
        "json": ("application/json", 415),
        "stix": ("application/stix+json;version=2.1", 415),
        "version_2_0": ("application/taxii+json;version=2.0", 415),
        "form": ("application/x-www-form-urlencoded", 415),
        "absent": (None, 415),
    }
    for name, (value, expected) in asked.items():
        body = json.dumps({"objects": [w.make.malware()]}).encode()
        answer = w.site.post(w.objects, w.me, body, content_type=value)
        yield name, (expected, MEDIA), (answer.status, answer.media)


@check("auth.missing", "OS 1.6.9, RFC 7235", rows=["3.1.1"])
def auth_missing(w):
    public = any(one.get("public") for one in w.site.collections.values())
    for name, path in endpoints(w):
        answer = w.site.get(path, None)
        challenge = answer.headers.get("www-authenticate", "").startswith("Basic realm=")
        if public and name in ("discovery", "root", "collections") and answer.status == 200:
            yield name, (200, MEDIA), (answer.status, answer.media)
        else:
            yield name, (401, MEDIA, True), (answer.status, answer.media, challenge)


@check("auth.wrong", "OS 1.6.9", rows=["3.1.2"])
def auth_wrong(w):
    user = w.site.members[w.me]["user"]
    wrong = {
        "password": _basic(f"{user}:wrong"),
        "empty_password": _basic(f"{user}:"),
        "user": _basic("nobody-here:wrong"),
        "no_colon": _basic("nobody-here"),
        "no_base64": "Basic !!!",
        "no_scheme": "",
        "scheme": "Bearer abc",
    }
    for name, value in wrong.items():
        answer = w.site.get(w.objects, None, headers=[("Authorization", value)])
        challenge = answer.headers.get("www-authenticate", "").startswith("Basic realm=")
        yield name, (401, MEDIA, True), (answer.status, answer.media, challenge)
    one = w.site.get(w.objects, None, headers=[("Authorization", wrong["password"])])
    two = w.site.get(w.objects, None, headers=[("Authorization", wrong["user"])])
    yield "tells_no_users", one.body, two.body
    answer = w.site.ask("POST", w.objects, None, headers=[("Content-Type", MEDIA)], body=b'{"objects":[]}')
    yield "on_post", 401, answer.status
    yield "on_delete", 401, w.site.ask("DELETE", f"{w.objects}{w.single['id']}/").status


def _basic(pair):
    import base64

    return "Basic " + base64.b64encode(pair.encode()).decode()


@check("auth.basic", "OS 8.2.2", rows=["3.1.4"])
def auth_basic(w):
    yield "right", 200, w.get(w.site.root).status
    value = w.site.basic(w.me).replace("Basic", "bAsIc")
    yield "scheme_case", 200, w.site.get(w.site.root, None, headers=[("Authorization", value)]).status


@check("auth.certificate", "OS 8.3.1", rows=["3.1.3"])
def auth_certificate(w):
    import http.client
    import ssl
    from urllib.parse import urlsplit

    tls = w.site.facts.get("tls")
    if not tls:
        raise NotHere("the site has no TLS with certificates of clients")
    where = urlsplit(tls["address"])
    context = ssl.create_default_context(cafile=tls["ca"])
    context.load_cert_chain(tls["client_certificate"], tls["client_key"])
    connection = http.client.HTTPSConnection(where.hostname, where.port, context=context, timeout=30)
    connection.request("GET", f"{w.site.root}collections/", headers={"Accept": MEDIA})
    answer = connection.getresponse()
    yield "accepted", 200, answer.status
    yield "tls", OneOf("TLSv1.2", "TLSv1.3"), connection.sock.version() if connection.sock else "TLSv1.3"


@check("discovery", "OS 4.1.1", rows=["3.2.1"])
def discovery(w):
    found = w.get("/taxii2/").resource()
    roots = found.get("api_roots", [])
    yield "title", True, isinstance(found.get("title"), str) and bool(found["title"])
    yield "root_named", True, any(one.endswith(w.site.root) for one in roots)
    good = [re.fullmatch(r"(https://[^/?#]+)?/(?!/)[^?#]*", one) is not None for one in roots]
    yield "root_form", [True] * len(roots), good
    yield "default_is_a_root", True, found.get("default") in [None, *roots]
    if any(one.get("public") for one in w.site.collections.values()):
        yield "without_login", 200, w.site.get("/taxii2/").status


@check("root", "OS 4.2.1", rows=["3.3.1"])
def root(w):
    found = w.get(w.site.root).resource()
    yield "title", True, isinstance(found.get("title"), str) and bool(found["title"])
    yield "versions", True, MEDIA in found.get("versions", [])
    size = found.get("max_content_length")
    yield "max_content_length", True, isinstance(size, int) and not isinstance(size, bool) and size > 0


@check("collections", "OS 5.1, interop 2.1.7", rows=["3.4.1"])
def collections(w):
    first, second = w.get(f"{w.site.root}collections/"), w.get(f"{w.site.root}collections/")
    found = first.resource().get("collections", [])
    yield "fields", True, bool(found) and all(
        isinstance(one.get("title"), str)
        and isinstance(one.get("can_read"), bool)
        and isinstance(one.get("can_write"), bool)
        and one.get("media_types") != []
        for one in found
    )
    yield "ids_are_uuid4", True, all(UUID4.fullmatch(one["id"]) for one in found)
    yield "by_id_ascending", sorted(one["id"] for one in found), [one["id"] for one in found]
    yield "same_twice", first.body, second.body
    yield "same_alone", True, all(
        w.get(f"{w.site.root}collections/{one['id']}/").resource() == one for one in found
    )
    for one in found:
        if one.get("alias"):
            yield "alias", one, w.get(f"{w.site.root}collections/{one['alias']}/").resource()
            break


def rights_of(w, can_read, can_write):
    found = w.get(w.site.path(w.collection(can_read, can_write))).resource()
    return (can_read, can_write), (found.get("can_read"), found.get("can_write"))


@check("collection.write_only", "OS 5.2.1", rows=["3.5.1.1"])
def write_only(w):
    return rights_of(w, False, True)


@check("collection.read_write", "OS 5.2.1", rows=["3.5.1.2"])
def read_write(w):
    return rights_of(w, True, True)


@check("collection.read_only", "OS 5.2.1", rows=["3.5.1.3"])
def read_only(w):
    return rights_of(w, True, False)


@check("collection.closed", "OS 5.2, 5.2.1", rows=["3.5.1.4"])
def closed(w):
    answer = w.get(w.site.path(w.collection(False, False)))
    found = answer.resource()
    return OneOf((404, None, None), (200, False, False)), (answer.status, found.get("can_read"), found.get("can_write"))


@check("rights.read_write_only", "OS 5.3-5.8", rows=["3.5.2.1"])
def read_of_write_only(w):
    name, item = w.collection(False, True), w.make.malware()
    yield "add", 202, w.site.add(name, w.me, item).status
    yield from _reads(w, name, item, 403)


@check("rights.read_closed", "OS 5.3-5.8")
def read_of_closed(w):
    yield from _reads(w, w.collection(False, False), w.make.malware(), 404)


def _reads(w, name, item, expected):
    for below in ("objects/", "manifest/", f"objects/{item['id']}/", f"objects/{item['id']}/versions/"):
        answer = w.get(w.site.path(name, below))
        yield below.replace(item["id"], "id").strip("/"), (expected, MEDIA), (answer.status, answer.media)


@check("rights.write_read_only", "OS 5.5", rows=["3.5.2.2"])
def write_to_read_only(w):
    answer = w.site.add(w.collection(True, False), w.me, w.make.malware())
    return (403, MEDIA), (answer.status, answer.media)


@check("rights.write_closed", "OS 5.5")
def write_to_closed(w):
    return OneOf(403, 404), w.site.add(w.collection(False, False), w.me, w.make.malware()).status


@check("rights.delete", "OS 5.7", rows=["3.5.2.3", "3.5.2.4"])
def delete_without_right(w):
    for name, rights, expected in [
        ("read_only", (True, False), 403),
        ("write_only", (False, True), 403),
        ("closed", (False, False), 404),
    ]:
        path = w.site.path(w.collection(*rights), f"objects/{w.single['id']}/")
        answer = w.site.ask("DELETE", path, w.me)
        yield name, (expected, MEDIA), (answer.status, answer.media)


@check("unknown", "OS 4, 5", rows=["3.3.2", "3.5.3", "3.8.2"])
def unknown(w):
    root, item = w.site.root, f"indicator--{NOBODYS}"
    paths = {
        "root": re.sub(r"[^/]+/$", "no-such-root/", root),
        "root_collections": re.sub(r"[^/]+/$", "no-such-root/collections/", root),
        "status": f"{root}status/{NOBODYS}/",
        "status_no_uuid": f"{root}status/nonsense/",
        "collection": f"{root}collections/{NOBODYS}/",
        "collection_no_uuid": f"{root}collections/nonsense/",
        "collection_objects": f"{root}collections/{NOBODYS}/objects/",
        "collection_manifest": f"{root}collections/{NOBODYS}/manifest/",
        "object": f"{w.objects}{item}/",
        "object_no_id": f"{w.objects}nonsense/",
        "versions": f"{w.objects}{item}/versions/",
    }
    for name, path in paths.items():
        answer = w.get(path)
        yield name, (404, MEDIA), (answer.status, answer.media)
    answer = w.site.ask("DELETE", f"{w.objects}{item}/", w.me)
    yield "delete", (404, MEDIA), (answer.status, answer.media)
    answer = w.site.post(f"{root}collections/{NOBODYS}/objects/", w.me, b'{"objects":[]}')
    yield "add", (404, MEDIA), (answer.status, answer.media)


@check("slash", "OS 3.1 (of requests)")
def without_slash(w):
    asked = {"root": w.site.root, "objects": w.objects, "object": f"{w.objects}{w.single['id']}/"}
    for name, path in asked.items():
        text = query(match_version="all", limit=1) if name != "root" else ""
        answer = w.get(path.rstrip("/") + text)
        if answer.status == 308:
            yield name, path + text, unquote(re.sub(r"^https?://[^/]+", "", answer.headers.get("location", "")))
        else:
            yield name, 200, answer.status


@check("head", "RFC 9110 9.3.2")
def head(w):
    answer = w.site.ask("HEAD", w.objects, w.me)
    return (200, MEDIA, b""), (answer.status, answer.media, answer.body)


@check("user_agent", "OS 8.2.1")
def no_user_agent(w):
    # No request of these scripts sends a User-Agent.
    return 200, w.get(w.site.root).status


@check("empty", "OS 2, 3.7, 5.3.1, 5.8.1", rows=["3.7.2"])
def empty(w):
    nothing = query(match_type="x-no-such-type")
    late = query(added_after="2999-01-01T00:00:00.000000Z")
    item = w.single["id"]
    envelope = OneOf({}, {"more": False})
    yield "objects", envelope, w.get(w.objects + nothing).json()
    yield "objects_late", envelope, w.get(w.objects + late).json()
    yield "object_filtered", (200, envelope), _both(w.get(f"{w.objects}{item}/{query(match_version=w.make.moment(9999))}"))
    yield "object_late", (200, envelope), _both(w.get(f"{w.objects}{item}/{late}"))
    yield "manifest", {}, w.get(w.manifest + nothing).json()
    yield "versions", (200, {}), _both(w.get(f"{w.objects}{item}/versions/{late}"))
    if "empty" in w.site.collections:
        yield "collection", envelope, w.get(w.site.path("empty", "objects/")).json()
        yield "collection_manifest", {}, w.get(w.site.path("empty", "manifest/")).json()
    answer = w.get(w.objects + nothing)
    names = [name for name in answer.headers if name.startswith("x-taxii")]
    # OS 3.2 demands the headers and demands timestamps in them; cti-taxii2 #117 is open. Ours leaves them out.
    yield "no_date_headers", [], names


def _both(answer):
    return answer.status, answer.json()


@check("error", "OS 3.6.1")
def errors(w):
    answers = {
        "400": w.get(w.objects + query(limit=0)),
        "401": w.site.get(w.objects, None),
        "403": w.get(w.site.path(w.collection(False, True), "objects/")),
        "404": w.get(f"{w.objects}indicator--{NOBODYS}/"),
        "406": w.get(w.objects, accept="text/html"),
        "415": w.site.post(w.objects, w.me, b"{}", content_type="text/plain"),
        "422": w.site.post(w.objects, w.me, b"[]"),
    }
    for status, answer in answers.items():
        found = answer.resource()
        good = isinstance(found.get("title"), str) and found.get("http_status") in (None, status)
        yield status, (int(status), MEDIA, True), (answer.status, answer.media, good)


@check("added_after.far_past", "OS 3.4", rows=["3.13.1.1"])
def far_past(w):
    return len(w.records(match_version="all")), len(w.records(match_version="all", added_after=LONG_AGO))


@check("sizes", "OS 4.2.1, 5.5")
def sizes(w):
    most = w.get(w.site.root).resource()["max_content_length"]
    headers = [("Content-Type", MEDIA), ("Content-Length", str(most + 1))]
    answer = w.site.ask("POST", w.objects, w.me, headers=headers, body=b'{"objects":[')
    yield "declared", (413, MEDIA), (answer.status, answer.media)
    if most > 64 * 1024 * 1024:
        raise NotHere(f"max_content_length is {most}: too large to send; give the site a smaller one")
    padding = b'{"objects":[' + json.dumps(w.make.malware()).encode() + b" " * most + b"]}"
    answer = w.site.post(w.objects, w.me, padding)
    yield "sent", (413, MEDIA), (answer.status, answer.media)
    headers = [("Content-Type", MEDIA), ("Transfer-Encoding", "chunked")]
    chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(padding), padding)
    answer = w.site.ask("POST", w.objects, w.me, headers=headers, body=chunk)
    yield "chunked", OneOf(411, 413), answer.status
    item = json.dumps(w.make.malware()).encode()
    fits = b'{"objects":[' + item + b" " * (most - 14 - len(item)) + b"]}"
    yield "exactly_the_most", 202, w.site.post(w.objects, w.me, fits).status
