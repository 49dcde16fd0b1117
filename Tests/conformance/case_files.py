#!/usr/bin/env python3
"""Files that once failed (`../shared/cases`), each compared with the correct result by its specification or by plain
forward kinematics.

usage: case_files.py --posemap .build/release/posemap [--cases FOLDER] [--only TEXT]
Prints a table of expected and actual results, and exits with 1 if anything is wrong.
"""
import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np

from posing import FOCAL, FRONT, PROBE, Posing, Refusal, bvh_joints, directions, farthest, gltf_joints, turned
from report import Row

SIDES = ("left", "right")
VRM = {joint: joint for joint in "hips spine chest neck head".split() + [side + bone for side in SIDES for bone in (
    "UpperLeg LowerLeg Foot Toes Shoulder UpperArm LowerArm Hand").split()]}
MIXAMO = {"hips": "Hips", "spine": "Spine", "chest": "Spine1", "neck": "Neck", "head": "Head"} | {
    side + joint: side.capitalize() + name for side in SIDES for joint, name in {
        "Shoulder": "Shoulder", "UpperArm": "Arm", "LowerArm": "ForeArm", "Hand": "Hand", "UpperLeg": "UpLeg", "LowerLeg": "Leg",
        "Foot": "Foot", "Toes": "ToeBase"}.items()}


def sided(names, left, right):
    """Return joint → name, for names with $ as the side."""
    return {side + joint: name.replace("$", mark) for joint, name in names.items() for side, mark in (("left", left), ("right", right))}


FINGERS = ("Index", "Middle", "Ring", "Little")
PHALANGES = ("Proximal", "Intermediate", "Distal")
THUMB = ("ThumbMetacarpal", "ThumbProximal", "ThumbDistal")


def fingers(names, numbers=(1, 2, 3), thumb=None):
    """Return finger joints from names with # as the bone's number."""
    found = {finger + part: name.replace("#", str(number)) for finger, name in zip(FINGERS, names)
             for part, number in zip(PHALANGES, numbers)}
    return found | ({part: thumb.replace("#", str(number)) for part, number in zip(THUMB, (1, 2, 3))} if thumb else {})


