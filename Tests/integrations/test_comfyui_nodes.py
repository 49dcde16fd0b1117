"""The ComfyUI nodes, run as ComfyUI runs them, compared with the command's own files.

ComfyUI is absent: its ``folder_paths`` is a stub, and IMAGE and MASK are the NumPy arrays that torch would wrap.
"""

import importlib.util
import json
import re
import shutil
import sys
import types
from collections import namedtuple
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, SCENE, run, write
from PIL import Image

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CANVAS = {"width": 0, "height": 0, "profile": "scene"}
STILL = {"character": "", "frame": -1, **CANVAS}


def load(folder):
    """Load a node pack like ComfyUI: copied, under its own name."""
    shutil.copytree(ROOT / "Integrations" / "comfyui", folder, ignore=shutil.ignore_patterns("__pycache__"))
    name = f"custom_nodes_{abs(hash(folder))}"
    spec = importlib.util.spec_from_file_location(name, folder / "__init__.py")
    pack = importlib.util.module_from_spec(spec)
    sys.modules[name] = pack
    spec.loader.exec_module(pack)
    return pack


@pytest.fixture
def pack(tmp_path_factory, scene_folder, monkeypatch):
    """Return the pack, with the scene's folder as ComfyUI's input folder."""
    try:
        import folder_paths
    except ImportError:
        folder_paths = types.ModuleType("folder_paths")
        monkeypatch.setitem(sys.modules, "folder_paths", folder_paths)
    monkeypatch.setattr(folder_paths, "get_input_directory", lambda: str(scene_folder), raising=False)
    return load(tmp_path_factory.mktemp("custom_nodes") / "posemap")


def execute(pack, node, **inputs):
    """Return a node's outputs by name, called as in ComfyUI: validation, arguments, and results."""
    cls = pack.NODE_CLASS_MAPPINGS[node]
    declared = cls.INPUT_TYPES()
    assert set(inputs) - set(declared.get("optional", {})) == set(declared["required"]), "the workflow gives every input"
    outputs = getattr(cls(), cls.FUNCTION)(**inputs)
    assert len(outputs) == len(cls.RETURN_TYPES) == len(cls.RETURN_NAMES)
    for value, kind in zip(outputs, cls.RETURN_TYPES):
        if kind in ("IMAGE", "MASK"):
            assert value.dtype == np.float32 and value.ndim == (4 if kind == "IMAGE" else 3)
            assert value.min() >= 0 and value.max() <= 1
            assert kind == "MASK" or value.shape[3] == 3
        elif kind in ("INT", "FLOAT", "STRING"):
            assert type(value) is {"INT": int, "FLOAT": float, "STRING": str}[kind]
    return dict(zip(cls.RETURN_NAMES, outputs))


def png(path):
    """Return a PNG as float32 [height, width(, 3)], 0 to 1."""
    with Image.open(path) as image:
        samples = np.array(image)
    return samples.astype(np.float32) / np.float32(65535 if samples.dtype == np.uint16 else 255)


def gray(path):
    return np.repeat(png(path)[..., None], 3, axis=2)


def sentence(pack):
    """Return the pack's own error class."""
    return sys.modules[pack.__name__ + ".command"].PosemapError


# ComfyUI's requirements for a pack


def test_every_node_is_named_and_described(pack):
    assert set(pack.NODE_CLASS_MAPPINGS) == set(pack.NODE_DISPLAY_NAME_MAPPINGS)
    for name, cls in pack.NODE_CLASS_MAPPINGS.items():
        assert name.startswith("Posemap") and cls.CATEGORY == "posemap" and cls.DESCRIPTION
        assert callable(getattr(cls, cls.FUNCTION))
        for kind, *options in cls.INPUT_TYPES()["required"].values():
            assert isinstance(kind, list) or kind in ("STRING", "INT", "FLOAT", "BOOLEAN", "IMAGE", "MASK")
            # Inputs that can only be wired have no default.
            assert isinstance(kind, list) or kind in ("IMAGE", "MASK") or options[0]["default"] is not None


