"""Depth, normals and silhouettes against a ray caster that shares no code with us: Embree through trimesh.

It reads the mesh that `conformance-tool mesh` exports and the camera that manifest.json states.
"""
import json
import subprocess

import cv2
import numpy as np
import trimesh
from PIL import Image
from trimesh.ray.ray_pyembree import RayMeshIntersector

from report import Row

RENDERS = {  # Settings under which the same scene is drawn again, and the maps that they change.
    "plain": (["--depth-floor", "0"], "depth,normal,mask,metric"),
    "zoe": (["--depth-floor", "0", "--depth", "zoe", "--normal", "opengl"], "depth,normal"),
    "linear": (["--depth", "linear", "--depth-range", "character", "--depth-bits", "16", "--normal", "midas"], "depth,normal"),
}


def rows(repository, posemap, tool, folder):
    """A row for each map: how far we are from the ray caster where no silhouette is near."""
    tallies = {name: Tally() for name in ("depth", "depth zoe", "depth linear, 16 bits", "metric", "normal", "normal opengl",
                                          "normal midas", "silhouette")}
    tipped = 0
    for scene in sorted(repository.glob("Examples/*/scene.json")):
        # Hair and clothes are not among the surfaces that the tool writes.
        if any(key in character for character in json.loads(scene.read_text())["characters"] for key in ("hair", "wear")):
            continue
        for render, (settings, maps) in RENDERS.items():
            out = folder / scene.parent.name / render
            subprocess.run([posemap, "render", scene, "-q", "-o", out, "--maps", maps, *settings], check=True)
        out = folder / scene.parent.name
        subprocess.run([tool, "mesh", scene, out / "scene.obj"], check=True)
        manifest = json.loads((out / "plain" / "manifest.json").read_text())
        casts = {name: cast(mesh, manifest["canvas"], manifest["camera"]) for name, mesh in whole(read_obj(out / "scene.obj")).items()}
        eye = towards_eye(manifest["canvas"], manifest["camera"])
        # Props that are not drawn have no share in the range.
        far, near = percentiles([casts[character["id"]] for character in manifest["characters"]])
        for character in manifest["characters"]:
            name = character["id"]
            hit, z, n, agreement = casts[name]
            inner = cv2.erode(hit.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
            inner &= ~folds(z, hit)
            # Where interpolation tips a normal past the ray's horizon we turn it back to the eye: lenses.py holds that to its own measure.
            # Where a triangle's corners face ways so different that their mean is this short, it magnifies a float's rounding.
            facing = inner & ((n * eye).sum(-1) > 0) & (agreement > 0.9)
            tipped += int((inner & ~facing).sum())

            def check(tally, render, map_name, expected, where=inner):
                distance = np.abs(picture(out / render, name, map_name).astype(int) - expected)
                tallies[tally].add(distance.reshape(*hit.shape, -1).max(-1), where)

            limits = character["depthRange"]
            share = (1 / np.maximum(z, 1e-9) - 1 / limits["far"]) / (1 / limits["near"] - 1 / limits["far"])
            check("depth", "plain", "depth", truncated(share, 255))
            check("depth zoe", "zoe", "depth", truncated((far - z) / (far - near), 255))
            own = z[hit].min(), z[hit].max()
            floor = 32 * 257
            linear = floor + (65535 - floor) * np.clip((own[1] - z) / (own[1] - own[0]), 0, 1)
            check("depth linear, 16 bits", "linear", "depth", linear.astype(int))
            check("metric", "plain", "metric", np.rint(z * 1000).astype(int))
            check("normal", "plain", "normal", truncated((n * (-1, 1, 1) + 1) / 2, 255), facing)
            check("normal opengl", "zoe", "normal", np.floor((n + 1) / 2 * 255 + 0.5).astype(int), facing)
            check("normal midas", "linear", "normal", truncated((sloping(n)[..., ::-1] * (1, 1, -1) + 1) / 2, 255), facing)
            tallies["silhouette"].add(distance_to_border(picture(out / "plain", name, "mask") > 0, hit), np.ones_like(hit))
    notes = {"normal": f"{tipped} pixels of tipped or clashing normals left out", "silhouette": "pixels from the ray caster's border"}
    # 16 bits tell a tenth of a millimetre apart, which is what a float's distance is good for here.
    allowed = {"depth linear, 16 bits": 16}
    return [tally.row(f"{name}, ray cast", allowed.get(name, 1), notes.get(name, "")) for name, tally in tallies.items()]


def percentiles(casts):
    """ZoeDepth's 85th and 2nd percentile of the distances in a picture of all characters."""
    nearest = np.min([np.where(hit, z, np.inf) for hit, z, *_ in casts], axis=0)
    return np.percentile(nearest[np.isfinite(nearest)].astype(np.float32), (85, 2))


def sloping(n):
    """ControlNet 1.0 finds normals as slopes of the disparity, which never face away from the camera's axis."""
    flat = n * (1, 1, 0)
    return np.where(n[..., 2:] < 0, flat / np.maximum(np.linalg.norm(flat, axis=-1, keepdims=True), 1e-9), n)


def truncated(share, white):
    return (np.clip(share, 0, 1) * white).astype(int)


class Tally:
    def __init__(self):
        self.cases = self.compared = self.differing = self.largest = 0

    def add(self, distance, where):
        self.cases += 1
        self.compared += int(where.sum())
        self.differing += int((distance[where] > 0).sum())
        self.largest = max(self.largest, float(distance[where].max()))

    def row(self, name, allowed, note=""):
        return Row(name, self.cases, self.compared, self.differing, self.largest, allowed, note)


def read_obj(path):
    """Name → (positions, normals, triangles) of each object."""
    objects, first = {}, 1
    for block in path.read_text().split("o ")[1:]:
        name, *lines = block.splitlines()
        numbers = {kind: np.array([line.split()[1:] for line in lines if line.startswith(kind + " ")]) for kind in ("v", "vn", "f")}
        positions = numbers["v"].astype(float)
        triangles = np.array([[int(corner.split("//")[0]) for corner in face] for face in numbers["f"]]) - first
        objects[name] = positions, numbers["vn"].astype(float), triangles
        first += len(positions)
    return objects


def whole(objects):
    """Characters together with the things they hold, which their maps show; and props."""
    parts = {}
    for name, mesh in objects.items():
        parts.setdefault(name.split(".held.")[0], []).append(mesh)
    return {name: joined(meshes) for name, meshes in parts.items()}


def joined(meshes):
    """Several meshes as one."""
    starts = np.cumsum([0] + [len(positions) for positions, *_ in meshes])
    return (np.concatenate([positions for positions, *_ in meshes]), np.concatenate([normals for _, normals, _ in meshes]),
            np.concatenate([triangles + start for (*_, triangles), start in zip(meshes, starts)]))


def towards_eye(canvas, camera):
    """Unit direction from each pixel's centre to the eye, in the camera's axes."""
    width, height = canvas["width"], canvas["height"]
    tangent = np.tan(np.radians(camera["fovY"]) / 2)
    row, column = np.mgrid[0:height, 0:width]
    plane = np.stack([((column + 0.5) / width * 2 - 1) * tangent * width / height,
                      (1 - (row + 0.5) / height * 2) * tangent, -np.ones((height, width))], -1)
    return -plane / np.linalg.norm(plane, axis=-1, keepdims=True)


def cast(mesh, canvas, camera):
    """Hit or not, distance along the view axis, unit normal in the camera's axes, and how far the corners' normals agree (1: wholly), for
    each pixel's centre."""
    positions, normals, triangles = mesh
    width, height = canvas["width"], canvas["height"]
    x, y, z, w = camera["quaternion"]
    turn = trimesh.transformations.quaternion_matrix([w, x, y, z])[:3, :3]
    directions = -towards_eye(canvas, camera).reshape(-1, 3) @ turn.T
    origins = np.broadcast_to(camera["position"], directions.shape)
    solid = trimesh.Trimesh(positions, triangles, process=False)
    # Closed bodies hide their insides: a limb bent into itself shows only what faces the camera.
    facing = np.einsum("ij,ij->i", solid.face_normals, np.array(camera["position"]) - solid.triangles_center) > 0
    front = trimesh.Trimesh(positions, triangles[facing] if solid.is_watertight else triangles, process=False)
    index, ray, place = RayMeshIntersector(front).intersects_id(origins, directions, multiple_hits=False, return_locations=True)
    hit, depth, normal = np.zeros(height * width, bool), np.zeros(height * width), np.zeros((height * width, 3))
    corners = front.faces[index]
    weights = trimesh.triangles.points_to_barycentric(positions[corners], place)
    smooth = np.einsum("ij,ijk->ik", weights, normals[corners]) @ turn
    # An open surface seen from behind shows its other side.
    smooth[np.einsum("ij,ij->i", front.face_normals[index], place - camera["position"]) > 0] *= -1
    local = (place - camera["position"]) @ turn
    hit[ray], depth[ray] = True, -local[:, 2]
    lengths = np.linalg.norm(smooth, axis=1)
    normal[ray] = smooth / lengths[:, None]
    agreement = np.zeros(height * width)
    agreement[ray] = lengths
    shape = (height, width)
    return hit.reshape(shape), depth.reshape(shape), normal.reshape(*shape, 3), agreement.reshape(shape)


def folds(z, hit):
    """Where the surface breaks off within the silhouette, grown by two pixels: there the two may see different sheets."""
    far = np.where(hit, z, np.nan)
    jump = np.zeros_like(hit)
    for axis in (0, 1):
        step = np.abs(np.diff(far, axis=axis)) > 0.01
        before, after = [(0, 0), (0, 0)], [(0, 0), (0, 0)]
        before[axis], after[axis] = (1, 0), (0, 1)
        jump |= np.pad(step, before) | np.pad(step, after)
    return cv2.dilate(jump.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0


def picture(out, name, map_name):
    return np.array(Image.open(out / name / f"{map_name}.png"))


def distance_to_border(ours, theirs):
    """How far each pixel that only one of the two covers lies from the other's border, in pixels (city blocks of 3 × 3)."""
    wrong = ours ^ theirs
    distance = np.zeros(ours.shape)
    rim, reach = theirs.astype(np.uint8), 0
    near = np.zeros_like(ours)
    while (wrong & ~near).any():
        reach += 1
        kernel = np.ones((2 * reach + 1,) * 2, np.uint8)
        near = (cv2.dilate(rim, kernel) > 0) & ~(cv2.erode(rim, kernel) > 0)
        distance[wrong & (distance == 0) & near] = reach
    return distance