class Cases:
    """The table: `row` adds a line."""

    def __init__(self, posemap, folder, cases, only=""):
        self.posing, self.cases, self.only, self.rows = Posing(posemap, folder), cases, only, []
        self.known = {}

    def file(self, name):
        return self.cases / name

    def row(self, name, right, check):
        """`check` returns the result and whether it is correct."""
        if self.only not in name:
            return
        try:
            found, passes = check()
        except Refusal as refusal:
            found, passes = str(refusal).split(": ", 1)[-1], False
        except Exception as error:  # An unusable result is a fault of its own case only.
            found, passes = f"{type(error).__name__}: {error}", False
        self.rows.append((name, right, found, passes))
        print(f"{'pass' if passes else 'FAIL'}  {name}\n      right: {right}\n      found: {found}", flush=True)

    # Kinds of checks

    def bones(self, name, expected):
        def check():
            found = self.posing.inspect(self.file(name))["bones"]
            wrong = {joint: found.get(joint) for joint, node in expected.items() if found.get(joint) not in (node if isinstance(node, tuple) else (node,))}
            return (f"{len(wrong)} others: {brief(wrong)}" if wrong else f"all {len(expected)}"), not wrong
        self.row(name + " bones", brief(expected), check)

    def surface(self, name, control, allowed=1.0, pose=PROBE, label="", **more):
        """Check that the skin of a posed file is where that of a correct one is."""
        def check():
            key = (control, json.dumps(pose))
            if key not in self.known:
                self.known[key] = self.posing.model(self.file(control), pose)[1]
            away = farthest(self.posing.model(self.file(name), pose, **more)[1], self.known[key])
            return f"{away:.2f} mm off", away <= allowed
        self.row(f"{name} skin{label}", f"as {control} when posed, within {allowed:g} mm", check)

    def limbs(self, name, right, allowed=0.5, legs=2.6, **motion):
        """Check that the bones of a mannequin that moves according to the file point as in forward kinematics."""
        def check():
            # The mannequin's own legs and trunk are slanted.
            found, expected = directions(self.posing.motion(self.file(name), **motion)), directions(right())
            own = {bone: legs if bone == "trunk" or "thigh" in bone or "shin" in bone else allowed for bone in expected}
            worst = max((turned(found, {bone: expected[bone]})[0] - own[bone], bone) for bone in expected)
            angle = turned(found, {worst[1]: expected[worst[1]]})[0]
            return f"{angle:.1f}° off at the {worst[1]}", worst[0] <= 0
        self.row(f"{name} limbs" + (f" at {motion['time']:g} s" if "time" in motion else ""), f"as forward kinematics, within {allowed:g}° (legs and trunk {legs:g}°, the mannequin's own slant)", check)

    def says(self, name, words, *command, status=None, right=None):
        """Check that the command's message about a file contains these words."""
        def check():
            code, said = self.posing.run(*(command or ("inspect",)), self.file(name))
            kept = [line.split(mark, 1)[1].strip() for line in said.splitlines() for mark in ("note: ", "error: ", "warning: ") if mark in line]
            passes = all(word.lower() in " ".join(kept).lower() for word in words) and (status is None or code == status)
            return " | ".join(kept)[:300] or "nothing", passes
        self.row(name + " says", right or "a sentence with " + ", ".join(f"“{word}”" for word in words), check)

    def number(self, name, key, value, allowed):
        def check():
            found = self.posing.inspect(self.file(name))[key]
            return f"{found}", abs(found - value) <= allowed
        self.row(f"{name} {key}", f"{value} ± {allowed}", check)

    def lifted(self, name, control, *options, allowed=1):
        """Check that the pose of a skeleton file equals that of another, within some millimeters."""
        def check():
            poses = []
            for file, more in ((name, options), (control, ())):
                out = self.posing.folder / "lifted.pose.json"
                out.unlink(missing_ok=True)
                code, said = self.posing.run("lift", self.file(file), "-o", out, *more)
                if code:
                    raise Refusal(said.strip())
                poses.append(json.loads(out.read_text()))
            one, other = (self.posing.posed({"body": "female", "pose": pose})[0] for pose in poses)
            away = 1000 * max(np.linalg.norm(one[joint] - one["hips"] - other[joint] + other["hips"]) for joint in VRM)
            return f"{away:.1f} mm off", away <= allowed
        self.row(" ".join([name, *map(lambda o: Path(o).name, options)]), f"lifted as {control.split('/')[1]}", check)


def brief(names):
    shown = [f"{joint} = {name}" for joint, name in names.items()]
    return ", ".join(shown[:6]) + (f" … ({len(shown)})" if len(shown) > 6 else "")


def all_cases(table):
    humanoids(table)
    rests(table)
    import_fails(table)
    motions(table)
    formats(table)
    skeletons(table)
    return table.rows


