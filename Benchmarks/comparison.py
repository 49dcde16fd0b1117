"""Measures posemap beside a floor and other programs that make the same maps, in one alternating run.

The floor (compare/floor) is a C program that draws with OSMesa and deflates with ISA-L; poses and keypoints are made
for it before, so that it does what no program of this kind can leave out. moderngl and pyrender programs stand for what
one would write by hand.
"""
import dataclasses
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

from measure import CORES, run

HERE = pathlib.Path(__file__).resolve().parent / "compare"
MAPS = "openpose,depth,normal,canny"
# The walk starts over after this number; no row has more frames.
POSES, FRAMES = 30, 120
FIGURES = {
    "mannequin": {"body": "female"}, "human": {"body": "human"},
    "foreign30k": {"model": "foreign30k.glb"}, "foreign110k": {"model": "foreign110k.glb"},
}
VERTICES = {"foreign30k": 30_000, "foreign110k": 110_000}
# The seconds after which no further row is started; the most important rows come first.
LONGEST = 600
# The minimum share of covered pixels that posemap's and the floor's depth maps have in common.
LEAST_AGREEMENT = 0.97


@dataclasses.dataclass(frozen=True)
class Row:
    figure: str
    characters: int
    side: int
    # 0 means one picture, in its own process.
    frames: int
    rounds: int

    @property
    def name(self):
        what = f"{self.frames} frames" if self.frames else "one, cold"
        return f"{self.figure} × {self.characters}, {self.side}², {what}"


def planned(figures):
    """The rows to measure; fewer frames and rounds where one takes long, so that all take about ten minutes.

    Of `figures`, if there are any: of each a picture and a clip at 1024².
    """
    rows = [Row(figure, 1, 1024, 0, 7) for figure in FIGURES]
    rows += [Row("mannequin", 1, 1024, 120, 5), Row("human", 1, 1024, 120, 5)]
    rows += [Row("foreign30k", 1, 1024, 60, 3), Row("foreign110k", 1, 1024, 24, 3)]
    for figure in ("mannequin", "human"):
        rows += [Row(figure, 2, 1024, 0, 5), Row(figure, 6, 1024, 0, 5)]
        rows += [Row(figure, 2, 1024, 40, 3), Row(figure, 6, 1024, 12, 3)]
        rows += [Row(figure, 1, 512, 0, 5), Row(figure, 1, 2048, 0, 3), Row(figure, 1, 4096, 0, 3)]
        rows += [Row(figure, 1, 512, 120, 3), Row(figure, 1, 2048, 20, 3), Row(figure, 1, 4096, 6, 3)]
    rows += [Row("foreign30k", 6, 1024, 8, 3), Row("foreign110k", 2, 1024, 12, 3)]
    if not figures:
        return rows
    return [row for row in rows if row.figure in figures and row.characters == 1 and row.side == 1024]


