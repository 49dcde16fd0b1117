"""Runs a script for diffusers with stand-ins for torch and diffusers, and checks what the pipeline was given."""
import ast
import contextlib
import io
import runpy
import shutil
import sys
import tempfile
import types
from pathlib import Path

from PIL import Image

# The number with which each union selects a map. xinsir: README of xinsir6/ControlNetPlus,
# "ControlMode". FLUX: card of Shakker-Labs/FLUX.1-dev-ControlNet-Union-Pro; its version 2.0 has no
# modes, hence None.
XINSIR = {"openpose": 0, "depth": 1, "softedge": 2, "canny": 3, "lineart": 3, "normal": 4, "segmentation": 5}
FLUX = {"canny": 0, "depth": 2, "openpose": 4}


# Pipelines that receive the first map as a picture, and are told in the prompt what it shows.
EDIT = {"QwenImageEditPlusPipeline", "Flux2KleinPipeline"}
FIXED = {"StableDiffusionControlNetPipeline", "StableDiffusionXLControlNetPipeline"}
THINGS = {"openpose": "the skeleton", "depth": "the depth map", "canny": "the outlines", "shaded": "the mannequin"}


class Recorder:
    """Stand-ins for torch, diffusers and huggingface_hub."""

    def __init__(self):
        self.calls, self.made, self.loaded = [], [], []

    def module(self, name, **members):
        module = types.ModuleType(name)
        module.__dict__.update(members)
        module.__path__ = []
        return module

    def cls(self, name):
        recorder = self

        class Made:
            def __init__(self, *arguments, **keywords):
                self.arguments, self.keywords, self.scheduler = arguments, keywords, types.SimpleNamespace(config={})

            @classmethod
            def from_pretrained(cls, *arguments, **keywords):
                recorder.loaded.append((name, *arguments))
                return cls(*arguments, **keywords)

            from_single_file = from_config = from_pretrained

            def __call__(self, **keywords):
                recorder.calls.append(keywords)
                picture = Image.new("RGB", (keywords["width"], keywords["height"]))
                return types.SimpleNamespace(images=[picture], frames=[[picture] * keywords.get("num_frames", 1)])

            def __getattr__(self, attribute):
                if attribute.startswith("enable_") or attribute == "to":
                    return lambda *_, **__: None
                raise AttributeError(attribute)

        Made.__name__ = name
        return Made

    def modules(self, tree):
        names = [
            (node.module, alias.name) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
        ]

        class Generator:
            def __init__(self, device="cpu"):
                self.device, self.seed = device, None

            def manual_seed(self, seed):
                self.seed = seed
                return self

        def export_to_video(frames, path, fps):
            Path(path).write_bytes(b"")
            return path

        return {
            "torch": self.module("torch", float16="float16", bfloat16="bfloat16", float32="float32", Generator=Generator),
            "diffusers": self.module("diffusers", **{name: self.cls(name) for module, name in names if module == "diffusers"}),
            "diffusers.utils": self.module("diffusers.utils", export_to_video=export_to_video),
            "huggingface_hub": self.module("huggingface_hub", hf_hub_download=lambda repository, filename: filename),
        }


def run(path, pipeline, wheel, report):
    """Run a copy of a script over its maps, and check the pipeline's inputs."""
    name = f"{path.parent.name}/{path.name}"
    recorder = Recorder()
    with tempfile.TemporaryDirectory() as temporary:
        copy = shutil.copytree(path.parent, Path(temporary) / "scene") / path.name
        stubs = recorder.modules(ast.parse(copy.read_text(encoding="utf-8")))
        kept = {module: sys.modules.get(module) for module in stubs}
        sys.modules.update(stubs)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                values = runpy.run_path(str(copy), run_name="__main__")
        except (Exception, SystemExit) as error:
            report.check(False, f"{name}: running it: {type(error).__name__}: {error}")
            return
        finally:
            for module, original in kept.items():
                sys.modules.pop(module) if original is None else sys.modules.__setitem__(module, original)
        characters, maps, size = values["CHARACTERS"], values["MAPS"], (values["WIDTH"], values["HEIGHT"])
        calls = recorder.calls
        if not report.check(len(calls) == len(characters), f"{name}: {len(calls)} calls for {len(characters)} characters"):
            return
        for character, call in zip(characters, calls):
            who = f"{name} {character['id']}"
            check_call(who, copy.parent, character, maps, size, values["SEED"], call, pipeline, wheel, report)
        generators = {id(call["generator"]) for call in recorder.calls}
        report.check(len(generators) == len(recorder.calls), f"{name}: characters share a generator, whose state goes on")