def humanoids(table):
    """Check which node is which joint."""
    control = "01-vrm0-bone-minus-one/control.vrm"
    folder = "01-vrm0-bone-minus-one/"
    for name in ("minus-one no-node node-null node-too-large vrm1-empty-bone vrm1-minus-one required-foot-minus-one required-foot-missing "
                 "bone-twice two-bones-one-node unknown-bone vrm1-old-thumb blendshape-mesh-minus-one").split():
        table.surface(f"{folder}{name}.vrm", control)
    plain = "09-node-visibility/without-coat.glb"
    folder = "04-mmd-japanese-bones/"
    for name in "mmd mmd-d mmd-d-weights mmd-d-english mmd-suffix min-all min-dup min-dup-anon min-fingers min-ik min-minimal min-pc".split():
        # Hands are aimed at middle fingers, which the correct file lacks.
        table.surface(f"{folder}{name}.glb", plain, allowed=3)
    mmd = {"spine": "上半身", "chest": "上半身2", "neck": "首", "head": "頭"}
    arms = {"Shoulder": "$肩", "UpperArm": "$腕", "LowerArm": "$ひじ", "Hand": "$手首"}
    legs = {"UpperLeg": "$足", "LowerLeg": "$ひざ", "Foot": "$足首"}
    table.bones(folder + "mmd.glb", mmd | sided(arms | legs | fingers(("$人指#", "$中指#", "$薬指#", "$小指#"), "１２３"), "左", "右"))
    table.bones(folder + "mmd-d.glb", mmd | sided(arms, "左", "右") | {
        joint: (name, name + "D") for joint, name in sided(legs, "左", "右").items()})
    table.bones(folder + "mmd-suffix.glb", mmd | sided({"UpperArm": "腕.$", "LowerArm": "ひじ.$", "Hand": "手首.$", "UpperLeg": "足.$", "LowerLeg": "ひざ.$", "Foot": "足首.$"}, "L", "R"))
    table.bones(folder + "mmd-d-english.glb", {"spine": "upper body", "chest": "upper body2", "neck": "neck", "head": "head"} | sided(
        {"Shoulder": "shoulder_$", "UpperArm": "arm_$", "LowerArm": "elbow_$", "Hand": "wrist_$", "IndexProximal": "fore1_$", "RingDistal": "third3_$"}, "L", "R"))
    table.bones("05-rigify-control-bones/rigify-all.glb", {"hips": "DEF-spine", "spine": "DEF-spine.001", "neck": ("DEF-spine.004", "DEF-spine.005"), "head": "DEF-spine.006"} | sided(
        {"Shoulder": "DEF-shoulder.$", "UpperArm": "DEF-upper_arm.$", "LowerArm": "DEF-forearm.$", "Hand": "DEF-hand.$", "UpperLeg": "DEF-thigh.$", "LowerLeg": "DEF-shin.$", "Foot": "DEF-foot.$"}, "L", "R"))
    table.surface("05-rigify-control-bones/rigify-all.glb", plain)
    folder = "22-finger-tips-and-other-schemes/"
    table.bones(folder + "genesis9.glb", {"spine": "spine1", "head": "head"} | sided(fingers(("$_index#", "$_mid#", "$_ring#", "$_pinky#"), thumb="$_thumb#"), "l", "r"))
    table.bones(folder + "cc.glb", {"head": "CC_Base_Head"} | sided({"Toes": "CC_Base_$_ToeBase", "Foot": "CC_Base_$_Foot", "UpperArm": "CC_Base_$_Upperarm"}, "L", "R"))
    table.bones(folder + "ue5.glb", {"hips": "pelvis", "spine": "spine_01", "head": "head"} | sided({"UpperArm": "upperarm_$", "IndexProximal": "index_01_$", "UpperLeg": "thigh_$"}, "l", "r"))
    for name in "genesis9 cc ue5 rpm ctrl mixamo1_ mixamo9 sketchfab suffix_1".split():
        # Their hands are aimed at middle fingers, which the correct file lacks.
        table.surface(f"{folder}{name}.glb", plain, allowed=12)
    folder, base = "import-fails/", "import-fails/00-base.glb"
    table.bones(folder + "15-vrchat-names.glb", {"head": "Head"} | {side + joint: f"{side.capitalize()} {name}" for side in SIDES for joint, name in {
        "Shoulder": "shoulder", "UpperArm": "arm", "LowerArm": "elbow", "Hand": "wrist", "UpperLeg": "leg", "LowerLeg": "knee", "Foot": "ankle", "Toes": "toe"}.items()} | sided(
        fingers(("IndexFinger#_$", "MiddleFinger#_$", "RingFinger#_$", "LittleFinger#_$")), "L", "R"))
    table.bones(folder + "16-meshy-names.glb", {"spine": "Spine02", "chest": ("Spine01", "Spine"), "head": "Head"})
    table.bones(folder + "16c-ue5-names.glb", {"spine": "spine_01", "chest": ("spine_03", "spine_05"), "upperChest": ("spine_05", None)})
    table.bones(folder + "18-two-neck-bones.glb", {"neck": ("C_neck0001_bind_JNT", "C_neck0002_bind_JNT"), "head": "C_head0001_bind_JNT"})
    table.surface(folder + "15-vrchat-names.glb", base)
    table.says(folder + "17-no-hand-bones.glb", ["leftHand", "bones"], right="refused or right; says that the hands are missing and what to do")
    table.says(folder + "23-two-people.glb", ["two"], right="one of the two people, and says so, or refused")
    table.surface(folder + "23-two-people.glb", base, allowed=2600)


