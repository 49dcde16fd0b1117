"""Check payloads for `POST /sdapi/v1/txt2img` against what A1111, sd-webui-controlnet and Forge read.

usage: a1111_check.py [--self-test] [--resources] [FOLDER ...]

Checks each JSON file of the folders: that it has no field that one of the programs does not know, that every value has its type
and range, and that every image is a PNG of the payload's size which both decode to the same pixels. `--resources` checks
posemap's own data files; `--self-test` breaks a good payload in many ways and wants each breakage found.

The models follow AUTOMATIC1111/stable-diffusion-webui modules/processing.py and modules/api/models.py, Mikubill/sd-webui-controlnet
internal_controlnet/args.py and scripts/enums.py, and lllyasviel/stable-diffusion-webui-forge
extensions-builtin/sd_forge_controlnet/lib_controlnet/external_code.py.
"""
import argparse
import base64
import binascii
import copy
import io
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal, Optional

from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from report import Report

RESOURCES = Path(__file__).resolve().parents[2] / "Sources/Export/Resources/a1111"
Share = Annotated[float, Field(ge=0, le=1)]
Side = Annotated[int, Field(ge=64, le=4096, multiple_of=8)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Unit(Strict):
    """One ControlNet unit: the fields that sd-webui-controlnet and Forge share, and those that the other one ignores.

    Their enums have to be strings: sd-webui-controlnet accepts no numbers for them, and Forge compares with the
    strings. `module` is left out: "no preprocessor" is "none" for one and "None" for the other, and the default of
    both.
    """

    enabled: Literal[True]  # sd-webui-controlnet's default is False
    model: Annotated[str, Field(pattern=r"^\S.* \[[0-9a-f]{8}\]$")]  # Forge wants the whole name, with the hash
    image: str
    weight: Annotated[float, Field(ge=0, le=2)] = 1.0
    resize_mode: Literal["Just Resize", "Crop and Resize", "Resize and Fill"] = "Crop and Resize"
    control_mode: Literal["Balanced", "My prompt is more important", "ControlNet is more important"] = "Balanced"
    guidance_start: Share = 0.0
    guidance_end: Share = 1.0
    pixel_perfect: bool = False
    hr_option: Literal["Both", "Low res only", "High res only"] = "Both"
    save_detected_map: bool = True
    mask_image: Optional[str] = None  # Forge's name, which sd-webui-controlnet takes for its `mask` too
    # sd-webui-controlnet since July 2024, of union models; Forge skips it. Tile and Inpaint are ProMax's.
    union_control_type: Optional[
        Literal["OpenPose", "Depth", "Soft Edge", "Hard Edge", "Normal Map", "Segmentation", "Tile", "Inpaint"]] = None

    @model_validator(mode="after")
    def ordered(self):
        if self.guidance_start > self.guidance_end:
            raise ValueError("guidance_start is after guidance_end")
        if "union" in self.model.lower() or "promax" in self.model.lower():
            if self.union_control_type is None:
                raise ValueError("a union model without union_control_type")
        elif self.union_control_type is not None:
            raise ValueError("union_control_type of a model that is no union")
        return self


class UnitData(Unit):
    """A unit in posemap's data files: without its image."""

    image: None = None


class ControlNetScript(Strict):
    args: Annotated[list[Unit], Field(min_length=1, max_length=10)]


class ADetailerUnit(Strict):
    """One tab of ADetailer: Bing-su/adetailer adetailer/args.py, which forbids other fields too; those that all versions have."""

    ad_model: str
    ad_prompt: str = ""
    ad_negative_prompt: str = ""
    ad_confidence: Share = 0.3
    ad_mask_min_ratio: Share = 0.0
    ad_mask_max_ratio: Share = 1.0
    ad_dilate_erode: int = 4
    ad_mask_blur: Annotated[int, Field(ge=0)] = 4
    ad_denoising_strength: Share = 0.4
    ad_inpaint_only_masked: bool = True
    ad_inpaint_only_masked_padding: Annotated[int, Field(ge=0)] = 32
    ad_use_steps: bool = False
    ad_steps: Annotated[int, Field(ge=1)] = 28
    ad_use_cfg_scale: bool = False
    ad_cfg_scale: Annotated[float, Field(ge=0)] = 7.0


class ADetailerScript(Strict):
    args: list[bool | ADetailerUnit]


class Scripts(Strict):
    """Looked up by their titles in lowercase, so that "ControlNet" would be found too; posemap writes lowercase."""

    controlnet: ControlNetScript
    adetailer: Optional[ADetailerScript] = None


class Settings(Strict):
    sd_model_checkpoint: Optional[str] = None
    sd_vae: Optional[str] = None
    CLIP_stop_at_last_layers: Optional[Annotated[int, Field(ge=1, le=12)]] = None


class PayloadData(Strict):
    """The fields of txt2img in posemap's data files."""

    steps: Annotated[int, Field(ge=1, le=150)]
    cfg_scale: Annotated[float, Field(ge=1, le=30)]
    sampler_name: Annotated[str, Field(min_length=1)]
    scheduler: Optional[str] = None  # since 1.9; before it stood in the sampler's name
    batch_size: Annotated[int, Field(ge=1)] = 1
    n_iter: Annotated[int, Field(ge=1)] = 1
    styles: Optional[list[str]] = None
    subseed: int = -1
    subseed_strength: Share = 0
    restore_faces: Optional[bool] = None
    tiling: Optional[bool] = None
    do_not_save_samples: bool = False
    do_not_save_grid: bool = False
    eta: Optional[float] = None
    override_settings: Settings = Settings()
    override_settings_restore_afterwards: bool = True
    refiner_checkpoint: Optional[str] = None
    refiner_switch_at: Optional[Share] = None
    enable_hr: bool = False
    denoising_strength: Optional[Share] = None
    hr_scale: Annotated[float, Field(ge=1, le=4)] = 2.0
    hr_upscaler: Optional[str] = None
    hr_second_pass_steps: Annotated[int, Field(ge=0)] = 0
    hr_resize_x: Annotated[int, Field(ge=0)] = 0
    hr_resize_y: Annotated[int, Field(ge=0)] = 0
    hr_checkpoint_name: Optional[str] = None
    hr_sampler_name: Optional[str] = None
    hr_scheduler: Optional[str] = None
    hr_prompt: str = ""
    hr_negative_prompt: str = ""
    script_name: Optional[str] = None
    script_args: list[Any] = []
    send_images: bool = True
    save_images: bool = False


class Payload(PayloadData):
    prompt: Annotated[str, Field(min_length=1)]
    negative_prompt: str
    seed: Annotated[int, Field(ge=-1, lt=2**32)]
    width: Side
    height: Side
    alwayson_scripts: Scripts


class Data(Strict):
    summary: Annotated[str, Field(min_length=1)]
    # The maps that are sent by default.
    use: Annotated[list[str], Field(min_length=1, max_length=3)]
    payload: PayloadData
    units: Annotated[dict[str, UnitData], Field(min_length=1)]


def validated(model, path, report):
    """Return a file as a model; its faults are added to the report."""
    try:
        value = model.model_validate_json(path.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as error:
        faults = error.errors() if isinstance(error, ValidationError) else [{"loc": (), "msg": str(error)}]
        for fault in faults:
            report.check(False, f"{path.name}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}")
        return None
    report.check(True, "")
    return value


def check_image(text, size, name, report):
    """Raw base64 of an 8-bit PNG. Other kinds are decoded differently: palettes to indices, 16 bits truncated, alpha
    rejected."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        report.check(False, f"{name}: not base64 without a prefix: {error}")
        return
    if not report.check(data[:8] == b"\x89PNG\r\n\x1a\n", f"{name}: not a PNG"):
        return
    try:
        image = Image.open(io.BytesIO(data))
        image.load()
    except Exception as error:
        report.check(False, f"{name}: cannot be decoded: {error}")
        return
    report.check(image.size == size, f"{name}: {image.width}x{image.height}, not {size[0]}x{size[1]}")
    report.check(image.mode in ("RGB", "L"), f"{name}: {image.mode}; both programs read 8-bit RGB or gray alike, and only those")


def check_payload(path, report):
    payload = validated(Payload, path, report)
    if payload is None:
        return
    size = (payload.width, payload.height)
    units = payload.alwayson_scripts.controlnet.args
    for index, unit in enumerate(units):
        check_image(unit.image, size, f"{path.name}: unit {index}", report)
        if unit.mask_image is not None:
            check_image(unit.mask_image, size, f"{path.name}: unit {index}'s mask", report)
    images = [unit.image for unit in units]
    report.check(len(set(images)) == len(images), f"{path.name}: two units have the same image")
    if len(units) > 3:
        print(f"{path.name}: {len(units)} units; both programs have 3 unless set otherwise, and ignore the rest silently")
    report.check(payload.batch_size == 1 or payload.n_iter == 1, f"{path.name}: batches in both ways")


def check_folder(folder, report):
    files = sorted(folder.rglob("*.json"))
    payloads = [path for path in files if not re.fullmatch(r"(manifest|openpose|keypoints)\.json", path.name)]
    report.check(payloads, f"{folder}: no payload in it")
    for path in payloads:
        check_payload(path, report)
    seeds = {json.loads(path.read_text())["seed"] for path in payloads if not report.failures}
    report.check(len(seeds) <= 1, f"{folder}: seeds {sorted(seeds)}; background and light agree with one seed only")


def check_resources(report):
    for path in sorted(RESOURCES.glob("*.json")):
        data = validated(Data, path, report)
        if data:
            unfinished = [name for name, unit in data.units.items() if not unit.model_fields_set >= {"weight", "guidance_end"}]
            report.check(not unfinished, f"{path.name}: {unfinished} without weight or end")


def example(data, names, size=(64, 128)):
    """Return a payload as posemap makes it from a data file."""
    def encoded(index):
        picture = Image.new("RGB", size, (index, 0, 0))
        buffer = io.BytesIO()
        picture.save(buffer, "PNG")
        return base64.b64encode(buffer.getvalue()).decode()

    units = [data["units"][name] | {"image": encoded(index)} for index, name in enumerate(names)]
    return data["payload"] | {
        "prompt": "a room at dusk", "negative_prompt": "", "seed": 1234, "width": size[0], "height": size[1],
        "alwayson_scripts": {"controlnet": {"args": units}},
    }


def png(mode, size):
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def breakages(payload):
    """Yield a name for each breakage, and the payload broken in that way."""
    def broken(name, change):
        changed = copy.deepcopy(payload)
        change(changed, changed["alwayson_scripts"]["controlnet"]["args"][0])
        return name, changed

    return [
        broken("a field that A1111 does not know", lambda p, u: p.update(negativ_prompt="")),
        broken("a field that the unit does not have", lambda p, u: u.update(input_image="")),
        broken("a preprocessor", lambda p, u: u.update(module="none")),
        broken("no seed", lambda p, u: p.pop("seed")),
        broken("a seed in words", lambda p, u: p.update(seed="1234")),
        broken("a size that is no multiple of 8", lambda p, u: p.update(width=65)),
        broken("another size than the images'", lambda p, u: p.update(width=128)),
        broken("a weight of 3", lambda p, u: u.update(weight=3.0)),
        broken("an end before the start", lambda p, u: u.update(guidance_start=0.9, guidance_end=0.5)),
        broken("a number for the control mode", lambda p, u: u.update(control_mode=0)),
        broken("a number for the resize mode", lambda p, u: u.update(resize_mode=1)),
        broken("a unit that is off", lambda p, u: u.pop("enabled")),
        broken("a model without its hash", lambda p, u: u.update(model=u["model"].split(" [")[0])),
        broken("no image", lambda p, u: u.pop("image")),
        broken("an image with a prefix", lambda p, u: u.update(image="data:image/png;base64," + u["image"])),
        broken("an image cut short", lambda p, u: u.update(image=u["image"][:80])),
        broken("an image of another size", lambda p, u: u.update(image=png("RGB", (32, 32)))),
        broken("an image with alpha", lambda p, u: u.update(image=png("RGBA", (64, 128)))),
        broken("an image of 16 bits", lambda p, u: u.update(image=png("I;16", (64, 128)))),
        broken("an image with a palette", lambda p, u: u.update(image=png("P", (64, 128)))),
        broken("not a PNG", lambda p, u: u.update(image=base64.b64encode(b"GIF89a").decode())),
        broken("a union type that is none", lambda p, u: u.update(union_control_type="Canny")),
        broken("no ControlNet", lambda p, u: p["alwayson_scripts"].pop("controlnet")),
        broken("no units", lambda p, u: p["alwayson_scripts"]["controlnet"].update(args=[])),
        broken("one image twice", lambda p, u: u.update(image=p["alwayson_scripts"]["controlnet"]["args"][1]["image"])),
        broken("an empty prompt", lambda p, u: p.update(prompt="")),
        broken("no steps", lambda p, u: p.update(steps=0)),
    ]


def self_test(report):
    check_resources(report)
    with tempfile.TemporaryDirectory() as temporary:
        for path in sorted(RESOURCES.glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            folder = Path(temporary) / path.stem
            folder.mkdir()
            file = folder / "ann.json"
            good = example(data, ["openpose", "depth", "canny"])
            file.write_text(json.dumps(good))
            check_folder(folder, report)
            detailed = copy.deepcopy(good)
            detailed["alwayson_scripts"]["adetailer"] = {"args": [True, False, {"ad_model": "face_yolov8n.pt"}]}
            file.write_text(json.dumps(detailed))
            check_folder(folder, report)
            cases = breakages(good)
            cases.append(("a union type missing or too many", broken_union(good)))
            for name, payload in cases:
                file.write_text(json.dumps(payload))
                found = Report(quiet=True)
                check_folder(folder, found)
                report.check(found.failures, f"{path.stem}: {name} is not found")
            file.write_text("{")
            found = Report(quiet=True)
            check_folder(folder, found)
            report.check(found.failures, f"{path.stem}: a file that is no JSON is not found")
            file.write_text(json.dumps(good))
            (folder / "robert.json").write_text(json.dumps(good | {"seed": 5}))
            found = Report(quiet=True)
            check_folder(folder, found)
            report.check(found.failures, f"{path.stem}: another seed for each is not found")


def broken_union(payload):
    changed = copy.deepcopy(payload)
    unit = changed["alwayson_scripts"]["controlnet"]["args"][0]
    if unit.pop("union_control_type", None) is None:
        unit["union_control_type"] = "OpenPose"
    return changed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--self-test", action="store_true", help="break a good payload")
    parser.add_argument("--resources", action="store_true", help="check posemap's data files")
    parser.add_argument("folders", type=Path, nargs="*", help="folders of payloads")
    arguments = parser.parse_args()
    if not (arguments.folders or arguments.self_test or arguments.resources):
        parser.error("give folders, --resources or --self-test")
    report = Report()
    if arguments.resources:
        check_resources(report)
    for folder in arguments.folders:
        check_folder(folder, report)
    if arguments.self_test:
        self_test(report)
    print(f"{report.passed} passed, {len(report.failures)} failed")
    sys.exit(1 if report.failures else 0)


if __name__ == "__main__":
    main()
