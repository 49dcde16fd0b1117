"""One good message of every type of the protocol, and of every kind of edit, for the window scene; what is mutated starts from these."""
from __future__ import annotations

import copy
from typing import Any

Message = dict[str, Any]

VIEW: list[Message] = [
    {"type": "view", "width": 96, "height": 128},
    {"type": "view", "width": 128, "height": 96, "format": "rgba"},
    {"type": "orbit", "right": 12.5, "up": -3},
    {"type": "pan", "x": 10, "y": -4},
    {"type": "dolly", "factor": 1.1},
    {"type": "lens", "focalLength": 50},
    {"type": "roll", "degrees": 5},
    {"type": "preset", "name": "threeQuarter", "about": "female"},
    {"type": "preset", "name": "overShoulder", "about": "male"},
    {"type": "frame", "about": "all", "part": "figure"},
    {"type": "frame", "about": "female", "part": "face"},
    {"type": "camera", "target": [0, 1, 0], "distance": 4, "azimuth": 20, "elevation": 5, "roll": 0, "fovY": 30},
    {"type": "sceneCamera"},
    {"type": "takeCamera"},
    {"type": "select", "character": "female", "joint": "leftLowerArm"},
    {"type": "select", "character": None, "joint": None},
    {"type": "maps", "names": ["openpose", "depth"], "subject": "all", "height": 96},
    {"type": "maps", "names": [], "subject": "female", "height": 96},
    {"type": "time", "seconds": 0.5},
    {"type": "hide", "id": "male", "on": True},
    {"type": "hide", "id": "male", "on": False},
    {"type": "shown", "number": 1},
    {"type": "pick", "x": 40, "y": 60},
]

DRAGS: list[Message] = [
    {"type": "grab", "handle": "female.leftHand", "x": 40, "y": 60, "as": "goal"},
    {"type": "drag", "x": 48, "y": 52, "path": "picture", "snap": True},
    {"type": "release"},
    {"type": "grab", "handle": "male.head", "x": 40, "y": 20, "as": "angles"},
    {"type": "drag", "x": 44, "y": 25, "path": "depth", "snap": False},
    {"type": "cancel"},
    {"type": "grab", "handle": "props.sill", "x": 40, "y": 100, "as": "goal"},
    {"type": "drag", "x": 44, "y": 99, "path": "floor"},
    {"type": "release"},
]

DOCUMENT: list[Message] = [
    {"type": "gesture", "begin": True},
    {"type": "gesture", "begin": False},
    {"type": "undo"},
    {"type": "redo"},
    {"type": "save"},
    {"type": "autosave", "on": True},
    {"type": "autosave", "on": False},
    {"type": "undo", "count": 2},
    {"type": "restore", "changes": "0123456789abcdef"},
    {"type": "forget", "changes": "0123456789abcdef"},
    {"type": "outside", "file": "scene.json", "keep": "mine"},
    {"type": "savePose", "character": "female", "name": "resting", "part": "all"},
    {"type": "difference"},
    {"type": "takeFrame", "character": "female", "seconds": 0.5},
]

# Jobs start programs. Other tests have valid ones; these refer to nothing that exists.
JOBS: list[Message] = [
    {"type": "export", "folder": "out", "maps": ["no-such-map"], "only": ["female"], "together": False},
    {"type": "comfyui", "server": "http://127.0.0.1:9", "folder": "out"},
    {"type": "stopJob", "job": 1},
]

EDITS: list[Message] = [
    {"kind": "turn", "character": "female", "joints": {"leftLowerArm": {"flexion": 40}}},
    {"kind": "release", "character": "female", "joints": ["leftLowerArm"]},
    {"kind": "reach", "character": "male", "joint": "leftHand", "point": [0.1, 1.06, 0.08]},
    {"kind": "reach", "character": "female", "joint": "rightHand", "point": {"at": "male.leftHand", "offset": [0, 0.02, 0]}},
    {"kind": "reach", "character": "male", "joint": "rightHand", "point": None},
    {"kind": "seat", "character": "female", "point": "props.sill.top"},
    {"kind": "look", "character": "female", "point": "male.head"},
    {"kind": "plantFeet", "character": "male", "on": True},
    {"kind": "handShape", "character": "male", "side": "left", "name": "fist"},
    {"kind": "handShape", "character": "male", "side": "left", "name": None},
    {"kind": "armGesture", "character": "male", "side": "left", "name": "wave"},
    {"kind": "aimGesture", "character": "male", "point": "camera"},
    {"kind": "armGesture", "character": "male", "side": "both", "name": None},
    {"kind": "expression", "character": "female", "name": "smile", "amount": 0.5},
    {"kind": "hips", "character": "male", "point": [0, -0.1, 0]},
    {"kind": "pose", "character": "male", "value": {"base": "contrapposto"}},
    {"kind": "place", "character": "male", "position": [0.6, 0, -0.2]},
    {"kind": "yaw", "character": "male", "degrees": -62},
    {"kind": "character", "character": "male", "key": "height", "value": 1.8},
    {"kind": "addCharacter", "value": {"id": "third", "body": "female", "position": [1.4, 0, 0]}},
    {"kind": "duplicateCharacter", "character": "female", "id": "twin"},
    {"kind": "renameCharacter", "character": "twin", "to": "sister"},
    {"kind": "removeCharacter", "character": "sister"},
    {"kind": "prop", "prop": "sill", "key": "size", "value": [1.3, 0.55, 0.45]},
    {"kind": "addProp", "value": {"id": "ball", "shape": "sphere", "radius": 0.2}},
    {"kind": "removeProp", "prop": "ball"},
    {"kind": "camera", "key": "focalLength", "value": 60},
    {"kind": "wholeCamera", "value": {"position": [0.1, 1.15, 4.2], "target": [0.05, 0.84, 0], "focalLength": 74}},
    {"kind": "mapSetting", "key": "depth", "value": "linear"},
    {"kind": "scene", "key": "canvas", "value": [256, 256]},
    {"kind": "mirrorLimb", "character": "male", "limb": "leftArm"},
    {"kind": "mirrorLimb", "character": "male", "limb": "all"},
    {"kind": "pasteLimb", "character": "male", "limb": "rightArm", "joints": {"rightLowerArm": {"flexion": 60}}},
    {"kind": "face", "character": "male", "at": "female"},
    {"kind": "pair", "name": "handshake", "characters": ["female", "male"]},
    {"kind": "text", "file": "scene.json", "text": "{}"},
    {"kind": "text", "file": "scene.json", "text": "{}", "base": "{}"},
    {"kind": "several", "edits": [{"kind": "yaw", "character": "male", "degrees": 5}, {"kind": "look", "character": "male", "point": None}], "description": "both"},
]


def good(scene: str) -> list[Message]:
    """Return all messages for a scene at a path."""
    edits = [{"type": "edit", "edit": edit} for edit in EDITS]
    dropped = {"type": "edit", "edit": {"kind": "addProp", "value": {"id": "dropped", "shape": "box", "size": [0.2, 0.2, 0.2]}}, "x": 40, "y": 100}
    messages = copy.deepcopy(VIEW + DRAGS + DOCUMENT + edits + [dropped] + JOBS)
    for message in messages:
        for holder in (message, message.get("edit", {})):
            if "file" in holder:
                holder["file"] = scene
    return messages
