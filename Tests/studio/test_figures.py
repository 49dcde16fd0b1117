"""Two figures: one is seated, they look at each other, one makes a fist; and what is exported is what `posemap render` writes."""
from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import OpenPage, Start
from page import StudioPage
from studio import Studio, git, wait_until

TWO = {
    "scene.json": """\
{
  "canvas": [640, 640],
  "camera": {"frame": "all", "angle": 10},
  "characters": [
    {
      "id": "ana",
      "body": "female",
      "pose": {"base": "stand"},
      "position": [-0.6, 0, 0],
      "yaw": 60
    },
    {
      "id": "ben",
      "body": "male",
      "pose": {"base": "stand"},
      "position": [0.6, 0, 0],
      "yaw": -60
    }
  ],
  "props": [
    {"id": "crate", "shape": "box", "size": [0.6, 0.5, 0.5], "position": [-0.7, 0, -0.8]}
  ]
}
"""
}


def select(page: StudioPage, id: str) -> None:
    page.press(f"Select {id}")


def pick(page: StudioPage, panel: str, label: str, choice: str) -> None:
    """Choose an entry of a list by its label."""
    page.panel(panel).get_by_label(label, exact=True).select_option(label=choice)
    page.actions += 2


def scene_of(studio: Studio) -> Any:
    return json.loads(studio.scene.read_text())


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_seat_look_and_fist_are_lines_of_the_file(start: Start, open_page: OpenPage) -> None:
    studio = start(TWO)
    folder = studio.scene.parent
    page = open_page(studio)

    select(page, "ana")
    pick(page, "Pose", "Sits on", "crate: top")
    page.wait_for_undo("ana sits on")
    pick(page, "Pose", "Looks at", "ben")
    page.wait_for_undo("ana looks at")
    select(page, "ben")
    pick(page, "Pose", "Looks at", "ana")
    page.wait_for_undo("ben looks at")
    hands = page.panel("Hands")
    page.press("Right", hands.get_by_role("group", name="Which hand"))
    page.click(hands.locator('.thumbnail[data-name="fist"]'))
    page.wait_for_undo("right hand of ben")
    page.save()

    ana, ben = scene_of(studio)["characters"]
    assert ana["pose"]["seat"] == "props.crate.top" and ana["pose"]["look"] == "ben"
    assert ben["pose"]["look"] == "ana" and ben["pose"]["hands"] == {"right": "fist"}
    checked = subprocess.run([studio.posemap, "fmt", "--check", studio.scene], env=studio.environment, capture_output=True, text=True)
    assert checked.returncode == 0, "what is saved is in canonical layout"
    removed = [line for line in git(folder, "diff", "-U0").splitlines() if line.startswith("-") and not line.startswith("---")]
    assert len(removed) == 2 and all('"pose"' in line for line in removed), "lines of what nobody touched stay"


def test_a_gesture_is_a_line_of_the_file(start: Start, open_page: OpenPage) -> None:
    studio = start(TWO)
    page = open_page(studio)
    select(page, "ana")
    page.press("Gestures", page.page.locator(".library"))
    page.press("Left", page.page.get_by_role("group", name="Which arm"))
    page.click(page.page.locator('.library .thumbnail[data-name="wave"]'))
    page.wait_for_undo("gesture of ana: wave, left")
    pick(page, "Pose", "Right arm", "Pointing")
    page.wait_for_undo("gesture of ana: point")
    pick(page, "Pose", "Meant for", "ben")
    page.wait_for_undo("gesture of ana to ben")
    pick(page, "Pose", "Left arm", "as in the base pose")
    page.wait_for_undo("gesture of ana: none")
    page.save()
    ana = scene_of(studio)["characters"][0]
    assert ana["pose"]["gesture"] == {"right": "point", "at": "ben"}
    checked = subprocess.run([studio.posemap, "fmt", "--check", studio.scene], env=studio.environment, capture_output=True, text=True)
    assert checked.returncode == 0, "what is saved is in canonical layout"


def test_an_export_is_what_render_writes(start: Start, open_page: OpenPage) -> None:
    studio = start()
    page = open_page(studio)
    page.drag_handle("male.rightHand", 25, -50)
    page.wait_for_undo("right hand of male")
    page.save()

    page.press(re.compile("^Export"))
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_label("Folder", exact=False).first.fill("drawn")
    page.press("Export", dialog)
    dialog.get_by_text("Done").first.wait_for(timeout=120_000)

    # Beside it, since the manifest contains the path to the scene.
    folder = studio.scene.parent
    subprocess.run([studio.posemap, "render", studio.scene, "-q", "-o", folder / "rendered"], check=True, env=studio.environment)
    exported, rendered = files_below(folder / "drawn"), files_below(folder / "rendered")
    assert exported.keys() == rendered.keys()
    assert [name for name in rendered if exported[name] != rendered[name]] == []


@pytest.mark.long
def test_an_export_draws_what_is_shown_not_what_was_saved(start: Start, open_page: OpenPage, tmp_path: Path) -> None:
    """The export contains what the artist sees; the file itself is written only when it is saved."""
    studio = start()
    saved = studio.scene.read_bytes()
    page = open_page(studio)
    page.drag_handle("male.rightHand", 25, -50)
    page.wait_for_undo("right hand of male")
    page.wait_until_still()
    shown = studio.map("openpose", "male")
    page.press(re.compile("^Export"))
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_label("Folder", exact=False).first.fill("drawn")
    page.press("Export", dialog)
    dialog.get_by_text("Done").first.wait_for(timeout=120_000)
    assert (studio.scene.parent / "drawn/male/openpose.png").read_bytes() == shown
    page.page.keyboard.press("Escape")
    if studio.scene.read_bytes() == saved:
        page.save()
    subprocess.run([studio.posemap, "render", studio.scene, "-q", "-o", tmp_path / "rendered"], check=True, env=studio.environment)
    assert (tmp_path / "rendered/male/openpose.png").read_bytes() == shown


