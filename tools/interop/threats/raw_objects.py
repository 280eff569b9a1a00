"""The objects of a bundle or an envelope as the bytes they have in it."""

import json

_READ = json.JSONDecoder()


def split(body):
    """Bytes of each member of the outermost `objects`; empty where there is none."""
    text = body.decode("utf-8-sig")
    at = _skip(text, 0)
    if at >= len(text) or text[at] != "{":
        return []
    at = _skip(text, at + 1)
    while at < len(text) and text[at] != "}":
        name, at = _READ.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        if name == "objects" and text[at] == "[":
            return [piece.encode() for piece in _members(text, at)]
        _, at = _READ.raw_decode(text, at)
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return []


def _members(text, at):
    at = _skip(text, at + 1)
    while text[at] != "]":
        _, end = _READ.raw_decode(text, at)
        yield text[at:end]
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)


def _skip(text, at):
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at
