"""Good workflows for the tests, and ways to break them."""

from __future__ import annotations

from typing import Any, Callable

from nodes import Input, Prompt, is_link, links_of, load_definitions, node_inputs

DEFINITIONS = load_definitions()
Edit = Callable[[dict[str, Any]], Any]


def node(kind: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs}


def good() -> Prompt:
    """SDXL, one map."""
    return {
        "1": node("CheckpointLoaderSimple", ckpt_name="sd_xl_base_1.0.safetensors"),
        "2": node("CLIPTextEncode", text="a knight", clip=["1", 1]),
        "3": node("CLIPTextEncode", text="", clip=["1", 1]),
        "4": node("LoadImage", image="pose.png"),
        "5": node("ControlNetLoader", control_net_name="promax.safetensors"),
        "6": node("SetUnionControlNetType", control_net=["5", 0], type="openpose"),
        "7": node(
            "ControlNetApplyAdvanced",
            positive=["2", 0],
            negative=["3", 0],
            control_net=["6", 0],
            image=["4", 0],
            strength=0.8,
            start_percent=0.0,
            end_percent=1,
        ),
        "8": node("EmptyLatentImage", width=128, height=192, batch_size=2),
        "9": node(
            "KSampler",
            model=["1", 0],
            seed=18446744073709551615,
            steps=3,
            cfg=7.0,
            sampler_name="euler",
            scheduler="normal",
            positive=["7", 0],
            negative=["7", 1],
            latent_image=["8", 0],
            denoise=1.0,
        ),
        "10": node("VAEDecode", samples=["9", 0], vae=["1", 2]),
        "11": node("SaveImage", images=["10", 0], filename_prefix="set/knight"),
    }


def dynamic() -> Prompt:
    """A workflow with dynamic inputs: autogrow, a dynamic combo, a switch."""
    return {
        "1": node("LoadImage", image="a.png"),
        "2": node("LoadImage", image="b.png"),
        "3": node(
            "BatchImagesNode", **{"images.image0": ["1", 0], "images.image1": ["2", 0], "images.image2": ["1", 0]}
        ),
        "4": node("ImpactSwitch", select=2, sel_mode=False, input1=["1", 0], input2=["3", 0]),
        "5": node("CreateVideo", images=["4", 0], fps=16.0, bit_depth=8, color_space="sRGB", codec="none"),
        "6": node(
            "SaveVideo",
            video=["5", 0],
            filename_prefix="video/a",
            format="auto",
            codec="auto",
            **{"format.codec": "auto"},
        ),
    }


def default_of(one: Input) -> Any:
    if "default" in one.options:
        return one.options["default"]
    return one.choices[0] if one.choices else {"BOOLEAN": False, "STRING": ""}.get(one.type, 0)


def put(node_id: str, name: str, value: Any) -> Edit:
    return lambda prompt: prompt[node_id]["inputs"].__setitem__(name, value)


def take(node_id: str, name: str) -> Edit:
    return lambda prompt: prompt[node_id]["inputs"].pop(name)


def with_edit(prompt: dict[str, Any], edit: Edit) -> dict[str, Any]:
    edit(prompt)
    return prompt


def to_editor(prompt: Prompt) -> dict[str, Any]:
    """Return the editor form of an API workflow, in the format of the official templates."""
    nodes: dict[int, dict[str, Any]] = {}
    links: list[list[Any]] = []
    for order, (node_id, one) in enumerate(prompt.items()):
        definition = DEFINITIONS[one["class_type"]]
        values: list[Any] = []
        inputs: list[dict[str, Any]] = []
        for name, declared in node_inputs(definition, one["inputs"]).items():
            value = one["inputs"].get(name)
            if declared.is_widget:
                values.append(default_of(declared) if value is None or is_link(value) else value)
                values += ["fixed"] if declared.has_control else []
            elif value is None:
                continue
            socket = {"name": name, "type": declared.type, "link": None}
            inputs.append(socket | ({"widget": {"name": name}} if declared.is_widget else {}))
        if one["class_type"].startswith("LoadImage"):
            values.append("image")
        outputs = [
            {"name": name, "type": kind, "slot_index": slot, "links": []}
            for slot, (name, kind) in enumerate(zip(definition["output_name"], definition["output"]))
        ]
        nodes[int(node_id)] = {
            "id": int(node_id),
            "type": one["class_type"],
            "pos": [0, 0],
            "size": [300, 100],
            "flags": {},
            "order": order,
            "mode": 0,
            "inputs": inputs,
            "outputs": outputs,
            "properties": {"Node name for S&R": one["class_type"]},
            "widgets_values": values,
        }
    for node_id, one in prompt.items():
        for name, source, slot in links_of(one):
            target_slot = [i["name"] for i in nodes[int(node_id)]["inputs"]].index(name)
            output = nodes[int(source)]["outputs"][slot]
            links.append([len(links) + 1, int(source), slot, int(node_id), target_slot, output["type"]])
            output["links"].append(len(links))
            nodes[int(node_id)]["inputs"][target_slot]["link"] = len(links)
    return {
        "last_node_id": max(nodes),
        "last_link_id": len(links),
        "nodes": list(nodes.values()),
        "links": links,
        "groups": [],
        "config": {},
        "extra": {},
        "version": 0.4,
    }
