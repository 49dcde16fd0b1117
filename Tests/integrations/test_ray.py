"""The Ray example on a real Ray cluster of one machine: the same files as a plain run, whichever process made them."""

import importlib.util

import pytest
from conftest import ROOT, hashes, make_scenes, run, write

ray = pytest.importorskip("ray")
EXAMPLE = ROOT / "Integrations" / "python" / "examples" / "ray_dataset.py"


@pytest.fixture(scope="module")
def example():
    """Provide the example, and two cores of this machine as a cluster that is stopped at the end. run.sh turns
    telemetry off."""
    spec = importlib.util.spec_from_file_location("ray_dataset", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    ray.init(num_cpus=2, include_dashboard=False, object_store_memory=100_000_000, logging_level="warning")
    yield module
    ray.shutdown()


def test_every_file_is_a_plain_runs(command, example, tmp_path, monkeypatch):
    list_file = make_scenes(tmp_path, 24)
    run(command, "render", "--list", list_file, "-o", tmp_path / "plain", "--maps", "openpose,depth,mask", "-q")
    # A path relative to this process, which is not where tasks run.
    monkeypatch.chdir(tmp_path)
    parts = list(example.render_all("scenes.txt", "out", 8, maps="openpose,depth,mask"))
    assert sorted(len(part.rendered) for part in parts) == [3] * 8
    scenes = [scene for part in parts for scene in part.rendered]
    assert sorted(scenes) == [tmp_path / f"{number:03d}.scene.json" for number in range(24)], "each exactly once"
    plain = hashes(tmp_path / "plain")
    assert len(plain) > 24 * 6
    assert hashes(tmp_path / "out") == plain

    again = list(example.render_all("scenes.txt", "out", 5, maps="openpose,depth,mask"))
    assert sum(len(part.present) for part in again) == 24 and not any(part.rendered for part in again)


# Stands in for the command: what it kills before the command is run, by the shard it is to render. A mark in the folder
# of this script says that it did.
KILLER = """#!/bin/sh
here=$(dirname "$0")
for argument; do case $argument in --shard=*) shard=${argument#--shard=} ;; esac; done
case ${shard%/*} in
  1) if mkdir "$here/command"; then kill -KILL $$; fi ;;
  2) if mkdir "$here/worker"; then kill -KILL $PPID; exit 1; fi ;;
  3) echo . >> "$here/tries"; kill -KILL $$ ;;
  4) echo . >> "$here/losses"; kill -KILL $PPID; exit 1 ;;
esac 2>/dev/null
exec "$POSEMAP" "$@"
"""


def test_what_is_killed_is_tried_again_and_stops_nothing_else(command, example, tmp_path):
    """As when memory runs out: kills the command of a shard, and the process that called it."""
    list_file = make_scenes(tmp_path, 12)
    run(command, "render", "--list", list_file, "-o", tmp_path / "plain", "--maps", "mask", "-q")
    killer = tmp_path / "killer" / "posemap"
    killer.parent.mkdir()
    killer.write_text(KILLER, "utf-8")
    killer.chmod(0o755)
    parts = list(example.render_all(list_file, tmp_path / "out", 6, maps="mask", command=killer))
    assert (killer.parent / "command").is_dir() and (killer.parent / "worker").is_dir()
    assert len((killer.parent / "tries").read_text().split()) == 3
    assert len((killer.parent / "losses").read_text().split()) == 3

    def names(numbers):
        return {tmp_path / f"{number:03d}.scene.json" for number in numbers}

    failures = {scene: said for part in parts for scene, said in part.failures.items()}
    assert failures == {
        **dict.fromkeys(names((2, 8)), "posemap was killed by SIGKILL"),
        **dict.fromkeys(names((3, 9)), "the process that rendered its shard was lost three times"),
    }
    assert {scene for part in parts for scene in part.rendered} == names((0, 1, 4, 5, 6, 7, 10, 11))

    again = list(example.render_all(list_file, tmp_path / "out", 6, maps="mask"))
    assert {scene for part in again for scene in part.rendered} == names((2, 3, 8, 9))
    assert hashes(tmp_path / "out") == hashes(tmp_path / "plain")


def test_a_bad_scene_is_reported_from_its_task(command, example, tmp_path):
    list_file = make_scenes(tmp_path, 4)
    write(tmp_path / "002.scene.json", {"canvas": [128, 128], "characters": [{"id": "ana", "body": "femal"}]})
    parts = list(example.render_all(list_file, tmp_path / "out", 2, maps="mask"))
    failures = {scene.name: said for part in parts for scene, said in part.failures.items()}
    assert list(failures) == ["002.scene.json"]
    assert 'did you mean "female"?' in failures["002.scene.json"]
    assert sum(len(part.rendered) for part in parts) == 3


def test_a_wrong_option_comes_back_as_the_packages_error(example, tmp_path):
    import posemap

    list_file = make_scenes(tmp_path, 1)
    with pytest.raises(posemap.UsageError, match="there is no map"):
        list(example.render_all(list_file, tmp_path / "out", 1, maps="dpth"))
