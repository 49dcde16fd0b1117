"""posemap-mcp as an agent uses it: over a process's standard input and output, with the MCP library's own client."""

import base64
import io
import json
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import anyio
import numpy
import pytest
from anyio.from_thread import start_blocking_portal
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from PIL import Image, ImageChops

from posemap.mcp._folder import Folder, Refused
from posemap.mcp._runner import Runner
from posemap.mcp._tools import Tools

from conftest import ROOT, hashes, run

PROGRAM = Path(sys.executable).with_name("posemap-mcp")
SMALL = {
    "canvas": [128, 192],
    "camera": {"frame": "all"},
    "characters": [{"id": "ana", "body": "female", "pose": "waving"}],
}
SECRET = "the canary sings"


class Agent:
    """A client that calls tools one after another, and records the results."""

    def __init__(self, command, root, *options):
        self.root, self.transcript = root, []
        self._parameters = StdioServerParameters(
            command=str(PROGRAM), args=["--root", str(root), "--posemap", command, *options], env={"TMPDIR": str(root.parent)}
        )

    def __enter__(self):
        self._stack = ExitStack()
        self._portal = self._stack.enter_context(start_blocking_portal())
        client = Client(stdio_client(self._parameters))
        self.client = self._stack.enter_context(self._portal.wrap_async_context_manager(client))
        return self

    def __exit__(self, *fault):
        return self._stack.__exit__(*fault)

    def tools(self):
        return self._portal.call(self.client.list_tools).tools

    def resources(self):
        return [str(one.uri) for one in self._portal.call(self.client.list_resources).resources]

    def read(self, uri):
        return self._portal.call(self.client.read_resource, uri).contents[0].text

    def answer(self, tool, **arguments):
        """Return a tool's answer: whether it is an error, its text, its pictures."""
        result = self._portal.call(self.client.call_tool, tool, arguments)
        text = "\n".join(part.text for part in result.content if part.type == "text")
        shown = [
            Image.open(io.BytesIO(base64.b64decode(part.data))) for part in result.content if part.type == "image"
        ]
        self.transcript.append((tool, arguments, text, shown))
        return bool(result.is_error), text, shown

    def verdict(self, tool, **arguments):
        """Return a tool's findings about a file: its text, and the values beside it."""
        result = self._portal.call(self.client.call_tool, tool, arguments)
        return "\n".join(part.text for part in result.content), result.structured_content

    def at_once(self, tool, calls):
        """Return whether each of several simultaneous calls is an error."""
        async def together():
            results = {}

            async def one(number, arguments):
                results[number] = bool((await self.client.call_tool(tool, arguments)).is_error)

            async with anyio.create_task_group() as group:
                for number, arguments in enumerate(calls):
                    group.start_soon(one, number, arguments)
            return [results[number] for number in range(len(calls))]

        return self._portal.call(together)

    def call(self, tool, **arguments):
        wrong, text, shown = self.answer(tool, **arguments)
        assert not wrong, text
        return text, shown

    def refusal(self, tool, **arguments):
        wrong, text, shown = self.answer(tool, **arguments)
        assert wrong and not shown, text
        return text


@pytest.fixture
def root(tmp_path):
    """Return a root folder with a scene, beside a file that must stay private."""
    return filled(tmp_path / "root")


def filled(folder):
    folder.mkdir()
    (folder.parent / "secret.pose.json").write_text(json.dumps({"name": SECRET, "base": "waving"}))
    (folder / "small.scene.json").write_text(json.dumps(SMALL))
    return folder


@pytest.fixture(scope="module")
def server(command, tmp_path_factory):
    """Start one server for all tests, since starting takes longer than most of them."""
    root = filled(tmp_path_factory.mktemp("agent") / "root")
    with Agent(command, root) as agent:
        yield agent
    assert not list(root.parent.glob("posemap-mcp-*")), "left behind"


@pytest.fixture
def agent(server):
    """Return an agent whose root equals `root`, without earlier calls."""
    for path in server.root.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    (server.root / "small.scene.json").write_text(json.dumps(SMALL))
    server.transcript.clear()
    yield server
    assert not [path for path in server.root.rglob(".*") if path.name != ".git"], "left behind"


