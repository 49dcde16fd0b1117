"""Check poses lifted from skeletons: drawn again under the same camera, their keypoints must match the skeleton's.

Twenty poses of the library, each seen by three cameras; no search may begin with the pose that it is to find.
"""
import json
import math
import statistics
import subprocess
from concurrent.futures import ThreadPoolExecutor

from report import Row

POSES = ("arms-raised arms-crossed bow contrapposto crouch disco guard hands-on-hips high-kick jump-star kneel-one lie-side "
         "punch reach-up run-flight salute sit-chair sprint-start twirl walk-contact").split()
CAMERAS = [{"frame": "all", "angle": angle, "elevation": elevation} for angle, elevation in ((0, 0), (55, 10), (150, 25))]
SIDE = 768
STATURE = 1.66
ALLOWED = 0.01


def draw(posemap, folder, name, camera, pose, **more):
    """Return the person's keypoints and the resulting camera."""
    scene = {"canvas": [SIDE, SIDE], "camera": camera, "characters": [{"id": "a", "body": "female", "pose": pose, **more}]}
    (folder / f"{name}.json").write_text(json.dumps(scene))
    subprocess.run([posemap, "render", folder / f"{name}.json", "-o", folder / name, "--maps", "openpose", "-q"], check=True,
                   stderr=subprocess.DEVNULL)
    person = json.loads((folder / name / "a/keypoints.json").read_text())["people"][0]
    flat = person["body_18"]
    return [flat[at:at + 4] for at in range(0, len(flat), 4)], json.loads((folder / name / "manifest.json").read_text())["camera"]


def fixed(camera):
    """Return the camera by position and target."""
    x, y, z, w = camera["quaternion"]
    ahead = (-2 * (x * z + w * y), -2 * (y * z - w * x), -(1 - 2 * (x * x + y * y)))
    return {"position": camera["position"], "target": [p + a for p, a in zip(camera["position"], ahead)], "fovY": camera["fovY"]}


def case(posemap, folder, name, camera):
    """Return how far keypoints miss, as shares of the body's height at the hips' distance, and the depth errors in
    meters."""
    folder.mkdir(parents=True)
    truth, seen = draw(posemap, folder, "truth", camera, name)
    subprocess.run([posemap, "lift", folder / "truth/a/openpose.json", "-o", folder / "guess.pose.json", "--scene", folder / "truth.json",
                    "--without", name], check=True, capture_output=True)
    guess, _ = draw(posemap, folder, "again", fixed(seen), "guess.pose.json", ground=False)
    depth = [(points[8][2] + points[11][2]) / 2 for points in (truth, guess)]
    height = STATURE * SIDE / 2 / math.tan(math.radians(seen["fovY"] / 2)) / depth[0]
    misses = [math.dist(a[:2], b[:2]) / height for a, b in zip(truth, guess)]
    bent = statistics.mean(abs(a[2] - depth[0] - b[2] + depth[1]) for a, b in zip(truth, guess))
    return statistics.median(misses), bent


def rows(posemap, folder):
    todo = [(name, index) for name in POSES for index in range(len(CAMERAS))]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda one: case(posemap, folder / f"{one[0]}-{one[1]}", one[0], CAMERAS[one[1]]), todo))
    misses = [miss for miss, _ in found]
    worst = max(range(len(todo)), key=misses.__getitem__)
    note = (f"median of medians {statistics.median(misses):.3%} of the height, worst {misses[worst]:.2%} ({todo[worst][0]}), "
            f"depths off by {statistics.median(bent for _, bent in found) * 100:.1f} cm")
    median = statistics.median(misses)
    return [Row("lift", len(todo), len(todo) * 18, sum(miss > ALLOWED for miss in misses), round(median, 5), ALLOWED, note)]


if __name__ == "__main__":
    import pathlib
    import sys
    import tempfile
    with tempfile.TemporaryDirectory() as temporary:
        for row in rows(str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(temporary)):
            print(f"{row.name}: {row.cases} skeletons, {row.differing} beyond {ALLOWED:.0%}; {row.note}")
