"""What a hand-written moderngl and OpenCV program needs for the same maps: openpose, depth, normal, canny, mask as PNG.

usage: moderngl_maps.py body.glb skeleton.json frames threads folder
The posed body is turned a little from frame to frame; nothing is skinned. Prints {"seconds", "frames"}.
"""
import concurrent.futures
import json
import pathlib
import sys
import time

import cv2
import moderngl
import numpy as np
import trimesh

begun = time.perf_counter()
body, skeleton, frames, threads, folder = sys.argv[1:6]
frames, threads, folder = int(frames), int(threads), pathlib.Path(folder)
folder.mkdir(parents=True, exist_ok=True)
SIDE = 1024
cv2.setNumThreads(1)

mesh = max(trimesh.load(body, force="scene", process=False).geometry.values(), key=lambda part: len(part.faces))
context = moderngl.create_context(standalone=True, backend="egl")
program = context.program(
    vertex_shader="""
    #version 330
    in vec3 position; in vec3 normal; uniform float turn; out vec3 n; out float distance_;
    void main() {
      mat3 r = mat3(cos(turn), 0, -sin(turn), 0, 1, 0, sin(turn), 0, cos(turn));
      vec3 p = r * position - vec3(0, 0.9, 4); n = r * normal; distance_ = -p.z;
      gl_Position = vec4(p.xy * 3.6, -p.z * 1.1 - 1.1, -p.z);
    }""",
    fragment_shader="""
    #version 330
    in vec3 n; in float distance_; layout(location = 0) out vec4 colour; layout(location = 1) out float depth;
    void main() { colour = vec4(normalize(n) * 0.5 + 0.5, 1); depth = distance_; }""")
vertices = np.hstack([mesh.vertices, mesh.vertex_normals]).astype("f4")
buffer = context.buffer(vertices.tobytes())
array = context.vertex_array(program, [(buffer, "3f 3f", "position", "normal")],
                             context.buffer(mesh.faces.astype("i4").tobytes()))
colour = context.texture((SIDE, SIDE), 4)
depth = context.texture((SIDE, SIDE), 1, dtype="f4")
target = context.framebuffer([colour, depth], context.depth_renderbuffer((SIDE, SIDE)))
context.enable(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
points = np.array(json.load(open(skeleton))[0]["people"][0]["pose_keypoints_2d"]).reshape(-1, 3)[:, :2]


def write(frame, pixels, distances):
    covered = distances > 0
    normals = np.where(covered[..., None], pixels[..., :3], np.uint8(127))
    near, far = distances[covered].min(), distances.max()
    levels = np.where(covered, 255 - 223 * (distances - near) / (far - near), 0).astype(np.uint8)
    bones = np.zeros((SIDE, SIDE, 3), np.uint8)
    for index in range(len(points) - 1):
        one, other = points[index], points[index + 1]
        middle, length = (one + other) / 2, float(np.hypot(*(other - one))) / 2
        angle = float(np.degrees(np.arctan2(*(other - one)[::-1])))
        shape = cv2.ellipse2Poly(tuple(int(v) for v in middle), (int(length), 4), int(angle), 0, 360, 1)
        cv2.fillConvexPoly(bones, shape, (index * 13 % 256, 120, 200))
    for name, picture in [("openpose", bones), ("depth", levels), ("normal", normals),
                          ("canny", cv2.Canny(np.ascontiguousarray(normals), 100, 200)),
                          ("mask", covered.astype(np.uint8) * 255)]:
        cv2.imwrite(str(folder / f"{name}-{frame:05}.png"), picture)


with concurrent.futures.ThreadPoolExecutor(max(threads, 1)) as pool:
    waiting = []
    for frame in range(frames):
        program["turn"] = frame * 0.01
        target.use()
        target.clear()
        array.render()
        pixels = np.frombuffer(target.read(components=4), np.uint8).reshape(SIDE, SIDE, 4)[::-1]
        distances = np.frombuffer(target.read(components=1, attachment=1, dtype="f4"), "f4").reshape(SIDE, SIDE)[::-1]
        if threads == 0:
            write(frame, pixels, distances)
        else:
            waiting.append(pool.submit(write, frame, pixels, distances))
            if len(waiting) > 4:
                waiting.pop(0).result()
    for rest in waiting:
        rest.result()
print(json.dumps({"seconds": time.perf_counter() - begun, "frames": frames}))
