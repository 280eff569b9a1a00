"""Canonical forms: ours beside libxml2's (lxml), on made documents with every trick of namespaces, on all files of the
data, and on broken documents, of which we take none that libxml2 refuses.

Not compared: & in the name of a namespace, which libxml2 2.9 writes as it is and so not well-formed (Canonical XML 1.0, 2.3
asks for &amp;); #default among the inclusive prefixes, which lxml does not hand on (xmlsec1 does: make_signed.py, cap.py).

    canonical.py CAP_PEER FOLDER
"""

import os
import random
import subprocess
import sys
from pathlib import Path

from lxml import etree

PEER, FOLDER = sys.argv[1], Path(sys.argv[2])
COUNT = int(os.environ.get("CAP_COUNT", "3000"))
DATA = Path(os.environ["SCRUTINEER_DATA"]) / "threats" / "cap"
dice = random.Random(3)
PREFIXES = ["", "a", "b", "c"]
URIS = ["urn:x", "urn:y", "http://example.org/?a=1", "urn:z"]
TEXTS = ["", "t", "&amp;", "&lt;", "&gt;", "&#13;", "&#10;", "&quot;'", "ü", "𐍈", " \t\n", "<![CDATA[<&]]>", "]]&gt;", "\r\n", "&#x9;", "\r"]
VALUES = ["", "v", "&amp;", "&lt;", ">", "&#13;", "&#10;", "&#9;", "'", "ü", "𐍈", " \t\n x ", "&quot;", "\r\n", "urn:x"]


def element(depth, scope, is_root=False):
    own = {}
    for prefix in PREFIXES:
        if dice.random() < 0.3:
            uri = dice.choice(URIS + ([""] if not prefix else []))
            own[prefix] = uri
    inner = {**scope, **own}
    known = [p for p in inner if p == "" or inner[p]]
    prefix = dice.choice(known or [""])
    name = (prefix + ":" if prefix else "") + dice.choice(["e", "f", "ü"])
    parts = [("xmlns" + (":" + p if p else ""), u.replace("&", "&amp;")) for p, u in own.items()]
    seen = set()
    for _ in range(dice.randrange(4)):
        prefix = dice.choice([p for p in inner if p and inner[p]] + [""])
        local = dice.choice(["p", "q", "r"])
        key = (inner[prefix] if prefix else "", local)
        if key not in seen:
            seen.add(key)
            parts.append(((prefix + ":" if prefix else "") + local, dice.choice(VALUES)))
    if dice.random() < 0.15:
        parts.append(("xml:" + dice.choice(["lang", "space"]), dice.choice(["en", "de", "preserve"])))
    dice.shuffle(parts)
    attributes = "".join(f"{dice.choice([' ', chr(10)])}{n}={chr(34)}{v}{chr(34)}" for n, v in parts)
    if depth == 0 or dice.random() < 0.15 and not is_root:
        return f"<{name}{attributes}/>" if dice.random() < 0.5 else f"<{name}{attributes}></{name}>"
    children = "".join(child(depth - 1, inner) for _ in range(dice.randrange(5)))
    return f"<{name}{attributes}>{children}</{name} >"


def child(depth, scope):
    kind = dice.randrange(8)
    if kind < 4:
        return element(depth, scope)
    if kind == 4:
        return outside()
    return dice.choice(TEXTS)


def outside():
    return dice.choice(["<!-- c\r\n-->", "<!---->", "<?p?>", "<?p  d \n?>", "<!-- <&> -->"])


def document():
    head = dice.choice(["", '<?xml version="1.0"?>', "<?xml version='1.0' encoding='UTF-8' standalone='no' ?>\r\n"])
    around = lambda: "".join(dice.choice([outside(), "\n", "", " "]) for _ in range(dice.randrange(3)))
    return head + around() + element(4, {"": ""}, True) + around()


def path_to(tree):
    """An element below the root, and the places of nodes that lead to it (text counts as one node)."""
    below = [x for x in tree.getroot().iterdescendants("{*}*")]
    if not below:
        return None, []
    one = target = dice.choice(below)
    places = []
    while one.getparent() is not None:
        parent = one.getparent()
        place = 1 if parent.text else 0
        for sibling in parent:
            if sibling is one:
                break
            place += 2 if sibling.tail else 1
        places.append(place)
        one = parent
    return target, places[::-1]


def broken(text):
    """A few bytes changed."""
    raw = bytearray(text.encode())
    for _ in range(1 + dice.randrange(3)):
        at = dice.randrange(len(raw))
        kind = dice.randrange(4)
        if kind == 0:
            raw[at] = dice.choice(b"<>&;\"'=/:! ?-[]x#\x00\x01\xff\r")
        elif kind == 1:
            del raw[at]
        elif kind == 2:
            raw.insert(at, dice.choice(b"<>&;\"'=/:! ?-[]x#"))
        else:
            other = dice.randrange(len(raw))
            raw[at:at] = raw[other : other + dice.randrange(12)]
    return bytes(raw)


