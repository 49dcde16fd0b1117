# posemap: takes openpose depth canny normal lineart softedge segmentation; uses openpose depth canny; reads 77 tokens
"""SDXL with xinsir's union ControlNet, from posemap's maps: `python generate.py`.

pip install diffusers transformers accelerate torch pillow
"""
import json
from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    ControlNetUnionModel,
    EulerAncestralDiscreteScheduler,
    StableDiffusionXLControlNetUnionPipeline,
)
from PIL import Image

MODEL = "stabilityai/stable-diffusion-xl-base-1.0"  # any SDXL checkpoint in diffusers' layout
VARIANT = "fp16"  # None if the checkpoint has no fp16 files
VAE = "madebyollin/sdxl-vae-fp16-fix"  # SDXL's own overflows in float16
CONTROLNET = "xinsir/controlnet-union-sdxl-1.0"  # ProMax: brad-twinkl/controlnet-union-sdxl-1.0-promax
# The union's number for each map.
MODES = {"openpose": 0, "depth": 1, "softedge": 2, "canny": 3, "lineart": 3, "normal": 4, "segmentation": 5}
# For each map: the strength, and the share of the steps after which it lets go. The union was trained at 1.0 to the end; these
# leave hair and cloth free, which a mannequin's maps do not have.
CONTROLS = {
    "openpose": (0.8, 0.8),
    "depth": (0.5, 0.6),
    "normal": (0.5, 0.6),
    "canny": (0.3, 0.4),
    "lineart": (0.4, 0.5),
    "softedge": (0.4, 0.5),
    "segmentation": (0.5, 0.6),
}
STEPS = 30
GUIDANCE = 5.0

HERE = Path(__file__).resolve().parent
# What the scene says: posemap writes this file anew each time, and this script only as long as it is as posemap wrote it.
scene = json.loads((HERE / "generate.json").read_text(encoding="utf-8"))
if scene["models"] != "sdxl-xinsir":
    raise SystemExit(f"generate.json is for {scene['models']}: delete this script and let posemap write that of these models.")
SCENE, CHARACTERS, SEED = scene["scene"], scene["characters"], scene["seed"]
MAPS = scene["maps"]  # more maps cost hardly more time here
WIDTH, HEIGHT = scene["width"], scene["height"]

unknown = [name for name in MAPS if name not in MODES]
if unknown:
    raise SystemExit(f"xinsir's union does not take {', '.join(unknown)}: take it out of MAPS.")

pipe = StableDiffusionXLControlNetUnionPipeline.from_pretrained(
    MODEL,
    controlnet=ControlNetUnionModel.from_pretrained(CONTROLNET, torch_dtype=torch.float16),
    vae=AutoencoderKL.from_pretrained(VAE, torch_dtype=torch.float16),
    torch_dtype=torch.float16,
    variant=VARIANT,
)
pipe.scheduler = EulerAncestralDiscreteScheduler.from_config(pipe.scheduler.config)
pipe.enable_model_cpu_offload()  # with memory to spare: pipe.to("cuda")

for character in CHARACTERS:
    names = [name for name in MAPS if name not in character["blank"]]  # the others show nothing of this character
    if not names:
        print(f"{SCENE}: no map shows {character['id']}: no picture")
        continue
    maps = [Image.open(HERE / character["folder"] / f"{name}.png").convert("RGB") for name in names]
    picture = pipe(
        prompt=character["prompt"],
        negative_prompt=character["negative"],
        control_image=maps,
        control_mode=[MODES[name] for name in names],
        controlnet_conditioning_scale=[CONTROLS[name][0] for name in names],
        control_guidance_end=[CONTROLS[name][1] for name in names],
        width=WIDTH,
        height=HEIGHT,
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        # The same seed for everyone, so that background and light agree; on the CPU, so that every machine agrees.
        generator=torch.Generator("cpu").manual_seed(SEED),
    ).images[0]
    picture.save(HERE / f"{character['id']}.png")
    print(f"{SCENE}: {character['id']}.png")