def test_an_agent_builds_the_window_scene(agent, command, tmp_path):
    """From an empty file, in under 15 calls, with one mistake on the way: its maps equal the example's, byte for
    byte."""
    scene = "window.scene.json"
    agent.call("library", kind="poses")
    agent.call("library", kind="props", names=["chair", "sofa"])
    floor = {"id": "floor", "shape": "plane", "size": [4, 1.5]}
    turned = {"shape": "box", "rotation": [0, 30, 0]}
    sill = {"id": "sill", "class": "seat", "size": [1.3, 0.55, 0.45], "position": [-0.55, 0, -0.2], **turned}
    wall = {"id": "wall", "class": "wall", "size": [3, 2.6, 0.1], "position": [-0.7, 0, -0.5], **turned}
    camera = {"position": [0.1, 1.15, 4.2], "target": [0.05, 0.84, 0], "focalLength": 74}
    female = {"id": "female", "body": "female", "pose": "sit-legde", "yaw": 58}
    male = {"id": "male", "body": "male", "pose": "contrapposto", "position": [0.52, 0, -0.2], "yaw": -62}
    first = {"canvas": [832, 1216], "camera": camera, "characters": [female, male], "props": [sill, wall, floor]}
    said = agent.refusal("write_file", path=scene, text=json.dumps(first))
    assert 'did you mean "sit-ledge"?' in said and not (agent.root / scene).exists()
    female["pose"] = "sit-ledge"
    agent.call("write_file", path=scene, text=json.dumps(first))
    _, shown = agent.call("sheet", path=scene, together=True, maps=["shaded"])
    assert shown[0].height > 300
    said, _ = agent.call("set_values", path=scene, values={
        "characters.female.pose": {"base": "sit-ledge", "seat": {"at": "props.sill.top", "offset": [0.1, 0, 0.06]}},
    })
    assert "Changed:" in said
    agent.call("set_values", path=scene, values={
        "characters.male.pose": {"base": "contrapposto"},
        "characters.male.pose.reach.leftHand": {"at": [0.1, 1.06, 0.08], "pole": [1, -1, 0], "palm": [-0.3, 1, 0.2], "fingers": [-0.9, -0.1, 0.25]},
        "characters.female.pose.reach.leftHand": {"at": "props.sill.top", "offset": [0.35, 0, -0.12]},
        "characters.female.pose.reach.rightHand": {"at": "male.leftHand"},
    })
    agent.call("sheet", path=scene, together=True)
    agent.call("set_values", path=scene, values={
        "characters.female.pose.look": "male.head", "characters.male.pose.look": "female.head",
    })
    said, _ = agent.call("check", path=scene)
    assert said == f"{scene}: nothing is wrong, and nothing is doubtful"
    agent.call("sheet", path=scene)
    said, _ = agent.call("export", path=scene, folder="out")
    assert "out/female/openpose.png" in said
    assert len(agent.transcript) < 15
    run(command, "render", "-q", ROOT / "Examples/window/scene.json", "-o", tmp_path / "expected")
    made, expected = hashes(agent.root / "out"), hashes(tmp_path / "expected")
    assert made.pop("manifest.json") and expected.pop("manifest.json")
    assert made == expected and len(made) == 16


def test_every_tool_and_resource_is_there(agent):
    described = {tool.name: tool for tool in agent.tools()}
    assert sorted(described) == [
        "check", "describe", "diff", "edit_file", "export", "library", "lift", "list_files", "places", "read_file", "render_map",
        "set_values", "sheet", "write_file",
    ]
    assert all(tool.description for tool in described.values())
    assert [name for name, tool in described.items() if not tool.annotations.read_only_hint] == [
        "write_file", "edit_file", "set_values", "lift", "export",
    ]
    assert agent.client.instructions.startswith("posemap draws control maps")
    uris = agent.resources()
    for kind in ("scene", "pose", "clip", "bones", "prop", "hair", "garment"):
        assert json.loads(agent.read(f"posemap://schema/{kind}"))["type"] == "object"
    pages = [uri for uri in uris if uri.startswith("posemap://docs/")]
    assert len(pages) == len(list(ROOT.glob("docs/*.md")))
    for uri in pages:
        assert agent.read(uri) == (ROOT / "docs" / f"{uri.rpartition('/')[2]}.md").read_text()


def test_the_maps_that_tools_name_are_the_commands(agent, command):
    maps = re.findall(r"^[* ] ([a-z]+) ", run(command, "maps").partition("\nProfiles")[0], re.MULTILINE)
    for tool in agent.tools():
        for parameter in ("map", "maps"):
            described = tool.input_schema["properties"].get(parameter, {}).get("description")
            assert described is None or described.startswith(f"Names of maps: {', '.join(maps)}"), tool.name


