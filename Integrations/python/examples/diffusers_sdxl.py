"""One character of a scene through SDXL with two ControlNets: skeleton and depth.

    pip install diffusers transformers accelerate torch
    python diffusers_sdxl.py Examples/window/scene.json female "a woman on a window sill, evening light" out.png
"""

import sys

import posemap

CHECKPOINT = "stabilityai/stable-diffusion-xl-base-1.0"
# Each ControlNet and its strength.
CONTROL_NETS = {
    "openpose": ("xinsir/controlnet-openpose-sdxl-1.0", 0.9),
    "depth": ("xinsir/controlnet-depth-sdxl-1.0", 0.5),
}


def controls(scene, character):
    """Return the control pictures as PIL images in RGB, in a size that SDXL was trained on, with xinsir's sticks."""
    maps = posemap.render(scene, as_="pil", only=character, maps=CONTROL_NETS, profile="sdxl-xinsir")[character]
    return [maps[name].convert("RGB") for name in CONTROL_NETS]


def main(scene, character, prompt, output):
    import torch
    from diffusers import ControlNetModel, StableDiffusionXLControlNetPipeline

    pictures = controls(scene, character)
    nets = [ControlNetModel.from_pretrained(name, torch_dtype=torch.float16) for name, _ in CONTROL_NETS.values()]
    pipeline = StableDiffusionXLControlNetPipeline.from_pretrained(
        CHECKPOINT, controlnet=nets, torch_dtype=torch.float16
    ).to("cuda")
    width, height = pictures[0].size
    pipeline(
        prompt,
        image=pictures,
        controlnet_conditioning_scale=[strength for _, strength in CONTROL_NETS.values()],
        width=width,
        height=height,
        generator=torch.Generator("cuda").manual_seed(0),
    ).images[0].save(output)


if __name__ == "__main__":
    main(*sys.argv[1:])