def interpreter():
    """Return a Python that has these programs' packages."""
    environment = pathlib.Path.home() / ".cache/posemap/compare"
    python = str(environment / "bin/python")
    if not (environment / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        pip = [python, "-m", "pip", "install", "-q"]
        subprocess.run([*pip, "numpy<2", "opencv-python-headless==4.10.0.84", "moderngl", "pyrender", "trimesh"], check=True)
        # pyrender requires an older PyOpenGL that lacks what its own OSMesa part calls.
        subprocess.run([*pip, "--no-deps", "PyOpenGL==3.1.7"], check=True)
        (environment / "ready").touch()
    return python


class Comparison:
    """Everything needed to measure rows: programs, models, scenes and floor files, in one folder."""

    def __init__(self, posemap, folder, clip):
        self.posemap, self.folder, self.poses = posemap, pathlib.Path(folder), clip["frames"]
        (self.folder / "walk.clip.json").write_text(json.dumps(clip))
        self.python, self.floor = interpreter(), f"{folder}/floor"
        sources = sorted(map(str, (HERE / "floor").glob("*.c")))
        subprocess.run(["gcc", "-std=gnu11", "-O3", "-march=native", "-ffast-math", "-Wall", *sources, "-o", self.floor,
                        "-lOSMesa", "-lisal", "-lm"], check=True)

    def script(self, name, *arguments):
        return [self.python, "-B", str(HERE / name), *map(str, arguments)]

    def scene(self, row):
        """Return the path of a row's scene: the clip, or its fifth pose."""
        pose = "walk.clip.json" if row.frames else self.poses[4]
        characters = [{"id": f"c{i}", **FIGURES[row.figure], "pose": pose, "position": [i - (row.characters - 1) / 2, 0, 0]}
                      for i in range(row.characters)]
        path = self.folder / f"{row.figure}-{row.characters}-{row.side}-{'clip' if row.frames else 'one'}.scene.json"
        path.write_text(json.dumps({
            "canvas": [row.side, row.side], "camera": {"frame": "all", "angle": 40}, "characters": characters}))
        return path

    def human_at_rest(self):
        """Write the human as a model; return false if it is not installed."""
        scene = self.folder / "rest.scene.json"
        scene.write_text(json.dumps({"canvas": [64, 64], "camera": {"frame": "all"},
                                     "characters": [{"id": "c0", "body": "human"}]}))
        command = [self.posemap, "glb", str(scene), "-o", f"{self.folder}/rest.glb"]
        return subprocess.run(command, capture_output=True).returncode == 0

    def make_model(self, figure):
        """Return a figure's file, if it is a model from another program: the human with more vertices."""
        target = self.folder / f"{figure}.glb"
        if figure not in VERTICES or target.exists():
            return
        self.human_at_rest()
        run(self.script("foreign_model.py", f"{self.folder}/rest.glb", VERTICES[figure], target))

    def floor_file(self, row):
        """Return what the floor draws for a row. Shares of the canvas work for all its sizes."""
        target = self.folder / f"{row.figure}-{row.characters}.floor"
        if not target.exists():
            self.make_model(row.figure)
            clip = dataclasses.replace(row, frames=POSES, side=1024)
            run(self.script("floor_file.py", self.posemap, self.scene(clip), POSES, target))
            self.check(dataclasses.replace(row, frames=1, side=1024), target)
        return target

    def check(self, row, file):
        """End the run unless the floor draws what posemap draws; this also fills Mesa's shader cache."""
        # All poses, since the camera frames them all.
        ours, theirs = self.folder / "ours", self.folder / "theirs"
        run([self.posemap, "render", str(self.scene(row)), "--frames", f"0..{POSES - 1}", "--maps", MAPS, "-o", str(ours), "-q"])
        run([self.floor, str(file), str(theirs), str(row.side), "1", "1"])
        for i in range(row.characters):
            pictures = f"{ours}/c{i}/depth/00000.png", f"{theirs}/{i}/depth/00000.png"
            share = float(run(self.script("agreement.py", *pictures))["output"])
            if share < LEAST_AGREEMENT:
                sys.exit(f"{row.name}: the floor's depth map and posemap's have only {share:.3f} of their pixels in common")
        shutil.rmtree(ours)
        shutil.rmtree(theirs)

    def measured(self, row):
        """Return seconds for one picture of each program, or character-frames per second, and posemap's ratios to the
        others."""
        file, scene, output = self.floor_file(row), str(self.scene(row)), self.folder / "output"
        jobs = ["--frames", f"0..{row.frames - 1}", "--jobs", str(CORES)] if row.frames else []
        size, frames, processes = str(row.side), str(row.frames or 1), str(CORES if row.frames else 1)
        programs = {
            "posemap": [self.posemap, "render", scene, *jobs, "--maps", MAPS, "-o", str(output), "-q"],
            "floor": [self.floor, str(file), str(output), size, frames, processes],
            "moderngl": self.script("moderngl_maps.py", file, size, frames, CORES if row.frames else 0, output),
        }
        results = {name: [] for name in programs}
        for _ in range(row.rounds):
            for name, command in programs.items():
                done = run(command)
                # Import times of packages do not count in a clip.
                seconds = json.loads(done["output"])["seconds"] if name == "moderngl" and row.frames else done["wall"]
                results[name].append(seconds)
                shutil.rmtree(output)
        seconds = {name: statistics.median(times) for name, times in results.items()}
        count = row.frames * row.characters
        figures = {name: count / value if count else value for name, value in seconds.items()}
        # As a share of the floor's rate, or a multiple of its time.
        to_floor = figures["posemap"] / figures["floor"]
        to_moderngl = seconds["moderngl"] / seconds["posemap"]
        return {"row": row.name, **figures, "to floor": to_floor, "to moderngl": to_moderngl}


def compare(posemap, folder, clip, figures):
    """Measure and print row by row."""
    comparison = Comparison(posemap, folder, clip)
    print(f"\n{'seconds (cold), or character-frames a second':46}{'posemap':>9}{'floor':>9}{'to floor':>10}"
          f"{'moderngl':>10}{'times it':>10}", flush=True)
    rows, results = planned(figures), []
    if not comparison.human_at_rest():
        print("without the human (posemap body install) there is only the mannequin to compare")
        rows = [row for row in rows if row.figure == "mannequin"]
    begun = time.monotonic()
    for number, row in enumerate(rows):
        if time.monotonic() - begun > LONGEST:
            print(f"{len(rows) - number} rows are left out, since the machine is slow")
            break
        result = comparison.measured(row)
        places = 1 if row.frames else 3
        print(f"{row.name:46}{result['posemap']:9.{places}f}{result['floor']:9.{places}f}{result['to floor']:10.2f}"
              f"{result['moderngl']:10.{places}f}{result['to moderngl']:10.1f}", flush=True)
        results.append(result)
    return results


def others(posemap, folder):
    """Return the rates of programs that rotate one posed body, at 1024²."""
    python = interpreter()
    body, skeleton = f"{folder}/body.glb", f"{folder}/cold0/a/openpose.json"
    run([posemap, "glb", f"{folder}/one.json", "-o", body])
    rates = []
    for number in range(3):
        output = run([python, str(HERE / "pyrender_maps.py"), body, skeleton, "40", f"{folder}/other{number}"],
                     {"PYOPENGL_PLATFORM": "osmesa"})["output"]
        done = json.loads(output.splitlines()[-1])
        rates.append(done["frames"] / done["seconds"])
    return {"pyrender + OpenCV": {"rate": statistics.median(rates)}}
