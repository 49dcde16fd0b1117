"""Generated humanoids as GLB, each with arbitrary joint axes, a rest pose between A- and T-pose, its own units and
facing, accessors of every type that glTF allows, and a clip that rotates every joint and moves the hips."""
import json
import struct

import numpy as np

from gltf import rotation_matrix

# Mixamo's names; parent; offset in the T-pose of a person 1.7 m tall.
BONES = [("Hips", None, (0, 0.95, 0)), ("Spine", 0, (0, 0.1, 0)), ("Spine1", 1, (0, 0.12, 0)), ("Spine2", 2, (0, 0.12, 0)), ("Neck", 3, (0, 0.16, 0)), ("Head", 4, (0, 0.09, 0.01))]
for side, sign in (("Left", 1), ("Right", -1)):
    first = len(BONES)
    BONES += [(side + "UpLeg", 0, (0.09 * sign, -0.05, 0)), (side + "Leg", first, (0, -0.42, 0.005)), (side + "Foot", first + 1, (0, -0.4, -0.01)),
              (side + "ToeBase", first + 2, (0, -0.06, 0.12))]
    first = len(BONES)
    BONES += [(side + "Shoulder", 3, (0.04 * sign, 0.12, 0)), (side + "Arm", first, (0.13 * sign, 0, 0)), (side + "ForeArm", first + 1, (0.26 * sign, 0, 0.004)),
              (side + "Hand", first + 2, (0.25 * sign, 0, 0))]


def write(path, seed):
    """Return the file for a seed."""
    path.write_bytes(glb(np.random.default_rng(seed), seed))
    return path


def glb(random, seed):
    unit = (1.0, 100.0, 39.37)[seed % 3]
    facing = axis_angle((0, 1, 0), (0, np.pi, np.pi / 2, 0.7)[seed % 4])
    rest = rest_worlds(random, seed, unit, facing)
    buffer, document = Buffer(), {"asset": {"version": "2.0", "generator": "made up"}, "scene": 0}
    # The skeleton is below a node that rotates and moves all of it.
    armature = np.eye(4)
    armature[:3, :3] = facing
    nodes = [{"name": "Armature", "children": [1], "rotation": quaternion(facing)}]
    for index, (name, parent, _) in enumerate(BONES):
        local = np.linalg.inv(rest[parent] if parent is not None else armature) @ rest[index]
        node = {"name": "mixamorig:" + name, "translation": local[:3, 3].tolist(), "rotation": quaternion(local[:3, :3])}
        children = [child + 1 for child, bone in enumerate(BONES) if bone[1] == index]
        nodes.append({**node, **({"children": children} if children else {})})
    nodes.append({"name": "body", "mesh": 0, "skin": 0})
    document["scenes"] = [{"nodes": [0, len(nodes) - 1]}]
    document["nodes"] = nodes
    document["skins"] = [{"joints": list(range(1, len(BONES) + 1)), "inverseBindMatrices": buffer.add(
        np.array([np.linalg.inv(m).T.reshape(16) for m in rest], np.float32), "MAT4")}]
    document["meshes"] = [mesh(random, seed, unit, rest, buffer)]
    document["animations"] = [animation(random, seed, unit, nodes, buffer)]
    pose_away(random, nodes)
    return pack(document, buffer)


