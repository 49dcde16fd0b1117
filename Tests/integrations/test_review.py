"""The review of Integrations/git, and the hooks for the framework pre-commit, in generated repositories."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, write

SCRIPTS = ROOT / "Integrations" / "git"
ODD = "sub dir/it's \"Größe\" `1` | 2\n.scene.json"


def scene(pose, **more):
    character = {"id": "ana", "body": "female", "pose": pose}
    return {"canvas": [64, 96], "camera": {"frame": "all"}, "characters": [character], **more}


class Repository:
    """A repository with its own home folder."""

    def __init__(self, folder, command):
        self.folder = folder
        folder.mkdir()
        home = folder.parent / "home"
        home.mkdir()
        person = {f"GIT_{who}_{what}": "a" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        self.environment = {**os.environ, **person, "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "POSEMAP": command}
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments):
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def put(self, name, document):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, document)

    def review(self, *arguments, cwd=None):
        return subprocess.run(
            ["sh", str(SCRIPTS / "review.sh"), *arguments], cwd=cwd or self.folder, env=self.environment,
            capture_output=True, text=True, stdin=subprocess.DEVNULL,
        )


@pytest.fixture
def repository(tmp_path, command):
    """Write four scenes: one with a pose that builds on another, one with an odd name, and two independent ones; two
    commits."""
    made = Repository(tmp_path / "work", command)
    made.put("base.pose.json", {"joints": {"leftLowerArm": {"flexion": 20}}})
    made.put("wave.pose.json", {"base": "base.pose.json", "joints": {"head": {"rotation": 10}}})
    made.put("by-base/scene.json", scene("../wave.pose.json"))
    made.put("stays.scene.json", scene("stand"))
    made.put("goes.scene.json", scene("stand"))
    made.put(ODD, scene("stand"))
    made.git("add", "-A")
    subprocess.run([command, "fmt", *made.git("ls-files", "-z").split("\0")[:-1]], cwd=made.folder, check=True,
                   capture_output=True)
    made.base = made.commit("One")
    made.put("base.pose.json", {"joints": {"leftLowerArm": {"flexion": 70}}})
    made.put(ODD, scene("arms-raised"))
    made.put("comes.scene.json", scene("stand"))
    (made.folder / "goes.scene.json").unlink()
    subprocess.run([command, "fmt", "base.pose.json", ODD, "comes.scene.json"], cwd=made.folder, check=True,
                   capture_output=True)
    made.commit("Two")
    return made


def test_a_review_shows_every_scene_that_changes_and_only_these(repository):
    done = repository.review("github", repository.base, "out", cwd=repository.folder / "by-base")
    out = repository.folder / "by-base" / "out"
    assert done.returncode == 0, done.stderr
    report = (out / "report.md").read_text("utf-8")
    headings = [line for line in report.split("\n") if line.startswith("## ")]
    shown = ODD.replace("`", "?").replace("|", "?").replace("\n", "?")
    assert sorted(headings) == sorted(
        f"## `{name}`" for name in ("by-base/scene.json", "comes.scene.json", "goes.scene.json", shown)
    )
    assert report.count("This scene is new.") == report.count("This scene was deleted.") == 1
    # A description, and a sheet that the report shows.
    assert "left elbow" in report, report
    sheets = sorted(path.name for path in (out / "sheets").iterdir())
    assert len(sheets) >= 3 and all(f"(sheets/{name})" in report for name in sheets)
    # Every hash is the map's, and an unchanged map is reported as equal.
    lines = dict(reversed(line.split("  ", 1)) for line in (out / "hashes.txt").read_text("utf-8").splitlines())
    assert len(lines) == 3 * 5 and all(len(sum) == 64 for sum in lines.values())
    maps = repository.folder.parent / "maps"
    subprocess.run([repository.environment["POSEMAP"], "render", "by-base/scene.json", "-o", maps, "-q"],
                   cwd=repository.folder, check=True)
    for name in ("depth", "openpose"):
        digest = hashlib.sha256((maps / "ana" / f"{name}.png").read_bytes()).hexdigest()
        assert lines[f"by-base/scene.json/ana/{name}.png"] == digest
        assert f"| ana/{name}.png | " in report and f" | {digest[:12]} |" in report
    # Nothing of the review remains in the repository.
    assert repository.git("worktree", "list").count("\n") == 1
    assert repository.git("status", "--porcelain") == "?? by-base/out/\n"


def test_mistakes_are_annotations_for_both_services_and_fail_the_job(repository):
    repository.put("wave.pose.json", {"joints": {"leftElbow": [0, 0, 0]}})
    repository.commit("Wrong")
    repository.environment["REVIEW_MAPS"] = "mask"
    done = repository.review("github", repository.base, "out")
    assert done.returncode == 65
    found = [line for line in done.stdout.splitlines() if "leftElbow" in line]
    assert any(line.startswith("::error file=wave.pose.json,line=") for line in found)
    assert "::error file=wave.pose.json::it is not formatted; " in done.stdout
    # Scenes that cannot be drawn are reported, and the rest is shown.
    assert "## `comes.scene.json`" in (repository.folder / "out" / "report.md").read_text("utf-8")
    done = repository.review("gitlab", repository.base, "lab")
    assert done.returncode == 65
    entries = json.loads((repository.folder / "lab" / "mistakes.json").read_text("utf-8"))
    assert {"wave.pose.json"} <= {entry["location"]["path"] for entry in entries}
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    assert all(entry["severity"] in ("minor", "major") and entry["location"]["lines"]["begin"] > 0 for entry in entries)


def test_a_branch_without_changes_of_scenes_says_so(repository):
    head = repository.git("rev-parse", "HEAD").strip()
    (repository.folder / "README").write_text("x")
    repository.commit("Words")
    done = repository.review("gitlab", head, "out")
    assert done.returncode == 0, done.stderr
    assert "None: every map is as it was." in (repository.folder / "out" / "report.md").read_text("utf-8")
    assert json.loads((repository.folder / "out" / "mistakes.json").read_text("utf-8")) == []
    assert repository.review("gitlab", head, "out").returncode == 73
    assert repository.review("gitlab", "0" * 40, "other").returncode == 66
    assert repository.review("svn", head, "third").returncode == 64


def test_the_jobs_run_this_very_script():
    for name, service in (("github.yml", "github"), ("gitlab.yml", "gitlab")):
        text = (SCRIPTS / name).read_text("utf-8")
        assert f"Integrations/git/review.sh {service} " in text


def test_the_hooks_of_the_framework_pre_commit(tmp_path, command):
    """posemap's hooks run as the framework runs them, from this repository in its current state."""
    made = Repository(tmp_path / "work", command)
    source = tmp_path / "source"
    source.mkdir()
    (source / ".pre-commit-hooks.yaml").write_bytes((ROOT / ".pre-commit-hooks.yaml").read_bytes())
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", *arguments], cwd=source, env=made.environment, check=True)
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=source, check=True, capture_output=True, text=True)
    (made.folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {source}\n  rev: {revision.stdout.strip()}\n  hooks:\n"
        "  - id: posemap-fmt\n  - id: posemap-check\n"
    )
    bin = tmp_path / "bin"
    bin.mkdir()
    (bin / "posemap").symlink_to(command)
    made.environment["PATH"] = f"{bin}:{made.environment['PATH']}"

    def run():
        return subprocess.run(
            [Path(sys.executable).parent / "pre-commit", "run"], cwd=made.folder, env=made.environment, capture_output=True, text=True
        )

    made.put("a b/it's.pose.json", {"joints": {"head": {"rotation": 10}}})
    made.put("-x.scene.json", scene("stand"))
    made.put("other.json", {"joints": 3})
    made.git("add", "-A")
    done = run()
    assert done.returncode == 1 and "files were modified by this hook" in done.stdout
    made.git("add", "-A")
    done = run()
    assert done.returncode == 0, done.stdout
    made.put("wrong.pose.json", {"joints": {"leftElbow": [0, 0, 0]}})
    made.git("add", "-A")
    done = run()
    assert done.returncode == 1 and 'unknown joint "leftElbow"' in done.stdout
