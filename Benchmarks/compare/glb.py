"""Reads and writes the only kind of GLB file that these programs exchange with posemap: a skinned surface and its
joints."""
import json
import struct

import numpy as np

TYPES = {5121: "u1", 5123: "u2", 5125: "u4", 5126: "f4"}
CODES = {"u1": 5121, "u2": 5123, "u4": 5125, "f4": 5126}
SIZES = {"SCALAR": 1, "VEC3": 3, "VEC4": 4, "MAT4": 16}


class Model:
    def __init__(self, tree, data):
        self.tree, self.data = tree, data

    @classmethod
    def read(cls, path):
        file = open(path, "rb").read()
        length = struct.unpack_from("<I", file, 12)[0]
        return cls(json.loads(file[20:20 + length]), file[28 + length:])

    def array(self, index):
        accessor = self.tree["accessors"][index]
        view = self.tree["bufferViews"][accessor["bufferView"]]
        width = SIZES[accessor["type"]]
        start = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
        values = np.frombuffer(self.data, TYPES[accessor["componentType"]], accessor["count"] * width, start)
        return values if width == 1 else values.reshape(-1, width)

    def surface(self):
        """Return all primitives as one; there is one skin."""
        parts, begun = [], 0
        for primitive in (part for mesh in self.tree["meshes"] for part in mesh["primitives"]):
            part = {name: self.array(index) for name, index in primitive["attributes"].items()}
            part["indices"] = self.array(primitive["indices"]).astype("u4") + np.uint32(begun)
            begun += len(part["POSITION"])
            parts.append(part)
        return {name: np.concatenate([part[name] for part in parts])
                for name in ("POSITION", "NORMAL", "JOINTS_0", "WEIGHTS_0", "indices")}

    def motions(self):
        """Return how each joint of the skin moves a point from rest: one matrix each, in the character's own axes."""
        skin = self.tree["skins"][0]
        inverse = self.array(skin["inverseBindMatrices"]).reshape(-1, 4, 4).transpose(0, 2, 1).astype("f8")
        placed = {}

        def place(index, parent):
            node = self.tree["nodes"][index]
            placed[index] = parent @ local(node)
            for child in node.get("children", []):
                place(child, placed[index])

        for root in self.tree["scenes"][0]["nodes"]:
            place(root, np.eye(4))
        return np.array([placed[joint] for joint in skin["joints"]]) @ inverse

    def write(self, path, surface):
        """Return the same skeleton with another surface."""
        data, views, accessors = b"", [], []

        def add(values, kind, **more):
            nonlocal data
            views.append({"buffer": 0, "byteOffset": len(data), "byteLength": values.nbytes})
            accessors.append({"bufferView": len(views) - 1, "componentType": CODES[values.dtype.str[1:]],
                              "count": len(values), "type": kind, **more})
            data += values.tobytes() + bytes(-values.nbytes % 4)
            return len(accessors) - 1

        positions = surface["POSITION"]
        attributes = {
            "POSITION": add(positions, "VEC3", min=positions.min(axis=0).tolist(), max=positions.max(axis=0).tolist()),
            "NORMAL": add(surface["NORMAL"], "VEC3"), "JOINTS_0": add(surface["JOINTS_0"], "VEC4"),
            "WEIGHTS_0": add(surface["WEIGHTS_0"], "VEC4")}
        primitive = {"attributes": attributes, "indices": add(surface["indices"], "SCALAR")}
        skin = {**self.tree["skins"][0]}
        skin["inverseBindMatrices"] = add(self.array(skin["inverseBindMatrices"]), "MAT4")
        nodes = [{key: value for key, value in node.items() if key != "camera"} for node in self.tree["nodes"]]
        tree = {"asset": {"version": "2.0"}, "scene": 0, "scenes": self.tree["scenes"], "nodes": nodes,
                "meshes": [{"primitives": [primitive]}], "skins": [skin], "accessors": accessors,
                "bufferViews": views, "buffers": [{"byteLength": len(data)}]}
        text = json.dumps(tree).encode()
        text += b" " * (-len(text) % 4)
        with open(path, "wb") as file:
            file.write(struct.pack("<4sII", b"glTF", 2, 28 + len(text) + len(data)))
            file.write(struct.pack("<I4s", len(text), b"JSON") + text)
            file.write(struct.pack("<I4s", len(data), b"BIN\0") + data)


def local(node):
    if "matrix" in node:
        return np.array(node["matrix"]).reshape(4, 4).T
    x, y, z, w = node.get("rotation", (0, 0, 0, 1))
    matrix = np.eye(4)
    matrix[:3, :3] = [[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                      [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                      [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]]
    matrix[:3, :3] *= node.get("scale", (1, 1, 1))
    matrix[:3, 3] = node.get("translation", (0, 0, 0))
    return matrix
