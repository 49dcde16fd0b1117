#!/usr/bin/env python3
"""Compare posemap's reading of FBX with Blender: figures that Blender generates, animates and exports, and corpus files
as imported by Blender.

usage: blender.py --tool .build/release/conformance-tool [--corpus FOLDER] [--keep FOLDER]
Runs where the Python package bpy is (`make blender` installs it, half a gigabyte); elsewhere it says so and is skipped. Prints a table of millimeters, vertices
in the world at several frames, and exits with 1 if any are more than allowed.
"""
import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import bpy
    from mathutils import Euler, Vector
except ImportError:
    print("skipped: bpy is not installed (pip install bpy==4.2.0, with Python 3.11)")
    sys.exit(0)
import numpy as np

REPOSITORY = Path(__file__).resolve().parents[2]
# The head of each bone in meters, in Blender's axes (Z up, facing -Y), and its parent.
BONES = {
    "hips": ((0, 0, 1), None), "spine": ((0, 0, 1.15), "hips"), "head": ((0, 0, 1.5), "spine"),
    "upper_arm.L": ((0.2, 0, 1.4), "spine"), "forearm.L": ((0.45, 0.02, 1.4), "upper_arm.L"), "hand.L": ((0.7, 0, 1.4), "forearm.L"),
    "upper_arm.R": ((-0.2, 0, 1.4), "spine"), "forearm.R": ((-0.45, 0.02, 1.4), "upper_arm.R"), "hand.R": ((-0.7, 0, 1.4), "forearm.R"),
    "thigh.L": ((0.1, 0, 0.95), "hips"), "shin.L": ((0.1, -0.02, 0.5), "thigh.L"), "foot.L": ((0.1, 0, 0.1), "shin.L"),
    "thigh.R": ((-0.1, 0, 0.95), "hips"), "shin.R": ((-0.1, -0.02, 0.5), "thigh.R"), "foot.R": ((-0.1, 0, 0.1), "shin.R"),
}
# Common export settings.
WAYS = {
    "as it comes": {}, "Unity's axes": {"axis_forward": "Z", "axis_up": "Y"}, "Z up": {"axis_forward": "-Y", "axis_up": "Z"},
    "X forward": {"axis_forward": "X", "axis_up": "Z"}, "FBX units": {"apply_scale_options": "FBX_SCALE_UNITS"}, "all in the file": {"apply_scale_options": "FBX_SCALE_ALL"},
    "ten times": {"global_scale": 10}, "bones along X": {"primary_bone_axis": "X", "secondary_bone_axis": "Y"}, "baked axes": {"bake_space_transform": True},
    "a root bone": {"armature_nodetype": "ROOT"}, "no end bones": {"add_leaf_bones": False},
}
FRAMES = (1, 7, 12, 20, 25)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True, type=os.path.abspath)
    parser.add_argument("--corpus", type=Path, default=REPOSITORY.parent / "shared" / "corpus")
    parser.add_argument("--keep", help="leave the files in this folder")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for number, (name, way) in enumerate(WAYS.items()):
            path = folder / f"{number}.fbx"
            truth = export(path, way, seed=number)
            scale = way.get("global_scale", 1)
            rows.append((f"exported: {name}", *compare(options.tool, path, truth, scale), 0.1))
        for name in ("arnaud.fbx", "91_48.fbx", "run.fbx"):
            path = options.corpus / name
            if path.exists():
                rows.append((f"imported: {name}", *imported(options.tool, path), 0.5))
    print(f"{'FBX':28}{'frames':>8}{'points':>9}{'largest mm':>12}{'allowed':>9}")
    for name, frames, points, largest, allowed in rows:
        print(f"{name:28}{frames:8}{points:9}{largest:12.4f}{allowed:9g}")
    faults = [name for name, _, _, largest, allowed in rows if not largest <= allowed]
    print(*(f"{name}: further from Blender than allowed" for name in faults), sep="\n", end="\n" if faults else "")
    sys.exit(bool(faults))


# Generated figures

