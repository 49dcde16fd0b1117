"""The Python package compared with the command: same files, same pixels, same messages."""

import importlib.util
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import posemap
import pytest
from conftest import ROOT, SCENE, hashes, make_scenes, run, write
from PIL import Image

PACKAGE = ROOT / "Integrations" / "python"
ALL_MAPS = {
    "openpose", "depth", "normal", "canny", "mask", "visible", "parts", "shaded", "metric", "lineart", "softedge",
    "segmentation", "densepose", "curvature",
}


def pixels(path):
    with Image.open(path) as image:
        return np.array(image)


# One scene


def test_arrays_are_the_pngs_of_the_command(command, scene_folder, tmp_path):
    run(command, "render", scene_folder / "scene.json", "-o", tmp_path / "plain", "--maps", "all")
    rendering = posemap.render(scene_folder / "scene.json", maps="all")
    assert list(rendering) == ["ben", "ana"]
    for id, maps in rendering.items():
        assert set(maps) == ALL_MAPS
        for name, array in maps.items():
            assert np.array_equal(array, pixels(tmp_path / "plain" / id / f"{name}.png")), (id, name)
            assert array.dtype == (np.uint16 if name == "metric" else np.uint8)
            color = name in ("openpose", "normal", "shaded", "segmentation", "densepose")
            assert array.shape == ((192, 128, 3) if color else (192, 128))
    assert rendering["ana"]["metric"].max() > 1000, "millimeters"
    manifest = json.loads((tmp_path / "plain" / "manifest.json").read_text())
    # The path to the scene differs between folders.
    assert manifest["rendered"]["scene"].endswith("scene.json")
    assert {**rendering.manifest, "rendered": None} == {**manifest, "rendered": None}


def test_the_points_come_parsed(command, scene_folder, tmp_path):
    run(command, "render", scene_folder / "scene.json", "-o", tmp_path / "plain")
    ana = posemap.render(scene_folder / "scene.json")["ana"]
    for name in ("openpose", "keypoints", "boxes"):
        file = tmp_path / "plain" / "ana" / f"{name}.json"
        assert getattr(ana, name) == (json.loads(file.read_text()) if file.exists() else None)
    assert ana.openpose[0]["canvas_width"] == 128
    assert [person["character"] for person in ana.keypoints["people"]] == ["ana"]
    assert posemap.render(scene_folder / "scene.json", maps="mask")["ana"].keypoints is None


def test_pil_images_outlive_their_files(scene_folder):
    pictures = posemap.render(scene_folder / "scene.json", maps=["openpose", "metric"], as_="pil")
    arrays = posemap.render(scene_folder / "scene.json", maps=["openpose", "metric"])
    assert pictures["ana"]["openpose"].size == (128, 192)
    for name in ("openpose", "metric"):
        assert np.array_equal(np.array(pictures["ana"][name]), arrays["ana"][name])
    with pytest.raises(ValueError, match="as_ is"):
        posemap.render(scene_folder / "scene.json", as_="tensor")


def test_options_are_the_commands(command, scene_folder, tmp_path):
    run(command, "render", scene_folder / "scene.json", "-o", tmp_path / "plain", "--only", "ana", "--maps", "depth,canny",
        "--size", "192x256", "--depth", "zoe", "--depth-bits", "16", "--canny-thresholds", "50,200", "--canny-grey", "true")
    settings = {"depth": "zoe", "depthBits": 16, "cannyThresholds": [50, 200], "canny_grey": True}
    rendering = posemap.render(
        scene_folder / "scene.json", maps=["depth", "canny"], only=["ana"], size=(192, 256), settings=settings)
    assert list(rendering) == ["ana"]
    assert rendering["ana"]["depth"].dtype == np.uint16
    for name, array in rendering["ana"].items():
        assert np.array_equal(array, pixels(tmp_path / "plain" / "ana" / f"{name}.png"))