def test_the_library_is_the_commands(agent, command):
    lines = {
        "poses": ["poses"], "hands": ["poses", "--hands"], "props": ["props"], "hair": ["hair"], "garments": ["wear"],
        "maps": ["maps"],
    }
    for kind, line in lines.items():
        assert agent.call("library", kind=kind)[0] == run(command, *line).rstrip("\n")
    reasons = agent.call("library", kind="maps", names=["z-image"])[0]
    assert reasons == run(command, "maps", "--for", "z-image").rstrip("\n") and "VideoX-Fun" in reasons
    assert "name one profile" in agent.refusal("library", kind="maps", names=["sd15", "qwen"])
    assert "there is no profile" in agent.refusal("library", kind="maps", names=["sd16"])
    for kind, names in {"props": ["chair"], "hair": ["bob"], "garments": ["coat"]}.items():
        said, shown = agent.call("library", kind=kind, names=names, picture=True)
        assert shown[0].width > 100 and said == names[0]
        assert names[0] in agent.call("library", kind=kind, names=names)[0]


def test_a_scene_is_described(agent, command):
    scene = "small.scene.json"
    said = run(command, "describe", agent.root / scene).rstrip("\n")
    assert "picture of" in said and agent.call("describe", path=scene)[0] == said
    phrases = agent.call("describe", path=scene, prompt=True)[0]
    assert phrases == run(command, "describe", "--prompt", agent.root / scene).rstrip("\n") != said


def test_poses_are_found_by_words(agent, command, tmp_path):
    assert agent.call("library", kind="poses", words="sad sitting")[0] == run(command, "poses", "find", "sad sitting").rstrip("\n")
    said, (found,) = agent.call("library", kind="poses", words="sword", picture=True)
    assert "sword" in said
    run(command, "poses", "find", "sword", "--sheet", tmp_path / "sheet.png")
    sheet = Image.open(tmp_path / "sheet.png").convert("RGB")
    assert not ImageChops.difference(found.convert("RGB"), sheet).getbbox()
    assert "no pose" in agent.refusal("library", kind="poses", words="xyzzy")
    assert "use kind poses" in agent.refusal("library", kind="hair", words="sad")


def test_pictures_of_the_library_have_their_names(agent, command, tmp_path):
    """The command's own sheet gains one name in each object's first picture, and nothing else."""
    for kind, line, each in (("hair", ["hair"], 1), ("garments", ["wear", "list"], 2)):
        said, (shown,) = agent.call("library", kind=kind, picture=True)
        run(command, *line, "--sheet", tmp_path / "sheet.png")
        sheet = Image.open(tmp_path / "sheet.png").convert("RGB")
        changed = ImageChops.difference(shown.convert("RGB"), sheet).convert("L").point(lambda level: 255 * (level > 0))
        ground = ImageChops.difference(sheet, Image.new("RGB", sheet.size, sheet.getpixel((0, 0)))).convert("L")
        rows, columns = stretches(numpy.asarray(ground).any(axis=1)), stretches(numpy.asarray(ground).any(axis=0))
        cells = [(left, top, right, bottom) for top, bottom in rows for left, right in columns]
        cells = [cell for cell in cells if ground.crop(cell).getbbox()]
        names = said.split(", ")
        assert len(cells) == each * len(names)
        boxes = [changed.crop(cell).getbbox() for cell in cells]
        assert all((box is not None) == (number % each == 0) for number, box in enumerate(boxes)), kind
        # In a corner, and no wider than the picture.
        height = cells[0][3] - cells[0][1]
        assert all(box[3] < height / 6 and box[2] < cell[2] - cell[0] - 2 for box, cell in zip(boxes, cells) if box), kind
        sizes = {name: box[2] - box[0] for name, box in zip(names, boxes[::each])}
        longest, shortest = max(names, key=len), min(names, key=len)
        assert sizes[longest] > sizes[shortest]


def stretches(inside):
    edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], inside.astype(numpy.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist()))


def test_nothing_but_the_library_is_listed(agent):
    assert "throne" in agent.refusal("library", kind="props", names=["throne"])
    assert "not a name" in agent.refusal("library", kind="props", names=["../x.prop.json"])