def export(path, way, seed):
    """Write a moving figure, and return its vertices in world coordinates at each frame."""
    random = np.random.default_rng(seed)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.fps, scene.frame_start, scene.frame_end = 24, 1, 25
    armature = skeleton(random)
    mesh = surface(armature)
    move(armature, mesh, random)
    truth = [vertices(mesh, frame) for frame in FRAMES]
    quietly(bpy.ops.export_scene.fbx, filepath=str(path), bake_anim_simplify_factor=0, bake_anim_use_all_actions=False, bake_anim_use_nla_strips=False, **way)
    return truth


def skeleton(random):
    data = bpy.data.armatures.new("Rig")
    armature = bpy.data.objects.new("Rig", data)
    bpy.context.collection.objects.link(armature)
    bpy.context.view_layer.objects.active = armature
    bpy.ops.object.mode_set(mode="EDIT")
    for name, (head, parent) in BONES.items():
        bone = data.edit_bones.new(name)
        bone.head = head
        below = [Vector(place) for place, above in BONES.values() if above == name]
        bone.tail = below[0] if below else Vector(head) + Vector((0, 0, 0.12))
        bone.roll = float(random.uniform(-3, 3))
        bone.parent = data.edit_bones[parent] if parent else None
    bpy.ops.object.mode_set(mode="OBJECT")
    armature.location, armature.rotation_euler = (0.3, -0.2, 0.05), Euler((0, 0, 0.4))
    return armature


def surface(armature):
    """Return a box around each bone, with corners attached to the bone and slightly to its parent; with a shape."""
    places, faces, weights = [], [], []
    for name, (head, parent) in BONES.items():
        first = len(places)
        tail = armature.data.bones[name].tail_local
        for end in (Vector(head), tail):
            places += [end + Vector((x, y, z)) for x, y, z in ((-0.04, -0.03, 0), (0.04, -0.03, 0.01), (0.04, 0.03, 0), (-0.04, 0.03, -0.01))]
        faces += [tuple(first + corner for corner in face) for face in ((0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7))]
        weights += [(name, parent, 0.7 if corner < 4 and parent else 1) for corner in range(8)]
    mesh = bpy.data.meshes.new("Body")
    mesh.from_pydata(places, [], faces)
    body = bpy.data.objects.new("Body", mesh)
    bpy.context.collection.objects.link(body)
    for vertex, (name, parent, weight) in enumerate(weights):
        for bone, share in ((name, weight), (parent, 1 - weight)):
            if bone and share:
                group = body.vertex_groups.get(bone) or body.vertex_groups.new(name=bone)
                group.add([vertex], share, "REPLACE")
    body.parent = armature
    body.modifiers.new("Armature", "ARMATURE").object = armature
    body.shape_key_add(name="Basis")
    wide = body.shape_key_add(name="Wide")
    for vertex in range(8):
        wide.data[vertex].co = places[vertex] + Vector((0.05 if vertex % 2 else -0.05, 0, 0.02))
    return body


def move(armature, body, random):
    for frame in (1, 9, 17, 25):
        for bone in armature.pose.bones:
            bone.rotation_mode = "QUATERNION"
            bone.rotation_quaternion = Euler(random.uniform(-0.6, 0.6, 3)).to_quaternion()
            bone.keyframe_insert("rotation_quaternion", frame=frame)
        hips = armature.pose.bones["hips"]
        hips.location = random.uniform(-0.2, 0.2, 3)
        hips.keyframe_insert("location", frame=frame)
        key = body.data.shape_keys.key_blocks["Wide"]
        key.value = float(random.uniform(0, 1))
        key.keyframe_insert("value", frame=frame)


def vertices(body, frame):
    """Return world coordinates at a frame, in glTF's axes."""
    bpy.context.scene.frame_set(math.floor(frame), subframe=frame % 1)
    graph = bpy.context.evaluated_depsgraph_get()
    posed = body.evaluated_get(graph)
    mesh = posed.to_mesh()
    places = np.array([posed.matrix_world @ vertex.co for vertex in mesh.vertices])
    posed.to_mesh_clear()
    return turned(places)


