"""What the programs here share that draw the libraries' pictures."""
import pathlib
import subprocess
import tempfile

from PIL import Image


def draw(command: list[str], to: pathlib.Path, colors: int) -> None:
    """One sheet of a command, with few colors, which are enough for a page and make it small."""
    with tempfile.TemporaryDirectory() as scratch:
        sheet = f"{scratch}/sheet.png"
        subprocess.run([*command, "--sheet", sheet], check=True, stdout=subprocess.DEVNULL)
        Image.open(sheet).convert("P", palette=Image.Palette.ADAPTIVE, colors=colors).save(to, optimize=True)


def names(folder: str) -> list[str]:
    """The names of a library's files, without their endings."""
    return sorted(path.name.split(".")[0] for path in pathlib.Path("Rigs", folder).glob("*.json"))


def drop_others(folder: pathlib.Path, known: list[str]) -> None:
    """Deletes pictures of what is no more."""
    for old in folder.glob("*.png"):
        if old.stem not in known:
            old.unlink()