def parser():
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False, strip_cdata=True)


def names(form, kind):
    return {"method": "c14n", "exclusive": form == "exclusive", "with_comments": kind == "comments"}


def compare(file):
    """How many forms were compared; stops at the first difference."""
    tree = etree.parse(str(file), parser())
    count = 0
    for form in ("exclusive", "c14n10", "c14n11"):
        for kind in ("plain", "comments"):
            ours = file.with_suffix(f".{form}.{kind}").read_bytes()
            # Of a whole document both inclusive forms are the same.
            theirs = etree.tostring(tree, **names(form, kind))
            same(file, form + kind, ours, theirs)
            count += 1
    theirs = etree.tostring(tree, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=["a", "b"])
    same(file, "prefixes", file.with_suffix(".prefixes").read_bytes(), theirs)
    return count + 1


def same(file, form, ours, theirs):
    if ours != theirs:
        print("document:", file.read_bytes()[:3000])
        print("ours:    ", ours[:3000])
        print("theirs:  ", theirs[:3000])
        sys.exit(f"{file.name}, {form}: not the same")


def compare_part(file, places):
    """A part: exclusive and inclusive, found again in the file as libxml2 reads it."""
    tree = etree.parse(str(file), parser())
    one = tree.getroot()
    for place in places:
        nodes = (["text"] if one.text else []) + [n for x in one for n in ([x] + (["text"] if x.tail else []))]
        one = nodes[place]
    count = 0
    for form in ("exclusive", "c14n10"):
        for kind in ("plain", "comments"):
            ours = file.with_suffix(f".{form}.{kind}.part").read_bytes()
            theirs = libxml2_part(tree, one, form, kind)
            same(file, f"{form} {kind} of a part", ours, theirs)
            count += 1
    return count


def libxml2_part(tree, one, form, kind):
    """The inclusive form of a part is that of a document whose root brings what is declared around the part, and the xml:
    attributes of its ancestors."""
    comments = kind == "comments"
    if form == "exclusive":
        return etree.tostring(one, method="c14n", exclusive=True, with_comments=comments, with_tail=False)
    root = etree.fromstring(etree.tostring(one, with_tail=False, encoding="UTF-8"))
    for ancestor in one.iterancestors():
        for name, value in ancestor.attrib.items():
            if name.startswith("{http://www.w3.org/XML/1998/namespace}") and name not in root.attrib:
                root.set(name, value)
    return etree.tostring(root, method="c14n", exclusive=False, with_comments=comments, with_tail=False)


def main():
    files, parts = [], {}
    for number in range(COUNT):
        text = document()
        file = FOLDER / f"{number}.xml"
        file.write_bytes(text.encode())
        tree = etree.parse(str(file), parser())
        _, places = path_to(tree)
        if places:
            file.with_suffix(".path").write_text(" ".join(map(str, places)))
            parts[file] = places
        files.append(file)
    for number, source in enumerate(sorted(DATA.rglob("*"))):
        if source.is_file() and source.suffix != ".pem":
            file = FOLDER / f"data{number}.xml"
            file.write_bytes(source.read_bytes())
            files.append(file)
    spoilt = []
    for number in range(3 * COUNT):
        file = FOLDER / f"broken{number}.xml"
        file.write_bytes(broken(document()))
        spoilt.append(file)
    subprocess.run([PEER, "canonical", str(FOLDER)], check=True)
    refused = [f.name + ": " + f.with_suffix(".refused").read_text() for f in files if f.with_suffix(".refused").exists()]
    if refused:
        sys.exit(f"we refuse what is sound: {len(refused)}, {refused[:3]}")
    of_data = sum(file.name.startswith("data") for file in files)
    if of_data < 30:
        sys.exit(f"only {of_data} files of the data were found")
    count = sum(compare(file) for file in files)
    of_parts = sum(compare_part(file, places) for file, places in parts.items())
    print(f"{len(files)} sound documents, {of_data} of them from the data: {count} canonical forms as libxml2's; of {len(parts)} parts {of_parts}")
    accepted = 0
    for file in spoilt:
        if file.with_suffix(".refused").exists():
            continue
        accepted += 1
        try:
            compare(file)
        except etree.XMLSyntaxError as error:
            print(file.read_bytes())
            sys.exit(f"{file.name}: libxml2 refuses what we take: {error}")
        except etree.C14NError as error:
            print(file.read_bytes())
            sys.exit(f"{file.name}: libxml2 has no canonical form: {error}")
    if accepted < len(spoilt) // 50:
        sys.exit(f"of {len(spoilt)} spoilt documents only {accepted} are taken: hardly anything is compared")
    print(f"{len(spoilt)} spoilt documents: {accepted} taken, each with libxml2's canonical forms; the rest refused")


main()