def turned(places):
    """Blender's Z up to Y up."""
    return np.column_stack([places[:, 0], places[:, 2], -places[:, 1]])


def compare(tool, path, truth, scale):
    """Return the number of frames and points, and the largest distance in millimeters of a vertex from the other
    program's nearest."""
    report = read(tool, path, [(frame - 1) / 24 for frame in FRAMES])
    largest = points = 0
    for expected, moment in zip(truth, report["moments"]):
        found = np.concatenate([np.array(mesh["positions"]).reshape(-1, 3) for mesh in moment["meshes"]])
        found = upright(found, expected * scale)
        largest = max(largest, apart(found, expected * scale), apart(expected * scale, found))
        points += len(expected)
    return len(FRAMES), points, 1000 * largest / scale


def upright(found, expected):
    """Return the rotation about the vertical, a quarter turn, that reverts exported axes other than Blender's own."""
    quarters = [np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]) for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))]
    return min((found @ quarter.T for quarter in quarters), key=lambda places: apart(places, expected))


def apart(a, b):
    return max(float(np.sqrt(((b - place) ** 2).sum(1).min())) for place in a)


def read(tool, path, times):
    """Return what posemap reads: the file's first clip at some times."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run([tool, "file", path, out.name], check=True)
        clips = json.loads(Path(out.name).read_text())["clips"]
        clip = clips[0]["name"] if clips else "-"
        subprocess.run([tool, "file", path, out.name, *(text for time in times for text in (clip, repr(time)))], check=True)
        return json.loads(Path(out.name).read_text())


def quietly(operator, **arguments):
    """Run an operator without its output."""
    kept = os.dup(1)
    with open(os.devnull, "w") as nowhere:
        sys.stdout.flush()
        os.dup2(nowhere.fileno(), 1)
        try:
            operator(**arguments)
        finally:
            sys.stdout.flush()
            os.dup2(kept, 1)
            os.close(kept)


# Files from elsewhere

def imported(tool, path):
    """Return the vertices of a corpus file, or its joints if it has none, at frames of its first clip."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    quietly(bpy.ops.import_scene.fbx, filepath=str(path), anim_offset=0)
    scene = bpy.context.scene
    rate = scene.render.fps / scene.render.fps_base
    moving = any(thing.animation_data and thing.animation_data.action for thing in bpy.data.objects)
    # At keys only: Blender's importer interpolates linearly between them.
    frames = [0, 2, 8, 10, 16] if moving else [0]
    report = read(tool, path, [frame / rate for frame in frames])
    bodies = [thing for thing in bpy.data.objects if thing.type == "MESH"]
    largest = points = 0
    for frame, moment in zip(frames, report["moments"]):
        if bodies:
            expected = np.concatenate([vertices(body, frame) for body in bodies])
            found = np.concatenate([np.array(mesh["positions"]).reshape(-1, 3) for mesh in moment["meshes"]])
            largest = max(largest, apart(found[::7], expected), apart(expected[::7], found))
        else:
            expected, found = joints(frame, report, moment)
            largest = max(largest, float(np.linalg.norm(expected - found, axis=1).max()))
        points += len(expected)
    return len(frames), points, 1000 * largest


def joints(frame, report, moment):
    """Return the positions of the joints that both have, in one order."""
    bpy.context.scene.frame_set(frame)
    theirs = {}
    for thing in bpy.data.objects:
        if thing.type == "ARMATURE":
            places = turned(np.array([thing.matrix_world @ bone.head for bone in thing.pose.bones]))
            theirs.update(zip((bone.name for bone in thing.pose.bones), places))
    ours = {node["name"]: np.array(world[12:15]) for node, world in zip(report["nodes"], moment["worlds"])}
    names = sorted(theirs.keys() & ours.keys())
    return np.array([theirs[name] for name in names]), np.array([ours[name] for name in names])


if __name__ == "__main__":
    main()