def rests(table):
    """Check rest pose, facing and inverse binds."""
    plain = "09-node-visibility/without-coat.glb"
    table.surface("02-vrm-in-a-pose/a-pose-0.vrm", "02-vrm-in-a-pose/control.glb")
    table.says("02-vrm-in-a-pose/a-pose-0.vrm", ["T-pose"])
    for name in ("vrm0-faces-plus-z", "vrm1-faces-minus-z"):
        table.surface(f"03-vrm-facing-the-other-way/{name}.vrm", "01-vrm0-bone-minus-one/control.vrm")
        table.says(f"03-vrm-facing-the-other-way/{name}.vrm", ["fac"])
    for name in ("posed", "unposed"):
        table.surface(f"07-quantised-skin-posed-default/{name}.glb", plain)
        table.number(f"07-quantised-skin-posed-default/{name}.glb", "height", 1.8, 0.002)
    for name in ("none", "identity"):
        table.surface(f"32-skin-without-inverse-binds/{name}.glb", plain)
        table.number(f"32-skin-without-inverse-binds/{name}.glb", "height", 1.8, 0.002)
    table.surface("33-one-mesh-many-skins/parts.glb", plain)
    for name in ("plain", "mirrored", "mirrored-double"):
        table.surface(f"08-mirrored-rigid-parts/{name}.glb", plain)
    table.surface("import-fails/21-no-inverse-binds.glb", "import-fails/00-base.glb")
    table.row("35-stretched-own-clip-as-glb/stretch.glb joints", "as keypoints.json, within 0.1 pixels", lambda: stretched(table))


def stretched(table):
    """Check the projected joints of the written file against the drawn keypoints."""
    posing_, character = table.posing, {"model": str(table.file("35-stretched-own-clip-as-glb/stretch.glb")), "pose": {
        "file": str(table.file("35-stretched-own-clip-as-glb/stretch.glb")), "time": 1}}
    points = posing_.keypoints(character, "body_18", FRONT)
    joints = posing_.posed(character)[0]
    worst = 0.0
    for index, joint in {3: "rightLowerArm", 8: "rightUpperLeg", 9: "rightLowerLeg", 10: "rightFoot", 11: "leftUpperLeg", 12: "leftLowerLeg", 13: "leftFoot"}.items():
        x, y, z = joints[joint] - FRONT["position"]
        pixel = np.array([256 - FOCAL * x / z, 384 + FOCAL * y / z])
        worst = max(worst, np.linalg.norm(pixel - points[index, :2]))
    return f"{worst:.1f} pixels off", worst < 0.1


def import_fails(table):
    """Check heads and hands."""
    folder, base = "import-fails/", "import-fails/00-base.glb"
    table.row(folder + "01-ears.glb ears", "±0.080 m aside and 0.110 m behind the nose, within 1 cm", lambda: ears(table))
    table.row(folder + "01-ears.glb ears from the front", "both are drawn", lambda: drawn_ears(table))
    for name in ("05-mitten-index-only", "06-thumb-and-middle-only", "07-four-bone-fingers", "08-cmu-fingerbase"):
        table.row(f"{folder}{name}.glb palms", "rolled 0° from the bind, within 3°; aimed within 8°, as fingers lie", lambda name=name: palms(table, f"{folder}{name}.glb"))
    table.row(folder + "06-thumb-and-middle-only.glb hand", "21 points or none", lambda: whole_hand(table, folder + "06-thumb-and-middle-only.glb"))


def ears(table):
    """Return ears in the model's axes, from rays through keypoints, whose third number is the depth."""
    points = table.posing.keypoints({"model": str(table.file("import-fails/01-ears.glb")), "pose": {}}, "body_18", FRONT)
    places = {name: np.array([(x - 256) * z / FOCAL, (384 - y) * z / FOCAL, -z]) for name, (x, y, z, _) in zip(
        ("nose", "rightEar", "leftEar"), points[[0, 16, 17]])}
    offsets = [places[name] - places["nose"] for name in ("leftEar", "rightEar")]
    found = "; ".join(f"({o[0]:+.3f}, {o[2]:+.3f})" for o in offsets)
    return found, all(abs(abs(o[0]) - 0.080) < 0.01 and abs(o[2] + 0.110) < 0.01 for o in offsets)


def drawn_ears(table):
    points = table.posing.keypoints({"model": str(table.file("import-fails/01-ears.glb")), "pose": {}}, "body_18", FRONT)
    return f"seen: right {points[16, 3]:g}, left {points[17, 3]:g} (2 is drawn)", bool((points[16:18, 3] == 2).all())


