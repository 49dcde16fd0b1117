# posemap: takes openpose depth canny softedge; uses openpose depth
"""Qwen-Image with InstantX's union ControlNet, from posemap's maps: `python generate.py`.

pip install diffusers transformers accelerate torch pillow
"""
import json
from pathlib import Path

import torch
from diffusers import QwenImageControlNetModel, QwenImageControlNetPipeline, QwenImageMultiControlNetModel
from PIL import Image

MODEL = "Qwen/Qwen-Image"
CONTROLNET = "InstantX/Qwen-Image-ControlNet-Union"
# The union sees by itself which map it is given. For each map: the strength alone, and the share of the steps after which
# it lets go. Several maps add up, so the strengths are divided among them: two get half each, as in diffusers' example.
CONTROLS = {"openpose": (1.0, 1.0), "depth": (1.0, 1.0), "canny": (1.0, 0.6), "softedge": (1.0, 0.6)}
STEPS = 30
GUIDANCE = 4.0  # true classifier-free guidance: two passes a step. 1.0 goes without the negative prompt

HERE = Path(__file__).resolve().parent
# What the scene says: posemap writes this file anew each time, and this script only as long as it is as posemap wrote it.
scene = json.loads((HERE / "generate.json").read_text(encoding="utf-8"))
if scene["models"] != "qwen":
    raise SystemExit(f"generate.json is for {scene['models']}: delete this script and let posemap write that of these models.")
SCENE, CHARACTERS, SEED = scene["scene"], scene["characters"], scene["seed"]
MAPS = scene["maps"]  # one or two; every map is another pass through the ControlNet
WIDTH, HEIGHT = scene["width"], scene["height"]

unknown = [name for name in MAPS if name not in CONTROLS]
if unknown:
    raise SystemExit(f"InstantX's union does not take {', '.join(unknown)}: take it out of MAPS.")

# One network in a list of one: it is then run once for each map.
controlnet = QwenImageMultiControlNetModel(
    [QwenImageControlNetModel.from_pretrained(CONTROLNET, torch_dtype=torch.bfloat16)]
)
pipe = QwenImageControlNetPipeline.from_pretrained(MODEL, controlnet=controlnet, torch_dtype=torch.bfloat16)
pipe.enable_model_cpu_offload()  # if memory still runs out: pipe.enable_sequential_cpu_offload(), much slower

for character in CHARACTERS:
    names = [name for name in MAPS if name not in character["blank"]]  # the others show nothing of this character
    if not names:
        print(f"{SCENE}: no map shows {character['id']}: no picture")
        continue
    maps = [Image.open(HERE / character["folder"] / f"{name}.png").convert("RGB") for name in names]
    picture = pipe(
        prompt=character["prompt"],
        negative_prompt=character["negative"] or " ",  # without any, there is no guidance at all
        control_image=maps,
        controlnet_conditioning_scale=[CONTROLS[name][0] / len(names) for name in names],
        control_guidance_end=[CONTROLS[name][1] for name in names],
        width=WIDTH,
        height=HEIGHT,
        num_inference_steps=STEPS,
        true_cfg_scale=GUIDANCE,
        # The same seed for everyone, so that background and light agree; on the CPU, so that every machine agrees.
        generator=torch.Generator("cpu").manual_seed(SEED),
    ).images[0]
    picture.save(HERE / f"{character['id']}.png")
    print(f"{SCENE}: {character['id']}.png")
