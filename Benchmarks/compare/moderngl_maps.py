"""Measure a hand-written moderngl and OpenCV program for the same maps: openpose, depth, normal, canny as PNG.

usage: moderngl_maps.py FILE side frames threads folder
FILE is one of floor_file.py. Its first pose is turned a little from frame to frame; nothing is skinned.
Prints {"seconds", "frames"}: the seconds begin when all packages are imported, the frames are each character's.
"""
import concurrent.futures
import json
import pathlib
import sys
import time

import cv2
import moderngl
import numpy as np

from floor_file import Clip

begun = time.perf_counter()
SIDE, frames, threads = map(int, sys.argv[2:5])
folder = pathlib.Path(sys.argv[5])
folder.mkdir(parents=True, exist_ok=True)
cv2.setNumThreads(1)

clip = Clip(sys.argv[1])
positions, normals = clip.first_pose()
context = moderngl.create_context(standalone=True, backend="egl")
program = context.program(
    vertex_shader="""
    #version 330
    in vec3 position; in vec3 normal;
    uniform float turn; uniform vec3 offset; uniform mat4 camera; uniform float tangent;
    out vec3 n; out float distance_;
    void main() {
      mat3 r = mat3(cos(turn), 0, -sin(turn), 0, 1, 0, sin(turn), 0, cos(turn));
      vec3 p = (camera * vec4(r * position + offset, 1)).xyz; n = mat3(camera) * r * normal; distance_ = -p.z;
      gl_Position = vec4(p.xy / tangent, -p.z * 1.02 - 1.01, -p.z);
    }""",
    fragment_shader="""
    #version 330
    in vec3 n; in float distance_; layout(location = 0) out vec4 color; layout(location = 1) out float depth;
    void main() { color = vec4(normalize(n) * 0.5 + 0.5, 1); depth = distance_; }""")
buffer = context.buffer(np.hstack([positions, normals]).astype("f4").tobytes())
array = context.vertex_array(program, [(buffer, "3f 3f", "position", "normal")], context.buffer(clip.corners.tobytes()))
color = context.texture((SIDE, SIDE), 4)
depth = context.texture((SIDE, SIDE), 1, dtype="f4")
target = context.framebuffer([color, depth], context.depth_renderbuffer((SIDE, SIDE)))
context.enable(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
program["camera"].write(clip.camera.T.astype("f4").tobytes())
program["tangent"] = clip.tangent


def write(frame, character, pixels, distances):
    covered = distances > 0
    normals = np.where(covered[..., None], pixels[..., :3], np.uint8(127))
    near, far = distances[covered].min(), distances.max()
    levels = np.where(covered, 255 - 223 * (distances - near) / (far - near), 0).astype(np.uint8)
    bones = np.zeros((SIDE, SIDE, 3), np.uint8)
    points = clip.keypoints[0, character, :18] * SIDE
    for index in range(len(points) - 1):
        one, other = points[index], points[index + 1]
        if min(one[0], other[0]) < 0:
            continue
        middle, length = (one + other) / 2, float(np.hypot(*(other - one))) / 2
        angle = float(np.degrees(np.arctan2(*(other - one)[::-1])))
        shape = cv2.ellipse2Poly(tuple(int(v) for v in middle), (int(length), 4), int(angle), 0, 360, 1)
        cv2.fillConvexPoly(bones, shape, (index * 13 % 256, 120, 200))
    for name, picture in [("openpose", bones), ("depth", levels), ("normal", normals),
                          ("canny", cv2.Canny(np.ascontiguousarray(normals), 100, 200))]:
        cv2.imwrite(str(folder / f"{character}-{name}-{frame:05}.png"), picture)


def draw(frame, offset):
    program["turn"], program["offset"] = frame * 0.01, tuple(offset)
    target.use()
    target.clear()
    array.render()
    pixels = np.frombuffer(target.read(components=4), np.uint8).reshape(SIDE, SIDE, 4)[::-1]
    distances = np.frombuffer(target.read(components=1, attachment=1, dtype="f4"), "f4").reshape(SIDE, SIDE)[::-1]
    return pixels, distances


with concurrent.futures.ThreadPoolExecutor(max(threads, 1)) as pool:
    waiting = []
    for frame in range(frames):
        for character, offset in enumerate(clip.offsets):
            drawn = draw(frame, offset)
            if threads == 0:
                write(frame, character, *drawn)
                continue
            waiting.append(pool.submit(write, frame, character, *drawn))
            if len(waiting) > 4:
                waiting.pop(0).result()
    for rest in waiting:
        rest.result()
print(json.dumps({"seconds": time.perf_counter() - begun, "frames": frames * len(clip.offsets)}))
