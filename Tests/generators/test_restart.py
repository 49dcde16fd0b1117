"""Servers that restart while posemap waits for them, and what the pictures' folder says of how they were made."""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import time
from pathlib import Path
from typing import Any, Iterator

from test_submit import POSEMAP, SCENE, fetch, server, size, submit


@contextlib.contextmanager
def interrupted(folder: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A run whose server was ended when it had made one of two pictures; gives the server's port."""
    out = folder / "out"
    with server(folder / "server", "--delay", "0.5") as url:
        command = [POSEMAP, "comfyui", str(SCENE), "-o", str(out), "--submit", url, "--stages", "none", *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
            while not (out / "female/generated/base.png").exists():
                time.sleep(0.01)
                assert process.poll() is None
            subprocess.run(["sh", "-c", f"kill $(cat {folder}/server/pid)"], check=True)
            yield url.rpartition(":")[2], process


def test_what_a_restarted_server_has_lost_is_queued_again(tmp_path: Path) -> None:
    """The server comes back without its queue and without its input folder."""
    out = tmp_path / "out"
    with interrupted(tmp_path) as (port, process):
        time.sleep(3)
        with server(tmp_path / "again", "--port", port):
            said = process.stderr.read() if process.stderr else ""
    assert process.returncode == 0, said
    assert said.count("posemap: note: the server was restarted and has lost male; it is queued again") == 1
    assert size(out / "male/generated/base.png") == (832, 1216)
    assert [path.name for path in (tmp_path / "again/input").glob("*-female-*")] == []
    assert not (out / "queue.json").exists()


def test_queueing_again_can_be_left_to_the_person(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with interrupted(tmp_path, "--requeue", "0") as (port, process):
        time.sleep(3)
        with server(tmp_path / "again", "--port", port):
            said = process.stderr.read() if process.stderr else ""
    assert process.returncode == 69
    assert 'the workflow of "male" failed: the server no longer knows it' in said
    assert "note: fetched: female\n" in said and "note: lost; submit again: male\n" in said
    assert not (out / "queue.json").exists()


def test_what_was_lost_between_two_runs_is_queued_again_by_the_second(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with interrupted(tmp_path, "--patience", "0") as (port, process):
        said = process.stderr.read() if process.stderr else ""
    assert process.returncode == 69 and "not fetched: male" in said
    with server(tmp_path / "again", "--port", port):
        done = fetch(out)
    assert done.returncode == 0, done.stderr
    assert "has lost male; it is queued again" in done.stderr
    assert size(out / "male/generated/base.png") == (832, 1216)


def run_record(folder: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((folder / "run.json").read_text())
    return record


def test_the_folder_of_the_pictures_says_what_they_were_made_from(tmp_path: Path) -> None:
    made = tmp_path / "out/male/generated"
    with server(tmp_path / "server") as url:
        done = submit(url, tmp_path / "out", "--only", "male", "--seed", "41")
        assert done.returncode == 0, done.stderr
        record = run_record(made)
        assert record["character"] == "male" and record["folder"] == "posemap/window/male"
        assert {one["title"]: one["value"] for one in record["seeds"]}["First pass"] == 41
        assert "sd_xl_base_1.0.safetensors" in {one["value"] for one in record["models"]}
        for file in [record["workflow"], *record["maps"], *record["pictures"]]:
            assert hashlib.sha256((made / file["name"]).read_bytes()).hexdigest() == file["sha256"]
        assert {file["name"] for file in record["pictures"]} == {path.name for path in made.glob("*.png")}
        assert (made / "workflow_api.json").read_bytes() == (tmp_path / "out/male/workflow_api.json").read_bytes()

        # Another run of another seed leaves what the earlier pictures were made from with them.
        other = submit(url, tmp_path / "out", "--only", "male", "--seed", "42", "--stages", "none", "--size", "416x608")
        assert other.returncode == 0, other.stderr
        assert {one["value"] for one in run_record(made)["seeds"]} == {42}
        assert run_record(made / "earlier/1") == record
        for file in [record["workflow"], *record["maps"], *record["pictures"]]:
            assert hashlib.sha256((made / "earlier/1" / file["name"]).read_bytes()).hexdigest() == file["sha256"]
        assert {path.name for path in (made / "maps").iterdir()} == {
            Path(file["name"]).name for file in run_record(made)["maps"]
        }


def again(made: Path, output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [POSEMAP, "comfyui", "--again", str(made), "-o", str(output), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_a_result_is_made_again_from_its_folder(tmp_path: Path) -> None:
    first, second = tmp_path / "out/male/generated", tmp_path / "second/male/generated"
    with server(tmp_path / "server") as url:
        assert submit(url, tmp_path / "out", "--only", "male", "--seed", "41").returncode == 0
    with server(tmp_path / "elsewhere") as url:
        done = again(first, tmp_path / "second", "--submit", url)
        assert done.returncode == 0, done.stderr
        for path in first.glob("*.png"):
            assert path.read_bytes() == (second / path.name).read_bytes()
        assert run_record(first) == run_record(second)
        # In its own folder, equal pictures are no others.
        assert again(first, tmp_path / "out", "--submit", url).returncode == 0
        assert not (first / "earlier").exists()
    # Without a server, the files to queue by hand.
    assert again(first, tmp_path / "third").returncode == 0
    for name in ("workflow_api.json", "workflow.json"):
        assert (tmp_path / "third/male" / name).exists()
    maps = tmp_path / "out/input"
    assert {path.name: path.read_bytes() for path in maps.iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "third/input").iterdir()
    }


def test_what_was_changed_is_not_taken_for_what_the_pictures_were_made_from(tmp_path: Path) -> None:
    made = tmp_path / "out/male/generated"
    with server(tmp_path / "server") as url:
        assert submit(url, tmp_path / "out", "--only", "male", "--stages", "none").returncode == 0
    workflow = (made / "workflow_api.json").read_text()
    (made / "workflow_api.json").write_text(workflow.replace('"cfg": 5', '"cfg": 6'))
    done = again(made, tmp_path / "other")
    assert done.returncode == 65 and "its SHA-256 is not that in run.json" in done.stderr, done.stderr
    (made / "workflow_api.json").write_text(workflow)
    record = run_record(made)
    (made / "run.json").write_text(json.dumps(record | {"character": "../../elsewhere"}))
    done = again(made, tmp_path / "other")
    assert done.returncode == 65 and "leads out of the folder" in done.stderr, done.stderr
    assert again(tmp_path, tmp_path / "other").returncode == 66
    assert not (tmp_path / "other").exists()
