"""Check that hands that a detector would not find are not drawn: mediapipe's hand model beside posemap's OpenPose map.

Prints how many hands were drawn and found by how much of them one sees. `run.py --only hands --keep FOLDER` leaves scenes,
maps and overlays (ours green, theirs red) there.

A hand's visible share is that of its 21 points before which nothing stands but the hand itself. In 6,600 pictures of boards sliding over
110 hands and of 2,112 hands of library poses from all around, the finder lost half of the hands at a share of 0.6 to 0.7. It depends on the
palm: with fingertips hidden it finds half of the hands down to 0.25, with the wrist hidden hardly any below 0.9. So single cases prove
nothing. What counts is where share and finder agree: a hand well below the threshold and not found must not be drawn, one well above it
and found must be.
"""
import json
from pathlib import Path

import cv2
import mediapipe
import numpy as np

import detector
from report import Row

# Shares between these are near the threshold: neither drawing nor omitting such a hand is a fault.
HIDDEN, SEEN = 0.45, 0.75
# The average distance, in shares of the hand's length, within which found points belong to this
# hand.
LOST = 0.25
# The percentage of clear cases that may be drawn wrongly.
ALLOWED = 4
# The finder is a reliable witness only if it finds most visible hands and hardly any hidden ones,
# with enough of both.
FINDS, INVENTS, ENOUGH = 0.65, 0.2, 30
# The picture's height in lengths of the hand, as large as the crops of whole-body detectors.
AROUND = 2.75
AWAY = 3
# The numbers in the parts map: palm and fingers, and the forearm, which counts at the wrist.
PARTS = {"left": [7, *range(17, 22)], "right": [13, *range(22, 27)]}
FOREARM = {"left": 6, "right": 12}
# Poses that hide a hand behind trunk, thighs, arms or the other hand from some sides.
POSES = [("female", "at-ease"), ("male", "stand"), ("female", "hands-on-hips"), ("male", "arms-crossed"), ("female", "walk-contact"),
         ("male", "phone")]
ANGLES, ELEVATION = range(0, 360, 30), 5
# Upright hands with palm or back toward the camera, and the direction that the board comes from:
# below, above, either side.
UPRIGHT = [("female", "open", 0), ("male", "relaxed", -40), ("female", "victory", -60)]
TOWARDS = {"up": (0, 1), "down": (0, -1), "left": (-1, 0), "right": (1, 0)}
STEPS = [0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.05]
# The width and height of the board in meters, and its distance in front of the hand.
BOARD, BEFORE = 0.6, 0.06


def rows(posemap, folder):
    folder = Path(folder)
    finder = mediapipe.solutions.hands.Hands(static_image_mode=True, max_num_hands=2, min_detection_confidence=0.5)
    cases = [judge(finder, shot) for shot in around_poses(posemap, folder / "poses") + behind_boards(posemap, folder / "boards")]
    print_shares(cases)
    return [verdict(cases)]


class HandShot(detector.Shot):
    """A close-up of one hand; its folder's name begins with the hand's side."""

    def __init__(self, folder):
        super().__init__(folder)
        self.side = folder.name.split("-")[0]
        self.parts, metric, visible = (cv2.imread(str(folder / "one" / f"{name}.png"), -1) for name in ("parts", "metric", "visible"))
        self.distance, self.visible = metric / 1000, visible > 127

    def share(self):
        """Return the share of the hand's points in the picture that nothing but the hand itself hides."""
        points = [(index, point) for index, point in enumerate(self.points(f"hand_{self.side}_21")) if point[3] > 0]
        return np.mean([self.sees(index, point) for index, point in points])

    def sees(self, index, point):
        x, y = point[:2].astype(int)
        own = self.parts[y, x] in PARTS[self.side] or (index == 0 and self.parts[y, x] == FOREARM[self.side])
        free = self.distance[y, x] == 0 or self.distance[y, x] > point[2]
        return free or (own and self.visible[y, x])

    def drawn(self):
        person = json.loads((self.folder / "one" / "openpose.json").read_text())[0]["people"][0]
        return any((person[f"hand_{self.side}_keypoints_2d"] or [])[2::3])

    def gap(self, theirs, side):
        """Return the average distance between found points and a hand's points, in shares of its length."""
        key = f"hand_{side}_21"
        p = self.space(key)
        length = sum(np.linalg.norm(p[a] - p[b]) for a, b in ((0, 9), (9, 10), (10, 11), (11, 12)))
        return np.linalg.norm(theirs - self.points(key)[:, :2], axis=1).mean() / self.pixels(length, key)


def judge(finder, shot):
    """Return the hand's visible share, whether it is drawn, and whether it, rather than the other hand, is found."""
    other = "left" if shot.side == "right" else "right"
    hands = [detector.landmarks(seen) for seen in finder.process(shot.image).multi_hand_landmarks or []]
    mine = [hand for hand in hands if shot.gap(hand, shot.side) < min(LOST, shot.gap(hand, other))]
    shot.overlay(shot.points(f"hand_{shot.side}_21"), mine[0] if mine else None)
    return shot.share(), shot.drawn(), bool(mine)