def test_places_are_those_that_goals_can_name(agent):
    """Every listed point is one that check accepts, and the joints are listed in posemap's own words."""
    scene = json.loads(json.dumps(SMALL))
    scene["props"] = [{"id": "seat", "shape": "chair"}, {"id": "box", "shape": "box", "size": [0.3, 0.3, 0.3]}]
    agent.call("write_file", path="places.scene.json", text=json.dumps(scene))
    said, _ = agent.call("places", path="places.scene.json")
    lines = [line.partition(" (")[0] for line in said.splitlines() if line.startswith("props.")]
    points = [point for line in lines for point in line.split(", ")]
    chair = [f"props.seat.{name}" for name in ("top", "middle", "back", "grip", "seat")]
    assert points == [*chair, "props.box.top", "props.box.middle"]
    for point in [*points, "camera", "ana.nose", "self.face8"]:
        agent.call("set_values", path="places.scene.json", values={"characters.ana.pose": {"base": "stand", "look": point}})
    pose = {"base": "stand", "reach": {"leftHand": "ana.foo"}}
    wrong = agent.refusal("set_values", path="places.scene.json", values={"characters.ana.pose": pose})
    assert wrong.splitlines()[0].partition("allowed: ")[2] in said


def test_a_change_is_said_in_words(agent):
    said, _ = agent.call("set_values", path="small.scene.json", values={
        "characters.ana.pose": {"base": "waving", "joints": {"leftLowerArm": {"flexion": 60}}},
    })
    assert "left elbow: flexion" in said
    text = (agent.root / "small.scene.json").read_text()
    assert '"leftLowerArm": {"flexion": 60}' in text and agent.call("read_file", path="small.scene.json")[0] == text.rstrip("\n")
    said, _ = agent.call("edit_file", path="small.scene.json", old='"flexion": 60', new='"flexion": 75')
    assert "left elbow: flexion 60 → 75°" in said
    for old, count in (('"nobody"', 0), ("a", text.replace("60", "75").count("a"))):
        assert f"is in small.scene.json {count} times" in agent.refusal("edit_file", path="small.scene.json", old=old, new="x")
    ben = {"body": "male", "position": [1, 0, 0]}
    said, _ = agent.call("set_values", path="small.scene.json", values={"characters.ben": ben})
    assert "ben" in said
    said, _ = agent.call("set_values", path="small.scene.json", values={"characters.ana": None})
    assert [one["id"] for one in json.loads((agent.root / "small.scene.json").read_text())["characters"]] == ["ben"]
    assert "no 'ana'" in agent.refusal("set_values", path="small.scene.json", values={"characters.ana.yaw": 3})
    assert "is not a path" in agent.refusal("set_values", path="small.scene.json", values={"characters..yaw": 3})
    said = agent.refusal("set_values", path="small.scene.json", values={"canvas.width": 3})
    assert said == "canvas.width: there is no 'width' in the list; there is: nothing with an id"
    agent.call("set_values", path="small.scene.json", values={"characters.ben.pose": "waving"})
    said = agent.refusal("set_values", path="small.scene.json", values={"characters.ben.pose.base": "bow"})
    assert said == "characters.ben.pose.base leads through \"waving\", which has no 'base'; set that as a whole"


def test_changes_at_the_same_time_all_count(agent):
    """Agents call several tools at once, and an edit is based on the file's content."""
    people = [{"id": f"p{number}", "body": "female", "position": [number, 0, 0]} for number in range(6)]
    agent.call("write_file", path="many.scene.json", text=json.dumps({**SMALL, "characters": people}))
    calls = [
        {"path": "many.scene.json", "values": {f"characters.p{number}.yaw": 10 * number + 5}} for number in range(6)
    ]
    assert agent.at_once("set_values", calls) == [False] * 6
    turned = json.loads((agent.root / "many.scene.json").read_text())["characters"]
    assert [one["yaw"] for one in turned] == [5, 15, 25, 35, 45, 55]


