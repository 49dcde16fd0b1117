"""FBX files for the fuzzer: a small one, mutations of its records, and malicious files."""
import struct
import zlib

MAGIC = b"Kaydara FBX Binary  \0\x1a\0"
SECOND = 46186158000
# The codes of single values and of arrays in the binary form.
SINGLE = {"Y": "h", "C": "B", "I": "i", "F": "f", "D": "d", "L": "q"}
MANY = {"f": "f", "d": "d", "i": "i", "l": "q", "b": "b"}
# The replacements for mutated numbers.
NUMBERS = [-1, 0, 1, 2, 255, 65536, 2**31 - 1, -2**31, 1e308, -1e308, 1e-300, float("nan"), float("inf"), 0.5]


# A record is [name, [(code, value), …], [record, …]].

def write(records, version=7400):
    out = bytearray(MAGIC + struct.pack("<I", version))
    for one in records:
        _write(one, out, version >= 7500)
    return bytes(out + b"\0" * (25 if version >= 7500 else 13))


def _write(record, out, wide):
    name, values, children = record
    start, head = len(out), struct.Struct("<QQQB" if wide else "<IIIB")
    out += b"\0" * head.size + name.encode()
    first = len(out)
    for code, value in values:
        out += code.encode()
        if code in SINGLE:
            out += struct.pack("<" + SINGLE[code], value)
        elif code in MANY:
            packed = zlib.compress(struct.pack(f"<{len(value)}{MANY[code]}", *value))
            out += struct.pack("<III", len(value), 1, len(packed)) + packed
        else:
            out += struct.pack("<I", len(value)) + value
    length = len(out) - first
    for child in children:
        _write(child, out, wide)
    if children:
        out += b"\0" * head.size
    head.pack_into(out, start, len(out), len(values), length, len(name.encode()))


def read(data):
    """Return the records and the version of a valid binary file."""
    version = struct.unpack_from("<I", data, 23)[0]
    head = struct.Struct("<QQQB" if version >= 7500 else "<IIIB")

    def record(at):
        end, count, length, size = head.unpack_from(data, at)
        if end == 0:
            return None, at
        at += head.size
        name = data[at:at + size].decode(errors="replace")
        at += size
        values, place = [], at
        for _ in range(count):
            value, place = _value(data, place)
            values.append(value)
        at += length
        children = []
        while at < end:
            child, at = record(at)
            if child is None:
                break
            children.append(child)
        return [name, values, children], end

    records, at = [], 27
    while at < len(data):
        one, at = record(at)
        if one is None:
            break
        records.append(one)
    return records, version


def _value(data, at):
    code = chr(data[at])
    at += 1
    if code in SINGLE:
        form = struct.Struct("<" + SINGLE[code])
        return (code, form.unpack_from(data, at)[0]), at + form.size
    if code in MANY:
        count, packed, length = struct.unpack_from("<III", data, at)
        at += 12
        size = length if packed else count * struct.calcsize(MANY[code])
        raw = data[at:at + size]
        return (code, list(struct.unpack(f"<{count}{MANY[code]}", zlib.decompress(raw) if packed else raw))), at + size
    length = struct.unpack_from("<I", data, at)[0]
    return (code, data[at + 4:at + 4 + length]), at + 4 + length


def mutated(data, randomly):
    """Return a binary file with up to five changed records."""
    records, version = read(data)
    for _ in range(randomly.randrange(1, 6)):
        siblings = records
        while True:
            if not siblings:
                break
            index = randomly.randrange(len(siblings))
            record = siblings[index]
            if record[2] and randomly.random() < 0.85:
                siblings = record[2]
                continue
            way = randomly.random()
            if way < 0.15:
                del siblings[index]
            elif way < 0.3:
                siblings.insert(index, record)
            elif record[1]:
                place = randomly.randrange(len(record[1]))
                record[1][place] = _changed(record[1][place], randomly)
            break
    try:
        return write(records, version)
    except (struct.error, OverflowError, UnicodeError):
        return None


def _changed(value, randomly):
    code, old = value
    if code in MANY:
        new = list(old)
        if randomly.random() < 0.3:
            return code, new[:randomly.randrange(len(new) + 1)]
        for _ in range(min(len(new), randomly.randrange(1, 4))):
            new[randomly.randrange(len(new))] = _number(MANY[code], randomly)
        return code, new
    if code in SINGLE:
        return code, _number(SINGLE[code], randomly)
    return code, randomly.choice([b"", b"x", old + old, b"Lcl Scaling", b"OO", b"OP", b"Mesh", b"ByPolygon", bytes(randomly.randrange(256) for _ in range(8))])


def _number(form, randomly):
    number = randomly.choice(NUMBERS)
    if form in "fd":
        return number if form == "d" or abs(number) < 1e38 or number != number else 1e38
    whole = int(number) if abs(number) < 1e18 else 0
    bits = 8 * struct.calcsize("<" + form)
    return whole % 2**bits - (2**(bits - 1) if form != "B" else 0) if form != "B" else whole % 256


# A small file

def text(value):
    return "S", value.encode()


def made_up():
    return write(scene())


