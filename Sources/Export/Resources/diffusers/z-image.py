# posemap: takes openpose depth canny softedge; uses openpose
"""Z-Image-Turbo with alibaba-pai's Fun union ControlNet, from posemap's maps: `python generate.py`.

pip install diffusers transformers accelerate torch pillow
"""
import json
from pathlib import Path

import torch
from diffusers import ZImageControlNetModel, ZImageControlNetPipeline
from huggingface_hub import hf_hub_download
from PIL import Image

MODEL = "Tongyi-MAI/Z-Image-Turbo"
CONTROLNET = "alibaba-pai/Z-Image-Turbo-Fun-Controlnet-Union"
CONTROLNET_FILE = "Z-Image-Turbo-Fun-Controlnet-Union.safetensors"
# Newer, trained for longer: alibaba-pai/Z-Image-Turbo-Fun-Controlnet-Union-2.1 and its
# Z-Image-Turbo-Fun-Controlnet-Union-2.1-2602-8steps.safetensors; its example uses strength 0.9.
# The union sees by itself which map it is given. Its card gives 0.65 to 0.80 as the best strengths.
STRENGTH = {"openpose": 0.75, "depth": 0.75, "canny": 0.75, "softedge": 0.75}
STEPS = 8
GUIDANCE = 0.0  # distilled: no guidance, hence no negative prompt

HERE = Path(__file__).resolve().parent
# What the scene says: posemap writes this file anew each time, and this script only as long as it is as posemap wrote it.
scene = json.loads((HERE / "generate.json").read_text(encoding="utf-8"))
if scene["models"] != "z-image":
    raise SystemExit(f"generate.json is for {scene['models']}: delete this script and let posemap write that of these models.")
SCENE, CHARACTERS, SEED = scene["scene"], scene["characters"], scene["seed"]
MAPS = scene["maps"]  # diffusers' pipeline takes one map at a time: the first that the union knows
WIDTH, HEIGHT = scene["width"], scene["height"]

known = [name for name in MAPS if name in STRENGTH]
if not known:
    raise SystemExit(f"The union takes one of {', '.join(STRENGTH)}: put one into MAPS.")

controlnet = ZImageControlNetModel.from_single_file(
    hf_hub_download(CONTROLNET, filename=CONTROLNET_FILE), torch_dtype=torch.bfloat16
)
pipe = ZImageControlNetPipeline.from_pretrained(MODEL, controlnet=controlnet, torch_dtype=torch.bfloat16)
pipe.enable_model_cpu_offload()  # with memory to spare: pipe.to("cuda")

for character in CHARACTERS:
    name = next((name for name in known if name not in character["blank"]), None)  # the first that shows this character
    if name is None:
        print(f"{SCENE}: no map shows {character['id']}: no picture")
        continue
    picture = pipe(
        prompt=character["prompt"],  # long and detailed: short prompts make this union unsteady, says its card
        control_image=Image.open(HERE / character["folder"] / f"{name}.png").convert("RGB"),
        controlnet_conditioning_scale=STRENGTH[name],
        width=WIDTH,
        height=HEIGHT,
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        # The same seed for everyone, so that background and light agree; on the CPU, so that every machine agrees.
        generator=torch.Generator("cpu").manual_seed(SEED),
    ).images[0]
    picture.save(HERE / f"{character['id']}.png")
    print(f"{SCENE}: {character['id']}.png from {name}")
