"""The first minute with the page: open a scene, drag a hand, change your mind, save."""
from __future__ import annotations

import json
import subprocess
from pathlib import Path

from conftest import OpenPage, Start
from studio import Studio, git, wait_until


def rendered(studio: Studio, folder: Path, *options: str) -> dict[str, bytes]:
    """Return the output of `posemap render` for the scene on disk, by path below the folder."""
    subprocess.run([studio.posemap, "render", studio.scene, "-q", "-o", folder, *options], check=True, env=studio.environment)
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_pulled_hand_is_one_line_of_the_file(start: Start, open_page: OpenPage, tmp_path: Path) -> None:
    studio = start()
    page = open_page(studio)
    assert {"female.leftHand", "male.rightHand", "female.head", "male", "female.look", "props.sill"} <= set(page.handles)

    before = page.place("female.leftHand")
    page.drag_handle("female.leftHand", -30, -50)
    page.wait_for_undo("left hand of female")
    page.wait_until_still()
    after = page.place("female.leftHand")
    assert abs(after[0] - before[0] + 30) < 8 and abs(after[1] - before[1] + 50) < 8, "the hand is where the pointer let go"

    assert git(studio.scene.parent, "status", "--porcelain") == "", "nothing is written before it is saved"
    page.save()
    assert git(studio.scene.parent, "diff", "--numstat") == "1\t1\tscene.json\n"
    assert [line.split()[1] for line in git(studio.scene.parent, "diff", "-U0").splitlines()[-2:]] == ['"leftHand":'] * 2

    maps = rendered(studio, tmp_path / "out")
    for subject in ("female", "male"):
        for name in ("openpose", "depth", "normal", "canny", "mask"):
            assert studio.map(name, subject) == maps[f"{subject}/{name}.png"], f"{name} of {subject}"


def test_undo_and_redo_lead_back_and_forth(start: Start, open_page: OpenPage) -> None:
    studio = start()
    original = studio.scene.read_bytes()
    page = open_page(studio)
    places = [page.place("male.rightHand")]
    for right, down in ((30, -40), (-20, -30)):
        page.drag_handle("male.rightHand", right, down)
        page.wait_for_undo("right hand of male")
        page.wait_until_still()
        places.append(page.place("male.rightHand"))

    def differs(one: tuple[float, float], other: tuple[float, float]) -> bool:
        return abs(one[0] - other[0]) + abs(one[1] - other[1]) > 4

    assert all(differs(one, other) for one, other in zip(places, places[1:]))
    for place in reversed(places[:-1]):
        page.press_undo()
        assert not differs(page.place("male.rightHand"), place)
    wait_until(lambda: page.undo_words() == "", "nothing to undo")
    assert page.page.locator(".unsaved").is_hidden(), "back at what is on the disk"
    for place in places[1:]:
        page.press_redo()
        assert not differs(page.place("male.rightHand"), place)
    for _ in places[1:]:
        page.press_undo()
    page.drag_handle("male.leftLowerLeg", 0, -30)
    page.wait_for_undo("male")
    assert page.button("Redo").is_disabled(), "a new edit takes the place of those that were taken back"
    page.press_undo()
    page.drag_handle("male.rightHand", 30, 30)
    page.page.keyboard.press("Control+s")
    page.wait_for_saved()
    page.press_undo()
    page.save()
    assert studio.scene.read_bytes() == original, "undone and saved, the file is what it was, to the byte"


def test_a_drag_that_is_taken_back_leaves_nothing(start: Start, open_page: OpenPage) -> None:
    studio = start()
    page = open_page(studio)
    x, y = page.place("female.leftHand")
    mouse = page.page.mouse
    mouse.move(x, y)
    mouse.down()
    for step in range(8):
        mouse.move(x + 8 * step, y - 5 * step)
    page.page.wait_for_selector("#view[data-moving]")
    page.page.keyboard.press("Escape")
    mouse.up()
    page.wait_until_still()
    assert page.undo_words() == ""
    back = page.place("female.leftHand")
    assert abs(back[0] - x) + abs(back[1] - y) < 3


def test_a_drag_becomes_angles_if_one_likes(start: Start, open_page: OpenPage) -> None:
    studio = start()
    page = open_page(studio)
    page.press("Angles")
    page.drag_handle("male.rightHand", 30, -60)
    page.wait_for_undo("male")
    page.save()
    pose = json.loads(studio.scene.read_text())["characters"][1]["pose"]
    assert "rightHand" not in pose["reach"], "no goal, but the joints"
    assert "rightLowerArm" in pose.get("joints", pose), pose


def test_a_drag_of_a_pose_file_changes_that_file(start: Start, open_page: OpenPage) -> None:
    """A pose that several scenes share is edited in its file, one line per joint."""
    studio = start("dancer")
    scene = studio.scene.read_bytes()
    page = open_page(studio)
    hand = next(name for name in page.handles if name.endswith(".leftHand"))
    page.drag_handle(hand, 20, -30)
    page.wait_for_undo("left hand")
    page.save()
    assert studio.scene.read_bytes() == scene
    added, removed, name = git(studio.scene.parent, "diff", "--numstat").split()
    assert name == "dancer.pose.json" and int(added) <= 3 and int(removed) <= 1


def test_a_file_that_somebody_wrote_by_hand_keeps_its_lines(start: Start, open_page: OpenPage) -> None:
    """A custom layout stays wherever nothing was changed."""
    text = """{ "canvas": [640, 640],

  "camera": { "frame": "all" }, "characters": [
    { "id": "ana", "body": "female",
      "pose": { "base": "stand",
                "reach": { "leftHand": [0.5, 1.2, 0.3] } } },
    { "id": "ben", "body": "male", "position": [ 0.9, 0.0, 0 ] } ] }
"""
    studio = start({"scene.json": text})
    page = open_page(studio)
    page.drag_handle("ana.leftHand", 25, -25)
    page.wait_for_undo("left hand of ana")
    page.save()
    before, after = text.splitlines(), studio.scene.read_text().splitlines()
    assert [line for line in before if line not in after] == ['                "reach": { "leftHand": [0.5, 1.2, 0.3] } } },']
    assert len(after) == len(before)