def test_what_somebody_else_saves_is_kept(command, root, tmp_path):
    """A person can save a file in an editor while an edit of it is being checked."""
    file = root / "small.scene.json"

    class Slow(Runner):
        def call(self, arguments, accept=(0,)):
            if arguments[0] == "fmt":
                file.write_text("a person's own work")
            return super().call(arguments, accept)

    tools = Tools(Folder(root), Slow(Path(command), root, tmp_path, 60))
    for change in (
        lambda: tools.set_values("small.scene.json", {"characters.ana.yaw": 3}),
        lambda: tools.edit_file("small.scene.json", "waving", "bow"),
    ):
        file.write_text(json.dumps(SMALL))
        with pytest.raises(Refused, match="was changed by someone else in the meantime"):
            change()
        assert file.read_text() == "a person's own work" and len(list(root.iterdir())) == 1


def test_maps_and_sheets_are_pictures(agent, command, tmp_path):
    agent.call("set_values", path="small.scene.json", values={"characters.ben": {"body": "male", "position": [1, 0, 0]}})
    said, shown = agent.call("render_map", path="small.scene.json", map="depth")
    assert said.splitlines() == ["ana, depth:", "ben, depth:"] and [one.size for one in shown] == [(128, 192)] * 2
    run(command, "render", "-q", agent.root / "small.scene.json", "-o", tmp_path / "expected", "--maps=depth")
    for name, one in zip(("ana", "ben"), shown):
        assert one.tobytes() == Image.open(tmp_path / "expected" / name / "depth.png").tobytes()
    _, shown = agent.call("render_map", path="small.scene.json", map="openpose", together=True, size="256x384")
    assert [one.size for one in shown] == [(256, 384)]
    _, shown = agent.call("sheet", path="small.scene.json", maps=["mask"], only=["ben"], height=100)
    assert len(shown) == 1
    for arguments in ({"map": "dept"}, {"map": "depth", "only": ["cleo"]}, {"map": "depth", "size": "9999x9999"}):
        assert "error" in agent.refusal("render_map", path="small.scene.json", **arguments).lower()


def test_a_skeleton_is_lifted_and_poses_are_compared(agent):
    agent.call("export", path="small.scene.json", folder="out/small", maps=["openpose"])
    said, _ = agent.call("lift", skeleton="out/small/ana/openpose.json", output="found.pose.json", scene="small.scene.json")
    assert "found.pose.json was written" in said
    agent.call("write_file", path="base.pose.json", text='{"base": "waving"}')
    said, _ = agent.call("diff", before="base.pose.json", after="found.pose.json")
    assert "rightHand moved" in said
    assert agent.call("diff", before="base.pose.json", after="base.pose.json")[0] == "the same pose"
    assert "error" in agent.refusal("lift", skeleton="small.scene.json", output="x.pose.json")


ESCAPES = [
    "../secret.pose.json", "a/../../secret.pose.json", "/etc/passwd", "~/secret.pose.json", "link.pose.json",
    "folder/secret.pose.json", ".git/config", "a\0b.pose.json", "..\\secret.pose.json", "", "-o.pose.json",
    "x" * 300 + ".pose.json",
]


def test_no_path_leads_out(agent):
    link(agent.root)
    before = everything(agent.root.parent)
    for path in ESCAPES:
        for tool, arguments in calls_with(path):
            if (tool, path) == ("list_files", ""):
                continue
            wrong, said, _ = agent.answer(tool, **arguments)
            assert SECRET not in said and "root:" not in said
            assert wrong or (tool == "list_files" and said == "There are no files yet."), said
            assert len(said.splitlines()) == 1, said
            # The kernel would reject these with its own message.
            assert path not in ("link.pose.json", "folder/secret.pose.json") or "is a link that leads out" in said
    assert everything(agent.root.parent) == before


def everything(folder):
    """Return every file there, except the server's own temporary folder."""
    return {name: hash for name, hash in hashes(folder).items() if not name.startswith("posemap-mcp-")}


def calls_with(path):
    """Yield a call of each tool that accepts a path, with this one."""
    return [
        ("read_file", {"path": path}), ("write_file", {"path": path, "text": "{}"}), ("check", {"path": path}),
        ("edit_file", {"path": path, "old": "waving", "new": "bow"}), ("set_values", {"path": path, "values": {"base": "bow"}}),
        ("sheet", {"path": path}), ("render_map", {"path": path, "map": "depth"}), ("diff", {"before": path, "after": path}),
        ("lift", {"skeleton": path, "output": "x.pose.json"}), ("lift", {"skeleton": "small.scene.json", "output": path}),
        ("export", {"path": path, "folder": "out"}), ("export", {"path": "small.scene.json", "folder": path}),
        ("list_files", {"below": path}),
    ]


