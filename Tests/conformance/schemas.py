"""Check with an independent validator that every example is valid under its JSON Schema, and that broken files are
not."""
import json

import jsonschema
import referencing

BROKEN = (
    {"canvas": "big"}, {"joints": {"leftElbow": {}}}, {"joints": {"head": {"flexon": 1}}}, {"joints": {"head": {"flexion": 400}}},
    {"unknown": 1}, [], {"feet": "still"}, {"look": "some where"}, {"seat": {"offset": [0, 0, 0]}}, {"mirror": "yes"},
    {"reach": {"leftHand": {}}}, {"reach": {"leftElbow": {"at": [0, 1, 0]}}}, {"reach": {"leftFoot": {"at": [0, 0, 0], "palm": [0, 1, 0]}}},
    {"hands": {"left": 3}}, {"blend": [["stand"]]}, {"joints": {"head": {"quaternion": [0, 0, 1]}}}, {"face": {"jawOpen": 2}})


def faults(repository):
    """Return the errors, one sentence each."""
    schemas = {kind: json.loads((repository / f"docs/schema/{kind}.schema.json").read_text()) for kind in ("scene", "pose", "prop", "hair", "garment")}
    registry = referencing.Registry().with_resource(
        schemas["pose"]["$id"], referencing.Resource.from_contents(schemas["pose"]))
    found = []
    for kind, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema, registry=registry)
        paths = sorted(repository.glob("Examples/*/*scene.json" if kind == "scene" else f"Examples/*/*.{kind}.json"))
        paths += sorted(repository.glob(f"Rigs/{'hair' if kind == 'hair' else kind + 's'}/**/*.json"))
        for path in paths:
            found += [f"{path}: {error.message}" for error in validator.iter_errors(json.loads(path.read_text()))]
        found += [f"{kind}.schema.json accepts {broken}" for broken in BROKEN if validator.is_valid(broken)]
        print(f"{kind + ' schema':20}{len(paths):7} examples, {len(BROKEN)} broken files refused")
    return found