def around_poses(posemap, folder):
    """Yield both hands of each pose from all directions."""
    height, scenes = np.radians(ELEVATION), {}
    for body, pose in POSES:
        whole = locate(posemap, folder, f"{pose}-{body}", body, {"base": pose})
        for side in ("left", "right"):
            for angle in ANGLES:
                turn = np.radians(angle)
                offset = np.array([np.sin(turn) * np.cos(height), np.sin(height), np.cos(turn) * np.cos(height)])
                scenes[f"{side}-{pose}-{body}-{angle:03}"] = close_up(body, {"base": pose}, whole, side, offset)
    return render(posemap, folder, scenes)


def behind_boards(posemap, folder):
    """Yield upright left hands with a board that covers them from four sides in steps."""
    scenes = {}
    for body, shape, rotation in UPRIGHT:
        pose = {"hands": {"left": shape}, "joints": {"leftUpperArm": {"abduction": 60, "rotation": -70},
                                                     "leftLowerArm": {"flexion": 110, "rotation": rotation}}}
        whole = locate(posemap, folder, f"{shape}-{body}", body, pose)
        free = scenes[f"left-{shape}-{body}-free"] = close_up(body, pose, whole, "left", np.array([0, 0, 1]))
        for name, toward in TOWARDS.items():
            for step in STEPS:
                props = [board(whole.world("hand_left_21"), np.array(toward), step)]
                scenes[f"left-{shape}-{body}-{name}-{step * 100:03.0f}"] = {**free, "props": props}
    return render(posemap, folder, scenes)


def board(points, toward, step):
    """Return a board between camera and hand, with its edge a share of the way across the hand."""
    low, high = points[:, :2].min(0), points[:, :2].max(0)
    way = abs((high - low) @ toward)
    x, y = (low + high) / 2 + toward * ((step - 0.5) * way - BOARD / 2)
    position = [x, y - BOARD / 2, points[:, 2].max() + BEFORE]
    return {"id": "board", "shape": "box", "size": [BOARD, BOARD, 0.004], "position": [round(float(v), 4) for v in position]}


def close_up(body, pose, whole, side, offset):
    points = whole.world(f"hand_{side}_21")
    # The hand's box in space, but at least half of an open hand's: the camera does not move closer
    # for a fist.
    size = max(np.ptp(points, axis=0).max(), 0.09)
    fov = round(float(np.degrees(2 * np.arctan(AROUND * size / 2 / AWAY))), 3)
    return scene(body, pose, detector.looking_at((points.min(0) + points.max(0)) / 2, offset * AWAY, fov))


def scene(body, pose, camera):
    return {"canvas": [detector.SIZE, detector.SIZE], "camera": camera, "maps": {"props": ["openpose", "normal", "metric"]},
            "characters": [{"id": "one", "body": body, "pose": pose}]}


def locate(posemap, folder, name, body, pose):
    """Return a picture of the whole person, which shows where the hands are."""
    return render(posemap, folder / "whole", {f"left-{name}": scene(body, pose, {"frame": "all"})})[0]


def render(posemap, folder, scenes):
    return detector.render(posemap, folder, scenes, ["parts", "visible"], HandShot)


def print_shares(cases):
    print("hands by visible share        cases  drawn  found")
    for tenth in range(10):
        inside = [(drawn, found) for share, drawn, found in cases if min(int(share * 10 + 1e-9), 9) == tenth]
        drawn, found = np.array(inside, int).reshape(-1, 2).sum(0)
        print(f"  {tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}{len(inside):23}{drawn:7}{found:7}")


def verdict(cases):
    """Return the percentage of hands drawn wrongly among those on which share and finder agree; all of them if the
    finder is unreliable."""
    hidden = [(drawn, found) for share, drawn, found in cases if share < HIDDEN]
    seen = [(drawn, found) for share, drawn, found in cases if share > SEEN]
    needless = [drawn for drawn, found in hidden if not found]
    missing = [not drawn for drawn, found in seen if found]
    wrong, clear = sum(needless) + sum(missing), len(needless) + len(missing)
    witness = len(needless) >= max(ENOUGH, (1 - INVENTS) * len(hidden)) and len(missing) >= max(ENOUGH, FINDS * len(seen))
    percent = round(100 * wrong / clear, 1) if witness else 100
    note = (f"hands drawn wrongly in % of the {clear} clear ones: {sum(needless)} of {len(needless)} hidden ones drawn, "
            f"{sum(missing)} of {len(missing)} plain ones left out; found {len(missing)} of {len(seen)} plain, "
            f"{len(hidden) - len(needless)} of {len(hidden)} hidden")
    return Row("hands drawn, detector", len(cases), clear, wrong, percent, ALLOWED, note)
