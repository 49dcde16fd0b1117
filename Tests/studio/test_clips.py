"""Tests of motion in time, and of a reference picture: what the view shows beside the pose of one moment."""
from __future__ import annotations

import json
import math
import subprocess
from io import BytesIO

import pytest
from conftest import OpenPage, Start
from PIL import Image
from studio import wait_until
from test_figures import TWO, scene_of

CLIP = json.dumps(
    {"frameRate": 10, "frames": [{"joints": {"leftUpperArm": {"abduction": 10 + 5 * frame}, "rightUpperArm": {"abduction": 8}}} for frame in range(11)]}
)
SCENE = json.dumps(
    {"canvas": [512, 640], "camera": {"frame": "all"}, "characters": [{"id": "ana", "body": "female", "pose": "arm.clip.json"}]}
)


def test_time_moves_the_figure_and_a_frame_becomes_a_pose(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": SCENE, "arm.clip.json": CLIP})
    page = open_page(studio)
    slider = page.page.get_by_role("slider", name="Time in seconds")
    low = page.place("ana.leftHand")
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.drag((box["x"] + 4, middle), (box["x"] + box["width"] - 4, middle))
    wait_until(lambda: page.place("ana.leftHand")[1] < low[1] - 40, "the hand raised by the end of the motion")
    page.wait_until_still()
    assert page.undo_words() == "", "looking at a moment is no edit"
    page.press("Keep this frame as a pose", page.page.locator(".timeline"))
    wait_until(page.undo_words, "an edit")
    page.drag_handle("ana.rightHand", -30, -30)
    page.wait_for_undo("right hand of ana")
    page.save()
    pose = scene_of(studio)["characters"][0]["pose"]
    assert abs(pose["joints"]["leftUpperArm"]["abduction"] - 60) < 4, pose
    assert (studio.scene.parent / "arm.clip.json").read_text() == CLIP


@pytest.mark.long
def test_motion_plays_and_stops(start: Start, open_page: OpenPage) -> None:
    page = open_page(start({"scene.json": SCENE, "arm.clip.json": CLIP}))
    page.press("Play")
    places = set()
    for _ in range(12):
        page.page.wait_for_timeout(80)
        places.add(round(page.place("ana.leftHand")[1]))
    assert len(places) > 3, places
    page.press("Stop")
    page.wait_until_still()
    still = page.place("ana.leftHand")
    page.page.wait_for_timeout(300)
    assert math.dist(still, page.place("ana.leftHand")) < 1


def red(picture: bytes) -> int:
    """Return the number of reddish pixels."""
    with Image.open(BytesIO(picture)) as shown:
        colors = shown.convert("RGB").getcolors(1 << 22) or []
    return sum(count for count, color in colors if isinstance(color, tuple) and color[0] > color[1] + 30)


def test_a_background_picture_is_in_the_view_and_in_no_map(start: Start, open_page: OpenPage) -> None:
    studio = start(TWO)
    folder = studio.scene.parent
    Image.new("RGB", (64, 64), (250, 20, 20)).save(folder / "photo.png")
    page = open_page(studio)
    before = {name: studio.map(name, "all") for name in ("openpose", "depth", "normal", "canny", "shaded")}
    field = page.panel("Camera").get_by_label("Picture file, relative to the scene’s folder")
    field.fill("photo.png")
    field.press("Enter")
    page.wait_for_undo("plate")
    wait_until(lambda: studio.get("/plate").status == 200, "the picture")
    wait_until(lambda: red(page.view.screenshot()) > 5_000, "red through the background")
    assert {name: studio.map(name, "all") for name in before} == before
    page.save()
    assert scene_of(studio)["plate"] == "photo.png"
    assert subprocess.run([studio.posemap, "check", studio.scene, "--strict"], env=studio.environment, capture_output=True).returncode == 0


def test_a_background_picture_is_a_picture_beside_the_scene(start: Start) -> None:
    """A plate that could name any file on disk would expose that file."""
    studio = start({"scene.json": TWO["scene.json"].replace('"canvas"', '"plate": "/etc/passwd",\n  "canvas"', 1)})
    answer = studio.get("/plate")
    assert answer.status in (403, 404, 415), answer
    assert b"root" not in answer.body
