"""Check merged pictures in layers with independent programs: zipfile, ElementTree and Pillow."""
import io
import subprocess
import zipfile
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from report import Row

SIZE = (672, 384)
IDS = ("left", "middle", "right")


def pictures(folder):
    """Return a noise picture for each of the three people at the table, and a background."""
    random = np.random.default_rng(3)
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(("plate", *IDS)):
        noise = random.integers(0, 60, (SIZE[1], SIZE[0], 3)) + 60 * number
        Image.fromarray(noise.astype(np.uint8)).save(folder / f"{name}.png")


def merge(repository, posemap, folder):
    """Return the layers of a merge of those pictures."""
    pictures(folder)
    command = [posemap, "merge", repository / "Examples/table/scene.json", "--base", folder / "plate.png"]
    command += [f"{name}={folder / name}.png" for name in IDS]
    subprocess.run([*command, "-o", folder / "final.png", "--ora", folder / "final.ora"], check=True, stdout=subprocess.DEVNULL)
    return folder / "final.ora"


def rows(repository, posemap, folder):
    archive = zipfile.ZipFile(merge(repository, posemap, folder))
    assert archive.testzip() is None
    kind = archive.infolist()[0]
    assert (kind.filename, kind.compress_type, archive.read(kind)) == ("mimetype", zipfile.ZIP_STORED, b"image/openraster")
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    image = ElementTree.fromstring(archive.read("stack.xml"))
    assert (image.tag, image.get("version"), image.get("w"), image.get("h")) == ("image", "0.0.3", *map(str, SIZE))
    layers = image.find("stack").findall("layer")
    names = [layer.get("name") for layer in layers]
    assert names[0] == "merged" and names[-2:] == ["middle", "base"] and set(names[1:3]) == {"left", "right"}, names
    assert [layer.get("visibility") for layer in layers] == ["hidden"] + ["visible"] * 4

    def picture(name):
        return Image.open(io.BytesIO(archive.read(name)))

    assert max(picture("Thumbnails/thumbnail.png").size) <= 256
    drawn = {layer.get("name"): picture(layer.get("src")) for layer in layers}
    assert {name: drawn[name].mode for name in names} == dict.fromkeys(IDS, "RGBA") | dict.fromkeys(("base", "merged"), "RGB")
    final = np.array(Image.open(folder / "final.png"))
    assert (np.array(drawn["merged"]) == final).all() and (np.array(picture("mergedimage.png")) == final).all()
    for name in IDS:
        own = np.array(Image.open(folder / f"{name}.png"))
        assert (np.array(drawn[name])[..., :3] == own).all(), f"{name}: colors under the mask are lost"
    # Flattened, the layers equal the merged picture wherever nothing is blended.
    flat = drawn["base"].convert("RGBA")
    partly = np.zeros(final.shape[:2], bool)
    for name in reversed(names[1:-1]):
        flat.alpha_composite(drawn[name])
        opacity = np.array(drawn[name])[..., 3]
        partly |= (opacity > 0) & (opacity < 255)
    # A pixel at the very end of a ramp has its full level, although it is slightly blended.
    for _ in range(3):
        partly[1:] |= partly[:-1].copy()
        partly[:-1] |= partly[1:].copy()
        partly[:, 1:] |= partly[:, :-1].copy()
        partly[:, :-1] |= partly[:, 1:].copy()
    differing = (np.array(flat)[..., :3] != final).any(-1) & ~partly
    return [Row("layers, flattened", 1, int((~partly).sum()), int(differing.sum()), int(differing.any())),
            map_layers(repository, posemap, folder)]


def map_layers(repository, posemap, folder):
    """All maps of a scene as layers, which must be the pictures that `posemap render` writes, flattened as the file says."""
    folder.mkdir(parents=True, exist_ok=True)
    scene, maps = repository / "Examples/window/scene.json", ("shaded", "openpose", "lineart", "depth")
    subprocess.run([posemap, "layers", scene, "-o", folder / "maps.ora", "--maps", ",".join(maps)], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([posemap, "render", scene, "-q", "-o", folder / "maps", "--maps", ",".join(maps), "--lines", "dark-on-light"], check=True)
    archive = zipfile.ZipFile(folder / "maps.ora")
    assert archive.testzip() is None
    root = ElementTree.fromstring(archive.read("stack.xml")).find("stack")
    groups = root.findall("stack")
    assert {group.get("name") for group in groups} == {"female", "male"} and root[-1].get("name") == "background"
    differing = pixels = 0
    for group in groups:
        assert [layer.get("name") for layer in group] == [f"{group.get('name')} {name}" for name in maps]
        for layer, name in zip(group, maps):
            ours = np.array(Image.open(io.BytesIO(archive.read(layer.get("src")))).convert("RGB"))
            theirs = np.array(Image.open(folder / "maps" / group.get("name") / f"{name}.png").convert("RGB"))
            differing += int((ours != theirs).any(-1).sum())
            pixels += ours.shape[0] * ours.shape[1]
    visible = [layer for layer in root.iter("layer") if layer.get("visibility") == "visible"]
    top = np.array(Image.open(io.BytesIO(archive.read(visible[0].get("src")))).convert("RGB"))
    merged = np.array(Image.open(io.BytesIO(archive.read("mergedimage.png"))).convert("RGB"))
    differing += int((top != merged).any(-1).sum())
    return Row("layers of maps", len(groups) * len(maps), pixels, differing, int(differing > 0))
