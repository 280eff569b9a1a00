"""Checks entries, root and proofs of a log in a directory with pymerkle. Exits 0 only when all hold.

pymerkle knows neither signatures nor tiles: those are examined by the Go and Rust peers.
"""

import base64
import pathlib
import struct
import sys

from pymerkle import InmemoryTree
from pymerkle.hasher import MerkleHasher


def entries_of(directory: pathlib.Path, size: int) -> list[bytes]:
    entries: list[bytes] = []
    while len(entries) < size:
        width = min(256, size - len(entries))
        number = len(entries) // 256
        name = f"{number % 1000:03}"
        while number >= 1000:
            number //= 1000
            name = f"x{number % 1000:03}/{name}"
        suffix = "" if width == 256 else f".p/{width}"
        rest = (directory / "tile" / "entries" / (name + suffix)).read_bytes()
        for _ in range(width):
            (length,) = struct.unpack(">H", rest[:2])
            assert len(rest) >= 2 + length, "a bundle ends early"
            entries.append(rest[2 : 2 + length])
            rest = rest[2 + length :]
        assert not rest, "a bundle has too many entries"
    return entries


def check(directory: pathlib.Path) -> str:
    lines = (directory / "checkpoint").read_text().split("\n")
    size, root = int(lines[1]), base64.b64decode(lines[2], validate=True)
    entries = entries_of(directory, size)
    tree = InmemoryTree(algorithm="sha256")
    for entry in entries:
        tree.append_entry(entry)
    assert tree.get_root() == root, "the entries give another root"
    hasher = MerkleHasher("sha256", True)
    proofs = sorted((directory / "proofs").glob("*.tlog-proof"))
    assert proofs, "no proofs"
    for file in proofs:
        head = file.read_text().split("\n\n", 1)[0].split("\n")
        entry = base64.b64decode(head[1].removeprefix("extra "), validate=True)
        index = int(head[2].removeprefix("index "))
        ours = [base64.b64decode(line, validate=True) for line in head[3:]]
        # pymerkle counts from 1 and puts the leaf in front of its path.
        theirs = tree.prove_inclusion(index + 1, size).path
        assert [hasher.hash_buff(entry), *ours] == list(theirs), f"{file.name} differs from pymerkle's proof"
    return f"pymerkle: {size} entries, {len(proofs)} proofs, root {base64.b64encode(root).decode()}"


if __name__ == "__main__":
    try:
        print(check(pathlib.Path(sys.argv[1])))
    except Exception as error:  # noqa: BLE001 - every failure is a refusal
        sys.exit(f"{type(error).__name__}: {error}")
