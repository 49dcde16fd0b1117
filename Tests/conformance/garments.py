"""Garments of MakeHuman (.mhclo) against the format's own rules, in numpy: files of our own that use all of it, and
those of ../shared where there are any."""
import json
import subprocess

import numpy as np

from report import Row

BASE_VERTICES = 19158
# Millimeters.
ALLOWED = 0.01
# The gender, weight and stature in meters.
SHAPES = [(0, 0.5, 1.6), (1, 0.9, 1.9), (0.3, 0.1, 1.75)]


def rows(repository, tool, folder):
    """Return rows for the positions of vertices and for the hidden faces of the body."""
    folder.mkdir(parents=True, exist_ok=True)
    files = written(folder) + sorted((repository.parent / "shared/corpus/mhclo").glob("*/*.mhclo"))
    distances, faces, wrong = [], 0, 0
    for index, file in enumerate(files):
        output = folder / f"{index}.json"
        subprocess.run([tool, "garment", file, *map(str, SHAPES[index % len(SHAPES)]), output], check=True)
        report = json.loads(output.read_text())
        rule = Clothes(file)
        expected = rule.positions(np.array(report["base"]))
        distances.append(np.abs(np.array(report["positions"]) - expected).max(-1) * 1000)
        seen = rule.seen(report["body"])
        wrong += len(seen) != len(report["seen"]) or seen != report["seen"]
        faces += len(report["body"]) - len(seen)
    away = np.concatenate(distances)
    return [Row("garments, places", len(files), len(away), int((away > ALLOWED).sum()), away.max(), ALLOWED,
                "millimeters of vertices"),
            Row("garments, hidden faces", len(files), faces, wrong, wrong, note="files whose faces differ")]


def written(folder):
    """Yield generated files with the features of real ones, in unusual places."""
    random = np.random.default_rng(22)
    paths = []
    for number in range(6):
        count = int(random.integers(50, 400))
        lines = ["# made by a test", "basemesh hm08", f"name odd {number}", "obj_file Odd.OBJ", "tag Odd\u2122"]
        lines += [f"{axis}_scale {' '.join(map(str, random.choice(13380, 2, replace=False)))} {random.uniform(0.5, 3):.4f}"
                  for axis in "xyz"[:number % 4]]
        lines += ["z_depth 50", "verts 0"] + ["material none.mhmat", "tag between"] * (number % 2)
        for _ in range(count):
            if random.random() < 0.2:
                lines.append(str(random.integers(BASE_VERTICES)))
                continue
            weights = random.uniform(-0.5, 1.2, 2)
            row = [*random.integers(BASE_VERTICES, size=3), *weights, 1 - weights.sum(), *random.uniform(-1, 1, 3)]
            lines.append(" ".join(str(value) if index < 3 else f"{value:.5f}" for index, value in enumerate(row)))
        if number > 2:
            start = int(random.integers(11000))
            lines += ["delete_verts", f"{start} - {start + 900} {start + 950}", f"{start + 1000} - {start + 1900}"]
            lines += ["uuid 0-1-2"] * (number % 2)
        path = folder / f"odd-{number}" / "odd.mhclo"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf8", newline="\r\n" if number % 2 else None)
        corners = random.permuted(np.tile(np.arange(count), (8, 1)), axis=1)[:, :4] + 1
        (path.parent / "odd.obj").write_text("".join("v 0 0 0\n" for _ in range(count)) + "".join(
            "f " + " ".join(f"{c}/1/1" if index % 2 else str(c) for index, c in enumerate(face)) + "\n"
            for face in corners))
        paths.append(path)
    return paths


class Clothes:
    """An .mhclo file, read according to MakeHuman's documentation."""

    def __init__(self, path):
        self.rows, self.scales, self.covered = [], {}, set()
        section = None
        for line in path.read_text(encoding="utf8").splitlines():
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "verts":
                section = "verts"
            elif words[0] == "delete_verts":
                section = "delete"
                self.cover(words[1:])
            elif words[0] in ("x_scale", "y_scale", "z_scale"):
                self.scales["xyz".index(words[0][0])] = (int(words[1]), int(words[2]), float(words[3]) / 10)
            elif words[0].lstrip("-")[:1].isdigit() and section == "verts":
                self.rows.append(words)
            elif words[0].lstrip("-")[:1].isdigit() and section == "delete":
                self.cover(words)
            elif section == "delete":
                section = None

    def cover(self, words):
        words = list(words)
        while words:
            first = last = int(words.pop(0))
            if words and words[0] == "-":
                last = int(words[1])
                del words[:2]
            self.covered.update(range(first, last + 1))

    def positions(self, base):
        """Return the vertices on a base mesh, both in meters."""
        stretch = np.ones(3)
        for axis, (one, other, length) in self.scales.items():
            stretch[axis] = abs(base[one, axis] - base[other, axis]) / length
        points = []
        for words in self.rows:
            if len(words) == 1:
                points.append(base[int(words[0])])
                continue
            numbers = np.array(words[3:9], float)
            held = (base[[int(word) for word in words[:3]]] * numbers[:3, None]).sum(0)
            points.append(held + numbers[3:] / 10 * stretch)
        return np.array(points)

    def seen(self, triangles):
        """Return the body's triangles without the faces whose four corners are all covered."""
        hidden = [all(corner in self.covered for corner in triangle) for triangle in triangles]
        pairs = zip(hidden[::2], hidden[1::2])
        return [triangle for pair, (one, other) in enumerate(pairs) for triangle in triangles[2 * pair:2 * pair + 2]
                if not (one and other)]
