"""A collector of traces: takes one body, and reads it with the messages that OpenTelemetry publishes.

Usage: collector.py PORT; prints the names of the spans it got from the first body, or why it is none.
"""

import base64
import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


def read(body: bytes) -> ExportTraceServiceRequest:
    document = json.loads(body)
    # OTLP writes ids in hexadecimal, where the mapping of protobuf to JSON has base64: the one difference.
    for resource in document["resourceSpans"]:
        for scope in resource["scopeSpans"]:
            for span in scope["spans"]:
                for name in ("traceId", "spanId", "parentSpanId"):
                    if name in span:
                        span[name] = base64.b64encode(bytes.fromhex(span[name])).decode()
    return json_format.ParseDict(document, ExportTraceServiceRequest(), ignore_unknown_fields=False)


class Collector(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        assert self.path == "/v1/traces" and self.headers["content-type"] == "application/json"
        spans = [s for r in read(body).resource_spans for scope in r.scope_spans for s in scope.spans]
        assert spans and all(len(s.trace_id) == 16 and len(s.span_id) == 8 for s in spans)
        assert all(s.end_time_unix_nano >= s.start_time_unix_nano > 0 for s in spans)
        print("\n".join(sorted({s.name for s in spans})), flush=True)
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


HTTPServer(("127.0.0.1", int(sys.argv[1])), Collector).handle_request()
