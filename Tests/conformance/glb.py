"""Compare `posemap glb` with the maps: the file is read, deformed and rendered by the rules of glTF 2.0, in numpy,
without posemap's code.

Bodies are bent by linear blending, seen through the file's own camera and ray-cast with Embree; joints are projected.
"""
import json
import re
import struct
import subprocess

import cv2
import jsonschema
import numpy as np
import trimesh
from trimesh.exchange.gltf import get_schema

import raycast
from report import Row

NUMBERS = {5121: np.uint8, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
LIMBS = {2: "rightUpperArm", 3: "rightLowerArm", 4: "rightHand", 5: "leftUpperArm", 6: "leftLowerArm", 7: "leftHand",
         8: "rightUpperLeg", 9: "rightLowerLeg", 10: "rightFoot", 11: "leftUpperLeg", 12: "leftLowerLeg", 13: "leftFoot"}


# Pixels of skin under a cloak that maps leave out and a file contains, seen through a gap in the hair.
KNOWN_GAPS = {"witch": 10}


def rows(repository, posemap, folder):
    """Return rows for silhouettes, distances and normals of each character, for the whole scene with its props, and for
    joints."""
    silhouette, metric, normal, together = (raycast.Tally() for _ in range(4))
    joints = []
    for scene in sorted(repository.glob("Examples/*/scene.json")):
        out = folder / scene.parent.name
        render = [posemap, "render", scene, "-q", "-o", out, "--maps"]
        subprocess.run([*render, "openpose,mask,metric,normal", "--normal", "opengl", "--props", "false"], check=True)
        subprocess.run([*render, "metric", "--together", "--props", "metric"], check=True)
        subprocess.run([posemap, "glb", scene, "-o", out / "posed.glb"], check=True, stdout=subprocess.DEVNULL)
        file = GLB(out / "posed.glb")
        canvas, camera = file.camera()
        meshes = {file.nodes[node]["name"]: file.shown(node) for node in file.mesh_nodes()}
        ids = [path.name for path in sorted(out.iterdir()) if (path / "keypoints.json").exists()]
        for name in ids:
            own = [mesh for part, mesh in meshes.items() if re.fullmatch(f"{re.escape(name)}-(surface|(hair|held|worn)-[0-9]+)", part)]
            hit, z, n, agreement, seam = raycast.cast(own, canvas, camera)
            inner = (cv2.erode(hit.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0) & ~raycast.folds(z, hit) & ~seam
            levels = np.floor((n + 1) / 2 * 255 + 0.5)
            away = np.abs(raycast.picture(out, name, "normal").astype(int) - levels).max(-1)
            away_from_border = raycast.distance_to_border(raycast.picture(out, name, "mask") > 0, hit)
            if (away_from_border > 1).sum() <= KNOWN_GAPS.get(name, 0):
                away_from_border = np.minimum(away_from_border, 1)
            silhouette.add(away_from_border, np.ones_like(hit))
            metric.add(np.abs(raycast.picture(out, name, "metric").astype(int) - np.rint(z * 1000)), inner)
            # As in raycast.py: the ray determines which surfaces face the eye, and lenses.py covers
            # normals tilted past it.
            facing = (n * raycast.toward_eye(canvas, camera)).sum(-1) > 0
            normal.add(away, inner & facing & (agreement > 0.9) & ~raycast.creases(n))
            joints += file.joint_distances(name, out / name / "keypoints.json", canvas, camera)
        seen, nearest, *_, seam = raycast.cast(list(meshes.values()), canvas, camera)
        inner = (cv2.erode(seen.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0) & ~raycast.folds(nearest, seen) & ~seam
        picture = raycast.picture(out, "all", "metric").astype(int)
        together.add(np.abs(picture - np.rint(np.where(seen, nearest, 0) * 1000)), inner)
    return [silhouette.row("glb silhouette", 1, "pixels from the ray caster's border"),
            metric.row("glb distance", 1, "millimeters"), normal.row("glb normals", 1, "levels"),
            together.row("glb distance, all and props", 1, "millimeters"),
            Row("glb joints", len(joints), len(joints), sum(d > 0.1 for d in joints), max(joints), 0.1, "pixels")]


class GLB:
    """A binary glTF file, rendered according to the specification."""

    def __init__(self, path):
        content = path.read_bytes()
        magic, version, length, size, kind = struct.unpack("<4sIII4s", content[:20])
        assert (magic, version, length, kind) == (b"glTF", 2, len(content), b"JSON") and size % 4 == 0
        self.json = json.loads(content[20:20 + size])
        binary_size, kind = struct.unpack("<I4s", content[20 + size:28 + size])
        self.binary = content[28 + size:]
        assert kind == b"BIN\0" and binary_size == len(self.binary) and binary_size % 4 == 0
        self.nodes = self.json["nodes"]
        # Khronos' own JSON Schema, which trimesh contains; and another reader must find the same
        # surfaces.
        jsonschema.validate(self.json, get_schema())
        assert len(trimesh.load(path).geometry) == len(self.json["meshes"])
        self.globals = {}
        for root in self.json["scenes"][self.json["scene"]]["nodes"]:
            self.walk(root, np.eye(4))
        assert len(self.globals) == len(self.nodes)

    def walk(self, index, parent):
        assert index not in self.globals, "two parents"
        node = self.nodes[index]
        x, y, z, w = node.get("rotation", [0, 0, 0, 1])
        local = trimesh.transformations.quaternion_matrix([w, x, y, z])
        local[:3, 3] = node.get("translation", [0, 0, 0])
        self.globals[index] = parent @ local
        for child in node.get("children", []):
            self.walk(child, self.globals[index])

    def array(self, index):
        accessor = self.json["accessors"][index]
        view = self.json["bufferViews"][accessor["bufferView"]]
        width, number = WIDTHS[accessor["type"]], NUMBERS[accessor["componentType"]]
        values = np.frombuffer(self.binary, number, accessor["count"] * width, view["byteOffset"])
        assert values.nbytes == view["byteLength"] and view["byteOffset"] % 4 == 0 and np.isfinite(values).all()
        values = values.reshape(accessor["count"], width)
        if "min" in accessor:
            assert (values.min(0) == np.float32(accessor["min"])).all() and (values.max(0) == np.float32(accessor["max"])).all()
        return values

    def mesh_nodes(self):
        return [index for index, node in enumerate(self.nodes) if "mesh" in node]

    def shown(self, index):
        """Return positions, normals and triangles of a mesh as a viewer draws them."""
        node = self.nodes[index]
        primitive, = self.json["meshes"][node["mesh"]]["primitives"]
        data = {key: self.array(accessor) for key, accessor in primitive["attributes"].items()}
        triangles = self.array(primitive["indices"]).reshape(-1, 3).astype(int)
        positions, normals = data["POSITION"].astype(float), data["NORMAL"].astype(float)
        assert triangles.max() < len(positions) and np.allclose(np.linalg.norm(normals, axis=1), 1, atol=1e-5)
        if "skin" in node:
            skin = self.json["skins"][node["skin"]]
            binds = self.array(skin["inverseBindMatrices"]).reshape(-1, 4, 4).transpose(0, 2, 1).astype(float)
            motions = np.stack([self.globals[joint] for joint in skin["joints"]]) @ binds
            assert (data["WEIGHTS_0"].sum(1) == 1).all()
            blend = np.einsum("vs,vsij->vij", data["WEIGHTS_0"].astype(float), motions[data["JOINTS_0"]])
        else:
            blend = np.broadcast_to(self.globals[index], (len(positions), 4, 4))
        normals = np.einsum("vij,vj->vi", blend[:, :3, :3], normals)
        positions = np.einsum("vij,vj->vi", blend[:, :3, :3], positions) + blend[:, :3, 3]
        return positions, normals / np.linalg.norm(normals, axis=1, keepdims=True), triangles

    def camera(self):
        """Return the canvas and the camera in the form of manifest.json."""
        index, = (index for index, node in enumerate(self.nodes) if "camera" in node)
        camera = self.json["cameras"][self.nodes[index]["camera"]]
        canvas, lens = camera["extras"], camera["perspective"]
        assert abs(lens["aspectRatio"] - canvas["width"] / canvas["height"]) < 1e-9 and "zfar" not in lens
        node = self.nodes[index]
        return canvas, {"position": node["translation"], "quaternion": node.get("rotation", [0, 0, 0, 1]),
                        "fovY": np.degrees(lens["yfov"])}

    def joint_distances(self, name, keypoints, canvas, camera):
        """Return the distance, in pixels, between each limb's joint and its keypoint."""
        points = np.array(json.loads(keypoints.read_text())["people"][0]["body_18"]).reshape(-1, 4)
        joints = self.below(next(index for index, node in enumerate(self.nodes) if node["name"] == name))
        x, y, z, w = camera["quaternion"]
        turn = trimesh.transformations.quaternion_matrix([w, x, y, z])[:3, :3]
        size = np.array([canvas["width"], canvas["height"]])
        distances = []
        for point, joint in LIMBS.items():
            local = (self.globals[joints[joint]][:3, 3] - camera["position"]) @ turn
            tangent = np.tan(np.radians(camera["fovY"]) / 2) * np.array([size[0] / size[1], 1])
            pixel = (1 + local[:2] / -local[2] / tangent * (1, -1)) / 2 * size
            distances.append(float(np.linalg.norm(pixel - points[point, :2])))
        return distances

    def below(self, index):
        """Return name → index for a node and all its descendants."""
        found = {self.nodes[index]["name"]: index}
        for child in self.nodes[index].get("children", []):
            found |= self.below(child)
        return found
