#!/usr/bin/env python3
"""Open a merged picture's layers in GIMP, as an artist would, and check them.

usage: gimp.py --posemap COMMAND [--gimp COMMAND] [--root FOLDER]
GIMP runs in batch mode, without a display. All versions read XCF. GIMP 2.10 needs a Python 2 plug-in for OpenRaster,
which Debian has not had since version 11; Debian 13's GIMP 3.0 reads it. --root runs the GIMP of another Debian, in a
folder made by debootstrap.
"""
import argparse
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SIZE = (672, 384)
# For each kind of file: the layers' names, and whether they are visible, have an alpha channel, and
# have a layer mask.
PEOPLE = ("left", "right", "middle")
EXPECTED = {
    "ora": {"merged": (0, 0, 0), "base": (1, 0, 0), **dict.fromkeys(PEOPLE, (1, 1, 0))},
    "xcf": {"merged": (0, 0, 0), "base": (1, 0, 0), **dict.fromkeys(PEOPLE, (1, 0, 1))},
}

# Script-Fu is the only language that both versions have; some of its names changed.
SCRIPT = """
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "{path}"{path_again})))
       (layers ({vector} (gimp-image-get-layers image))))
  (gimp-message (string-append "LAYERS " (number->string (vector-length layers))))
  (for-each (lambda (layer)
      (gimp-message (string-append "LAYER " (car (gimp-item-get-name layer))
        " " (number->string (car ({width} layer))) " " (number->string (car ({height} layer)))
        " " (number->string (car (gimp-item-get-visible layer)))
        " " (number->string (car (gimp-drawable-has-alpha layer)))
        " " (if (= -1 (car (gimp-layer-get-mask layer))) "0" "1"))))
    (vector->list layers)))
"""
NAMES = {
    2: {"vector": "cadr", "width": "gimp-drawable-width", "height": "gimp-drawable-height"},
    3: {"vector": "car", "width": "gimp-drawable-get-width", "height": "gimp-drawable-get-height"},
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posemap", required=True)
    parser.add_argument("--gimp", default="gimp-console")
    parser.add_argument("--root", type=Path)
    options = parser.parse_args()
    before = ["chroot", str(options.root)] if options.root else []
    if not options.root and shutil.which(options.gimp) is None:
        sys.exit(f"{options.gimp}: there is no such command; `apt-get install gimp` has it")
    said = subprocess.run([*before, options.gimp, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    print(said)
    major = int(re.search(r"(\d+)\.\d+", said).group(1))
    faults = []
    with tempfile.TemporaryDirectory(dir=(options.root / "tmp") if options.root else None) as folder:
        merge(options.posemap, Path(folder))
        for kind in EXPECTED:
            if kind == "ora" and major < 3:
                print("ora: passed over, since Debian's GIMP 2.10 has no plug-in for it")
                continue
            file = Path(folder) / f"final.{kind}"
            path = "/" + str(file.relative_to(options.root)) if options.root else str(file)
            faults += faults_of(kind, run([*before, options.gimp], script(major, path)))
    sys.exit(bool(faults))


def faults_of(kind, printed):
    """Print the layers that GIMP sees, and the faults in them."""
    layers = re.findall(r"LAYER (\S+) (\d+) (\d+) (\d) (\d) (\d)", printed)
    for layer in layers:
        print("{}: layer {:8}{} x {}  visible {}  alpha {}  mask {}".format(kind, *layer))
    seen = {name: tuple(map(int, rest)) for name, _, _, *rest in layers}
    names = [name for name, *_ in layers]
    faults = [] if layers else [f"GIMP did not open the file; it said:\n{printed}"]
    faults += [] if seen == EXPECTED[kind] and len(layers) == len(seen) else [f"expected {EXPECTED[kind]}, not {seen}"]
    faults += [] if {layer[1:3] for layer in layers} == {tuple(map(str, SIZE))} else [f"expected all layers of {SIZE}"]
    faults += [] if names[:1] == ["merged"] and names[-2:] == ["middle", "base"] else [f"another order: {names}"]
    print(*faults or [f"{kind}: {len(layers)} layers as they should be"], sep="\n")
    return faults


def merge(posemap, folder):
    """Return three flat pictures of the people at the table on a flat background, in layers."""
    command = [posemap, "merge", REPOSITORY / "Examples/table/scene.json", "--base", folder / "plate.png"]
    for number, name in enumerate(("plate", "left", "middle", "right")):
        png(folder / f"{name}.png", [60 * number, 90, 200 - 50 * number])
        command += [f"{name}={folder / name}.png"] if number else []
    layers = ["--ora", folder / "final.ora", "--xcf", folder / "final.xcf"]
    subprocess.run([*command, "-o", folder / "final.png", *layers], check=True, stdout=subprocess.DEVNULL)


def png(path, color):
    """Return a flat picture, made with Python's standard library."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + bytes(color) * SIZE[0]) * SIZE[1]
    header = struct.pack(">IIBBBBB", *SIZE, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def script(major, path):
    names = NAMES[3 if major >= 3 else 2]
    return SCRIPT.format(path=path, path_again="" if major >= 3 else f' "{path}"', **names)


def run(gimp, text):
    arguments = ["-i", "-d", "-f", "--batch-interpreter", "plug-in-script-fu-eval", "-b", text, "-b", "(gimp-quit 1)"]
    done = subprocess.run([*gimp, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
    return done.stdout


if __name__ == "__main__":
    main()