def test_every_setting_of_scene_files_can_be_given(command, scene_folder):
    schema = json.loads(run(command, "schema", "scene"))
    values = {"depthRange": [2, 9], "depthFloor": 10, "depthBits": 8, "cannyThresholds": [90, 180], "cannyAperture": 3,
              "cannyNorm": "L2", "cannyGrey": False, "grow": 3, "feather": 5, "openposeParts": ["body", "hands"], "props": ["depth"]}
    for key, rule in schema["properties"]["maps"]["properties"].items():
        value = values[key] if key in values else rule["enum"][-1] if "enum" in rule else rule["maximum"]
        manifest = posemap.render(scene_folder / "scene.json", maps="mask", settings={key: value}).manifest
        assert manifest["settings"][key] == value, key


def test_profile_and_together(scene_folder):
    rendering = posemap.render(scene_folder / "scene.json", maps="mask", profile="sd15", together=True)
    assert list(rendering) == ["all"]
    assert rendering["all"]["mask"].shape == (768, 512)
    alone = posemap.render(scene_folder / "scene.json", maps="mask", profile="sd15")
    both = np.maximum(alone["ana"]["mask"], alone["ben"]["mask"])
    assert np.array_equal(rendering["all"]["mask"], both)


def test_files_are_the_commands_byte_for_byte(command, scene_folder, tmp_path):
    run(command, "render", scene_folder / "scene.json", "-o", tmp_path / "plain")
    files = posemap.render_files(scene_folder / "scene.json", tmp_path / "kept")
    assert hashes(tmp_path / "kept") == hashes(tmp_path / "plain")
    assert files["ben"]["depth"] == tmp_path / "kept" / "ben" / "depth.png"
    assert files["ben"].openpose == json.loads((tmp_path / "kept" / "ben" / "openpose.json").read_text())
    assert np.array_equal(posemap.read(tmp_path / "kept")["ben"]["depth"], pixels(files["ben"]["depth"]))


def test_a_dict_sees_its_poses_from_base(command, scene_folder, tmp_path, monkeypatch):
    before = hashes(scene_folder)
    posemap.render_files(scene_folder / "scene.json", tmp_path / "of-file", maps="openpose")
    made = hashes(tmp_path / "of-file")
    # An unrelated scene.json in base is not mistaken for this one.
    dictionary = {**SCENE, "canvas": [192, 256]}
    posemap.render_files(dictionary, tmp_path / "of-dict", base=scene_folder, maps="openpose", size=(128, 192))
    of_dict = hashes(tmp_path / "of-dict")
    inputs = json.loads((tmp_path / "of-dict" / "manifest.json").read_text())["inputs"]
    assert "rendered" not in json.loads((tmp_path / "of-dict" / "manifest.json").read_text())
    assert {entry["name"] for entry in inputs} == {"scene.json", "ana.pose.json", "base.pose.json", "ben.clip.json"}
    for name in set(made) - {"manifest.json"}:
        assert of_dict[name] == made[name], name
    assert {name: hashes(scene_folder)[name] for name in before} == before

    # Without base, from the working folder.
    with pytest.raises(posemap.MissingInputError, match="ana.pose.json"):
        posemap.render(SCENE)
    monkeypatch.chdir(scene_folder)
    posemap.render_files(dictionary, tmp_path / "of-here", maps="openpose", size=(128, 192))
    assert hashes(tmp_path / "of-here") == of_dict
    with pytest.raises(ValueError, match="base="):
        posemap.render(scene_folder / "scene.json", base=scene_folder)


def test_frames_are_stacked(command, scene_folder, tmp_path):
    run(command, "render", scene_folder / "scene.json", "-o", tmp_path / "plain", "--frames", "1..2", "--maps", "openpose,depth")
    clip = posemap.render_frames(scene_folder / "scene.json", range(1, 3), maps="openpose,depth", jobs=1)
    assert clip["ben"]["openpose"].shape == (2, 192, 128, 3)
    assert clip["ben"]["depth"].shape == (2, 192, 128)
    for number, array in enumerate(clip["ben"]["openpose"], start=1):
        assert np.array_equal(array, pixels(tmp_path / "plain" / "ben" / "openpose" / f"{number:05d}.png"))
    assert len(clip["ben"].openpose) == 2
    for number, frame in enumerate(clip["ben"].keypoints, start=1):
        assert frame == json.loads((tmp_path / "plain" / "ben" / "keypoints" / f"{number:05d}.json").read_text())
    assert not np.array_equal(clip["ben"]["depth"][0], clip["ben"]["depth"][1])

    whole = posemap.render_frames(scene_folder / "scene.json", maps="mask", together=True)
    assert whole["all"]["mask"].shape == (4, 192, 128)
    assert posemap.render_frames(scene_folder / "scene.json", "0..1", fps=16, maps="mask").manifest["frames"]["rate"] == 16
    with pytest.raises(ValueError, match="one by one"):
        posemap.render_frames(scene_folder / "scene.json", range(0, 9, 2))