def test_the_lists_are_the_commands(pack, command):
    said = run(command, "maps")
    maps, profiles = said.split("Profiles (--profile)")
    drawing = sys.modules[pack.__name__ + ".drawing"]
    assert drawing.MAPS == re.findall(r"^[* ] ([a-z]+) ", maps, re.MULTILINE)
    assert drawing.PROFILES == ["scene"] + re.findall(r"^  ([a-z][a-z0-9-]*) ", profiles, re.MULTILINE)


# Maps


def test_maps_are_the_pngs(pack, command, scene_folder):
    plain = scene_folder / "plain"
    run(command, "render", scene_folder / "scene.json", "-o", plain, "--maps", "all")
    for character, folder in (("", "ben"), ("ana", "ana"), (" ana ", "ana")):
        given = execute(pack, "PosemapMaps", scene="scene.json", **{**STILL, "character": character})
        assert (given["width"], given["height"]) == (128, 192)
        for name in ("openpose", "normal"):
            assert np.array_equal(given[name][0], png(plain / folder / f"{name}.png"))
        for name in ("depth", "canny"):
            assert np.array_equal(given[name][0], gray(plain / folder / f"{name}.png"))
        for name in ("mask", "visible"):
            assert given[name].shape == (1, 192, 128) and given[name].max() == 1
            assert np.array_equal(given[name][0], png(plain / folder / f"{name}.png"))
        assert given["pose_keypoint"] == json.loads((plain / folder / "openpose.json").read_text())
        assert isinstance(given["pose_keypoint"], list) and given["pose_keypoint"][0]["people"]
        assert (given["prompt"], given["negative"], given["seed"]) == ("", "", 0)


def test_any_map_by_its_name(pack, command, scene_folder):
    plain = scene_folder / "plain"
    run(command, "render", scene_folder / "scene.json", "-o", plain, "--maps", "all", "--only", "ana")
    inputs = {"scene": str(scene_folder / "scene.json"), **STILL, "character": "ana"}
    for file in (plain / "ana").glob("*.png"):
        given = execute(pack, "PosemapMap", map=file.stem, **inputs)
        expected = png(file)
        assert np.array_equal(given["map"][0], expected if expected.ndim == 3 else gray(file)), file.stem
        silhouette = "visible" if file.stem == "visible" else "mask"
        assert np.array_equal(given["mask"][0], png(plain / "ana" / f"{silhouette}.png"))


def test_a_frame_a_size_a_profile(pack, command, scene_folder):
    scene = scene_folder / "scene.json"
    run(command, "render", scene, "-o", scene_folder / "clip", "--frames", "2..2", "--maps", "openpose,depth")
    given = execute(pack, "PosemapMaps", scene="scene.json", **{**STILL, "frame": 2})
    assert np.array_equal(given["openpose"][0], png(scene_folder / "clip/ben/openpose/00002.png"))
    assert given["pose_keypoint"] == json.loads((scene_folder / "clip/ben/openpose/00002.json").read_text())

    run(command, "render", scene, "-o", scene_folder / "large", "--size", "192x320", "--maps", "depth")
    given = execute(pack, "PosemapMaps", scene="scene.json", **{**STILL, "width": 192, "height": 320})
    assert (given["width"], given["height"]) == (192, 320)
    assert np.array_equal(given["depth"][0], gray(scene_folder / "large/ben/depth.png"))

    given = execute(pack, "PosemapMap", scene="scene.json", map="mask", **{**STILL, "profile": "sd15"})
    assert given["map"].shape == (1, 768, 512, 3)


def test_everyone_in_one_picture(pack, command, scene_folder):
    run(command, "render", scene_folder / "scene.json", "-o", scene_folder / "plain", "--together")
    given = execute(pack, "PosemapMaps", scene="scene.json", **{**STILL, "character": "all"})
    assert np.array_equal(given["depth"][0], gray(scene_folder / "plain/all/depth.png"))
    assert len(given["pose_keypoint"][0]["people"]) == 2


