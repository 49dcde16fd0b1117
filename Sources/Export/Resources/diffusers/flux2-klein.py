# posemap: takes openpose depth canny shaded; uses openpose
"""FLUX.2 Klein with a map as a picture, from posemap's maps: `python generate.py`.

pip install diffusers transformers accelerate torch pillow
"""
import json
from pathlib import Path

import torch
from diffusers import Flux2KleinPipeline
from PIL import Image

MODEL = "black-forest-labs/FLUX.2-klein-9B"
# The map goes in as a picture, and the prompt says what it is.
THINGS = {
    "openpose": "the skeleton",
    "depth": "the depth map",
    "canny": "the outlines",
    "shaded": "the mannequin",
}
STEPS = 4
GUIDANCE = 1.0  # distilled: no guidance, hence no negative prompt

HERE = Path(__file__).resolve().parent
# What the scene says: posemap writes this file anew each time, and this script only as long as it is as posemap wrote it.
scene = json.loads((HERE / "generate.json").read_text(encoding="utf-8"))
if scene["models"] != "flux2-klein":
    raise SystemExit(f"generate.json is for {scene['models']}: delete this script and let posemap write that of these models.")
SCENE, CHARACTERS, SEED = scene["scene"], scene["characters"], scene["seed"]
MAPS = scene["maps"]  # the first one is taken
WIDTH, HEIGHT = scene["width"], scene["height"]

unknown = [name for name in MAPS if name not in THINGS]
if unknown:
    raise SystemExit(f"These models are not told what {', '.join(unknown)} is: say it in THINGS.")

pipe = Flux2KleinPipeline.from_pretrained(MODEL, torch_dtype=torch.bfloat16)
pipe.enable_model_cpu_offload()  # if memory still runs out: pipe.enable_sequential_cpu_offload(), much slower

for character in CHARACTERS:
    name = next((name for name in MAPS if name not in character["blank"]), None)  # the first that shows this character
    if name is None:
        print(f"{SCENE}: no map shows {character['id']}: no picture")
        continue
    picture = Image.open(HERE / character["folder"] / f"{name}.png").convert("RGB")
    words = (
        "Make a picture of the following, with the figure exactly in the pose, the size and the position of "
        f"{THINGS[name]} in image 1. {character['prompt']}"
    )
    result = pipe(
        image=[picture],
        prompt=words,
        width=WIDTH,
        height=HEIGHT,
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        # The same seed for everyone, so that background and light agree; on the CPU, so that every machine agrees.
        generator=torch.Generator("cpu").manual_seed(SEED),
    ).images[0]
    result.save(HERE / f"{character['id']}.png")
    print(f"{SCENE}: {character['id']}.png")