def test_add_duplicate_rename_hide_and_delete(start: Start, open_page: OpenPage) -> None:
    studio = start(TWO)
    page = open_page(studio)
    figures = page.page.get_by_role("list", name="Figures")
    page.press("Add a figure")
    page.choose("Man (mannequin)")
    wait_until(lambda: figures.get_by_role("listitem").count() == 3, "a third figure")
    page.press("More for ana")
    page.choose(re.compile("^Duplicate"))
    page.wait_for_undo("ana")
    wait_until(lambda: figures.get_by_role("listitem").count() == 4, "a fourth figure")
    page.press("More for ben")
    page.choose(re.compile("^Rename"))
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("carl")
    page.press("OK", dialog)
    page.button("Select carl").wait_for()
    handles = len(page.handles)
    page.press("Hide carl in the view")
    wait_until(lambda: len(page.handles) < handles, "fewer handles")
    page.press("More for carl")
    page.choose(re.compile("^Delete"))
    wait_until(lambda: figures.get_by_role("listitem").count() == 3, "three figures")
    page.save()
    assert [one["id"] for one in scene_of(studio)["characters"]][0] == "ana"
    assert len(scene_of(studio)["characters"]) == 3


def test_a_pose_of_the_library_and_one_of_ones_own(start: Start, open_page: OpenPage) -> None:
    studio = start(TWO)
    page = open_page(studio)
    page.page.get_by_role("searchbox", name="Search").fill("waving")
    picture = page.page.locator('.library .thumbnail[data-name="waving"]')
    assert picture.locator("img").evaluate("async (image) => { await image.decode(); return image.naturalWidth }") == 160
    # Dragged onto ben, regardless of the selection.
    page.drag(page.middle_of(picture), page.place("ben.chest"))
    page.wait_for_undo("pose of ben")
    page.press("More for ben")
    page.choose(re.compile("^Save as a pose"))
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("my-wave")
    page.press("Save pose", dialog)
    file = studio.scene.parent / "my-wave.pose.json"
    wait_until(file.exists, "my-wave.pose.json")
    assert subprocess.run([studio.posemap, "check", file], env=studio.environment, capture_output=True).returncode == 0
    page.save()
    assert scene_of(studio)["characters"][1]["pose"]["base"] == "waving"


def test_sliders_of_a_joint_keep_to_its_range_and_are_one_step(start: Start, open_page: OpenPage) -> None:
    studio = start(TWO)
    page = open_page(studio)
    x, y = page.place("ben.leftLowerArm")
    page.page.mouse.click(x, y)
    slider = page.panel("Pose").get_by_role("slider", name=re.compile("flexion", re.IGNORECASE)).first
    slider.wait_for()
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.drag((box["x"] + box["width"] * 0.1, middle), (box["x"] + box["width"] + 80, middle))
    page.wait_for_undo("left (elbow|lower arm|forearm) of ben")
    page.save()
    angle = scene_of(studio)["characters"][1]["pose"]
    angle = angle.get("joints", angle)["leftLowerArm"]["flexion"]
    assert angle == float(slider.get_attribute("max") or 0), "dragged past its end, the limit holds"
    page.press_undo()
    wait_until(lambda: page.undo_words() == "", "nothing to undo: one pull is one step")


def test_a_human_smiles_and_grows(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": TWO["scene.json"].replace('"body": "female"', '"body": "human"')})
    if not any((studio.folder / "cache/posemap").glob("human-*.body")):
        pytest.skip("the human is not installed")
    page = open_page(studio)
    page.press("Select ana")

    def slide(panel: str, name: str) -> None:
        slider = page.panel(panel).get_by_role("slider", name=name, exact=True).first
        slider.scroll_into_view_if_needed()
        x, y = page.middle_of(slider)
        page.drag((x, y), (x + 20, y))

    slide("Face", "Smile")
    page.wait_for_undo("smile of ana")
    slide("Body", "Age")
    page.wait_for_undo("ana")
    page.save()
    ana = scene_of(studio)["characters"][0]
    assert 0.3 < ana["pose"]["face"]["smile"] <= 1, ana
    assert ana["phenotype"]["age"] > 30, ana


def test_a_figure_moves_on_the_floor_and_turns_by_its_ring(start: Start, open_page: OpenPage) -> None:
    studio = start(TWO)
    page = open_page(studio)
    page.drag_handle("ben", 60, 0)
    page.wait_for_undo("ben moved")
    page.drag_handle("ben.yaw", 40, 0)
    page.wait_for_undo("ben turned")
    page.drag_handle("props.crate", -40, 0)
    page.wait_for_undo("crate")
    page.save()
    ben = scene_of(studio)["characters"][1]
    assert ben["position"][0] > 0.65 and ben["position"][1] == 0, "it stays on the floor"
    assert ben["yaw"] != -60
    assert scene_of(studio)["props"][0]["position"][1] == 0
