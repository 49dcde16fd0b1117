"""Measure a pyrender (OSMesa) and OpenCV program for openpose, depth, normal, canny and mask of a body as PNG.

usage: PYOPENGL_PLATFORM=osmesa pyrender_maps.py body.glb skeleton.json frames folder
Normals are drawn as vertex colors. Prints {"seconds", "frames"}.
"""
import json
import pathlib
import sys
import time

begun = time.perf_counter()
import cv2
import numpy as np
import pyrender
import trimesh

body, skeleton, frames, folder = sys.argv[1:5]
frames, folder = int(frames), pathlib.Path(folder)
folder.mkdir(parents=True, exist_ok=True)
SIDE = 1024
cv2.setNumThreads(1)
mesh = max(trimesh.load(body, force="scene", process=False).geometry.values(), key=lambda part: len(part.faces))
mesh = trimesh.Trimesh(mesh.vertices, mesh.faces, process=False,
                       vertex_colors=(mesh.vertex_normals * 127 + 128).astype(np.uint8))
scene = pyrender.Scene(bg_color=(0, 0, 0, 0))
node = scene.add(pyrender.Mesh.from_trimesh(mesh))
view = np.eye(4)
view[:3, 3] = 0, 0.9, 4
scene.add(pyrender.PerspectiveCamera(0.55), pose=view)
renderer = pyrender.OffscreenRenderer(SIDE, SIDE)
points = np.array(json.load(open(skeleton))[0]["people"][0]["pose_keypoints_2d"]).reshape(-1, 3)[:, :2]
for frame in range(frames):
    turn = np.eye(4)
    turn[0, 0] = turn[2, 2] = np.cos(frame * 0.01)
    turn[0, 2] = np.sin(frame * 0.01)
    turn[2, 0] = -turn[0, 2]
    scene.set_pose(node, turn)
    colors, distances = renderer.render(scene, flags=pyrender.RenderFlags.FLAT)
    covered = distances > 0
    near, far = distances[covered].min(), distances.max()
    levels = np.where(covered, 255 - 223 * (distances - near) / (far - near), 0).astype(np.uint8)
    bones = np.zeros((SIDE, SIDE, 3), np.uint8)
    for index in range(len(points) - 1):
        cv2.line(bones, points[index].astype(int).tolist(), points[index + 1].astype(int).tolist(), (255, 80, 0), 8)
    for name, picture in [("openpose", bones), ("depth", levels), ("normal", colors),
                          ("canny", cv2.Canny(np.ascontiguousarray(colors), 100, 200)),
                          ("mask", covered.astype(np.uint8) * 255)]:
        cv2.imwrite(str(folder / f"{name}-{frame:05}.png"), picture)
print(json.dumps({"seconds": time.perf_counter() - begun, "frames": frames}))
