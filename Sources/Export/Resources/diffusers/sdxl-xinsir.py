# posemap: takes openpose depth canny normal lineart softedge segmentation; uses openpose depth canny
"""SDXL with xinsir's union ControlNet, from posemap's maps: `python generate.py`.

pip install diffusers transformers accelerate torch pillow
"""
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
# The union's number for each map. One network reads them all; it was trained to weigh them at strength 1.
MODES = {"openpose": 0, "depth": 1, "softedge": 2, "canny": 3, "lineart": 3, "normal": 4, "segmentation": 5}
# Lower than 1 where a map binds too much: STRENGTH["canny"] = 0.7 after this line.
STRENGTH = {name: 1.0 for name in MODES}
END = 1.0  # the share of the steps after which the maps let go; 0.8 leaves hair and cloth freer
STEPS = 30
GUIDANCE = 5.0

SCENE = @@SCENE@@
CHARACTERS = @@CHARACTERS@@
MAPS = @@MAPS@@  # more maps cost hardly more time here
SEED = @@SEED@@
WIDTH, HEIGHT = @@WIDTH@@, @@HEIGHT@@

HERE = Path(__file__).resolve().parent
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
    maps = [Image.open(HERE / character["folder"] / f"{name}.png").convert("RGB") for name in MAPS]
    picture = pipe(
        prompt=character["prompt"],
        negative_prompt=character["negative"],
        control_image=maps,
        control_mode=[MODES[name] for name in MAPS],
        controlnet_conditioning_scale=[STRENGTH[name] for name in MAPS],
        control_guidance_end=[END] * len(MAPS),
        width=WIDTH,
        height=HEIGHT,
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        # The same seed for everyone, so that background and light agree; on the CPU, so that every machine agrees.
        generator=torch.Generator("cpu").manual_seed(SEED),
    ).images[0]
    picture.save(HERE / f"{character['id']}.png")
    print(f"{SCENE}: {character['id']}.png")