def test_frames_are_a_batch(pack, command, scene_folder):
    scene = scene_folder / "scene.json"
    inputs = {"scene": "scene.json", "map": "openpose", "character": "ben", "fps": 0.0, **CANVAS}
    for first, last, numbers in ((0, -1, range(4)), (1, 2, range(1, 3)), (2, -1, range(2, 4))):
        span = f"{numbers[0]}..{numbers[-1]}"
        run(command, "render", scene, "-o", scene_folder / "clip", "--frames", span, "--maps", "openpose,mask")
        given = execute(pack, "PosemapFrames", first=first, last=last, **inputs)
        assert given["count"] == len(given["frames"]) == len(given["masks"]) == len(numbers)
        assert given["fps"] == 8
        for image, mask, number in zip(given["frames"], given["masks"], numbers):
            assert np.array_equal(image, png(scene_folder / f"clip/ben/openpose/{number:05d}.png"))
            assert np.array_equal(mask, png(scene_folder / f"clip/ben/mask/{number:05d}.png"))
    given = execute(pack, "PosemapFrames", first=0, last=-1, **{**inputs, "fps": 16.0})
    assert (given["count"], given["fps"]) == (7, 16)
    with pytest.raises(sentence(pack), match="^first is 3, which is after last, 1.$"):
        execute(pack, "PosemapFrames", first=3, last=1, **inputs)
    with pytest.raises(sentence(pack), match="^first is 9, which is after the clip's last frame, 3.$"):
        execute(pack, "PosemapFrames", first=9, last=-1, **inputs)


def test_the_example_workflows_open(pack):
    """Checked by the workflow readers and the nodes' own definitions: the editor offers example_workflows as
    templates."""
    sys.path.insert(0, str(HERE.parent / "generators"))
    try:
        from api_format import api_errors
        from editor_format import editor_errors, editor_to_api
        from nodes import load_definitions
    finally:
        sys.path.pop(0)
    definitions = load_definitions()
    for name, cls in pack.NODE_CLASS_MAPPINGS.items():
        definitions[name] = {
            "name": name, "input": json.loads(json.dumps(cls.INPUT_TYPES())), "output": list(cls.RETURN_TYPES),
            "output_name": list(cls.RETURN_NAMES), "output_node": False,
        }
    files = sorted((ROOT / "Integrations/comfyui/example_workflows").glob("*.json"))
    assert [file.name for file in files] == ["two-characters-sdxl.json", "wan-vace-clip.json"]
    for file in files:
        editor = json.loads(file.read_text("utf-8"))
        assert editor_errors(editor, definitions) == []
        assert api_errors(editor_to_api(editor, definitions), definitions) == []
    prompt = editor_to_api(editor, definitions)
    frames, video = (next(one["inputs"] for one in prompt.values() if one["class_type"] == kind) for kind in ("PosemapFrames", "WanVaceToVideo"))
    # Drawn at the size of the video: otherwise, the node would scale the sticks.
    assert (frames["width"], frames["height"]) == (video["width"], video["height"])
    given = execute(pack, "PosemapFrames", **frames)
    assert given["frames"].shape[1:] == (480, 832, 3) and given["fps"] == 16


MERGE = {"scene": "scene.json", "grow": 4, "feather": 8, "match": False, **CANVAS}


def test_pictures_of_two_are_merged_as_the_command_merges_them(pack, command, scene_folder):
    """The base can be a batch: a single picture is merged with each picture of a batch."""
    run(command, "render", scene_folder / "scene.json", "-q", "-o", scene_folder / "out", "--maps", "shaded")
    files = {id: scene_folder / f"out/{id}/shaded.png" for id in ("ana", "ben")}
    merged = scene_folder / "merged.png"
    run(command, "merge", scene_folder / "scene.json", "-q", "-o", merged, "--grow", 4, "--feather", 8,
        "--base", f"ben={files['ben']}", f"ana={files['ana']}")  # fmt: skip
    pictures = {id: png(file)[None] for id, file in files.items()}
    both = np.concatenate([pictures["ben"]] * 2)
    # By default, the pictures show the characters in the order of the scene: Ben, then Ana.
    for names in ({}, {"base_character": "ben", "character1": "ana"}):
        given = execute(pack, "PosemapMerge", **MERGE, base=both, picture1=pictures["ana"], **{"base_character": "", **names})
        assert given["image"].shape[0] == 2
        assert all(np.array_equal(image, png(merged)) for image in given["image"])
    assert not np.array_equal(png(merged), pictures["ben"][0])
    over = execute(pack, "PosemapMerge", **MERGE, base=both[:1] * 0, base_character="nobody", picture1=pictures["ana"], character1="ana")
    assert np.array_equal(over["image"][0, 0, 0], [0, 0, 0])


