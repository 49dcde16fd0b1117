"""The names in docs/body-format.md, in its orders."""
from __future__ import annotations

_LEG = ["UpperLeg", "LowerLeg", "Foot", "Toes"]
_ARM = ["Shoulder", "UpperArm", "LowerArm", "Hand", "ThumbMetacarpal", "ThumbProximal", "ThumbDistal"] + [
    finger + bone for finger in ("Index", "Middle", "Ring", "Little") for bone in ("Proximal", "Intermediate", "Distal")]
JOINTS = (["hips", "spine", "chest", "upperChest", "neck", "head", "leftEye", "rightEye", "jaw"]
          + ["left" + n for n in _LEG] + ["right" + n for n in _LEG] + ["left" + n for n in _ARM] + ["right" + n for n in _ARM])
HELPERS = [f"{side}{bone}Swing" for side in ("left", "right") for bone in ("UpperArm", "LowerArm", "UpperLeg")]
SKIN = JOINTS + HELPERS
_LIMBS = ["UpperArm", "LowerArm", "Hand", "UpperLeg", "LowerLeg", "Foot"]
_FINGERS = ["Thumb", "IndexFinger", "MiddleFinger", "RingFinger", "LittleFinger"]
PARTS = (["head", "neck", "torso", "pelvis"] + ["left" + n for n in _LIMBS] + ["right" + n for n in _LIMBS]
         + ["left" + n for n in _FINGERS] + ["right" + n for n in _FINGERS])


def mirrored(name: str) -> str:
    if name.startswith("left"):
        return "right" + name[4:]
    return "left" + name[5:] if name.startswith("right") else name


def part_of(skin: str) -> str:
    """Return the part of the surface that follows a skin joint."""
    if skin in ("head", "leftEye", "rightEye", "jaw"):
        return "head"
    if skin in ("neck", "hips"):
        return {"neck": "neck", "hips": "pelvis"}[skin]
    if skin in ("spine", "chest", "upperChest") or skin.endswith("Shoulder"):
        return "torso"
    side = "left" if skin.startswith("left") else "right"
    bone = skin[len(side):].removesuffix("Swing")
    for finger in ("Thumb", "Index", "Middle", "Ring", "Little"):
        if bone.startswith(finger):
            return side + (finger if finger == "Thumb" else finger + "Finger")
    return side + ("Foot" if bone == "Toes" else bone)
