# posemap: takes openpose depth lineart; uses openpose
"""Wan 2.1 with VACE, from posemap's maps of a moment or a clip (`posemap render --frames`): `python generate.py`.

pip install diffusers transformers accelerate ftfy imageio imageio-ffmpeg torch pillow
"""
import json
from pathlib import Path

import torch
from diffusers import AutoencoderKLWan, UniPCMultistepScheduler, WanVACEPipeline
from diffusers.utils import export_to_video
from PIL import Image

MODEL = "Wan-AI/Wan2.1-VACE-1.3B-diffusers"  # for 720p and better pictures: Wan-AI/Wan2.1-VACE-14B-diffusers
STRENGTH = 1.0
STEPS = 30
GUIDANCE = 5.0
FPS = 16  # what Wan 2.1 was trained at; make the clip with that rate
LONGEST = 81  # frames at once, about 5 seconds; more takes more memory and drifts

HERE = Path(__file__).resolve().parent
# What the scene says: posemap writes this file anew each time, and this script only as long as it is as posemap wrote it.
scene = json.loads((HERE / "generate.json").read_text(encoding="utf-8"))
if scene["models"] != "wan-vace":
    raise SystemExit(f"generate.json is for {scene['models']}: delete this script and let posemap write that of these models.")
SCENE, CHARACTERS, SEED = scene["scene"], scene["characters"], scene["seed"]
# VACE takes one control video: the first of these that it knows. A lineart stands in for its scribble, which is dark on light:
# render it with --lineart dark-on-light.
MAPS = scene["maps"]
WIDTH, HEIGHT = scene["width"], scene["height"]

known = [name for name in MAPS if name in ("openpose", "depth", "lineart")]
if not known:
    raise SystemExit("VACE takes one of openpose, depth, lineart: put one into MAPS.")


def control_video(folder, name):
    """The map's frames in order (`openpose/00000.png` …), or the one picture `openpose.png`: 4n + 1 of them."""
    clip = sorted((folder / name).glob("*.png"))
    frames = [Image.open(path).convert("RGB") for path in clip or [folder / f"{name}.png"]][:LONGEST]
    return frames[: (len(frames) - 1) // 4 * 4 + 1]


vae = AutoencoderKLWan.from_pretrained(MODEL, subfolder="vae", torch_dtype=torch.float32)
pipe = WanVACEPipeline.from_pretrained(MODEL, vae=vae, torch_dtype=torch.bfloat16)
flow_shift = 5.0 if min(WIDTH, HEIGHT) >= 720 else 3.0
pipe.scheduler = UniPCMultistepScheduler.from_config(pipe.scheduler.config, flow_shift=flow_shift)
pipe.enable_model_cpu_offload()  # with memory to spare: pipe.to("cuda")

for character in CHARACTERS:
    # The first that shows this character in the still; a clip can show what the still does not.
    name = next((name for name in known if name not in character["blank"]), known[0])
    video = control_video(HERE / character["folder"], name)
    frames = pipe(
        prompt=character["prompt"],
        negative_prompt=character["negative"],
        video=video,
        # White: make it anew. Black keeps what the video shows there.
        mask=[Image.new("L", (WIDTH, HEIGHT), 255)] * len(video),
        # reference_images=[Image.open(HERE / "reference.png")],  # how the character looks
        conditioning_scale=STRENGTH,
        width=WIDTH,
        height=HEIGHT,
        num_frames=len(video),
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        output_type="pil",
        # The same seed for everyone, so that background and light agree; on the CPU, so that every machine agrees.
        generator=torch.Generator("cpu").manual_seed(SEED),
    ).frames[0]
    frames[0].save(HERE / f"{character['id']}.png")
    if len(frames) > 1:
        export_to_video(frames, str(HERE / f"{character['id']}.mp4"), fps=FPS)
    print(f"{SCENE}: {character['id']}.png from {name}, {len(frames)} frames")
