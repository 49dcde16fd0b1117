"""Damaged copies of the human that `posemap body install` made, to be rendered: none may be drawn.

Copies with a corrected checksum test whether everything else in them is checked too; those may be drawn.
"""
import os
import random
import struct
from functools import partial
from pathlib import Path

from case import Case

# Where the bytes covered by the checksum start; the JSON header's length is first.
CHECKED = 20
PRIMES = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5)
MASK = 2**64 - 1
COUNTS = [-1, 0, 1, 2**31, 2**40, 2**62, 2**63 - 1, 3074457345618258603]


def installed():
    """Return the path of the newest file in the user's cache; None if there is none."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    files = Path(cache, "posemap").glob("human-*.body")
    return max(files, key=lambda path: int(path.stem.split("-")[1]), default=None)


def cases(count, seed):
    """Yield `count` damaged files; none if the human is not installed."""
    path = installed()
    if path is None:
        return
    data = path.read_bytes()
    for number in range(count):
        randomly = random.Random(seed * 2_000_003 + number)
        # Python takes seconds for a checksum.
        is_forged = number % 10 == 4
        # Made when it is run, since all of them would take a gigabyte.
        damage = partial(forged if is_forged else broken, data, randomly)
        yield case(f"human-{number}", path.name, damage, (0, 66) if is_forged else (66,))


def case(name, file, data, codes):
    def arguments(path):
        folder = path.parent / "cache" / "posemap"
        folder.mkdir(parents=True)
        path.rename(folder / file)
        scene = path.parent / "scene.txt"
        scene.write_text('{"canvas": [64, 64], "characters": [{"id": "a", "body": "human"}]}')
        return ["render", str(scene), "-o", str(path.parent / "out"), "--maps", "mask"]
    return Case(name, data, arguments, codes, {"XDG_CACHE_HOME": "cache"})


def broken(data, randomly):
    """Return flipped, cut, filled or moved bytes."""
    data = bytearray(data)
    at, way = randomly.randrange(len(data)), randomly.randrange(5)
    if way == 0:
        return bytes(data[:at])
    if way == 1:
        for _ in range(randomly.randrange(1, 4)):
            data[randomly.randrange(len(data))] ^= 1 << randomly.randrange(8)
    elif way == 2:
        # In the head and the JSON header.
        data[randomly.randrange(4096)] ^= 1 << randomly.randrange(8)
    elif way == 3:
        # The leftover of a disk block.
        at -= at % 512
        data[at:at + 512] = bytes(len(data[at:at + 512]))
        data[0] ^= 1
    else:
        data[at:at] = data[at // 2:at // 2 + 4]
    return bytes(data)


def forged(data, randomly):
    """Return a file changed by someone who knows the checksum."""
    length = struct.unpack_from("<I", data, CHECKED)[0]
    start = CHECKED + 4
    header, rest = data[start:start + length], bytearray(data[start + length:])
    if randomly.random() < 0.5:
        key = randomly.choice([b'"vertices":', b'"surfaceVertices":', b'"triangles":', b'"count":', b'"index":', b'"nose":', b'"scale":'])
        at = header.find(key)
        if at >= 0:
            end = min(i for i in (header.find(b",", at), header.find(b"}", at)) if i > 0)
            header = header[:at + len(key)] + str(randomly.choice(COUNTS)).encode() + header[end:]
    else:
        for _ in range(20):
            at = randomly.randrange(len(rest) - 4)
            rest[at:at + 4] = struct.pack("<I", randomly.choice([0, 0x7FC00000, 0x7F800000, 0xFF7FFFFF, 2**32 - 1]))
    # The data after the header starts at a multiple of 4.
    body = struct.pack("<I", len(header)) + header + bytes(rest)
    return data[:CHECKED - 8] + struct.pack("<Q", xxh64(body)) + body


def xxh64(data):
    """Return XXH64 with seed 0."""
    p1, p2, p3, p4, p5 = PRIMES

    def turned(word, bits):
        return (word << bits | word >> (64 - bits)) & MASK

    def mixed(lane, word):
        return turned((lane + word * p2) & MASK, 31) * p1 & MASK

    offset, total = 0, p5
    if len(data) >= 32:
        a, b, c, d = (p1 + p2) & MASK, p2, 0, -p1 & MASK
        offset = len(data) // 32 * 32
        for w, x, y, z in struct.iter_unpack("<4Q", data[:offset]):
            a, b, c, d = mixed(a, w), mixed(b, x), mixed(c, y), mixed(d, z)
        total = turned(a, 1) + turned(b, 7) + turned(c, 12) + turned(d, 18) & MASK
        for lane in (a, b, c, d):
            total = ((total ^ mixed(0, lane)) * p1 + p4) & MASK
    total = (total + len(data)) & MASK
    while offset + 8 <= len(data):
        total = (turned(total ^ mixed(0, struct.unpack_from("<Q", data, offset)[0]), 27) * p1 + p4) & MASK
        offset += 8
    if offset + 4 <= len(data):
        total = (turned(total ^ struct.unpack_from("<I", data, offset)[0] * p1 & MASK, 23) * p2 + p3) & MASK
        offset += 4
    for byte in data[offset:]:
        total = turned(total ^ byte * p5 & MASK, 11) * p1 & MASK
    total = (total ^ total >> 33) * p2 & MASK
    total = (total ^ total >> 29) * p3 & MASK
    return total ^ total >> 32
