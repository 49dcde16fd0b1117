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
    return [Row("layers, flattened", 1, int((~partly).sum()), int(differing.sum()), int(differing.any()))]
