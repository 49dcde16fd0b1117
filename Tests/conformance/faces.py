"""Check that mediapipe's face mesh finds the face in `shaded` close-ups, frontal to three-quarter, with and without
hair.

Prints a line per case with the detector's answer, and a table. Canny reads `shaded`, so a face that is not found there is not in its map either.
"""
from pathlib import Path

import cv2
import mediapipe

import detector
from report import Row

ADULTS = {
    "female": {"body": "female"},
    "female, bob": {"body": "female", "hair": "bob"},
    "male": {"body": "male"},
    "male, crop": {"body": "male", "hair": "crop"},
    "woman": {"body": "human", "phenotype": {"gender": "female", "age": 28, "ethnicity": {"asian": 1}}},
    "woman, long": {"body": "human", "hair": "long-wavy", "phenotype": {"gender": "female", "age": 45, "weight": 0.7}},
    "man": {"body": "human", "phenotype": {"gender": "male", "age": 35, "ethnicity": {"african": 1}}},
    "man, receding": {"body": "human", "hair": "receding", "phenotype": {"gender": "male", "age": 70, "muscle": 0.7}},
}
# From both sides, and from slightly above and below.
YAWS = [0, -15, 25, -35, 45]
# The goal, as a share of all cases.
LEAST = 0.95


class FaceShot(detector.Shot):
    """A case with the picture that Canny reads."""

    def __init__(self, folder):
        super().__init__(folder)
        self.image = cv2.imread(str(folder / "one" / "shaded.png"))[..., ::-1].copy()


def rows(posemap, folder):
    """Return the row for the faces that are found."""
    finder = mediapipe.solutions.face_mesh.FaceMesh(static_image_mode=True, min_detection_confidence=0.5)
    cases = missed = 0
    for number, (name, adult) in enumerate(ADULTS.items()):
        whole, = detector.render(posemap, Path(folder), {f"where{number}": detector.scene(adult, {}, {"frame": "all"})})
        middle = whole.world("face_70")[17:68].mean(0) * [0, 1, 1]
        scenes = {}
        for view, yaw in enumerate(YAWS):
            offset = [0, 0.15 if view % 2 else -0.1, 1.5]
            scenes[f"{number}-yaw{yaw}"] = detector.scene(adult, {}, detector.looking_at(middle, offset, 20), yaw)
        for shot in detector.render(posemap, Path(folder), scenes, ["shaded"], FaceShot):
            seen = finder.process(shot.image).multi_face_landmarks
            cases += 1
            missed += not seen
            print(f"{name:15} {shot.folder.name:12} {'found' if seen else 'not found'}")
    share = round(100 * missed / cases, 1)
    return [Row("face in shaded", cases, cases, missed, share, 100 - LEAST * 100,
                "% of close-ups without a face that is found; differing: how many")]
