# posemap: takes openpose depth canny softedge; uses openpose depth
"""FLUX.1 [dev] with Shakker's union ControlNet, from posemap's maps: `python generate.py`.

pip install diffusers transformers accelerate sentencepiece protobuf torch pillow
Accept the license of FLUX.1 [dev] on Hugging Face, then run `hf auth login`.
"""
import json
from pathlib import Path

import torch
from diffusers import FluxControlNetModel, FluxControlNetPipeline, FluxMultiControlNetModel
from PIL import Image

MODEL = "black-forest-labs/FLUX.1-dev"
CONTROLNET = "Shakker-Labs/FLUX.1-dev-ControlNet-Union-Pro-2.0"
# Union Pro 2.0 sees by itself which map it is given: None. The first unions want a number for each map
# (InstantX/FLUX.1-dev-Controlnet-Union, Shakker-Labs/FLUX.1-dev-ControlNet-Union-Pro): with one of them use
# MODES = {"openpose": 4, "depth": 2, "canny": 0}
MODES = {"openpose": None, "depth": None, "canny": None, "softedge": None}
# For each map: the strength, and the share of the steps after which it lets go. These are the values published for one map
# alone in Union Pro 2.0; several add up, so they are divided among the maps below. The first unions want 0.3 to 0.8.
CONTROLS = {"openpose": (0.9, 0.65), "depth": (0.8, 0.8), "canny": (0.7, 0.8), "softedge": (0.7, 0.8)}
STEPS = 28
GUIDANCE = 3.5

HERE = Path(__file__).resolve().parent
# What the scene says: posemap writes this file anew each time, and this script only as long as it is as posemap wrote it.
scene = json.loads((HERE / "generate.json").read_text(encoding="utf-8"))
if scene["models"] != "flux-union":
    raise SystemExit(f"generate.json is for {scene['models']}: delete this script and let posemap write that of these models.")
SCENE, CHARACTERS, SEED = scene["scene"], scene["characters"], scene["seed"]
MAPS = scene["maps"]  # one or two; every map is another pass through the ControlNet
WIDTH, HEIGHT = scene["width"], scene["height"]

unknown = [name for name in MAPS if name not in MODES]
if unknown:
    raise SystemExit(f"The union does not take {', '.join(unknown)}: take it out of MAPS.")
SHARES = {1: 1.0, 2: 0.65}  # of the strengths above, by the number of maps; half for more

# One network in a list of one: it is then run once for each map. It has to be wrapped even for a single map.
controlnet = FluxMultiControlNetModel([FluxControlNetModel.from_pretrained(CONTROLNET, torch_dtype=torch.bfloat16)])
pipe = FluxControlNetPipeline.from_pretrained(MODEL, controlnet=controlnet, torch_dtype=torch.bfloat16)
pipe.enable_model_cpu_offload()  # if memory still runs out: pipe.enable_sequential_cpu_offload(), much slower

for character in CHARACTERS:
    names = [name for name in MAPS if name not in character["blank"]]  # the others show nothing of this character
    if not names:
        print(f"{SCENE}: no map shows {character['id']}: no picture")
        continue
    maps = [Image.open(HERE / character["folder"] / f"{name}.png").convert("RGB") for name in names]
    picture = pipe(
        prompt=character["prompt"],
        # FLUX.1 [dev] knows no negative prompt; with true_cfg_scale=2.0 and negative_prompt=character["negative"] it does, at
        # twice the time.
        control_image=maps,
        control_mode=[MODES[name] for name in names],
        # Lists, one value a map: of single numbers diffusers would use the first map only.
        controlnet_conditioning_scale=[CONTROLS[name][0] * SHARES.get(len(names), 0.5) for name in names],
        control_guidance_start=[0.0] * len(names),
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