def scene(nodes=6):
    """Return a chain of joints with a skinned mesh, rotated by curves of every kind."""
    objects, links = [], []

    def thing(number, kind, name, subkind, *children, **properties):
        entries = [["P", [text(key.replace("_", " ")), text(""), text(""), text("A")] + [("D", float(x)) for x in value], []] for key, value in properties.items()]
        objects.append([kind, [("L", number), ("S", name.encode() + b"\0\x01" + kind.encode()), text(subkind)], [["Properties70", [], entries], *children]])

    def link(child, parent, name=None):
        links.append(["C", [text("OP" if name else "OO"), ("L", child), ("L", parent)] + ([text(name)] if name else []), []])

    def array(name, code, values):
        return [name, [(code, list(values))], []]

    thing(900, "Geometry", "body", "Mesh", array("Vertices", "d", [0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 2, 0.5, 1, 2, 0]),
          array("PolygonVertexIndex", "i", [0, 1, 2, -4, 3, 2, 5, -5, 0, 1, 2, 5, 4, -4]))
    thing(901, "Model", "body", "Mesh", GeometricTranslation=(0, 1, 0))
    thing(902, "Deformer", "", "Skin")
    thing(990, "AnimationStack", "Take", "")
    thing(991, "AnimationLayer", "Base", "")
    link(900, 901), link(901, 0), link(902, 900), link(991, 990)
    identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
    for n in range(nodes):
        thing(100 + n, "Model", f"joint{n}", "LimbNode", Lcl_Translation=(0, 1, 0), Lcl_Scaling=(1, 1 + n % 2, 1), PreRotation=(0, 30, 0), RotationActive=(1,),
              RotationPivot=(0, 0.1, 0), InheritType=(n % 3,))
        link(100 + n, 99 + n if n else 0)
        thing(200 + n, "Deformer", "", "Cluster", array("Indexes", "i", [n % 6, (n + 1) % 6]), array("Weights", "d", [0.5, 1]), array("Transform", "d", identity),
              array("TransformLink", "d", identity))
        link(200 + n, 902), link(100 + n, 200 + n)
        thing(300 + n, "AnimationCurveNode", "R", "")
        link(300 + n, 991), link(300 + n, 100 + n, "Lcl Rotation" if n % 2 else "Lcl Scaling")
        for axis in range(3):
            number = 400 + 3 * n + axis
            thing(number, "AnimationCurve", "", "", array("KeyTime", "l", [0, SECOND // 2, SECOND]), array("KeyValueFloat", "f", [1, 40 * axis + 1, 2]),
                  array("KeyAttrFlags", "i", [(0x4, 0x8 | 0x400, 0x108, 0x2, 0x102)[n % 5]]), array("KeyAttrDataFloat", "f", [5, -5, 0, 0]), array("KeyAttrRefCount", "i", [3]))
            link(number, 300 + n, "d|" + "XYZ"[axis])
    return [["FBXHeaderExtension", [], [["FBXVersion", [("I", 7400)], []]]], ["Objects", [], objects], ["Connections", [], links]]


def hostile():
    yield "text.fbx", b"; FBX 7.4.0 project file\nFBXHeaderExtension: {" + b"{" * 10**5
    yield "deep-text.fbx", b"; FBX 7.4.0 project file\n" + b"A: {\n" * 10**6
    yield "binary.fbx", MAGIC + struct.pack("<I", 7400) + b"\xff" * 4000
    yield "old.fbx", b"; FBX 6.1.0 project file\nFBXHeaderExtension: {\nFBXVersion: 6100\n}"
    deep = ["A", [], []]
    for _ in range(400):
        deep = ["A", [], [deep]]
    yield "deep.fbx", write([deep])
    # Arrays of zeros, compressed a thousandfold: a mesh that requests eight gigabytes.
    bomb = scene()
    for record in bomb[1][2]:
        if record[0] == "Geometry":
            record[2][1][1] = [("d", [0.0] * (1 << 24))]
    yield "bomb.fbx", write(bomb)
    many = scene()
    many[1][2] += [["Model", [("L", 10_000 + n), text("m"), text("Mesh")], []] for n in range(20_000)]
    many[2][2] += [["C", [text("OO"), ("L", 900), ("L", 10_000 + n)], []] for n in range(20_000)]
    yield "sharers.fbx", write(many)
    yield "chain.fbx", write(scene(3000))
    ring = scene()
    ring[2][2] = [["C", [text("OO"), ("L", 100 + n), ("L", 100 + (n + 1) % 6)], []] for n in range(6)] + ring[2][2]
    yield "ring.fbx", write(ring)
    for code, value in (("K", -1), ("A", -1), ("M", 2**31 - 1)):
        onward = scene()
        onward[1][2] = [record for record in onward[1][2] if record[0] != "AnimationStack"] + [
            ["AnimationStack", [("L", 990), text("Take"), text("")],
             [["Properties70", [], [["P", [text(name), text("KTime"), text("Time"), text(""), ("L", time)], []] for name, time in (("LocalStart", 0), ("LocalStop", 10**9 * SECOND // 10**4))]]]]]
        for record in onward[1][2]:
            if record[0] == "AnimationCurve":
                record[2].append(["Post-Extrapolation", [], [["Type", [("C", ord(code))], []], ["Repetition", [("I", value)], []]]])
        yield f"onward-{code}.fbx", write(onward)
    steep = scene()
    for record in steep[1][2]:
        for child in record[2]:
            if child[0] == "KeyValueFloat":
                child[1] = [("f", [0, 1e30, -1e30])]
    yield "steep.fbx", write(steep)
