"""glTF 2.0 evaluated only by the specification, in numpy: the positions of nodes and skinned vertices at a time in a
clip."""
import base64
import json
import struct
from pathlib import Path

import numpy as np

TYPES = {5120: np.int8, 5121: np.uint8, 5122: np.int16, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


class Document:
    def __init__(self, path):
        data = Path(path).read_bytes()
        binary = None
        if data[:4] == b"glTF":
            length = struct.unpack("<I", data[12:16])[0]
            self.json = json.loads(data[20:20 + length])
            rest = 20 + (length + 3) // 4 * 4
            if rest + 8 <= len(data):
                binary = data[rest + 8:rest + 8 + struct.unpack("<I", data[rest:rest + 4])[0]]
        else:
            self.json = json.loads(data)
        self.buffers = []
        for buffer in self.json.get("buffers", []):
            uri = buffer.get("uri")
            if uri is None:
                self.buffers.append(binary)
            elif uri.startswith("data:"):
                self.buffers.append(base64.b64decode(uri.split(",", 1)[1]))
            else:
                self.buffers.append((Path(path).parent / uri).read_bytes())
        self.nodes = self.json.get("nodes", [])
        self.parents = {child: index for index, node in enumerate(self.nodes) for child in node.get("children", [])}

    def accessor(self, index):
        accessor = self.json["accessors"][index]
        kind, width = TYPES[accessor["componentType"]], WIDTHS[accessor["type"]]
        values = np.zeros((accessor["count"], width), kind)
        if "bufferView" in accessor:
            values = self.view(accessor["bufferView"], accessor.get("byteOffset", 0), accessor["count"], kind, width)
        if "sparse" in accessor:
            values = values.copy()
            sparse = accessor["sparse"]
            places = self.view(sparse["indices"]["bufferView"], sparse["indices"].get("byteOffset", 0), sparse["count"],
                               TYPES[sparse["indices"]["componentType"]], 1)[:, 0]
            values[places] = self.view(sparse["values"]["bufferView"], sparse["values"].get("byteOffset", 0), sparse["count"], kind, width)
        if accessor.get("normalized"):
            return np.maximum(values.astype(float) / np.iinfo(kind).max, -1)
        return values

    def view(self, index, offset, count, kind, width):
        view = self.json["bufferViews"][index]
        size = np.dtype(kind).itemsize
        return np.ndarray((count, width), kind, self.buffers[view["buffer"]], view.get("byteOffset", 0) + offset,
                          (view.get("byteStride", size * width), size))

    # Positions

    def clip(self, name):
        return next((a for a in self.json.get("animations", []) if a.get("name", "") == name), None)

    def worlds(self, clip=None, time=0.0):
        """Return the matrix of every node; parents can come after their children."""
        local = [self.parts(node) for node in self.nodes]
        for channel in (clip or {}).get("channels", []):
            target = channel["target"]
            if target.get("node") is not None and target["path"] in ("translation", "rotation", "scale"):
                sampler = clip["samplers"][channel["sampler"]]
                local[target["node"]][target["path"]] = self.sample(sampler, time, target["path"] == "rotation")
        worlds = [None] * len(self.nodes)

        def world(index):
            if worlds[index] is None:
                matrix = compose(local[index])
                worlds[index] = world(self.parents[index]) @ matrix if index in self.parents else matrix
            return worlds[index]
        return np.array([world(index) for index in range(len(self.nodes))])

    @staticmethod
    def parts(node):
        if "matrix" in node:
            return {"matrix": np.array(node["matrix"]).reshape(4, 4).T}
        return {"translation": np.array(node.get("translation", (0, 0, 0)), float), "rotation": np.array(node.get("rotation", (0, 0, 0, 1)), float),
                "scale": np.array(node.get("scale", (1, 1, 1)), float)}

    def sample(self, sampler, time, is_rotation, count=None):
        times = self.accessor(sampler["input"])[:, 0].astype(float)
        values = self.accessor(sampler["output"]).astype(float)
        way = sampler.get("interpolation", "LINEAR")
        if count:
            values = values.reshape(-1, count)
        if way == "CUBICSPLINE":
            values = values.reshape(len(times), 3, -1)
        key = values[:, 1] if way == "CUBICSPLINE" else values
        after = int(np.searchsorted(times, time, side="right"))
        if after == 0 or after == len(times):
            return key[min(after, len(times) - 1)]
        before, span = after - 1, times[after] - times[after - 1]
        t = (time - times[before]) / span
        if way == "STEP":
            return key[before]
        if way == "CUBICSPLINE":
            return ((2 * t**3 - 3 * t**2 + 1) * key[before] + span * (t**3 - 2 * t**2 + t) * values[before, 2]
                    + (-2 * t**3 + 3 * t**2) * key[after] + span * (t**3 - t**2) * values[after, 0])
        return slerp(key[before], key[after], t) if is_rotation else key[before] + (key[after] - key[before]) * t

    def shapes(self, clip, time):
        """Return morph weights by node, if the clip has any."""
        found = {}
        for channel in (clip or {}).get("channels", []):
            target = channel["target"]
            if target["path"] == "weights":
                count = len(self.json["meshes"][self.nodes[target["node"]]["mesh"]]["primitives"][0]["targets"])
                found[target["node"]] = self.sample(clip["samplers"][channel["sampler"]], time, False, count)
        return found

    def primitives(self, worlds, shapes):
        """(positions in the world, whether they have normals, indices) of each triangle primitive, by node."""
        shown = self.shown()
        for index, node in enumerate(self.nodes):
            if index not in shown or "mesh" not in node:
                continue
            mesh = self.json["meshes"][node["mesh"]]
            for primitive in mesh["primitives"]:
                if primitive.get("mode", 4) != 4:
                    continue
                attributes = primitive["attributes"]
                positions = self.accessor(attributes["POSITION"]).astype(float)
                weights = shapes.get(index, node.get("weights", mesh.get("weights", [])))
                for weight, target in zip(weights, primitive.get("targets", [])):
                    if "POSITION" in target:
                        positions = positions + weight * self.accessor(target["POSITION"])
                homogeneous = np.column_stack([positions, np.ones(len(positions))])
                placed = homogeneous @ worlds[index].T
                if "skin" in node and "JOINTS_0" in attributes:
                    placed = self.skinned(homogeneous, attributes, self.json["skins"][node["skin"]], worlds)
                indices = self.accessor(primitive["indices"])[:, 0] if "indices" in primitive else np.arange(len(positions))
                yield placed[:, :3], "NORMAL" in attributes, indices

    def skinned(self, positions, attributes, skin, worlds):
        binds = np.tile(np.eye(4), (len(skin["joints"]), 1, 1))
        if "inverseBindMatrices" in skin:
            binds = self.accessor(skin["inverseBindMatrices"]).astype(float).reshape(-1, 4, 4).transpose(0, 2, 1)[:len(skin["joints"])]
        moves = worlds[skin["joints"]] @ binds
        joints, weights = [], []
        while f"JOINTS_{len(joints)}" in attributes:
            weights.append(self.accessor(attributes[f"WEIGHTS_{len(joints)}"]).astype(float))
            joints.append(self.accessor(attributes[f"JOINTS_{len(joints)}"]).astype(int))
        joints, weights = np.hstack(joints), np.hstack(weights)
        total = weights.sum(1, keepdims=True)
        weights = np.where(total > 0, weights / np.where(total > 0, total, 1), np.eye(1, weights.shape[1]))
        return np.einsum("vs,vsij,vj->vi", weights, moves[np.where(weights > 0, joints, 0)], positions)

    def shown(self):
        scenes = self.json.get("scenes")
        if not scenes:
            return set(range(len(self.nodes)))
        waiting, shown = list(scenes[self.json.get("scene", 0)].get("nodes", [])), set()
        while waiting:
            node = waiting.pop()
            shown.add(node)
            waiting += self.nodes[node].get("children", [])
        return shown

    def vertices(self, worlds, shapes):
        """Return all vertices in order; a primitive without normals is flat, so each triangle has its own corners."""
        parts = [positions if smooth else positions[indices] for positions, smooth, indices in self.primitives(worlds, shapes)]
        return np.vstack(parts) if parts else np.zeros((0, 3))


def compose(parts):
    if "matrix" in parts:
        return parts["matrix"]
    matrix = np.eye(4)
    matrix[:3, :3] = rotation_matrix(parts["rotation"] / np.linalg.norm(parts["rotation"])) * parts["scale"]
    matrix[:3, 3] = parts["translation"]
    return matrix


def rotation_matrix(q):
    x, y, z, w = q
    return np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                     [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                     [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]])


def slerp(a, b, t):
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    dot = a @ b
    if dot < 0:
        b, dot = -b, -dot
    angle = np.arccos(min(dot, 1))
    if angle < 1e-7:
        return a + (b - a) * t
    return (np.sin((1 - t) * angle) * a + np.sin(t * angle) * b) / np.sin(angle)