def palms(table, name):
    """Check hands of a file that rests in a T-pose, palms down: they must keep that orientation."""
    from gltf import Document
    document = Document(table.file(name))
    worlds = document.worlds()
    _, vertices = table.posing.model(table.file(name), {})
    own = document.vertices(worlds, {})
    roll = whole = 0.0
    for sign in (1, -1):
        # Skin beyond the wrist: the best rotation between the two point clouds (Kabsch).
        hand = sign * own[:, 0] > 0.70
        a, b = own[hand], vertices[hand]
        u, _, v = np.linalg.svd((a - a.mean(0)).T @ (b - b.mean(0)))
        turn = (u @ np.diag([1, 1, np.sign(np.linalg.det(u @ v))]) @ v).T
        whole = max(whole, np.degrees(np.arccos(np.clip((np.trace(turn) - 1) / 2, -1, 1))))
        # The twist about the forearm, which lies along x.
        roll = max(roll, abs(np.degrees(2 * np.arctan2(turn[2, 1] - turn[1, 2], 1 + np.trace(turn)))))
    return f"rolled by {roll:.1f}°, turned by {whole:.1f}°", roll < 3 and whole < 8


def whole_hand(table, name):
    out = table.posing.folder / "render"
    table.posing.run("render", table.posing.scene({"model": str(table.file(name)), "pose": {}}, camera=FRONT), "-o", out, "--maps", "openpose", "-q")
    person = json.loads((out / "one/openpose.json").read_text())[0]["people"][0]
    counts = [sum(c > 0 for c in person[f"hand_{side}_keypoints_2d"][2::3]) for side in SIDES]
    return f"{counts[0]} and {counts[1]} points", all(count in (0, 21) for count in counts)


def motions(table):
    """Check motion on a mannequin against forward kinematics."""
    folder = "import-fails/"
    for name in ("02-bone-aligned.bvh", "02b-control.bvh"):
        for frame in (0, 1):
            table.limbs(folder + name, lambda frame=frame, name=name: bvh_joints(table.file(folder + name), frame, MIXAMO), time=frame * 0.0333333)
    for frame in (0, 1):
        table.limbs(folder + "03-z-up-motion.bvh", lambda frame=frame: bvh_joints(table.file(folder + "03-z-up-motion.bvh"), frame, MIXAMO, up="Z"), time=frame * 0.0333333)
    for name in ("04-motion-default-not-rest", "04b-control"):
        for time in (0, 1):
            table.limbs(f"{folder}{name}.glb", lambda name=name, time=time: gltf_joints(table.file(f"{folder}{name}.glb"), "clip", time, MIXAMO), time=time, allowed=1)
    names = {joint: name for joint, name in MIXAMO.items()}
    for frame in (0, 1, 2):
        table.limbs("17-bvh-lafan-rest/lafan-like.bvh", lambda frame=frame: bvh_joints(table.file("17-bvh-lafan-rest/lafan-like.bvh"), frame, names), time=frame / 30)
    table.limbs("02-vrm-in-a-pose/vrma-a-pose.vrma", lambda: gltf_joints(table.file("02-vrm-in-a-pose/vrma-a-pose.vrma"), None, 0, VRM))
    for name in ("good.vrma", "hips-rest-zero.vrma", "scaled-root.vrma", "cubic.glb", "empty-channel.glb", "late.glb", "no-node.glb", "one-key.glb", "sign-flip.glb", "unnormalised.glb"):
        path = f"23-vrma-and-empty-channels/{name}"
        clip = "a" if name.endswith("glb") else None
        table.limbs(path, lambda path=path: gltf_joints(table.file(path), first_clip(table.file(path)), 0 if "one-key" in path else 1, VRM), time=0 if name == "one-key.glb" else 1, **({"clip": clip} if clip else {}))


def first_clip(path):
    from gltf import Document
    return Document(path).json["animations"][0].get("name", "")


