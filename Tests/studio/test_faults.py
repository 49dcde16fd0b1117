"""What an artist must not lose: a scene with mistakes, a reload, another tab, another program, a crash."""
from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import OpenPage, Start, end
from page import StudioPage
from studio import Studio, wait_until
from test_figures import TWO, scene_of

GOOD = TWO["scene.json"]
BAD = GOOD.replace('{"base": "stand"},\n      "position": [0.6', '{"base": "stand", "joints": {"leftLowrArm": {"flexion": 9}}},\n      "position": [0.6')
assert BAD != GOOD


def issues(page: StudioPage) -> list[str]:
    return page.panel("Issues").locator("li, [role=listitem], .issue").all_inner_texts()


def text_of(page: StudioPage) -> str:
    return page.panel("Text").get_by_role("textbox", name=re.compile("^Text of")).input_value()


def write_text(page: StudioPage, text: str) -> None:
    """Put a text into the text panel, as by pasting, and apply it."""
    field = page.panel("Text").get_by_role("textbox", name=re.compile("^Text of"))
    field.fill(text)
    field.press("Control+Enter")


def test_a_scene_with_a_mistake_opens_and_is_mended_in_its_text(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": BAD})
    page = open_page(studio, waits=False)
    page.button(re.compile("1 error")).wait_for()
    assert any("leftLowrArm" in one and "leftLowerArm" in one for one in issues(page)), "the mistake and the nearest right name"
    # Clicking it shows its location in the text.
    page.click(page.panel("Issues").get_by_text("leftLowrArm").first)
    field = page.page.get_by_role("textbox", name=re.compile("^Text of"))
    field.wait_for()
    start_of, _ = field.evaluate("(field) => [field.selectionStart, field.selectionEnd]")
    assert "leftLowrArm" in BAD.splitlines()[BAD[:start_of].count("\n")]
    write_text(page, GOOD)
    page.wait_for_picture()
    page.button("Nothing is wrong.").wait_for()
    assert "ben.leftHand" in page.handles
    page.save()
    assert studio.scene.read_text() == GOOD


def test_a_mistake_leaves_the_last_good_picture(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": GOOD})
    page = open_page(studio)
    handles = page.handles
    before = page.view.screenshot()
    write_text(page, BAD)
    page.button(re.compile("1 error")).wait_for()
    assert page.handles == handles
    assert len(page.view.screenshot()) > len(before) / 2, "there is a picture"
    # The text is not JSON during typing; this is not reported, and nothing changes.
    field = page.page.get_by_role("textbox", name=re.compile("^Text of"))
    field.fill(GOOD[:-20])
    field.press("Control+Enter")
    page.page.locator(".text-state.error").wait_for()
    assert field.input_value() == GOOD[:-20], "what one types stays"
    write_text(page, GOOD)
    page.button("Nothing is wrong.").wait_for()
    page.drag_handle("ben.leftHand", 20, -20)
    page.wait_for_undo("left hand of ben")


def test_a_scene_that_is_no_json_opens(start: Start, open_page: OpenPage) -> None:
    broken = GOOD.replace('"canvas": [640, 640],', '"canvas": [640, 640')
    studio = start({"scene.json": broken})
    page = open_page(studio, waits=False)
    page.button(re.compile("1 error")).wait_for()
    assert text_of(page) == broken
    write_text(page, GOOD)
    page.wait_for_picture()
    page.save()
    assert studio.scene.read_text() == GOOD


def test_a_reload_and_a_second_tab_have_the_same_document(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": GOOD})
    page = open_page(studio)
    page.drag_handle("ben.leftHand", 30, -30)
    page.wait_for_undo("left hand of ben")
    words = page.undo_words()
    page.page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.wait_for_undo(re.escape(words))
    other = open_page(studio)
    assert other.undo_words() == words
    other.press("Select ana")
    other.drag_handle("ana.rightHand", -30, -30)
    other.wait_for_undo("right hand of ana")
    page.wait_for_undo("right hand of ana")
    page.press_undo()
    other.wait_for_undo(re.escape(words))
    # Each tab has its own view.
    before = other.place("ben.head")
    page.page.keyboard.press("Escape")
    page.view.focus()
    page.page.keyboard.press("3")
    wait_until(lambda: page.place("ben.head") != before, "another view in the first tab")
    assert other.place("ben.head") == before


def test_a_file_that_another_program_changes_is_taken_over(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": GOOD})
    page = open_page(studio)
    before = page.place("ben.head")
    studio.scene.write_text(GOOD.replace("[0.6, 0, 0]", "[1.2, 0, 0]"))
    wait_until(lambda: page.place("ben.head") != before, "the figure at its new place")
    page.wait_until_still()
    assert "1.2" in text_of(page)
    assert page.page.locator(".unsaved").is_hidden()


def test_changes_on_both_sides_are_joined_or_asked_about(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": GOOD})
    page = open_page(studio)
    page.drag_handle("ben.leftHand", 30, -30)
    page.wait_for_undo("left hand of ben")
    # ana is changed elsewhere, ben here: both apply.
    studio.scene.write_text(GOOD.replace("[-0.6, 0, 0]", "[-0.9, 0, 0]"))
    wait_until(lambda: "-0.9" in text_of(page) or page.button("Take theirs").count(), "the other's change, or a question")
    if page.button("Take theirs").count():
        page.press("Take theirs")
        wait_until(lambda: "-0.9" in text_of(page), "the other's change")
    else:
        assert "leftHand" in text_of(page), "both changes"


def conflict(studio: Studio, page: StudioPage) -> str:
    """Change one value in the page and differently on disk; return the disk's text."""
    page.drag_handle("ben", 60, 0)
    page.wait_for_undo("ben moved")
    page.wait_until_still()
    theirs = GOOD.replace("[0.6, 0, 0]", "[0.3, 0, 0.5]")
    studio.scene.write_text(theirs)
    page.button("Keep mine").wait_for()
    return theirs


@pytest.mark.long
def test_a_conflict_is_decided_for_mine(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": GOOD})
    page = open_page(studio)
    theirs = conflict(studio, page)
    assert studio.scene.read_text() == theirs, "nothing is written over before one is asked"
    page.press("Keep mine")
    wait_until(lambda: not page.button("Keep mine").count(), "the question gone")
    page.save()
    assert scene_of(studio)["characters"][1]["position"] != [0.3, 0, 0.5]


def test_a_conflict_is_decided_for_theirs(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": GOOD})
    page = open_page(studio)
    theirs = conflict(studio, page)
    page.press("Take theirs")
    wait_until(lambda: not page.button("Take theirs").count(), "the question gone")
    wait_until(lambda: text_of(page) == theirs, "their text")
    assert page.page.locator(".unsaved").is_hidden(), "it is what is on the disk"
    # This can be undone too.
    page.press_undo()
    wait_until(lambda: text_of(page) != theirs, "mine again")


def journals(studio: Studio) -> list[Path]:
    """Return the journals of unsaved changes."""
    return list((studio.folder / "cache/posemap/studio").glob("*.journal"))


def killed_with_unsaved(studio: Studio, page: StudioPage) -> str:
    """Make an edit, wait for the journal, and end the server as a crash does; return the unsaved text."""
    page.drag_handle("ben.leftHand", 30, -30)
    page.wait_for_undo("left hand of ben")
    text = text_of(page)
    wait_until(lambda: journals(studio), "a journal")
    studio.kill()
    return text


def test_a_killed_server_offers_what_was_not_saved(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": GOOD})
    page = open_page(studio)
    text = killed_with_unsaved(studio, page)
    page.page.get_by_text("Connection lost").wait_for()
    page.page.close(run_before_unload=False)
    assert studio.scene.read_text() == GOOD
    studio.start()
    page = open_page(studio)
    page.page.get_by_text("Unsaved changes from the last session").wait_for()
    assert text_of(page) == GOOD
    page.press("Restore")
    wait_until(lambda: text_of(page) == text, "the text of before the crash")
    page.save()
    assert studio.scene.read_text() == text
    wait_until(lambda: not journals(studio), "no journal once all is saved")


@pytest.mark.long
def test_what_was_not_saved_can_be_forgotten(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": GOOD})
    page = open_page(studio)
    killed_with_unsaved(studio, page)
    page.page.close(run_before_unload=False)
    studio.start()
    page = open_page(studio)
    page.press("Discard")
    wait_until(lambda: not page.page.get_by_text("Unsaved changes from the last session").count(), "the question gone")
    wait_until(lambda: not journals(studio), "no journal")
    end(studio)
    studio.start()
    page = open_page(studio)
    assert not page.page.get_by_text("Unsaved changes from the last session").count()
    assert studio.scene.read_text() == GOOD


def test_ctrl_c_keeps_what_was_not_saved_too(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": GOOD})
    page = open_page(studio)
    page.drag_handle("ben.leftHand", 30, -30)
    page.wait_for_undo("left hand of ben")
    page.page.close(run_before_unload=False)
    # At once: the journal need not have been written yet.
    end(studio)
    studio.start()
    page = open_page(studio)
    page.page.get_by_text("Unsaved changes from the last session").wait_for()


@pytest.mark.long
def test_a_page_finds_its_server_again(start: Start, open_page: OpenPage) -> None:
    """The server is restarted on the same port: its token differs, and the old page reports that rather than retrying
    forever."""
    studio = start({"scene.json": GOOD})
    page = open_page(studio)
    port = studio.port
    end(studio)
    page.page.get_by_text("Connection lost").wait_for()
    studio.start(port=port)
    fresh = open_page(studio)
    assert "ben.leftHand" in fresh.handles
    page.page.get_by_text("was restarted").wait_for()
    page.page.close(run_before_unload=False)


def test_autosave_writes_every_change(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": GOOD})
    page = open_page(studio)
    page.press("Autosave")
    page.click(page.page.get_by_role("menuitemcheckbox", name="Autosave"))
    page.drag_handle("ben.leftHand", 30, -30)
    page.wait_for_undo("left hand of ben")
    wait_until(lambda: studio.scene.read_text() != GOOD, "the file written")
    assert "leftHand" in json.dumps(scene_of(studio)["characters"][1]["pose"])


def test_a_disk_that_cannot_be_written_is_told_and_nothing_is_lost(start: Start, open_page: OpenPage) -> None:
    studio = start({"scene.json": GOOD})
    page = open_page(studio)
    page.drag_handle("ben.leftHand", 30, -30)
    page.wait_for_undo("left hand of ben")
    text = text_of(page)
    # Even root cannot write into a folder that is a file.
    folder = studio.scene.parent
    elsewhere = folder.with_name("elsewhere")
    folder.rename(elsewhere)
    folder.write_text("")
    page.press("Save")
    wait_until(page.refused, "a sentence")
    page.refusals.clear()
    assert text_of(page) == text and page.page.locator(".unsaved").is_visible()
    folder.unlink()
    elsewhere.rename(folder)
    # It checks the disk a few times per second, and notices that the file is back.
    page.page.wait_for_timeout(1500)
    page.save()
    assert studio.scene.read_text() == text