def test_what_cannot_be_merged_is_said(pack):
    empty = np.zeros((1, 192, 128, 3), np.float32)
    for more, said in (
        ({}, "Connect the picture of at least one more character"),
        ({"picture1": empty, "picture2": empty}, "There are more pictures than characters"),
        ({"picture1": empty, "character1": "cid"}, "cid"),
        ({"picture1": np.zeros((1, 64, 64, 3), np.float32)}, "64"),
    ):
        with pytest.raises(sentence(pack), match=said):
            execute(pack, "PosemapMerge", **MERGE, base=empty, base_character="", **more)


def test_a_frame_after_the_clips_last_is_an_error(pack):
    for name, more in (("PosemapMaps", {}), ("PosemapMap", {"map": "depth"}), ("PosemapBoxes", {"part": "face", "grow": 0})):
        execute(pack, name, scene="scene.json", **{**STILL, "frame": 3}, **more)
        with pytest.raises(sentence(pack), match="begins at 4, but the longest clip ends at frame 3"):
            execute(pack, name, scene="scene.json", **{**STILL, "frame": 4}, **more)


def test_prompts_are_the_scenes_then_the_characters(pack):
    scene = {
        "prompt": ["a window", "", "evening light"], "negative": "text", "seed": 1_125_899_906_842_623,
        "characters": [
            {"id": "ana", "prompt": "a woman in red", "negative": ["beard", "hat"]},
            {"id": "ben"},
            {"id": "cid", "prompt": "a child"},
        ],
    }
    prompts = sys.modules[pack.__name__ + ".scene"].prompts
    seed = 1_125_899_906_842_623
    assert prompts(scene, "ana") == ("a window, evening light, a woman in red", "text, beard, hat", seed)
    assert prompts(scene, "ben") == ("a window, evening light", "text", seed)
    assert prompts(scene, "all") == ("a window, evening light, a woman in red, a child", "text, beard, hat", seed)
    assert prompts({}, "ana") == ("", "", 0)
    sentences = {"prompt": ["It is evening.", "Warm light,", "film"], "characters": [{"id": "ana", "prompt": "A woman."}]}
    assert prompts(sentences, "ana")[0] == "It is evening. Warm light, film, A woman."


def test_prompts_come_out_of_the_node(pack, command, scene_folder):
    if '"prompt"' not in run(command, "schema", "scene"):
        pytest.skip("this posemap's scenes have no prompts")
    ben, ana = SCENE["characters"]
    write(scene_folder / "told.json", {
        **SCENE, "prompt": "a room", "seed": 7, "characters": [ben, {**ana, "prompt": "a woman", "negative": "hat"}]})
    given = execute(pack, "PosemapMaps", scene="told.json", **{**STILL, "character": "ana"})
    assert (given["prompt"], given["negative"], given["seed"]) == ("a room, a woman", "hat", 7)


# Caching, and errors


def test_is_changed_sees_every_file_a_scene_refers_to(pack, scene_folder):
    for cls in pack.NODE_CLASS_MAPPINGS.values():
        if "scene" not in cls.INPUT_TYPES()["required"]:
            continue

        def state():
            return cls.IS_CHANGED(**{"scene": "scene.json", **STILL, "map": "depth"})

        first = state()
        assert first == state(), "the same files are the same"
        seen = {first}
        # The scene, a pose, the base of a pose, and a clip.
        for name in ("scene.json", "ana.pose.json", "base.pose.json", "ben.clip.json"):
            file = scene_folder / name
            file.write_text(file.read_text() + " ")
            seen.add(state())
        assert len(seen) == 5