def check_call(name, folder, character, maps, size, seed, call, pipeline, wheel, report):
    # Of pipelines with a network for each map, a blank one has no strength; the others do without it.
    blank = [map for map in maps if map in character["blank"]]
    maps = maps if pipeline in FIXED else [map for map in maps if map not in blank]
    made = (call["width"], call["height"])
    report.check(made == size, f"{name}: made at {made}, not {size}")
    if pipeline in EDIT:
        report.check(call.get("prompt", "").endswith(f". {character['prompt']}"), f"{name}: the prompt is not the character's")
        report.check(f"of {THINGS[maps[0]]} in " in call.get("prompt", ""), f"{name}: the prompt does not say what {maps[0]} shows")
    else:
        report.check(call.get("prompt") == character["prompt"], f"{name}: the prompt is not the character's")
    if "negative_prompt" in call:
        expected = character["negative"] or call["negative_prompt"].strip()
        report.check(call["negative_prompt"].strip() == expected.strip(), f"{name}: the negative prompt is not the character's")
    report.check(call["generator"].seed == seed, f"{name}: seed {call['generator'].seed}, not {seed}")
    given = next(call[key] for key in ("video", "control_image", "image") if key in call)
    images = given if isinstance(given, list) else [given]
    if pipeline == "WanVACEPipeline":
        files = [sorted((folder / character["folder"] / name).glob("*.png")) or [folder / character["folder"] / f"{name}.png"]
                 for name in maps if name in ("openpose", "depth", "lineart")][0][:len(images)]
        frames = call["num_frames"]
        report.check(frames % 4 == 1 and frames == len(images), f"{name}: {frames} frames of {len(images)}, which is not 4n + 1")
        masks = call["mask"]
        report.check(len(masks) == len(images) and {mask.size for mask in masks} == {size}, f"{name}: a mask a frame of its size")
        report.check(all(mask.getextrema() == (255, 255) for mask in masks), f"{name}: masks are white: make all anew")
    else:
        used = maps[:1] if pipeline in EDIT | {"ZImageControlNetPipeline"} else maps
        files = [folder / character["folder"] / f"{map}.png" for map in used]
        report.check(len(images) == len(files), f"{name}: {len(images)} maps are given, not {len(files)}")
    for image, file in zip(images, files):
        report.check(image.size == size, f"{name}: {file.name} is {image.width}x{image.height}, not {size[0]}x{size[1]}")
        report.check(image.mode == "RGB", f"{name}: {file.name} is given as {image.mode}, not RGB")
        report.check(image.tobytes() == Image.open(file).convert("RGB").tobytes(), f"{name}: {file.name} is not the character's")
    if pipeline not in EDIT | {"WanVACEPipeline", "ZImageControlNetPipeline"}:
        # Each pipeline interprets a single number for all maps differently; FLUX's drops all maps
        # except the first.
        for key in ("controlnet_conditioning_scale", "control_guidance_end"):
            listed = isinstance(call.get(key), list) and len(call[key]) == len(images)
            report.check(listed, f"{name}: {key} is not a list with a value for each map")
            least = [0 if key == "controlnet_conditioning_scale" and map in blank else 0.01 for map in maps]
            most = [0 if low == 0 else 2 for low in least]
            good = listed and all(low <= value <= high for low, value, high in zip(least, call[key], most))
            report.check(good, f"{name}: {key} {call.get(key)} is out of range")
    if pipeline == "StableDiffusionXLControlNetUnionPipeline":
        modes = call["control_mode"]
        report.check(modes == [XINSIR[map] for map in maps], f"{name}: control modes {modes} of {maps}")
        report.check(max(modes) < wheel.control_types(), f"{name}: a control mode that the union does not have")
        report.check(wheel.example_modes() == {XINSIR["lineart"]}, "diffusers' own example no longer says 3 for a lineart")
    if pipeline == "FluxControlNetPipeline":
        modes = call["control_mode"]
        unnumbered, numbered = modes == [None] * len(maps), modes == [FLUX.get(map) for map in maps]
        report.check(unnumbered or numbered, f"{name}: control modes {modes} of {maps}")
    result = folder / f"{character['id']}.png"
    report.check(result.is_file() and Image.open(result).size == size, f"{name}: no picture {result.name} beside the script")