def rest_worlds(random, seed, unit, facing):
    droop = np.radians((0, 45, 20, 70)[seed // 3 % 4])
    places = []
    for name, parent, offset in BONES:
        offset = np.array(offset, float)
        if "Arm" in name or name.endswith("Hand"):
            # Arms hang from the shoulder joint on, except for the collarbone that carries it.
            sign = 1 if name.startswith("Left") else -1
            if not name.endswith("LeftArm") and not name.endswith("RightArm") or "Fore" in name:
                offset = rotation_matrix([0, 0, -sign * np.sin(droop / 2), np.cos(droop / 2)]) @ offset
        places.append(offset + (places[parent] if parent is not None else 0))
    worlds = []
    for place in places:
        world = np.eye(4)
        world[:3, :3] = facing @ any_rotation(random)
        world[:3, 3] = facing @ place * unit
        worlds.append(world)
    return worlds


def mesh(random, seed, unit, rest, buffer):
    """Return a cloud of small triangles around every bone, each attached to two to eight joints."""
    count = 40 * len(BONES)
    at = np.repeat(np.array([m[:3, 3] for m in rest]), 40, axis=0)
    # Triangles with corners near each other: their appearance does not matter, only their
    # positions.
    positions = (at + random.normal(0, 0.03 * unit, (count, 3))).astype(np.float32)
    sets = 1 + seed % 2
    joints = random.integers(0, len(BONES), (count, 4 * sets))
    weights = random.random((count, 4 * sets)) * (random.random((count, 4 * sets)) < 0.6)
    weights[:, 0] += 0.1
    weights /= weights.sum(1, keepdims=True)
    attributes = {"POSITION": buffer.add(positions, "VEC3", bounds=True)}
    if seed % 4:
        normals = random.normal(size=(count, 3))
        attributes["NORMAL"] = buffer.add((normals / np.linalg.norm(normals, axis=1, keepdims=True)).astype(np.float32), "VEC3")
    for number in range(sets):
        part = slice(4 * number, 4 * number + 4)
        attributes[f"JOINTS_{number}"] = buffer.add(joints[:, part].astype((np.uint8, np.uint16)[seed % 2]), "VEC4")
        kind = (np.float32, np.uint8, np.uint16)[seed // 2 % 3]
        scaled = weights[:, part] if kind == np.float32 else np.rint(weights[:, part] * np.iinfo(kind).max)
        attributes[f"WEIGHTS_{number}"] = buffer.add(scaled.astype(kind), "VEC4", normalized=kind != np.float32)
    primitive = {"attributes": attributes, "indices": buffer.add(random.permutation(count)[:count // 3 * 3].astype(np.uint16)[:, None], "SCALAR")}
    moved = np.sort(random.choice(count, 50, replace=False)).astype(np.uint16)
    target = buffer.add_sparse(count, moved, random.normal(0, 0.05 * unit, (50, 3)).astype(np.float32))
    primitive["targets"] = [{"POSITION": target}]
    return {"primitives": [primitive], "weights": [0.6]}


def animation(random, seed, unit, nodes, buffer):
    channels, samplers = [], []
    for index in range(1, len(BONES) + 1):
        way = ("LINEAR", "CUBICSPLINE", "STEP")[(index + seed) % 3]
        start = np.array(nodes[index]["rotation"])
        keys = [multiply(start, np.array(quaternion(axis_angle(random.normal(size=3), random.normal(0, 0.5))))) for _ in range(4)]
        if way == "CUBICSPLINE":
            keys = [row for key in keys for row in (random.normal(0, 0.1, 4), key, random.normal(0, 0.1, 4))]
        values, normalized = np.array(keys), False
        if way == "LINEAR" and seed % 2:
            values, normalized = np.rint(values * 32767).astype(np.int16), True
        samplers.append({"input": buffer.add(np.array([[0], [0.3], [0.55], [1]], np.float32), "SCALAR", bounds=True), "interpolation": way,
                         "output": buffer.add(values if normalized else values.astype(np.float32), "VEC4", normalized=normalized)})
        channels.append({"sampler": len(samplers) - 1, "target": {"node": index, "path": "rotation"}})
    place = np.array(nodes[1]["translation"]) + random.normal(0, 0.1 * unit, (2, 3))
    samplers.append({"input": buffer.add(np.array([[0.1], [0.9]], np.float32), "SCALAR", bounds=True), "output": buffer.add(place.astype(np.float32), "VEC3")})
    channels.append({"sampler": len(samplers) - 1, "target": {"node": 1, "path": "translation"}})
    # The shape fades in and out, on the node that shows it.
    shape = np.array([0.6, 1.4, -0.3, 0], np.float32)[:, None]
    if seed % 3 == 1:
        shape = np.array([v for key in shape[:, 0] for v in (0.5, key, -0.5)], np.float32)[:, None]
    samplers.append({"input": buffer.add(np.array([[0], [0.4], [0.6], [1]], np.float32), "SCALAR", bounds=True),
                     "interpolation": ("LINEAR", "CUBICSPLINE", "STEP")[seed % 3], "output": buffer.add(shape, "SCALAR")})
    channels.append({"sampler": len(samplers) - 1, "target": {"node": len(nodes) - 1, "path": "weights"}})
    return {"name": "move", "channels": channels, "samplers": samplers}


def pose_away(random, nodes):
    """Return the pose in which a file stands, which need not be its rest pose."""
    for node in nodes[2:len(BONES) + 1]:
        node["rotation"] = multiply(np.array(node["rotation"]), np.array(quaternion(axis_angle(random.normal(size=3), random.normal(0, 0.3))))).tolist()


class Buffer:
    def __init__(self):
        self.data, self.views, self.accessors = b"", [], []

    def view(self, array):
        self.data += b"\0" * (-len(self.data) % 4)
        self.views.append({"buffer": 0, "byteOffset": len(self.data), "byteLength": array.nbytes})
        self.data += array.tobytes()
        return len(self.views) - 1

    def add(self, array, kind, normalized=False, bounds=False):
        components = {"int8": 5120, "uint8": 5121, "int16": 5122, "uint16": 5123, "uint32": 5125, "float32": 5126}
        accessor = {"bufferView": self.view(array), "componentType": components[array.dtype.name], "count": len(array), "type": kind}
        if normalized:
            accessor["normalized"] = True
        if bounds:
            accessor |= {"min": array.min(0).tolist(), "max": array.max(0).tolist()}
        self.accessors.append(accessor)
        return len(self.accessors) - 1

    def add_sparse(self, count, places, values):
        self.accessors.append({"componentType": 5126, "count": count, "type": "VEC3", "sparse": {
            "count": len(places), "indices": {"bufferView": self.view(places), "componentType": 5123}, "values": {"bufferView": self.view(values)}}})
        return len(self.accessors) - 1


def pack(document, buffer):
    data = buffer.data + b"\0" * (-len(buffer.data) % 4)
    document |= {"buffers": [{"byteLength": len(data)}], "bufferViews": buffer.views, "accessors": buffer.accessors}
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(data), b"BIN\0") + data
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def any_rotation(random):
    return axis_angle(random.normal(size=3), random.uniform(0, np.pi))


def axis_angle(axis, angle):
    axis = np.array(axis, float) / np.linalg.norm(axis)
    return rotation_matrix([*(axis * np.sin(angle / 2)), np.cos(angle / 2)])


def quaternion(m):
    w, v = np.linalg.eigh(np.array([
        [m[0, 0] - m[1, 1] - m[2, 2], 0, 0, 0], [m[0, 1] + m[1, 0], m[1, 1] - m[0, 0] - m[2, 2], 0, 0],
        [m[0, 2] + m[2, 0], m[1, 2] + m[2, 1], m[2, 2] - m[0, 0] - m[1, 1], 0],
        [m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1], np.trace(m)]]))
    return v[:, -1].tolist()


def multiply(a, b):
    (ax, ay, az, aw), (bx, by, bz, bw) = a, b
    return np.array([aw * bx + ax * bw + ay * bz - az * by, aw * by - ax * bz + ay * bw + az * bx,
                     aw * bz + ax * by - ay * bx + az * bw, aw * bw - ax * bx - ay * by - az * bz])
