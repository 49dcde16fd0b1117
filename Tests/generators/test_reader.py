"""Tests that the workflow readers (api_format.py, editor_format.py) and lint.py reject a good workflow with one
fault."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable

import pytest

from api_format import api_errors
from editor_format import differences, editor_errors, editor_to_api
from lint import comfy_lint
from nodes import Prompt
from samples import DEFINITIONS, Edit, dynamic, good, node, put, take, to_editor, with_edit

HERE = Path(__file__).parent

FAULTS: dict[str, tuple[Edit, str]] = {
    "unknown class": (lambda p: p.update({"12": node("NoSuchNode")}), "unknown class"),
    "required input missing": (take("9", "denoise"), "denoise: required, missing"),
    "no such input": (put("8", "depth", 3), "has no input depth"),
    "number as text": (put("9", "steps", "20"), "expected a whole number"),
    "fraction as whole number": (put("9", "steps", 20.0), "expected a whole number"),
    "truth as number": (put("9", "cfg", True), "expected a number"),
    "not finite": (put("9", "cfg", float("nan")), "expected a number"),
    "null": (put("2", "text", None), "expected a text"),
    "too small": (put("9", "steps", 0), "0 is below 1"),
    "too big": (put("9", "seed", 18446744073709551616), "is above"),
    "no such choice": (put("6", "type", "segmentation"), "none of the 9 choices"),
    "no file name": (put("1", "ckpt_name", ""), "expected a file name"),
    "value for a socket": (put("9", "model", "sdxl"), "expected a link to MODEL"),
    "wrong type": (put("9", "model", ["1", 1]), "expected MODEL, is linked to CLIP"),
    "link to a widget of another type": (put("9", "steps", ["1", 0]), "expected INT, is linked to MODEL"),
    "no such output": (put("9", "model", ["1", 3]), "links to output 3"),
    "negative output": (put("9", "model", ["1", -1]), "links to output -1"),
    "no such node": (put("9", "model", ["99", 0]), "node 99, which does not exist"),
    "node id as number": (put("9", "model", [1, 0]), "is not a link"),
    "half a link": (put("9", "model", ["1"]), "is not a link"),
    "cycle": (put("8", "width", ["9", 0]), "cycle: "),
    "no output node": (lambda p: p.pop("11"), "no output node"),
    "not needed": (
        lambda p: p.update({"12": node("VAELoader", vae_name="a.safetensors")}),
        "12 VAELoader: no output needs it",
    ),
}


@pytest.mark.parametrize("workflow", [good, dynamic])
def test_reader_takes_good_workflow(workflow: Callable[[], Prompt]) -> None:
    assert api_errors(workflow(), DEFINITIONS) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_reader_refuses(fault: str) -> None:
    edit, expected = FAULTS[fault]
    errors = api_errors(with_edit(good(), edit), DEFINITIONS)
    assert any(expected in error for error in errors), errors


@pytest.mark.parametrize(
    "edit, expected",
    [
        (take("3", "images.image1"), "images.image1: required, missing"),
        (put("3", "images", ["1", 0]), "has no input images"),
        (take("6", "format.codec"), "format.codec: required, missing"),
        (put("6", "format.codec", "prores"), "none of the"),
        (put("6", "format.speed", 1), "has no input format.speed"),
        (put("4", "inputX", ["1", 0]), "has no input inputX"),
    ],
)
def test_reader_follows_inputs_that_come_and_go(edit: Edit, expected: str) -> None:
    errors = api_errors(with_edit(dynamic(), edit), DEFINITIONS)
    assert any(expected in error for error in errors), errors


def test_reader_looks_through_a_switch() -> None:
    prompt = dynamic()
    prompt["4"]["inputs"] |= {"input1": ["1", 1], "input2": ["2", 1]}
    assert any("expected IMAGE, is linked to MASK" in error for error in api_errors(prompt, DEFINITIONS))


@pytest.mark.parametrize("data", [[], {}, "text", {"1": {"inputs": {}}}, {"1": {"class_type": "LoadImage"}}])
def test_reader_refuses_what_is_no_workflow(data: Any) -> None:
    assert api_errors(data, DEFINITIONS)


def test_comfy_lint_agrees(tmp_path: Path) -> None:
    files = {"good": good(), "dynamic": dynamic(), "bad": with_edit(good(), take("9", "denoise"))}
    for name, prompt in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(prompt))
    found = comfy_lint({tmp_path / f"{name}.json": prompt for name, prompt in files.items()}, DEFINITIONS)
    assert found[tmp_path / "good.json"] == []
    assert found[tmp_path / "dynamic.json"] == []
    assert any("denoise" in error for error in found[tmp_path / "bad.json"])


def run_lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, HERE / "lint.py", folder], capture_output=True, text=True)


def test_program_counts_and_fails(tmp_path: Path) -> None:
    assert run_lint(tmp_path).returncode == 1  # an empty folder proves nothing
    (tmp_path / "a.api.json").write_text(json.dumps(good()))
    (tmp_path / "a.json").write_text(json.dumps(to_editor(good())))
    passed = run_lint(tmp_path)
    assert passed.returncode == 0 and "2 passed, 0 failed" in passed.stdout, passed.stdout
    (tmp_path / "b.json").write_text('{"1": NaN')
    failed = run_lint(tmp_path)
    assert failed.returncode == 1 and "2 passed, 1 failed" in failed.stdout, failed.stdout


def test_program_compares_editor_with_api(tmp_path: Path) -> None:
    (tmp_path / "a.api.json").write_text(json.dumps(good()))
    (tmp_path / "a.json").write_text(json.dumps(to_editor(with_edit(good(), put("9", "steps", 4)))))
    failed = run_lint(tmp_path)
    assert failed.returncode == 1 and "steps: 4 in the editor file, 3 in the API file" in failed.stdout, failed.stdout


# MARK: the editor's form


@pytest.mark.parametrize("workflow", [good, dynamic])
def test_editor_file_is_same_graph(workflow: Callable[[], Prompt]) -> None:
    editor = to_editor(workflow())
    assert editor_errors(editor, DEFINITIONS) == []
    assert differences(editor_to_api(editor, DEFINITIONS), workflow()) == []


def test_optional_field_left_out_is_a_difference() -> None:
    converted = editor_to_api(to_editor(dynamic()), DEFINITIONS)
    errors = differences(converted, with_edit(dynamic(), take("5", "codec")))
    assert errors == ["5 CreateVideo: codec: 'none' in the editor file, None in the API file"]


def of_type(editor: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(one for one in editor["nodes"] if one["type"] == kind)


EDITOR_FAULTS: dict[str, tuple[Edit, str]] = {
    "input does not know its link": (
        lambda e: of_type(e, "VAEDecode")["inputs"][0].update(link=None),
        "input samples says",
    ),
    "output does not know its link": (
        lambda e: of_type(e, "KSampler")["outputs"][0].update(links=[]),
        "output LATENT says",
    ),
    "link missing in table": (lambda e: e["links"].pop(), "is not in links"),
    "link twice": (lambda e: e["links"].append(e["links"][0]), "twice"),
    "link of wrong type": (lambda e: e["links"][0].__setitem__(5, "MASK"), "MASK, but"),
    "link to no slot": (lambda e: e["links"][0].__setitem__(4, 40), "no input 40"),
    "link to no node": (lambda e: e["links"][0].__setitem__(3, 40), "not both there"),
    "last link too low": (lambda e: e.update(last_link_id=1), "last_link_id"),
    "last node too low": (lambda e: e.update(last_node_id=1), "last_node_id"),
    "no seed control": (lambda e: of_type(e, "KSampler")["widgets_values"].pop(1), "KSampler: the value after seed"),
    "no upload button": (lambda e: of_type(e, "LoadImage")["widgets_values"].pop(), "LoadImage: widgets_values ends"),
    "widget too many": (lambda e: of_type(e, "CLIPTextEncode")["widgets_values"].append(1), "1 too many"),
    "unknown class": (lambda e: of_type(e, "KSampler").update(type="KSamplerX"), "unknown class"),
    "unknown input": (lambda e: of_type(e, "VAEDecode")["inputs"][0].update(name="latent"), "has no input latent"),
    "socket missing": (lambda e: of_type(e, "LoadImage")["outputs"].pop(), "outputs are"),
    "input socket missing": (lambda e: of_type(e, "VAEDecode")["inputs"].pop(), "input vae is missing"),
    "no order": (lambda e: of_type(e, "LoadImage").pop("order"), "order is missing"),
    "no version": (lambda e: e.pop("version"), "version is missing"),
    "value out of range": (lambda e: of_type(e, "KSampler")["widgets_values"].__setitem__(2, 0), "0 is below 1"),
    "muted source": (lambda e: of_type(e, "LoadImage").update(mode=2), "image: required, missing"),
}


@pytest.mark.parametrize("fault", EDITOR_FAULTS)
def test_editor_reader_refuses(fault: str) -> None:
    edit, expected = EDITOR_FAULTS[fault]
    errors = editor_errors(with_edit(to_editor(good()), edit), DEFINITIONS)
    assert any(expected in error for error in errors), errors


def test_bypassed_node_passes_its_input_on() -> None:
    editor = to_editor(good())
    of_type(editor, "SetUnionControlNetType")["mode"] = 4
    prompt = editor_to_api(editor, DEFINITIONS)
    assert "6" not in prompt
    assert prompt["7"]["inputs"]["control_net"] == ["5", 0]