def formats(table):
    """Check what readers accept, hidden nodes, and compression."""
    plain = "09-node-visibility/without-coat.glb"
    for name in ("hidden", "hidden-optional", "parent-hidden", "in-another-scene"):
        table.row(f"09-node-visibility/{name}.glb mask", "as without-coat.glb", lambda name=name: masks(table, f"09-node-visibility/{name}.glb", plain))
    table.row("09-node-visibility/vrm0-first-person-only.vrm mask", "as without-coat.glb", lambda: masks(table, "09-node-visibility/vrm0-first-person-only.vrm", plain))
    table.row("09-node-visibility/hidden.fbx mask", "says that its only surface is hidden", lambda: all_hidden(table))
    for name in ("y-up-m", "x-up", "z-up-cm", "z-up-cm-bindshape", "z-up-inch", "motion-y-up", "motion-z-up", "no-bind-shape"):
        table.surface(f"10-collada-z-up-cm/{name}.dae", plain)
    table.number("import-fails/09-dae-leading-space.dae", "height", 1.766, 0.002)
    for name in ("json-zeros", "length", "trailing", "weights-sum-2", "weights-unused-65535"):
        table.surface(f"21-gltf-text-and-uris/{name}.glb", plain)
    table.row("import-fails/22-alpha-webp.glb", "the plate's right half is there, its left half is not", lambda: half_a_plate(table, "import-fails/22-alpha-webp.glb"))
    bvh_control = "20-bvh-spelling/tabs.bvh"
    for path in sorted((table.cases / "20-bvh-spelling").glob("*.bvh")):
        if path.name in ("cmu_n1ck.bvh", "ipi.bvh"):
            continue
        table.row(f"20-bvh-spelling/{path.name}", "moves as tabs.bvh", lambda path=path: same_motion(table, path, table.file(bvh_control)))
    for name in ("comma", "comma-tabs"):
        table.row(f"19-bvh-decimal-comma/{name}.bvh", "moves as tabs.bvh", lambda name=name: same_motion(table, table.file(f"19-bvh-decimal-comma/{name}.bvh"), table.file(bvh_control)))
    for name in ("binary", "ascii"):
        table.row(f"11-fbx-scale-not-inherited/maya_human_ik_7400_{name}.fbx", "a leg of 0.855 m, no translation, no note on size", lambda name=name: leg(table, f"11-fbx-scale-not-inherited/maya_human_ik_7400_{name}.fbx"))
    for name in ("all", "scale", "translation"):
        table.surface(f"16-fbx-geometric-transform/{name}.fbx", plain)
    for name in ("hair-ends", "mesh-called-hips", "null-called-hips"):
        table.surface(f"13-fbx-same-names/{name}.fbx", plain)
    for name in ("13-fbx-mesh-named-as-bone", "20-fbx-constraint"):
        table.surface(f"import-fails/{name}.fbx", "import-fails/00-base.glb")


def all_hidden(table):
    """Check that nothing of the file can be drawn, and that the message says why."""
    try:
        return f"{table.posing.white(table.file('09-node-visibility/hidden.fbx'))} white pixels", False
    except Refusal as refusal:
        said = str(refusal).splitlines()[0]
        return said.split(": ")[-1], "hidden in the file" in said


def leg(table, name):
    report = table.posing.inspect(table.file(name))
    out = table.posing.folder / "leg.pose.json"
    table.posing.run("import", table.file(name), "-o", out)
    pose, length = json.loads(out.read_text()), report["legLength"]
    moved = np.linalg.norm(pose.get("translation", [0, 0, 0]))
    return f"{length} m, moved by {moved:g} m; notes: {report['notes']}", abs(length - 0.855) < 0.002 and moved < 0.001 and not any("tall" in note for note in report["notes"])


def masks(table, name, control):
    found, right = (table.posing.white(table.file(path)) for path in (name, control))
    return f"{found} white pixels, {right} without", found == right


def same_motion(table, one, other):
    worst = 0.0
    for time in (0, 0.0333333):
        a, b = table.posing.motion(one, time), table.posing.motion(other, time)
        worst = max(worst, 1000 * max(np.linalg.norm(a[joint] - b[joint]) for joint in VRM))
    return f"{worst:.2f} mm off", worst < 1