# Errors


def failing(error, code, sentence, *arguments, **options):
    with pytest.raises(error, match=sentence) as caught:
        posemap.render(*arguments, **options)
    assert caught.value.exit_code == code
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again), again.exit_code) == (error, str(caught.value), code)
    return caught.value


def test_errors_have_the_commands_sentences(scene_folder, tmp_path):
    scene = scene_folder / "scene.json"
    fault = failing(posemap.UsageError, 64, "there is no map \"dpth\"; did you mean \"depth\". there are: openpose, depth", scene, maps="dpth")
    assert "Usage:" not in str(fault)
    with pytest.raises(ValueError, match="maps is empty; leave it out"):
        posemap.render(scene, maps=[])
    with pytest.raises(posemap.DataError, match="this is a scene, not a list"):
        posemap.batch(scene, tmp_path / "batch")
    failing(posemap.UsageError, 64, "--only bob: no character has this id; there are: ben, ana", scene, only="bob")
    failing(posemap.MissingInputError, 66, "gone.json: error: cannot read this scene", tmp_path / "gone.json")
    failing(posemap.OutputError, 73, "without a message", scene, command=broken(tmp_path, 73))
    failing(posemap.InternalError, 70, "without a message", scene, command=broken(tmp_path, 70))
    write(scene_folder / "base.pose.json", {"joints": {"leftUperArm": {"abduction": 30}, "nek": [0, 0, 0]}})
    fault = failing(posemap.DataError, 65, r'base\.pose\.json:1:\d+: error: unknown joint "leftUperArm"', scene)
    assert len(fault.sentences) == 2
    with pytest.raises(posemap.DataError) as raised:
        posemap.render({**SCENE, "canvas": [0, 256]}, base=scene_folder)
    # The caller does not know where the dict was during rendering.
    assert raised.value.said.startswith("scene.json:") and tempfile.gettempdir() not in raised.value.said


def broken(folder, code):
    """Return a command that always fails with a code."""
    path = folder / f"fails-with-{code}"
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_warnings_are_pythons(scene_folder):
    write(scene_folder / "base.pose.json", {"joints": {"leftLowerArm": {"flexion": 170}}})
    with pytest.warns(posemap.PosemapWarning, match=r"base\.pose\.json:1:\d+: warning: .*leftLowerArm") as caught:
        posemap.render(scene_folder / "scene.json", maps="mask")
    assert caught[0].filename == __file__
    with pytest.raises(posemap.DataError, match="leftLowerArm"):
        posemap.render(scene_folder / "scene.json", maps="mask", strict=True)


def test_the_command_is_looked_for(command, scene_folder, tmp_path, monkeypatch):
    scene = scene_folder / "scene.json"
    assert posemap.find_command() == command
    with pytest.raises(posemap.CommandNotFoundError, match="command=/nowhere is not a command"):
        posemap.render(scene, command="/nowhere")
    monkeypatch.setenv("POSEMAP", "/nowhere")
    with pytest.raises(posemap.CommandNotFoundError, match=r"\$POSEMAP/nowhere"):
        posemap.render(scene)
    assert posemap.find_command(command) == command

    monkeypatch.delenv("POSEMAP")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(posemap.CommandNotFoundError, match="make build.*PATH.*POSEMAP"):
        posemap.render(scene)
    # A checkout above the working folder, then PATH, which takes precedence.
    built = link(command, tmp_path / ".build" / "release" / "posemap")
    write(tmp_path / "Package.swift", "")
    (tmp_path / "deep" / "down").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "down")
    assert posemap.find_command() == str(built)
    installed = link(command, tmp_path / "bin" / "posemap")
    assert posemap.find_command() == str(installed)


