"""Compare depth, normals and silhouettes with an independent ray caster: Embree through trimesh.

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
    """Return a row for each map: the deviation from the ray caster away from silhouettes."""
    tallies = {name: Tally() for name in ("depth", "depth zoe", "depth linear, 16 bits", "metric", "normal", "normal opengl",
                                          "normal midas", "silhouette")}
    tipped = 0
    for scene in sorted(repository.glob("Examples/*/scene.json")):
        for render, (settings, maps) in RENDERS.items():
            out = folder / scene.parent.name / render
            command = [posemap, "render", scene, "-q", "-o", out, "--maps", maps, "--props", "false", *settings]
            subprocess.run(command, check=True)
        out = folder / scene.parent.name
        subprocess.run([tool, "mesh", scene, out / "scene.obj"], check=True)
        manifest = json.loads((out / "plain" / "manifest.json").read_text())
        casts = {name: cast(meshes, manifest["canvas"], manifest["camera"])
                 for name, meshes in whole(read_obj(out / "scene.obj")).items()}
        eye = toward_eye(manifest["canvas"], manifest["camera"])
        # Props that are not drawn do not count in the range.
        far, near = percentiles([casts[character["id"]] for character in manifest["characters"]])
        for character in manifest["characters"]:
            name = character["id"]
            hit, z, n, agreement, seam = casts[name]
            inner = cv2.erode(hit.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
            inner &= ~folds(z, hit) & ~seam
            # Where interpolation tips a normal past the ray's horizon we turn it back to the eye: lenses.py holds that to its own measure.
            # Where a triangle's corner normals differ so much that their mean is this short, the
            # mean magnifies floating-point rounding.
            facing = inner & ((n * eye).sum(-1) > 0) & (agreement > 0.9) & ~creases(n)
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
    # 16 bits resolve a tenth of a millimeter, which is the accuracy of a float's distance here.
    allowed = {"depth linear, 16 bits": 16}
    return [tally.row(f"{name}, ray cast", allowed.get(name, 1), notes.get(name, "")) for name, tally in tallies.items()]


def percentiles(casts):
    """Return the 85th and 2nd percentile, as in ZoeDepth, of the distances in a picture of all characters."""
    nearest = np.min([np.where(hit, z, np.inf) for hit, z, *_ in casts], axis=0)
    return np.percentile(nearest[np.isfinite(nearest)].astype(np.float32), (85, 2))


def sloping(n):
    """Return normals as slopes of the disparity, as in ControlNet 1.0; these never face away from the camera's axis."""
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
    """Return name → (positions, normals, triangles) for each object."""
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
    """Return the surfaces of each character, including those of clothes and held objects, and of each prop."""
    parts = {}
    for name, mesh in objects.items():
        is_prop = name.startswith("props.")
        parts.setdefault(name if is_prop else name.split(".")[0], []).append(mesh)
    return parts


def seen(mesh, eye):
    """Return a surface as shown by a rasterizer: for a closed one, only the part that faces the eye, so that a limb
    bent into itself hides its inside."""
    positions, normals, triangles = mesh
    # Coincident corners are merged, even if their normals differ.
    _, place = np.unique(positions, axis=0, return_inverse=True)
    if trimesh.Trimesh(positions, place.reshape(-1)[triangles], process=False).is_watertight:
        corners = positions[triangles]
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        triangles = triangles[((np.array(eye) - corners.mean(1)) * across).sum(-1) > 0]
    return positions, normals, triangles


def joined(meshes):
    """Return several meshes as one."""
    starts = np.cumsum([0] + [len(positions) for positions, *_ in meshes])
    return (np.concatenate([positions for positions, *_ in meshes]), np.concatenate([normals for _, normals, _ in meshes]),
            np.concatenate([triangles + start for (*_, triangles), start in zip(meshes, starts)]))


def toward_eye(canvas, camera):
    """Return the unit direction from each pixel's center to the eye, in camera coordinates."""
    width, height = canvas["width"], canvas["height"]
    tangent = np.tan(np.radians(camera["fovY"]) / 2)
    row, column = np.mgrid[0:height, 0:width]
    plane = np.stack([((column + 0.5) / width * 2 - 1) * tangent * width / height,
                      (1 - (row + 0.5) / height * 2) * tangent, -np.ones((height, width))], -1)
    return -plane / np.linalg.norm(plane, axis=-1, keepdims=True)


def cast(meshes, canvas, camera):
    """Hit or not, distance along the view axis, unit normal in the camera's axes, and how far the corners' normals agree (1: wholly), for
    each pixel's center; and where, within two pixels, one mesh takes over from another: a ray and a pixel may see different ones there."""
    layers = [cast_one(mesh, canvas, camera) for mesh in meshes]
    owner = np.argmin([np.where(hit, z, np.inf) for hit, z, *_ in layers], axis=0)
    row, column = np.indices(owner.shape)
    owner = owner.astype(np.uint8)
    kernel = np.ones((5, 5), np.uint8)
    return *(np.array(part)[owner, row, column] for part in zip(*layers)), cv2.dilate(owner, kernel) != cv2.erode(owner, kernel)


def cast_one(mesh, canvas, camera):
    """Return the same for one mesh."""
    positions, normals, triangles = seen(mesh, camera["position"])
    width, height = canvas["width"], canvas["height"]
    x, y, z, w = camera["quaternion"]
    turn = trimesh.transformations.quaternion_matrix([w, x, y, z])[:3, :3]
    directions = -toward_eye(canvas, camera).reshape(-1, 3) @ turn.T
    origins = np.broadcast_to(camera["position"], directions.shape)
    front = trimesh.Trimesh(positions, triangles, process=False)
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
    """Return where the surface breaks off within the silhouette, grown by two pixels: there, the two can see different
    sheets."""
    far = np.where(hit, z, np.nan)
    jump = np.zeros_like(hit)
    for axis in (0, 1):
        # Even a steep surface continues smoothly; a lock of hair on others is only millimeters
        # above them.
        for order, slack in ((1, 0.01), (2, 0.0015)):
            step = np.abs(np.diff(far, order, axis=axis)) > slack
            before, after = [(0, 0), (0, 0)], [(0, 0), (0, 0)]
            before[axis], after[axis] = (order, 0), (0, order)
            jump |= np.pad(step, before) | np.pad(step, after)
    return cv2.dilate(jump.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0


def creases(n):
    """Return where the surface turns by a third of a right angle or more between adjacent pixels, as where two surfaces
    intersect."""
    turned = np.zeros(n.shape[:2], bool)
    for axis in (0, 1):
        step = np.linalg.norm(np.diff(n, axis=axis), axis=-1) > 0.5
        before, after = [(0, 0), (0, 0)], [(0, 0), (0, 0)]
        before[axis], after[axis] = (1, 0), (0, 1)
        turned |= np.pad(step, before) | np.pad(step, after)
    return turned


def picture(out, name, map_name):
    return np.array(Image.open(out / name / f"{map_name}.png"))


def distance_to_border(ours, theirs):
    """Return the distance of each pixel that only one of the two covers from the other's border, in pixels (city blocks
    of 3 × 3)."""
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
