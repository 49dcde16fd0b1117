"""BVH evaluated directly from its text: the positions of the joints at a frame."""
import numpy as np

from humanoids import axis_angle

AXES = {"X": (1, 0, 0), "Y": (0, 1, 0), "Z": (0, 0, 1)}


def joints(text, frame):
    """Return name → position in the file's units."""
    head, motion = text.split("MOTION")
    rows = [line for line in motion.strip().splitlines() if line.strip()]
    values = iter(float(word) for word in rows[2 + frame].split())
    places, stack, name, offset = {}, [np.eye(4)], None, np.zeros(3)
    for words in (line.split() for line in head.splitlines()):
        if not words:
            continue
        if words[0] in ("ROOT", "JOINT"):
            name = words[1]
        elif words[0] == "End":
            name = None
        elif words[0] == "{":
            stack.append(stack[-1])
        elif words[0] == "}":
            stack.pop()
        elif words[0] == "OFFSET":
            offset = np.array(words[1:4], float)
        elif words[0] == "CHANNELS":
            turn, place = np.eye(3), offset.copy()
            for channel in words[2:]:
                value, axis = next(values), AXES[channel[0]]
                if channel.endswith("position"):
                    place["XYZ".index(channel[0])] = value
                else:
                    turn = turn @ axis_angle(axis, np.radians(value))
            local = np.eye(4)
            local[:3, :3], local[:3, 3] = turn, place
            stack[-1] = stack[-2] @ local
            places[name] = stack[-1][:3, 3]
    return places


def made_up(random, frames):
    """Return a person with six channels at the hips and a rotation order that differs by joint."""
    orders = ["Zrotation Xrotation Yrotation", "Xrotation Yrotation Zrotation", "Yrotation Zrotation Xrotation", "Yrotation Xrotation Zrotation"]

    def joint(name, offset, *children, kind="JOINT"):
        order = orders[len(name) % 4]
        channels = f"CHANNELS 6 Xposition Yposition Zposition {order}" if kind == "ROOT" else f"CHANNELS 3 {order}"
        inner = "\n".join(children) or "End Site\n{\nOFFSET 0 -5 0\n}"
        return f"{kind} {name}\n{{\nOFFSET {offset}\n{channels}\n{inner}\n}}"
    limbs = {}
    for side, sign in (("Left", 1), ("Right", -1)):
        limbs[side + "Leg"] = joint(side + "UpLeg", f"{9 * sign} -5 0", joint(side + "Leg", "0 -42 1", joint(side + "Foot", "0 -40 -1", joint(side + "ToeBase", "0 -5 12"))))
        limbs[side + "Arm"] = joint(side + "Shoulder", f"{4 * sign} 12 0", joint(side + "Arm", f"{13 * sign} 0 0", joint(
            side + "ForeArm", f"{26 * sign} 0 0", joint(side + "Hand", f"{25 * sign} 0 0"))))
    trunk = joint("Spine", "0 10 0", joint("Spine1", "0 20 0", joint("Neck", "0 18 0", joint("Head", "0 9 0")), limbs["LeftArm"], limbs["RightArm"]))
    tree = joint("Hips", "0 0 0", trunk, limbs["LeftLeg"], limbs["RightLeg"], kind="ROOT")
    count = 3 * tree.count("CHANNELS")
    rows = "\n".join(" ".join(f"{v:.4f}" for v in [*random.normal((0, 95, 0), 8), *random.normal(0, 25, count)]) for _ in range(frames))
    return f"HIERARCHY\n{tree}\nMOTION\nFrames: {frames}\nFrame Time: 0.033333\n{rows}\n"