def link(root):
    (root / "link.pose.json").symlink_to(root.parent / "secret.pose.json")
    (root / "folder").symlink_to(root.parent)


# Additions to a character, or under "props" or "plate" to the scene.
REFERENCES = [
    {"pose": "../secret.pose.json"}, {"pose": {"base": "../secret.pose.json"}}, {"pose": "link.pose.json"},
    {"pose": "folder/secret.pose.json"}, {"model": "/etc/model.glb"}, {"model": "../model.vrm"}, {"pose": "inner.pose.json"},
    {"wear": ["../x.mhclo"]}, {"wear": [{"../x.garment.json": {}}]}, {"hair": "../x.hair.json"},
    {"pose": "../../../../etc/passwd"},
    {"pose": {"hands": {"left": "../secret.pose.json"}}}, {"pose": {"blend": [{"pose": "../secret.pose.json", "weight": 1}]}},
    {"plate": "../photo.png"}, {"props": [{"id": "thing", "model": "../thing.glb"}]},
    {"props": [{"id": "thing", "shape": "../thing.prop.json"}]},
]


def test_no_scene_leads_out(agent):
    """Neither a scene that an agent writes nor an existing one."""
    link(agent.root)
    (agent.root / "inner.pose.json").write_text('{"base": "link.pose.json"}')
    for reference in REFERENCES:
        scene = json.loads(json.dumps(SMALL))
        (scene if reference.keys() & {"plate", "props"} else scene["characters"][0]).update(reference)
        text = json.dumps(scene)
        (agent.root / "there.scene.json").write_text(text)
        for tool, arguments in (
            ("write_file", {"path": "new.scene.json", "text": text}), ("check", {}), ("sheet", {}),
            ("render_map", {"map": "depth"}), ("export", {"folder": "out"}),
        ):
            said = agent.refusal(tool, **{"path": "there.scene.json", **arguments})
            assert said.endswith("which is outside the root; copy the file into the root"), said
            assert len(said.splitlines()) == 1
        assert not (agent.root / "new.scene.json").exists() and not (agent.root / "out").exists()


BAD = {
    "{": "error: a key in double quotes should be here",
    "": "error",
    '{"canvas": [64, 64], "characters": [{"id": "ana", "bodi": "female"}]}': '"bodi"',
    '{"canvas": [64, 64], "characters": []}': "error",
    '{"canvas": [1, 1], "characters": [{"id": "ana", "body": "female"}]}': "error",
    '{"canvas": "\\ud800"}': "error",
    "[" * 100_000: "error",
    "x" * (1 << 20) + "x": "at most 1 MiB",
}


def test_nothing_wrong_is_written(agent):
    before = hashes(agent.root)
    for text, expected in BAD.items():
        assert expected in agent.refusal("write_file", path="small.scene.json", text=text)
        assert expected in agent.refusal("write_file", path="new/deep/new.scene.json", text=text)
        assert hashes(agent.root) == before and not (agent.root / "new").exists()


def test_findings_are_posemaps_own_words_and_values(agent, command):
    """The text equals that of `posemap check`, the values are its list, and set_values accepts a value's path."""
    scene = json.loads(json.dumps(SMALL))
    scene["characters"][0]["pose"] = {"base": "waving", "joints": {"leftLowerArm": {"flexion": 200}}}
    text = json.dumps(scene)
    (agent.root / "small.scene.json").write_text(text)

    def own(*options):
        line = [command, "check", *options, "small.scene.json"]
        return subprocess.run(line, cwd=agent.root, capture_output=True, text=True).stdout

    said, values = agent.verdict("check", path="small.scene.json")
    assert said == own().strip() and values == {"findings": json.loads(own("--format", "json"))}
    (finding,) = values["findings"]
    assert (finding["severity"], finding["path"]) == ("warning", "characters[0].pose.joints.leftLowerArm.flexion")
    said, values = agent.verdict("write_file", path="new.scene.json", text=text)
    assert said.splitlines()[0].startswith("new.scene.json:") and values["findings"][0]["file"] == "new.scene.json"
    said, values = agent.verdict("set_values", path="small.scene.json", values={finding["path"]: 60})
    assert "warning" not in said and values == {"findings": []}
    said, values = agent.verdict("set_values", path="small.scene.json", values={"characters[0].pose.base": "wavin"})
    assert values["findings"][0]["code"] == "unreadable" and said.splitlines()[0].endswith(values["findings"][0]["message"])


