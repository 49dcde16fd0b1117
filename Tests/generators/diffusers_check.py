"""Holds the diffusers scripts that posemap writes to diffusers itself.

usage: diffusers_check.py --wheel FOLDER [--self-test] [SCRIPTS ...]

FOLDER is diffusers' wheel, unzipped (requirements-diffusers.txt). SCRIPTS are folders as posemap writes them: a filled-in script
beside the maps it reads. Each script is read (names, keywords, numbers of control modes against the wheel's source) and then run,
with stand-ins for torch and diffusers that write down what they are called with. `--self-test` fills in the templates itself, over
made-up maps, then breaks them in many ways and wants each breakage found.
"""
import argparse
import ast
import contextlib
import io
import re
import runpy
import shutil
import sys
import tempfile
import types
from functools import lru_cache
from pathlib import Path

from PIL import Image

from report import Report

TEMPLATES = Path(__file__).resolve().parents[2] / "Sources/Export/Resources/diffusers"

# What each union wants as its number for a map. xinsir: README of xinsir6/ControlNetPlus, "ControlMode". FLUX: card of
# Shakker-Labs/FLUX.1-dev-ControlNet-Union-Pro; its version 2.0 has no modes, hence None.
XINSIR = {"openpose": 0, "depth": 1, "softedge": 2, "canny": 3, "lineart": 3, "normal": 4, "segmentation": 5}
FLUX = {"canny": 0, "depth": 2, "openpose": 4}