def test_is_changed_draws_again_what_cannot_be_told(pack, scene_folder):
    changed = pack.NODE_CLASS_MAPPINGS["PosemapMaps"].IS_CHANGED
    write(scene_folder / "base.pose.json", {"joints": {"nek": [0, 0, 0]}})
    for inputs in ({"scene": "scene.json", **STILL}, {"scene": None, **STILL}, {"scene": "gone.json", **STILL}):
        first, second = changed(**inputs), changed(**inputs)
        # ComfyUI compares lists, in which an identical NaN object would equal itself.
        assert [first] != [second]


def test_errors_are_the_commands_sentences(pack, scene_folder):
    write(scene_folder / "base.pose.json", {"joints": {"nek": [0, 0, 0]}})
    with pytest.raises(sentence(pack), match=r'base\.pose\.json:1:\d+: error: unknown joint "nek".*did you mean'):
        execute(pack, "PosemapMaps", scene="scene.json", **STILL)
    write(scene_folder / "base.pose.json", {})
    with pytest.raises(sentence(pack), match="--only bob: no character has this id; there are: ben, ana"):
        execute(pack, "PosemapMaps", scene="scene.json", **{**STILL, "character": "bob"})
    with pytest.raises(sentence(pack), match="both width and height"):
        execute(pack, "PosemapMaps", scene="scene.json", **{**STILL, "width": 512})
    (scene_folder / "broken.json").write_text('{"characters": [')
    with pytest.raises(sentence(pack), match=r"broken\.json:1:\d+: error"):
        execute(pack, "PosemapMaps", scene="broken.json", **STILL)


def test_what_is_missing_is_said_before_the_queue_runs(pack, scene_folder, monkeypatch, tmp_path):
    validate = pack.NODE_CLASS_MAPPINGS["PosemapMaps"].VALIDATE_INPUTS
    assert validate(scene="scene.json") is True
    assert validate(scene=" ").startswith("Name a scene")
    assert validate(scene=None) is True, "what another node gives is not known yet"
    assert validate(scene="gone.json") == f"There is no scene file {scene_folder / 'gone.json'}."
    monkeypatch.setenv("POSEMAP", "/nowhere")
    assert validate(scene="scene.json") == "/nowhere, named in $POSEMAP, is not a command that can be run."
    monkeypatch.delenv("POSEMAP")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "make build" in validate(scene="scene.json") and "posemap_path.txt" in validate(scene="scene.json")


def test_the_command_may_be_named_in_a_file(pack, command, monkeypatch, tmp_path):
    found = sys.modules[pack.__name__ + ".command"]
    monkeypatch.delenv("POSEMAP")
    monkeypatch.setenv("PATH", str(tmp_path))
    found.PATH_FILE.write_text(command + "\n")
    assert found.find_command() == command
    found.PATH_FILE.write_text("/nowhere\n")
    with pytest.raises(found.PosemapError, match="/nowhere, named in .*posemap_path.txt"):
        found.find_command()


def test_pictures_are_torchs_where_torch_is(tmp_path_factory, pack, monkeypatch):
    torch = types.ModuleType("torch")
    torch.from_numpy = lambda array: ("tensor", array.dtype, array.flags["C_CONTIGUOUS"])
    monkeypatch.setitem(sys.modules, "torch", torch)
    inside = load(tmp_path_factory.mktemp("inside") / "posemap")
    node = inside.NODE_CLASS_MAPPINGS["PosemapMap"]()
    assert node.run(scene="scene.json", map="depth", **STILL) == (("tensor", np.float32, True),) * 2


# Boxes and the detector


@pytest.fixture
def boxes(command, scene_folder):
    """Return ana's boxes on the scene's canvas."""
    run(command, "render", scene_folder / "scene.json", "-o", scene_folder / "probe", "--maps", "openpose")
    return json.loads((scene_folder / "probe/ana/boxes.json").read_text())["people"][0]