def skeletons(table):
    """Check OpenPose JSON for lifting."""
    folder, control = "24-openpose-cli-no-canvas/", "24-openpose-cli-no-canvas/body25-with-canvas.json"
    table.lifted(folder + "body25-as-the-program-writes.json", control, "--size", "512x768")
    table.says(folder + "body25-as-the-program-writes.json", ["--size", "--scene"], "lift", "-o", "/tmp/never.pose.json", right="without a size: says to give --size or --scene")
    table.row(folder + "body25-as-the-program-writes.json --scene", "taken, under the scene's camera", lambda: with_scene(table))
    table.lifted(folder + "version-1.1-names.json", "26-openpose-null-person/control.json", "--size", "512x768")
    folder, control = "25-openpose-shares-beyond-one/", "25-openpose-shares-beyond-one/control-cut-pixels.json"
    table.lifted(folder + "cut-shares.json", control)
    table.lifted(folder + "shares.json", folder + "control-pixels.json")
    table.lifted(folder + "body-shares-hands-pixels.json", folder + "control-hands.json")
    table.lifted(folder + "minus-one-to-one.json", folder + "control-pixels.json")
    folder = "26-openpose-null-person/"
    gaps, control = folder + "control-gaps.json", folder + "control.json"
    for name in ("second-person-none second-person-missing-body second-person-empty-list missing-points-null missing-minus-one canvas-floats "
                 "canvas-strings face-69 hand-20 hand-all-zero nested-triples scores-above-1 face-two-numbers missing-zero-but-confidence-1").split():
        table.lifted(f"{folder}{name}.json", control)
    for name in ("gaps-null", "gaps-minus-one", "gaps-minus-one-sure", "gaps-zero-sure"):
        table.lifted(f"{folder}{name}.json", gaps)
    for name in ("wrist-at-0-0-sure", "wrist-at-minus-1-sure"):
        table.lifted(f"{folder}{name}.json", folder + "control-no-wrist.json")
    table.says(folder + "people-null-other.json", ["no person"], "lift", "-o", "/tmp/never.pose.json", status=65)
    # COCO has no neck; it is between the shoulders.
    table.lifted(folder + "coco-17.json", control, allowed=25)
    table.lifted(folder + "xy-pairs.json", control)
    folder = "28-openpose-editor-format/"
    for name in ("people-width-height", "resolution", "width-height-keypoints"):
        table.lifted(f"{folder}{name}.json", control)


def half_a_plate(table, name):
    """Check the plate in front of the figure, 1 m by 0.6 m, whose picture is opaque only on the right."""
    mask = table.posing.mask(table.file(name))
    height, width = mask.shape
    column, row = (round(way * FOCAL / 3.6) for way in (0.5, 0.3))
    middle, center = width // 2, height // 2 - round(0.4 * FOCAL / 3.6)
    left, right = mask[center - row:center + row, middle - column:middle - column // 2], mask[center - row:center + row, middle + 2:middle + column - 2]
    right = right[3:-3]
    return f"{100 * left.mean():.0f} % of the left's outer half, {100 * right.mean():.0f} % of the right", left.mean() < 0.3 and right.all()


def with_scene(table):
    code, said = table.posing.run("lift", table.file("24-openpose-cli-no-canvas/body25-as-the-program-writes.json"), "-o", table.posing.folder / "x.pose.json",
                                  "--scene", table.file("24-openpose-cli-no-canvas/seen.scene.json"))
    return said.strip()[-120:], code == 0 and "median error 0.0" in said


def find(repository):
    """Return the folder of the cases; None if the checkout has none."""
    folder = repository.parent / "shared" / "cases"
    return folder if folder.is_dir() else None


def rows(repository, posemap, folder):
    cases = find(repository)
    if cases is None:
        print(f"case files: skipped, since there is no {repository.parent / 'shared/cases'}")
        return []
    lines = all_cases(Cases(posemap, folder, cases))
    wrong = sum(not passes for *_, passes in lines)
    return [Row("case files", len(lines), len(lines), wrong, wrong, 0, "files that went wrong elsewhere, by what is right in each")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posemap", required=True)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    cases = options.cases or find(Path(__file__).resolve().parents[2])
    if cases is None:
        sys.exit("there is no folder of cases beside the checkout; name one with --cases")
    with tempfile.TemporaryDirectory() as temporary:
        lines = all_cases(Cases(Path(options.posemap).resolve(), Path(temporary), cases, options.only))
    passed = sum(passes for *_, passes in lines)
    print(f"{passed} of {len(lines)} are right")
    sys.exit(passed < len(lines))


if __name__ == "__main__":
    main()
