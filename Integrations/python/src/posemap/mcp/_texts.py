"""The instructions for agents, and the descriptions of the tools' parameters."""

from __future__ import annotations

INSTRUCTIONS = """\
posemap draws control maps (OpenPose, depth, normal, Canny, mask) of posed mannequins from text. A scene is a JSON file
with a canvas, one camera, characters and props. Meters, +Y up, characters face +Z, their own left is +X; angles in
degrees; yaw 90 turns a character to face +X.

Work in a loop: plan, write, check, look, change.
1. Plan in words: who is where, what each hand holds or touches, where each one looks, from where the camera sees it.
2. See what there is with library: start from a similar pose, not from joints. places lists what goals can name.
3. write_file a scene. State aims as goals ("reach", "seat", "look", "hold") and let posemap solve the angles.
4. Every write is checked. If something is wrong nothing is written, and the answer says file, line, column and what to do.
   Warnings matter, too: "out of reach" means the figure stands too far away.
5. sheet, and look at the picture: "shaded" shows it best. Compare it with the plan limb by limb.
6. set_values to change a few values; each answer says in words what the change did. Look again.
7. export when it is right.

The smallest scene: {"canvas": [832, 1216], "camera": {"frame": "all"}, "characters": [{"id": "ana", "body": "female",
"pose": "contrapposto"}]}. Read posemap://docs/agents first, posemap://docs/formats for all keys, and
posemap://schema/scene for their types.
"""

FILE = "A file in the root, for example scenes/window.scene.json"
SCENE = "The scene file, for example scenes/window.scene.json"
MAPS = (
    "Names of maps: openpose, depth, normal, canny, mask, visible, parts, shaded, metric, lineart, softedge, "
    "segmentation, densepose, curvature"
)
ONLY = "Ids of the characters to show; by default all"