def test_the_command_of_the_wheel_needs_no_path(command, tmp_path, monkeypatch):
    # As pip leaves an environment: site-packages with the list of files, and the command in bin.
    information = tmp_path / "lib" / "site-packages" / "posemap-0.2.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: posemap\nVersion: 0.2.0\n")
    (information / "RECORD").write_text("posemap/__init__.py,,\n../../bin/posemap,,\n")
    monkeypatch.syspath_prepend(str(information.parent))
    monkeypatch.delenv("POSEMAP")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(link(command, tmp_path / "other" / "posemap").parent))
    assert posemap.find_command() == str(tmp_path / "other" / "posemap")
    installed = link(command, tmp_path / "bin" / "posemap")
    assert posemap.find_command() == os.path.realpath(installed)
    monkeypatch.setenv("POSEMAP", command)
    assert posemap.find_command() == command


def link(command, path):
    path.parent.mkdir(parents=True)
    path.symlink_to(command)
    return path


# Batches


def test_shards_are_the_whole_byte_for_byte(command, tmp_path):
    list_file = make_scenes(tmp_path, 7)
    run(command, "render", "--list", list_file, "-o", tmp_path / "plain", "--maps", "openpose,depth", "-q")
    whole = posemap.batch(list_file, tmp_path / "whole", maps="openpose,depth")
    assert whole.folders == {tmp_path / f"{n:03d}.scene.json": tmp_path / "whole" / f"{n:03d}" for n in range(7)}
    assert hashes(tmp_path / "whole") == hashes(tmp_path / "plain")

    shares = [posemap.batch(list_file, tmp_path / "shared", shard=(number, 3), jobs=1, maps="openpose,depth")
              for number in (3, 1, 2)]
    assert sorted(scene for share in shares for scene in share.rendered) == sorted(whole.folders)
    assert [len(share.rendered) for share in shares] == [2, 3, 2]
    assert hashes(tmp_path / "shared") == hashes(tmp_path / "plain")


def test_a_batch_goes_on_where_it_was_stopped(tmp_path):
    list_file = make_scenes(tmp_path, 4)
    first = posemap.batch(list_file, tmp_path / "out", shard="1/2", maps="mask")
    second = posemap.batch(list_file, tmp_path / "out", maps="mask")
    assert sorted(second.present) == sorted(first.rendered)
    assert len(second.present) == len(second.rendered) == 2
    assert not second.failures
    assert posemap.read(second.folders[tmp_path / "000.scene.json"])["ana"]["mask"].shape == (128, 128)


def test_paths_in_place_of_a_list(scene_folder, monkeypatch):
    """Paths are relative to the working folder, and named as the command names them."""
    shutil.copytree(scene_folder, scene_folder.parent / "walk was there")
    monkeypatch.chdir(scene_folder.parent)
    paths = [scene_folder / "scene.json", Path("walk was there/scene.json")]
    result = posemap.batch(iter(paths), "out", maps="mask")
    assert list(result.rendered.values()) == [Path("out") / scene_folder.name, Path("out/walk was there")]
    again = posemap.batch(paths, "out", maps="mask")
    assert again.present == result.rendered
    assert all((folder / "ana" / "mask.png").is_file() for folder in result.folders.values())


def test_failures_stop_no_other_scene(tmp_path):
    list_file = make_scenes(tmp_path, 3)
    write(tmp_path / "001.scene.json", {"canvas": [128, 128], "characters": [{"id": "ana", "body": "femal"}]})
    write(tmp_path / "bad.pose.json", {"joints": {"nek": [0, 0, 0]}})
    ana = {"id": "ana", "body": "female", "pose": "bad.pose.json"}
    write(tmp_path / "posed.scene.json", {"canvas": [128, 128], "characters": [ana]})
    with list_file.open("a") as file:
        file.write("gone.scene.json\nposed.scene.json\n")
    result = posemap.batch(list_file, tmp_path / "out", maps="mask")
    assert sorted(path.name for path in result.rendered) == ["000.scene.json", "002.scene.json"]
    said = {path.name: text for path, text in result.failures.items()}
    assert set(said) == {"001.scene.json", "gone.scene.json", "posed.scene.json"}
    assert 'did you mean "female"?' in said["001.scene.json"] and len(said["001.scene.json"].splitlines()) == 1
    assert "cannot read this scene" in said["gone.scene.json"]
    assert 'unknown joint "nek"' in said["posed.scene.json"], "the mistake is in a pose, and is told with the scene"

    hasty = posemap.batch(list_file, tmp_path / "hasty", maps="mask", fail_fast=True, jobs=1)
    assert [path.name for path in hasty.failures] == ["001.scene.json"]
    assert [path.name for path in hasty.rendered] == ["000.scene.json"]


