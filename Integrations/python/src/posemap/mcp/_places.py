"""The targets that a scene's goals can name."""

from __future__ import annotations

import json
from typing import Any, Dict, Iterator, List

from ._folder import Refused

#: posemap's own list, from the message about an unknown body part.
PARTS = (
    "back, lowerBack, belly, breastbone, nape, throat, chin, mouth, forehead, crown, hair, lap, and after left or right: "
    "Cheek, Ear, Temple, ShoulderTop, ShoulderBlade, Chest, Waist, Hip, Biceps, Elbow, Forearm, Wrist, BackOfHand, Thigh, Knee, "
    "Shin, Calf, Ankle; joints: hips, spine, chest, upperChest, neck, head, jaw, and after left or right: Eye, "
    "UpperLeg, LowerLeg, Foot, Toes, Shoulder, UpperArm, LowerArm, Hand, ThumbMetacarpal, ThumbProximal, ThumbDistal,"
    " and Index, Middle, Ring or Little with Proximal, Intermediate or Distal; and on the skin: nose, face0 to face67"
    " (300-W's points: face8 is the chin), and after left or right: Eye, Ear, Pupil, BigToe, SmallToe, Heel, and "
    "Thumb, Index, Middle, Ring or Little with Tip"
)


def places(scene: str, library: str) -> List[str]:
    """Return lines that list the points of a scene, from its text and from the output of ``posemap props --json``."""
    try:
        document = json.loads(scene)
    except (ValueError, RecursionError) as fault:
        raise Refused(f"the scene is not JSON ({fault})") from None
    members = document if isinstance(document, dict) else {}
    known = {prop["name"]: prop["places"] for prop in json.loads(library)}
    people = [str(one["id"]) for one in _listed(members.get("characters"))]
    lines = ["camera (for look), and [x, y, z] in meters"]
    lines += [f"{who} (for look), and {who}.PART" for who in people]
    lines += ["self.PART: the character's own", f"PART is one of: {PARTS}"] if people else []
    for prop in _listed(members.get("props")):
        shape = str(prop.get("shape", "model"))
        points = [f"props.{prop['id']}.{name}" for name in ("top", "middle", *known.get(shape, []))]
        more = "; and the places in its file" if shape.endswith(".json") else ""
        lines.append(f"{', '.join(points)}{more} ({shape})")
    return lines


def _listed(value: Any) -> Iterator[Dict[str, Any]]:
    return (one for one in value if isinstance(one, dict) and "id" in one) if isinstance(value, list) else iter(())