def test_only_files_of_posemap_are_written(agent):
    for name in ("notes.txt", "run.sh", "package.json", "posejson"):
        assert "not a posemap file" in agent.refusal("write_file", path=name, text="{}")
    (agent.root / "big.txt").write_text("x" * ((1 << 20) + 1))
    assert "more than 1 MiB" in agent.refusal("read_file", path="big.txt")
    (agent.root / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert "not UTF-8 text" in agent.refusal("read_file", path="picture.png")
    agent.refusal("library", kind="cars")
    agent.refusal("sheet", path="small.scene.json", height=99999)
    agent.refusal("write_file", path=3)
    assert agent.call("list_files")[0].splitlines() == ["big.txt", "picture.png", "small.scene.json"]


def test_a_call_that_takes_too_long_is_stopped(command, root):
    with Agent(command, root, "--seconds", "1") as agent:
        start = time.monotonic()
        said = agent.refusal("export", path="small.scene.json", folder="out", maps=["all"], size="8000x8000")
        assert "did not end within 1 s" in said and time.monotonic() - start < 10
        agent.call("check", path="small.scene.json")
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(root) not in running and "8000x8000" not in running


def test_it_works_in_a_repository(agent):
    subprocess.run(["git", "init", "-q", agent.root], check=True)
    said, _ = agent.call("set_values", path="small.scene.json", values={"characters.ana.yaw": 40})
    assert "Changed:" in said
    shutil.rmtree(agent.root / ".git")


CONFINED = """
import socket, subprocess, sys
from pathlib import Path
from posemap.mcp._landlock import confine
root, scratch, command, secret = map(Path, sys.argv[1:5])
if not confine(root, scratch, command):
    sys.exit(3)
def refused(what):
    try:
        what()
    except PermissionError:
        return True
    return False
print([
    refused(lambda: secret.read_text()),
    refused(lambda: (root / "folder" / "secret.pose.json").read_text()),
    refused(lambda: secret.write_text("x")),
    refused(lambda: secret.with_name("new").write_text("x")),
    refused(lambda: subprocess.run(["/bin/true"])),
    refused(lambda: socket.create_connection(("127.0.0.1", int(sys.argv[5])))),
    refused(lambda: (root / "new").write_text("x")),
    subprocess.run([command, "check", root / "small.scene.json"]).returncode,
    subprocess.run([command, "check", root / "foreign.scene.json"], capture_output=True, text=True).returncode,
])
"""


def test_the_kernel_keeps_it_in(command, root):
    """Even if the server's own checks had failed."""
    link(root)
    scene = json.loads(json.dumps(SMALL))
    scene["characters"][0]["pose"] = "../secret.pose.json"
    (root / "foreign.scene.json").write_text(json.dumps(scene))
    scratch = root.parent / "scratch"
    scratch.mkdir()
    assert subprocess.run([command, "check", root / "foreign.scene.json"]).returncode == 0
    with socket.create_server(("127.0.0.1", 0)) as listening:
        line = [root, scratch, command, root.parent / "secret.pose.json", listening.getsockname()[1]]
        done = subprocess.run([sys.executable, "-c", CONFINED, *map(str, line)], capture_output=True, text=True)
    if done.returncode == 3:
        pytest.skip("this kernel has no Landlock")
    assert done.stdout.strip() == "[True, True, True, True, True, True, False, 0, 66]", done.stderr


def test_a_script_is_no_command(tmp_path, command):
    """Its program might be where the kernel does not allow execution."""
    script = tmp_path / "posemap"
    script.write_text(f'#!/bin/sh\nexec "{command}" "$@"\n')
    script.chmod(0o755)
    line = [PROGRAM, "--root", tmp_path, "--posemap", script]
    done = subprocess.run(line, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or "name the program itself by --posemap, not a script" in done.stderr


@pytest.mark.parametrize("line, said", [
    (["--root", "/nowhere"], "is not a folder"),
    (["--root", ".", "--posemap", "/nowhere/posemap"], "is not a command that can be run"),
    (["--root", ".", "--seconds", "0"], "is from 1 to 3600"),
    ([], "--root"),
])
def test_a_wrong_start_is_one_sentence(tmp_path, line, said):
    done = subprocess.run([PROGRAM, *line], cwd=tmp_path, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode != 0 and said in done.stderr and "Traceback" not in done.stderr