def test_boxes_are_masks(pack, boxes):
    inputs = {"scene": "scene.json", **STILL, "character": "ana"}
    for part, names in (("face", ["face"]), ("hands", ["leftHand", "rightHand"]), ("leftHand", ["leftHand"])):
        expected = np.zeros((192, 128), np.float32)
        for x, y, width, height in (boxes[name] for name in names):
            expected[int(y) : int(np.ceil(y + height)), int(x) : int(np.ceil(x + width))] = 1
        mask = execute(pack, "PosemapBoxes", part=part, grow=0, **inputs)["mask"]
        assert mask.shape == (1, 192, 128) and np.array_equal(mask[0], expected)
    face = execute(pack, "PosemapBoxes", part="face", grow=0, **inputs)["mask"][0]
    grown = execute(pack, "PosemapBoxes", part="face", grow=3, **inputs)["mask"][0]
    rows, columns = face.any(axis=1).sum(), face.any(axis=0).sum()
    assert (grown.any(axis=1).sum(), grown.any(axis=0).sum()) == (rows + 6, columns + 6)
    assert execute(pack, "PosemapBoxes", part="body", grow=500, **inputs)["mask"].min() == 1


def test_boxes_of_frames_and_of_everyone(pack, boxes):
    inputs = {"scene": "scene.json", "part": "face", "grow": 0, **STILL}
    one, other, both = (
        execute(pack, "PosemapBoxes", **{**inputs, "character": id})["mask"] for id in ("ana", "ben", "all"))
    assert np.array_equal(both, np.maximum(one, other)) and both.sum() > one.sum()
    hands = [execute(pack, "PosemapBoxes", **{**inputs, "part": "leftHand", "frame": frame})["mask"] for frame in (0, 3)]
    assert not np.array_equal(*hands), "ben moves his arm"


def test_the_detector_finds_the_face_in_an_image_of_any_size(pack, boxes):
    x, y, w, h = boxes["face"]
    detector = execute(pack, "PosemapFaceDetector", scene="scene.json", part="face", **{**STILL, "character": "ana"})
    detector = detector["bbox_detector"]
    detector.setAux("face")
    for scale in (1, 4):
        image = np.random.default_rng(0).random((1, 192 * scale, 128 * scale, 3), np.float32)
        shape, segments = detector.detect(image, 0.5, 0, 3.0, 1)
        assert shape == (192 * scale, 128 * scale)
        (seg,) = segments
        assert seg._fields == (
            "cropped_image", "cropped_mask", "confidence", "crop_region", "bbox", "label", "control_net_wrapper")
        assert np.allclose(seg.bbox, np.array([x, y, x + w, y + h]) * scale, atol=1e-3)
        left, top, right, bottom = seg.crop_region
        assert all(isinstance(side, int) for side in seg.crop_region)
        assert np.array_equal(seg.cropped_image, image[:, top:bottom, left:right])
        assert seg.cropped_mask.dtype == np.float32 and seg.cropped_mask.shape == (bottom - top, right - left)
        assert abs((right - left) - 3 * w * scale) <= 1 and abs((bottom - top) - 3 * h * scale) <= 1
        rows, columns = np.nonzero(seg.cropped_mask)
        assert rows.min() + top == int(y * scale) and columns.max() + left == int((x + w) * scale)
        assert (seg.confidence, seg.label, seg.control_net_wrapper) == (1, "face", None)


def detector(pack, *boxes):
    return sys.modules[pack.__name__ + ".segs"].BoxDetector(list(boxes), (100, 50), "face")


IMAGE = np.zeros((1, 50, 100, 3), np.float32)


