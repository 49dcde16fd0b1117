"""The detector's cases: bodies, poses, cameras and hands that people would photograph, within all joints' limits."""

# A character's keys in the scene file, and its stature in meters (`posemap body measure`), to which
# distances are relative.
BODIES = {
    "human": [({"body": "human", "phenotype": {"gender": "female", "height": 1.63}}, 1.63),
              ({"body": "human", "phenotype": {"gender": "male", "height": 1.76}}, 1.76)],
    "female": [({"body": "female"}, 1.629)],
    "male": [({"body": "male"}, 1.756)],
}
ARMS = {"leftUpperArm": {"abduction": 12}, "rightUpperArm": {"abduction": 12}}
POSES = {
    "standing": ARMS,
    "walking": {"leftUpperLeg": {"flexion": 28}, "leftLowerLeg": {"flexion": 10}, "rightUpperLeg": {"flexion": -14},
                "rightLowerLeg": {"flexion": 18}, "leftUpperArm": {"flexion": -22}, "rightUpperArm": {"flexion": 26},
                "rightLowerArm": {"flexion": 25}, "leftLowerArm": {"flexion": 12}},
    "arms raised": {"leftUpperArm": {"abduction": 150}, "rightUpperArm": {"abduction": 140}, "rightLowerArm": {"flexion": 40}},
    "reaching": {"leftUpperArm": {"flexion": 85}, "rightUpperArm": {"abduction": 14}, "leftUpperLeg": {"flexion": 20}},
    "sitting": {"leftUpperLeg": {"flexion": 88, "abduction": 8}, "rightUpperLeg": {"flexion": 88, "abduction": 8},
                "leftLowerLeg": {"flexion": 88}, "rightLowerLeg": {"flexion": 88}, "leftLowerArm": {"flexion": 50},
                "rightLowerArm": {"flexion": 50}, "leftUpperArm": {"flexion": 25}, "rightUpperArm": {"flexion": 25}},
    "kneeling": {**ARMS, "leftUpperLeg": {"flexion": 90}, "leftLowerLeg": {"flexion": 90}, "rightLowerLeg": {"flexion": 95},
                 "rightFoot": {"flexion": -40}},
    "lying": {"hips": {"flexion": -90}, "leftUpperArm": {"abduction": 35}, "rightUpperArm": {"abduction": 50},
              "leftUpperLeg": {"abduction": 10}, "rightUpperLeg": {"flexion": 30}, "rightLowerLeg": {"flexion": 60}},
}
# Angle and elevation.
CAMERAS = {"front": (0, 5), "three-quarter": (40, 10), "side": (85, 5), "back": (180, 5), "high": (20, 40), "low": (-25, -25)}
CASES = [(pose, camera) for pose in ("standing", "walking", "arms raised", "sitting") for camera in CAMERAS] + [
    ("reaching", "front"), ("reaching", "three-quarter"), ("reaching", "back"), ("kneeling", "front"),
    ("kneeling", "three-quarter"), ("kneeling", "high"), ("lying", "high"), ("lying", "side")]


def curled(degrees, *fingers):
    return {f"{{}}{finger}{bone}": {"flexion": degrees} for finger in fingers for bone in ("Proximal", "Intermediate", "Distal")}


# {} is the side.
HANDS = {
    "open": {},
    "spread": {"{}IndexProximal": {"abduction": 10}, "{}LittleProximal": {"abduction": 12}, "{}RingProximal": {"abduction": 5}},
    "relaxed": curled(25, "Index", "Middle", "Ring", "Little"),
    "pointing": curled(75, "Middle", "Ring", "Little"),
    "victory": {**curled(75, "Ring", "Little"), "{}IndexProximal": {"abduction": 12}, "{}MiddleProximal": {"abduction": -12}},
}
# The camera's position in the hand's own axes: away from the palm, toward the thumb, along the
# fingers.
HAND_VIEWS = {"palm": (1, 0, 0), "back": (-1, 0, 0), "palm, oblique": (1, 0.6, 0.3), "back, oblique": (-1, 0.6, 0.3),
              "edge": (0, 1, 0)}
# The yaw of the head's owner and the elevation of the camera.
FACES = [(yaw, elevation) for yaw in (-25, -10, 0, 10, 25) for elevation in (-10, 5)]