def test_a_killed_command_says_what_it_had_done(command, tmp_path):
    """The command reports each finished scene, so the rest is known even after it is killed."""
    list_file = make_scenes(tmp_path, 3)
    killer = tmp_path / "killer"
    killer.write_text(f'#!/bin/sh\n"{command}" "$@" | head -n 2\nkill -KILL $$\n', "utf-8")
    killer.chmod(0o755)
    with pytest.raises(posemap.KilledError, match="^posemap was killed by SIGKILL$") as caught:
        posemap.batch(list_file, tmp_path / "out", jobs=1, maps="mask", command=killer)
    scenes = posemap.list_scenes(list_file)
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.exit_code == -9
    assert list(again.batch.rendered) == scenes[:2]
    assert again.batch.failures == {scenes[2]: "posemap was killed by SIGKILL"}
    assert posemap.list_scenes(list_file, shard="2/3") == scenes[1:2]


def test_what_stops_a_whole_batch_is_raised(tmp_path):
    list_file = make_scenes(tmp_path, 1)
    for shard in ("0/2", (3, 2), "half"):
        with pytest.raises(posemap.UsageError, match="a shard must be"):
            posemap.batch(list_file, tmp_path / "out", shard=shard)
    with pytest.raises(posemap.MissingInputError, match="cannot read it"):
        posemap.batch(tmp_path / "gone.txt", tmp_path / "out")
    with pytest.raises(posemap.UsageError, match="would both be written"):
        posemap.batch([tmp_path / "000.scene.json"] * 2, tmp_path / "out")
    with pytest.raises(posemap.OutputError):
        posemap.batch(list_file, list_file / "out")
    assert posemap.batch([], tmp_path / "out").folders == {}


# The documentation's examples


def blocks(language):
    text = (PACKAGE / "README.md").read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_readmes_python(command, examples, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(examples / "dancer", tmp_path / "dancer")
    (tmp_path / "scenes.txt").write_text("one.scene.json\n")
    write(tmp_path / "one.scene.json", {"canvas": [64, 64], "characters": [{"id": "ana", "body": "female"}]})
    names = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for block in blocks("python"):
            exec(block, names)
    assert names["maps"]["female"]["openpose"].shape == (1216, 832, 3)
    assert (tmp_path / "depth.png").is_file()
    assert names["depth"].shape == (64, 64)


def test_the_readmes_schedulers(command, tmp_path):
    list_file = make_scenes(tmp_path, 5)
    run(command, "render", "--list", list_file, "-o", tmp_path / "plain", "-q")
    slurm, parallel, _ = blocks("bash")
    link(command, tmp_path / "bin" / "posemap")
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    for task in range(1, 4):
        array = {"SLURM_ARRAY_TASK_ID": str(task), "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_CPUS_PER_TASK": "1"}
        subprocess.run(["bash", "-euc", slurm], env={**environment, **array}, cwd=tmp_path, check=True)
    assert hashes(tmp_path / "out") == hashes(tmp_path / "plain")
    if shutil.which("parallel"):
        shutil.rmtree(tmp_path / "out")
        few = parallel.replace("64", "3")
        subprocess.run(["bash", "-euc", few], env=environment, cwd=tmp_path, check=True)
        assert hashes(tmp_path / "out") == hashes(tmp_path / "plain")


def test_the_diffusers_example_has_its_control_pictures(examples):
    example = load(PACKAGE / "examples" / "diffusers_sdxl.py")
    pictures = example.controls(examples / "window" / "scene.json", "female")
    assert [(picture.mode, picture.size) for picture in pictures] == [("RGB", (832, 1216))] * 2


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_package_is_typed_and_installed_not_imported_from_the_checkout():
    folder = Path(posemap.__file__).parent
    assert (folder / "py.typed").is_file()
    assert ROOT not in folder.parents and Path(sys.prefix) in folder.parents
    assert set(posemap.__all__) <= set(vars(posemap))