def test_the_detector_keeps_to_impact_packs_protocol(pack):
    """Literal numbers, by the formulas of Impact-Pack's own detectors."""
    at_edge = detector(pack, [2, 4, 12, 14])
    (seg,) = at_edge.detect(IMAGE, 0.5, 0, 3.0)[1]
    assert seg.crop_region == [0, 0, 30, 30], "pushed into the image, not cut"
    (seg,) = at_edge.detect(IMAGE, 0.5, 0, 9.0)[1]
    assert seg.crop_region == [0, 0, 90, 50], "no larger than the image"
    (seg,) = detector(pack, [85, 30, 95, 40]).detect(IMAGE, 0.5, 0, 2.0)[1]
    assert seg.crop_region == [80, 25, 100, 45]

    # cv2.rectangle fills both ends; cv2.dilate's square of 10 extends 4 back and 5 forward.
    (seg,) = detector(pack, [40, 20, 50, 30]).detect(IMAGE, 0.5, 10, 3.0)[1]
    rows, columns = np.nonzero(seg.cropped_mask)
    left, top = seg.crop_region[:2]
    assert (columns.min() + left, columns.max() + left) == (36, 55)
    assert (rows.min() + top, rows.max() + top) == (16, 35)

    # Partly outside, entirely outside, too small.
    (seg,) = detector(pack, [-20, -20, 10, 10]).detect(IMAGE, 0.5, 0, 1.0)[1]
    assert list(seg.bbox) == [0, 0, 10, 10]
    assert detector(pack, [-20, 0, -5, 10]).detect(IMAGE, 0.5, 0, 1.0) == ((50, 100), [])
    assert detector(pack, [0, 0, 10, 30]).detect(IMAGE, 0.5, 0, 1.0, 10)[1] == []
    assert len(detector(pack, [0, 0, 11, 30]).detect(IMAGE, 0.5, 0, 1.0, 10)[1]) == 1
    assert detector(pack).detect(IMAGE, 0.5, 0, 1.0) == ((50, 100), [])


def test_the_detector_obeys_hooks(pack):
    class Hook:
        def post_crop_region(self, width, height, bbox, region):
            assert (width, height, bbox) == (100, 50, [10, 10, 20, 20])
            return [0, 0, 64, 32]

        def post_detection(self, segs):
            return segs[0], segs[1] * 2

    shape, segments = detector(pack, [10, 10, 20, 20]).detect(IMAGE, 0.5, 0, 3.0, 1, detailer_hook=Hook())
    assert shape == (50, 100) and len(segments) == 2
    assert segments[0].crop_region == [0, 0, 64, 32] and segments[0].cropped_image.shape == (1, 32, 64, 3)


def test_all_boxes_in_one_mask(pack):
    mask = detector(pack, [0, 0, 9, 9], [50, 20, 59, 29]).detect_combined(IMAGE, 0.5, 0)
    assert mask.shape == (50, 100) and mask.sum() == 200 and mask[5, 5] == mask[25, 55] == 1
    assert detector(pack).detect_combined(IMAGE, 0.5, 0) is None


def test_impact_packs_own_seg_is_used_where_it_is(pack, monkeypatch):
    core = types.ModuleType("impact.core")
    core.SEG = namedtuple(
        "ImpactSEG", "cropped_image cropped_mask confidence crop_region bbox label control_net_wrapper", defaults=[None])
    monkeypatch.setitem(sys.modules, "impact.core", core)
    (seg,) = detector(pack, [0, 0, 20, 20]).detect(IMAGE, 0.5, 0, 1.0)[1]
    assert type(seg) is core.SEG


def test_a_mask_is_a_detector_that_needs_no_scene(pack):
    mask = np.zeros((1, 96, 64), np.float32)
    mask[0, 10:30, 20:36] = 1
    detector = execute(pack, "PosemapMaskDetector", mask=mask)["bbox_detector"]
    image = np.zeros((1, 192, 128, 3), np.float32)
    (seg,) = detector.detect(image, 0.5, 0, 3.0, 1)[1]
    assert np.array_equal(seg.bbox, [40, 20, 72, 60])
    nothing = execute(pack, "PosemapMaskDetector", mask=np.zeros((1, 96, 64), np.float32))["bbox_detector"]
    assert nothing.detect(image, 0.5, 0, 3.0, 1)[1] == []


def test_the_node_that_workflows_use_is_described_to_them_as_it_is(pack):
    """`posemap comfyui --set faceBy=posemap` writes workflows with it."""
    described = json.loads((ROOT / "Sources/Export/Resources/comfyui/nodes/posemap.json").read_text())
    for name, entry in described.items():
        cls = pack.NODE_CLASS_MAPPINGS[name]
        required = {key: list(spec) for key, spec in cls.INPUT_TYPES()["required"].items()}
        assert entry["input"] == {"required": required}
        assert entry["output"] == list(cls.RETURN_TYPES) and entry["output_name"] == list(cls.RETURN_NAMES)
        assert entry["display_name"] == pack.NODE_DISPLAY_NAME_MAPPINGS[name] and entry["category"] == cls.CATEGORY
