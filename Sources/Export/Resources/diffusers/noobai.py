# posemap: takes openpose depth normal canny lineart softedge; uses openpose depth; reads 77 tokens
"""NoobAI or Illustrious with networks of their own, from posemap's maps: `python generate.py`.

pip install diffusers transformers accelerate torch pillow
"""
import json
from pathlib import Path

import torch
from diffusers import ControlNetModel, EulerAncestralDiscreteScheduler, StableDiffusionXLControlNetPipeline
from huggingface_hub import hf_hub_download
from PIL import Image

# Any checkpoint of the family in diffusers' layout, without v-prediction; a single file: StableDiffusionXLControlNetPipeline.from_single_file.
MODEL = "Laxhar/noobai-XL-1.1"
# For each map: its ControlNet, the strength (0 to 2), and the share of the steps after which it lets go. Nobody published
# numbers for several at once; these are SDXL's: lower and earlier where a map binds hair and cloth too much.
CONTROLS = {
    "openpose": ("Laxhar/noob_openpose", 0.8, 0.8),
    "depth": ("Eugeoter/noob-sdxl-controlnet-depth_midas-v1-1", 0.5, 0.6),
    "normal": ("Eugeoter/noob-sdxl-controlnet-normal", 0.5, 0.6),
    "canny": ("Eugeoter/noob-sdxl-controlnet-canny", 0.3, 0.4),
    "lineart": ("Eugeoter/noob-sdxl-controlnet-lineart_anime", 0.4, 0.5),
    "softedge": ("Eugeoter/noob-sdxl-controlnet-softedge_hed", 0.4, 0.5),
}
STEPS = 28
GUIDANCE = 5.0

HERE = Path(__file__).resolve().parent
# What the scene says: posemap writes this file anew each time, and this script only as long as it is as posemap wrote it.
scene = json.loads((HERE / "generate.json").read_text(encoding="utf-8"))
if scene["models"] != "noobai":
    raise SystemExit(f"generate.json is for {scene['models']}: delete this script and let posemap write that of these models.")
SCENE, CHARACTERS, SEED = scene["scene"], scene["characters"], scene["seed"]
MAPS = scene["maps"]  # each costs a ControlNet in memory and its time; openpose and depth are the first to keep
WIDTH, HEIGHT = scene["width"], scene["height"]

unknown = [name for name in MAPS if name not in CONTROLS]
if unknown:
    raise SystemExit(f"No ControlNet for {', '.join(unknown)}: take it out of MAPS or give it one in CONTROLS.")


def network(repository):
    """A ControlNet of the Hub: most are in diffusers' layout, Laxhar's is a single file."""
    if repository == "Laxhar/noob_openpose":
        file = hf_hub_download(repository, "openpose_pre.safetensors")
        return ControlNetModel.from_single_file(file, torch_dtype=torch.float16)
    return ControlNetModel.from_pretrained(repository, torch_dtype=torch.float16)


pipe = StableDiffusionXLControlNetPipeline.from_pretrained(
    MODEL,
    controlnet=[network(CONTROLS[name][0]) for name in MAPS],
    torch_dtype=torch.float16,
)
pipe.scheduler = EulerAncestralDiscreteScheduler.from_config(pipe.scheduler.config)
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
