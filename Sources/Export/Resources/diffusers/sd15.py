# posemap: takes openpose depth normal canny lineart softedge segmentation; uses openpose depth normal; reads 77 tokens
"""Stable Diffusion 1.5 with ControlNet 1.1, from posemap's maps: `python generate.py`.

pip install diffusers transformers accelerate torch pillow
"""
import json
from pathlib import Path

import torch
from diffusers import ControlNetModel, StableDiffusionControlNetPipeline, UniPCMultistepScheduler
from PIL import Image

# Any SD 1.5 checkpoint in diffusers' layout; a single file: StableDiffusionControlNetPipeline.from_single_file.
MODEL = "stable-diffusion-v1-5/stable-diffusion-v1-5"
# For each map: its ControlNet, the strength (0 to 2), and the share of the steps after which it lets go. Nobody published
# numbers for several at once; these are where to start: lower and earlier where a map binds hair and cloth too much.
CONTROLS = {
    "openpose": ("lllyasviel/control_v11p_sd15_openpose", 1.0, 1.0),
    "depth": ("lllyasviel/control_v11f1p_sd15_depth", 0.5, 0.7),
    "normal": ("lllyasviel/control_v11p_sd15_normalbae", 0.5, 0.7),
    "canny": ("lllyasviel/control_v11p_sd15_canny", 0.4, 0.5),
    "lineart": ("lllyasviel/control_v11p_sd15_lineart", 0.4, 0.5),
    "softedge": ("lllyasviel/control_v11p_sd15_softedge", 0.4, 0.5),
    "segmentation": ("lllyasviel/control_v11p_sd15_seg", 0.5, 0.7),
}
STEPS = 20
GUIDANCE = 7.0

HERE = Path(__file__).resolve().parent
# What the scene says: posemap writes this file anew each time, and this script only as long as it is as posemap wrote it.
scene = json.loads((HERE / "generate.json").read_text(encoding="utf-8"))
if scene["models"] != "sd15":
    raise SystemExit(f"generate.json is for {scene['models']}: delete this script and let posemap write that of these models.")
SCENE, CHARACTERS, SEED = scene["scene"], scene["characters"], scene["seed"]
MAPS = scene["maps"]  # each costs a ControlNet in memory and its time; openpose and depth are the first to keep
WIDTH, HEIGHT = scene["width"], scene["height"]

unknown = [name for name in MAPS if name not in CONTROLS]
if unknown:
    raise SystemExit(f"No ControlNet for {', '.join(unknown)}: take it out of MAPS or give it one in CONTROLS.")

pipe = StableDiffusionControlNetPipeline.from_pretrained(
    MODEL,
    controlnet=[ControlNetModel.from_pretrained(CONTROLS[name][0], torch_dtype=torch.float16) for name in MAPS],
    torch_dtype=torch.float16,
)
pipe.scheduler = UniPCMultistepScheduler.from_config(pipe.scheduler.config)
pipe.enable_model_cpu_offload()  # with memory to spare: pipe.to("cuda")

for character in CHARACTERS:
    maps = [Image.open(HERE / character["folder"] / f"{name}.png").convert("RGB") for name in MAPS]
    picture = pipe(
        prompt=character["prompt"],
        negative_prompt=character["negative"],
        image=maps,
        # A map that shows nothing of this character counts nothing.
        controlnet_conditioning_scale=[0.0 if name in character["blank"] else CONTROLS[name][1] for name in MAPS],
        control_guidance_end=[CONTROLS[name][2] for name in MAPS],
        width=WIDTH,
        height=HEIGHT,
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        # The same seed for everyone, so that background and light agree; on the CPU, so that every machine agrees.
        generator=torch.Generator("cpu").manual_seed(SEED),
    ).images[0]
    picture.save(HERE / f"{character['id']}.png")
    print(f"{SCENE}: {character['id']}.png")
