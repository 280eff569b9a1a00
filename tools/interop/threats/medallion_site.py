"""medallion 3.0.0, the reference server of OASIS, with the members and collections of `threat_site`.

`medallion_site.py [--port N] [--data DIR]` prints the site's JSON line and serves until standard input closes. It keeps
everything in memory: DIR is not used. Its rights are the same for every member, so that a collection's are all or none.
"""

import argparse
import json
import logging
import sys
import tempfile
import threading
import uuid

from werkzeug.serving import WSGIRequestHandler, make_server

MEDIA = "application/taxii+json;version=2.1"
STORED = ["application/stix+json;version=2.1", "application/stix+json;version=2.0"]
MEMBERS = {
    "alpha": ("Office of Alpha", "exchange"),
    "alpha2": ("Office of Alpha", "exchange"),
    "beta": ("Beta Observers", "exchange"),
    "gamma": ("Gamma Press", "elsewhere"),
}
RIGHTS = {
    # name: (can read, can write)
    "exchange": (True, True),
    "empty": (True, True),
    "read_only": (True, False),
    "write_only": (False, True),
    "closed": (False, False),
}
MAX_CONTENT = 8 * 1024 * 1024
PAGE = 1000


def collection_id(name):
    """A random UUID (version 4) in form, the same in every run."""
    return str(uuid.UUID(bytes=uuid.uuid5(uuid.NAMESPACE_DNS, name + ".threats.test").bytes, version=4))


def configuration():
    collections = [
        {
            "id": collection_id(name),
            "title": name,
            "can_read": read,
            "can_write": write,
            "media_types": list(STORED),
            "objects": [],
            "manifest": [],
        }
        for name, (read, write) in RIGHTS.items()
    ]
    data = {
        "/discovery": {"title": "medallion", "default": "/exchange/", "api_roots": ["/exchange/"]},
        "exchange": {
            "information": {"title": "exchange", "versions": [MEDIA], "max_content_length": MAX_CONTENT},
            "status": [],
            "collections": collections,
        },
    }
    users = {name: f"{name}-password" for name in MEMBERS}
    return data, users


def application(data, users):
    import medallion
    import medallion.backends.memory_backend

    with tempfile.NamedTemporaryFile("w", suffix=".json") as held:
        json.dump(data, held)
        held.flush()
        app = medallion.application_instance
        medallion.set_config(app, "users", {"users": users})
        medallion.set_config(app, "taxii", {"taxii": {"max_page_size": PAGE}})
        backend = {
            "module": "medallion.backends.memory_backend",
            "module_class": "MemoryBackend",
            "filename": held.name,
            # Its cursors end after 30 s; a slow machine needs longer for a walk.
            "session_timeout": 600,
        }
        medallion.set_config(app, "backend", {"backend": backend})
    medallion.register_blueprints(app)
    return app


class Quiet(WSGIRequestHandler):
    def log(self, *_):
        pass


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--data")
    asked = asked.parse_args()
    logging.disable(logging.CRITICAL)
    data, users = configuration()
    server = make_server("127.0.0.1", asked.port, application(data, users), threaded=True, request_handler=Quiet)
    facts = {
        "server": "medallion",
        "address": f"http://127.0.0.1:{server.server_port}",
        "api_root": "/exchange/",
        "max_page_size": PAGE,
        "members": {
            name: {"user": name, "password": users[name], "organisation": office, "community": community}
            for name, (office, community) in MEMBERS.items()
        },
        "collections": {
            name: {
                "id": collection_id(name),
                "can_read": list(MEMBERS) if read else [],
                "can_write": list(MEMBERS) if write else [],
            }
            for name, (read, write) in RIGHTS.items()
        },
    }
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps(facts), flush=True)
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