class Wheel:
    """diffusers' source, read and never run."""

    def __init__(self, folder):
        self.root = next((path for path in (folder / "diffusers", folder) if (path / "__init__.py").is_file()), None)
        if self.root is None:
            sys.exit(f"{folder}: no diffusers in it; unzip the wheel there")

    @lru_cache(maxsize=None)
    def tree(self, path):
        return ast.parse(path.read_text(encoding="utf-8"))

    @lru_cache(maxsize=None)
    def exports(self, module):
        """The names that `from module import` finds: those of the lazy `_import_structure`, else those imported plainly."""
        folder = self.root.joinpath(*module.split(".")[1:])
        path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
        if not path.is_file():
            return frozenset()
        names = set()
        for node in ast.walk(self.tree(path)):
            lists = []
            if isinstance(node, ast.Assign) and "_import_structure" in ast.unparse(node.targets[0]):
                lists = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
                if "dummy" in ast.unparse(node.targets[0]):
                    lists = []
            elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_import_structure["):
                lists = node.args
            elif isinstance(node, ast.ImportFrom) and node.level and "dummy" not in (node.module or ""):
                if "_import_structure" not in path.read_text(encoding="utf-8"):
                    names |= {alias.asname or alias.name for alias in node.names}
            elif isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                names.add(node.name)
            for item in lists:
                elements = item.elts if isinstance(item, ast.List) else [item]
                names |= {element.value for element in elements if isinstance(element, ast.Constant)}
        return frozenset(names)

    @lru_cache(maxsize=None)
    def definition(self, name):
        """Where a class is defined: its node."""
        for path in sorted(self.root.rglob("*.py")):
            if not path.name.startswith("dummy_") and re.search(rf"^class {name}\b", path.read_text(encoding="utf-8"), re.M):
                return next(node for node in self.tree(path).body if isinstance(node, ast.ClassDef) and node.name == name)
        return None

    def method(self, cls, name):
        """A class's method, looked for in its bases too."""
        node = self.definition(cls)
        if node is None:
            return None
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and part.name == name:
                return part
        for base in node.bases:
            found = self.method(ast.unparse(base).split(".")[-1], name)
            if found:
                return found
        return None

    def parameters(self, cls, name):
        method = self.method(cls, name)
        return {argument.arg for argument in method.args.args + method.args.kwonlyargs} - {"self", "cls"} if method else set()

    def accepted(self, cls, name):
        """What a class method like from_pretrained takes: what it pops from its keywords, and the parts of what it makes."""
        method = self.method(cls, name)
        popped = {
            call.args[0].value
            for call in ast.walk(method)
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("kwargs.pop", "kwargs.get")
            and isinstance(call.args[0], ast.Constant)
        } if method else set()
        return popped | self.parameters(cls, name) | self.parameters(cls, "__init__")

    def result_fields(self, cls):
        """What the object has that a pipeline's call returns."""
        returned = ast.unparse(self.method(cls, "__call__").returns).split(" | ")[0]
        node = self.definition(returned)
        return {part.target.id for part in node.body if isinstance(part, ast.AnnAssign)} if node else set()

    def example_modes(self):
        """The numbers of control modes in the union pipelines' own examples: {3} of a lineart, at the time of writing."""
        text = (self.root / "pipelines/controlnet/pipeline_controlnet_union_sd_xl.py").read_text(encoding="utf-8")
        detector = "Lineart" in text.split("def ")[0]
        return set(map(int, re.findall(r"control_mode=\[(\d+)\]", text))) if detector else set()

    def control_types(self):
        """How many types the union has unless its file says otherwise."""
        init = self.method("ControlNetUnionModel", "__init__")
        defaults = dict(zip([a.arg for a in init.args.args][-len(init.args.defaults):], init.args.defaults))
        return defaults["num_control_type"].value


def read(path, wheel, report):
    """What can be said of a script without running it. Returns the pipeline's class, or nothing if it cannot be run."""
    text, name = path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name}"
    report.check(not re.search(r"@@\w*@@", text), f"{name}: a placeholder is left: {re.findall(r'@@[A-Z]*@@', text)}")
    try:
        tree = ast.parse(text)
        compile(text, str(path), "exec")
    except SyntaxError as error:
        report.check(False, f"{name}: not Python: {error}")
        return None
    imported, of = {}, {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "diffusers":
            for alias in node.names:
                report.check(alias.name in wheel.exports(node.module), f"{name}: {node.module} has no {alias.name}")
                imported[alias.asname or alias.name] = alias.name
    for node in ast.walk(tree):  # pipe = X.from_pretrained(…), pipe.scheduler = Y.from_config(…)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
            maker = ast.unparse(node.value.func.value)
            if maker in imported:
                of[ast.unparse(node.targets[0])] = imported[maker]
    pipelines = {variable: cls for variable, cls in of.items() if cls.endswith("Pipeline")}
    if not report.check(len(pipelines) == 1, f"{name}: {len(pipelines)} pipelines are made, not one"):
        return None
    (variable, pipeline), = pipelines.items()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        keywords = {keyword.arg for keyword in node.keywords if keyword.arg}
        function = node.func
        if isinstance(function, ast.Name) and function.id == variable:
            unknown = keywords - wheel.parameters(pipeline, "__call__")
            report.check(not unknown, f"{name}: {pipeline} is called with {sorted(unknown)}, which it does not take")
            report.check(not node.args, f"{name}: {pipeline} is called with arguments that have no name")
        elif isinstance(function, ast.Attribute) and ast.unparse(function.value) in imported:
            cls = imported[ast.unparse(function.value)]
            if report.check(wheel.method(cls, function.attr), f"{name}: {cls} has no {function.attr}"):
                unknown = keywords - wheel.accepted(cls, function.attr)
                report.check(not unknown, f"{name}: {cls}.{function.attr} does not take {sorted(unknown)}")
        elif isinstance(function, ast.Attribute) and ast.unparse(function.value) == variable:
            report.check(wheel.method(pipeline, function.attr), f"{name}: {pipeline} has no {function.attr}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == variable:
            report.check(node.attr in wheel.result_fields(pipeline), f"{name}: what {pipeline} returns has no {node.attr}")
    return pipeline


class Recorder:
    """torch, diffusers and huggingface_hub in name only."""

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
    """Runs a copy of a script over its maps and checks what the pipeline was given."""
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
    made = (call["width"], call["height"])
    report.check(made == size, f"{name}: made at {made}, not {size}")
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
        used = maps[:1] if pipeline == "ZImageControlNetPipeline" else maps
        files = [folder / character["folder"] / f"{map}.png" for map in used]
        report.check(len(images) == len(files), f"{name}: {len(images)} maps are given, not {len(files)}")
    for image, file in zip(images, files):
        report.check(image.size == size, f"{name}: {file.name} is {image.width}x{image.height}, not {size[0]}x{size[1]}")
        report.check(image.mode == "RGB", f"{name}: {file.name} is given as {image.mode}, not RGB")
        report.check(image.tobytes() == Image.open(file).convert("RGB").tobytes(), f"{name}: {file.name} is not the character's")
    if pipeline not in ("WanVACEPipeline", "ZImageControlNetPipeline"):
        # One number for all maps is read differently by each pipeline; FLUX's drops all maps but the first.
        for key in ("controlnet_conditioning_scale", "control_guidance_end"):
            listed = isinstance(call.get(key), list) and len(call[key]) == len(images)
            report.check(listed, f"{name}: {key} is not a list with a value for each map")
            report.check(listed and all(0 < value <= 2 for value in call[key]), f"{name}: {key} {call.get(key)} is out of range")
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


def check_folder(folder, wheel, report):
    scripts = sorted(folder.glob("*.py"))
    report.check(scripts, f"{folder}: no script in it")
    for script in scripts:
        pipeline = read(script, wheel, report)
        if pipeline:
            run(script, pipeline, wheel, report)


def fill(template, folder, maps, size, clip=0):
    """A scene of two as posemap would write it, over maps of noise."""
    characters = [
        {"id": "ann", "prompt": "a room at dusk, a woman in \"red\"", "negative": "blurry", "folder": "maps/ann"},
        {"id": "robert", "prompt": "a room at dusk, a man", "negative": "", "folder": "maps/robert"},
    ]
    for index, character in enumerate(characters):
        for number, name in enumerate(maps):
            place = folder / character["folder"]
            files = [place / name / f"{frame:05}.png" for frame in range(clip)] or [place / f"{name}.png"]
            for frame, file in enumerate(files):
                file.parent.mkdir(parents=True, exist_ok=True)
                picture = Image.new("RGB" if name != "depth" else "L", size)
                picture.putpixel((index, number + frame), 255 if name == "depth" else (255, 9, 99))
                picture.save(file)
    tokens = {
        "SCENE": repr("dusk"), "CHARACTERS": repr(characters), "SEED": "1234", "WIDTH": str(size[0]), "HEIGHT": str(size[1]),
        "MAPS": repr(maps), "PROMPT": repr("a room at dusk"),
    }
    text = template.read_text(encoding="utf-8")
    for token, value in tokens.items():
        text = text.replace(f"@@{token}@@", value)
    (folder / "generate.py").write_text(text, encoding="utf-8")
    return folder


# For each breakage: of which templates (all if none), what stands there and what is put in its place.
BREAKAGES = [
    ("a class that is not there", (), "from_pretrained(\n    MODEL", "from_pretrain(\n    MODEL"),
    ("an import that is not there", (), "ControlNetPipeline", "ControlPipelineNet"),
    ("an import that is not there", ("sdxl-xinsir",), "ControlNetUnionModel", "ControlNetUnionXLModel"),
    ("an import that is not there", ("wan-vace",), "import export_to_video", "import export_video"),
    ("a keyword that is not there", (), "        prompt=character", "        text=character"),
    ("a keyword that is not there", (), "torch_dtype=", "torch_type="),
    ("a keyword that is not there", ("wan-vace",), "flow_shift=", "shift="),
    ("a method that is not there", (), "enable_model_cpu_offload", "enable_cpu_offload_of_models"),
    ("a result that is not there", (), ").images[0]", ").pictures[0]"),
    ("a result that is not there", ("wan-vace",), ").frames[0]", ").images[0]"),
    ("a placeholder left", (), "SEED = 1234", "SEED = 1234  # @@SEED@@"),
    ("not Python", (), "SEED = 1234", "SEED = "),
    ("another seed for each", (), "manual_seed(SEED)", "manual_seed(SEED + len(character['id']))"),
    ("one generator for all", (), "torch.Generator(\"cpu\").manual_seed(SEED)", "GENERATOR"),
    ("another size", (), "width=WIDTH", "width=HEIGHT"),
    ("one character's maps for all", (), "character[\"folder\"]", "CHARACTERS[0][\"folder\"]"),
    ("one character's prompt for all", (), "prompt=character[\"prompt\"]", "prompt=CHARACTERS[0][\"prompt\"]"),
    ("grey maps", (), ".convert(\"RGB\")", ".convert(\"L\")"),
    ("no picture saved", (), ".save(HERE / f\"{character['id']}.png\")", ".copy()"),
    ("a wrong mode", ("sdxl-xinsir",), "\"depth\": 1, ", "\"depth\": 2, "),
    ("modes in another order", ("sdxl-xinsir",), "[MODES[name] for name in MAPS]", "[MODES[name] for name in MAPS[::-1]]"),
    ("a wrong mode", ("flux-union",), "\"depth\": None", "\"depth\": 1"),
    ("one strength for all maps", ("flux-union",), "[CONTROLS[name][0] * SHARE for name in MAPS]", "0.7"),
    ("one end for all maps", ("flux-union", "qwen", "sd15"), "[CONTROLS[name][1] for name in MAPS]", "0.8"),
    ("a map left out", ("sd15", "sdxl-xinsir", "flux-union", "qwen"), "in MAPS]\n    pic", "in MAPS[1:]]\n    pic"),
    ("frames that are not 4n + 1", ("wan-vace",), "// 4 * 4 + 1", "+ 1"),
    ("frames out of order", ("wan-vace",), "glob(\"*.png\"))", "glob(\"*.png\"))[::-1]"),
    ("black masks", ("wan-vace",), "(WIDTH, HEIGHT), 255)", "(WIDTH, HEIGHT), 0)"),
]


def self_test(wheel, report):
    """Every template passes as it is, filled in for several scenes, and fails once it is broken."""
    scenes = [
        ("sd15", ["openpose", "depth", "normal", "canny"], (512, 768), 0),
        ("sd15", ["openpose"], (512, 768), 0),
        ("sdxl-xinsir", ["openpose", "depth", "canny"], (832, 1216), 0),
        ("sdxl-xinsir", ["normal", "segmentation", "softedge", "lineart"], (832, 1216), 0),
        ("flux-union", ["openpose", "depth"], (832, 1216), 0),
        ("flux-union", ["canny"], (832, 1216), 0),
        ("qwen", ["openpose", "depth", "canny"], (928, 1664), 0),
        ("z-image", ["openpose", "depth"], (832, 1216), 0),
        ("wan-vace", ["openpose"], (480, 832), 0),
        ("wan-vace", ["openpose"], (480, 832), 11),
    ]
    report.check({path.stem for path in TEMPLATES.glob("*.py")} == {scene[0] for scene in scenes}, "a template that is not tested")
    with tempfile.TemporaryDirectory() as temporary:
        filled = {}
        for index, (profile, maps, size, clip) in enumerate(scenes):
            folder = Path(temporary) / f"{index}-{profile}"
            folder.mkdir()
            filled[profile] = fill(TEMPLATES / f"{profile}.py", folder, maps, size, clip)
            check_folder(folder, wheel, report)
            if index and scenes[index - 1][0] == profile and profile != "wan-vace":
                filled[profile] = Path(temporary) / f"{index - 1}-{profile}"
        for what, profiles, old, new in BREAKAGES:
            broken = 0
            for profile, folder in filled.items():
                script = folder / "generate.py"
                text = script.read_text(encoding="utf-8")
                if (profiles and profile not in profiles) or old not in text:
                    continue
                broken += 1
                changed = text.replace(old, new)
                if new == "GENERATOR":
                    made = "\nGENERATOR = torch.Generator().manual_seed(SEED)"
                    changed = changed.replace("\nfor character in", made + "\nfor character in")
                script.write_text(changed, encoding="utf-8")
                found = Report(quiet=True)
                check_folder(folder, wheel, found)
                report.check(found.failures, f"{profile}: {what} is not found")
                script.write_text(text, encoding="utf-8")
            report.check(broken >= max(1, len(profiles)), f"{what}: nothing to break; the self-test is out of date")
        for profile, folder in filled.items():  # maps of another size, and one missing
            file = next((folder / "maps/robert").rglob("*.png"))
            kept = file.read_bytes()
            smaller = Image.new("RGB", (64, 64))
            for what, spoil in (("a smaller map", lambda: smaller.save(file)), ("a missing map", file.unlink)):
                if what == "a missing map" and file.parent.name != "robert":
                    continue  # a clip is then only shorter
                spoil()
                found = Report(quiet=True)
                check_folder(folder, wheel, found)
                used = not (profile == "z-image" and file.stem != "openpose")
                report.check(found.failures or not used, f"{profile}: {what} is not found")
                file.write_bytes(kept)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheel", type=Path, required=True, help="diffusers' wheel, unzipped")
    parser.add_argument("--self-test", action="store_true", help="fill in the templates, then break them")
    parser.add_argument("scripts", type=Path, nargs="*", help="folders as posemap writes them")
    arguments = parser.parse_args()
    if not arguments.scripts and not arguments.self_test:
        parser.error("give folders, or --self-test")
    wheel, report = Wheel(arguments.wheel), Report()
    for folder in arguments.scripts:
        check_folder(folder, wheel, report)
    if arguments.self_test:
        self_test(wheel, report)
    print(f"{report.passed} passed, {len(report.failures)} failed")
    sys.exit(1 if report.failures else 0)


if __name__ == "__main__":
    main()
