"""Check the diffusers scripts that posemap writes against diffusers itself.

usage: diffusers_check.py --wheel FOLDER [--self-test] [SCRIPTS ...]

FOLDER is diffusers' wheel, unzipped (requirements-diffusers.txt). SCRIPTS are folders as posemap writes them: a filled-in script
beside the maps it reads. Each script is read (names, keywords, numbers of control modes against the wheel's source) and then run,
with stand-ins for torch and diffusers that write down what they are called with. `--self-test` fills in the templates itself, over
made-up maps, then breaks them in many ways and wants each breakage found.
"""
import argparse
import ast
import json
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

from diffusers_run import run
from diffusers_source import Wheel
from report import Report

TEMPLATES = Path(__file__).resolve().parents[2] / "Sources/Export/Resources/diffusers"


def read(path, wheel, report):
    """Check a script without running it. Return the pipeline's class, or None if it cannot be run."""
    text, name = path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name}"
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


def check_folder(folder, wheel, report):
    scripts = sorted(folder.glob("*.py"))
    report.check(scripts, f"{folder}: no script in it")
    for script in scripts:
        pipeline = read(script, wheel, report)
        if pipeline:
            run(script, pipeline, wheel, report)


def fill(template, folder, maps, size, clip=0, blank=()):
    """Write a scene of two people as posemap would, over maps of noise; those in `blank` show nothing of the second."""
    characters = [
        {"id": "ann", "prompt": "a room at dusk, a woman in \"red\"", "negative": "blurry", "folder": "maps/ann", "blank": []},
        {"id": "robert", "prompt": "a room at dusk, a man", "negative": "", "folder": "maps/robert", "blank": list(blank)},
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
    scene = {
        "scene": "dusk", "models": template.stem, "seed": 1234, "width": size[0], "height": size[1], "maps": maps,
        "characters": characters,
    }
    (folder / "generate.json").write_text(json.dumps(scene), encoding="utf-8")
    shutil.copyfile(template, folder / "generate.py")
    return folder


# For each breakage: the templates (all if none are named), the text, and its replacement.
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
    ("not Python", (), "HERE = ", "HERE = = "),
    ("another seed for each", (), "manual_seed(SEED)", "manual_seed(SEED + len(character['id']))"),
    ("one generator for all", (), "torch.Generator(\"cpu\").manual_seed(SEED)", "GENERATOR"),
    ("another size", (), "width=WIDTH", "width=HEIGHT"),
    ("one character's maps for all", (), "character[\"folder\"]", "CHARACTERS[0][\"folder\"]"),
    ("one character's prompt for all", (), "prompt=character[\"prompt\"]", "prompt=CHARACTERS[0][\"prompt\"]"),
    ("gray maps", (), ".convert(\"RGB\")", ".convert(\"L\")"),
    ("no picture saved", (), ".save(HERE / f\"{character['id']}.png\")", ".copy()"),
    ("a wrong mode", ("sdxl-xinsir",), "\"depth\": 1, ", "\"depth\": 2, "),
    ("modes in another order", ("sdxl-xinsir",), "[MODES[name] for name in names]", "[MODES[name] for name in names[::-1]]"),
    ("a wrong mode", ("flux-union",), "\"depth\": None", "\"depth\": 1"),
    ("one strength for all maps", ("flux-union",), "[CONTROLS[name][0] * SHARES.get(len(names), 0.5) for name in names]", "0.7"),
    ("one end for all maps", ("flux-union", "qwen"), "[CONTROLS[name][1] for name in names]", "0.8"),
    ("one end for all maps", ("sd15", "noobai"), "[CONTROLS[name][2] for name in MAPS]", "0.8"),
    ("a blank map", ("sd15", "noobai"), "0.0 if name in character[\"blank\"] else ", ""),
    ("a blank map", ("sdxl-xinsir", "flux-union", "qwen", "z-image", "qwen-edit", "flux2-klein", "wan-vace"), " not in character[\"blank\"]", " not in []"),
    ("a map left out", ("sd15",), "in MAPS]\n    pic", "in MAPS[1:]]\n    pic"),
    ("a map left out", ("sdxl-xinsir", "flux-union", "qwen"), "in names]\n    pic", "in names[1:]]\n    pic"),
    ("the wrong thing", ("qwen-edit", "flux2-klein"), "{THINGS[name]}", "the picture"),
    ("one character's prompt for all", ("qwen-edit", "flux2-klein"), "{character['prompt']}\"", "{CHARACTERS[0]['prompt']}\""),
    ("frames that are not 4n + 1", ("wan-vace",), "// 4 * 4 + 1", "+ 1"),
    ("frames out of order", ("wan-vace",), "glob(\"*.png\"))", "glob(\"*.png\"))[::-1]"),
    ("black masks", ("wan-vace",), "(WIDTH, HEIGHT), 255)", "(WIDTH, HEIGHT), 0)"),
]


def self_test(wheel, report):
    """Check that every template passes, filled in for several scenes, and fails once it is broken."""
    scenes = [
        ("sd15", ["openpose", "depth", "normal", "canny"], (512, 768), 0),
        ("sd15", ["openpose"], (512, 768), 0),
        ("sdxl-xinsir", ["openpose", "depth", "canny"], (832, 1216), 0),
        ("sdxl-xinsir", ["normal", "segmentation", "softedge", "lineart"], (832, 1216), 0),
        ("flux-union", ["openpose", "depth"], (832, 1216), 0),
        ("flux-union", ["canny"], (832, 1216), 0),
        ("qwen", ["openpose", "depth", "canny"], (928, 1664), 0),
        ("z-image", ["openpose", "depth"], (832, 1216), 0),
        ("noobai", ["openpose", "depth"], (832, 1216), 0),
        ("qwen-edit", ["openpose"], (832, 1248), 0),
        ("qwen-edit", ["shaded", "depth"], (832, 1248), 0),
        ("flux2-klein", ["depth"], (832, 1216), 0),
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
        bare = {}
        for profile in sorted(filled):  # one of two maps shows nothing of the second
            folder = Path(temporary) / f"blank-{profile}"
            folder.mkdir()
            size = next(scene[2] for scene in scenes if scene[0] == profile)
            bare[profile] = fill(TEMPLATES / f"{profile}.py", folder, ["openpose", "depth"], size, blank=["openpose"])
            check_folder(folder, wheel, report)
        for what, profiles, old, new in BREAKAGES:
            broken = 0
            for profile, folder in (bare if what == "a blank map" else filled).items():
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
