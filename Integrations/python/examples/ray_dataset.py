"""Renders a list of scenes on a Ray cluster, one task per shard.

    python ray_dataset.py scenes.txt out --shards 64

The list, its scenes and the output are in a folder that all machines share; posemap is installed on each of them. When
run again, it renders what is missing. Without a cluster, Ray uses this machine's cores.
"""

import argparse
import os
import sys
from pathlib import Path

import ray

import posemap


# Ray's exceptions for a task whose process or machine is gone.
LOST = (ray.exceptions.WorkerCrashedError, ray.exceptions.OutOfMemoryError, ray.exceptions.NodeDiedError)


def render_all(list_file, output, shards, **options):
    """Renders the scenes of a list into ``output``; yields the ``posemap.Batch`` of each shard when it is finished.

    If a shard's machine is lost, or its command is killed, for example because memory runs out, the shard continues
    where it stopped. After three losses, its remaining scenes are ``failures`` of its batch.
    """
    # Tasks on other machines run in another working folder. command= and $POSEMAP are looked up
    # where a task runs.
    list_file, output = Path(list_file).absolute(), Path(output).absolute()

    # A task uses one core, and has three attempts.
    @ray.remote(num_cpus=1, max_retries=2, retry_exceptions=[posemap.KilledError])
    def render_shard(number):
        return posemap.batch(list_file, output, shard=(number, shards), jobs=1, **options)

    shard_of_task = {render_shard.remote(number): number for number in range(1, shards + 1)}
    waiting = list(shard_of_task)
    while waiting:
        (finished,), waiting = ray.wait(waiting)
        try:
            yield ray.get(finished)
        except posemap.KilledError as fault:
            # Ray raises its own exception, which is also an instance of this one.
            yield fault.cause.batch
        except LOST:
            # It is no longer known which of them are done.
            scenes = posemap.list_scenes(list_file, shard=(shard_of_task[finished], shards))
            yield posemap.Batch(failures=dict.fromkeys(scenes, "the process that rendered its shard was lost three times"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list_file")
    parser.add_argument("output")
    # Scenes differ in cost: a few shards per core keep all cores busy until the end.
    parser.add_argument("--shards", type=int, default=64)
    parser.add_argument("--maps", default="openpose,depth,normal,canny,mask")
    chosen = parser.parse_args()

    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    ray.init(include_dashboard=False)
    done, failures = 0, {}
    for part in render_all(chosen.list_file, chosen.output, chosen.shards, maps=chosen.maps):
        done += len(part.folders)
        failures.update(part.failures)
        print(f"\r{done} scenes", end="", flush=True)
    print()
    for scene, said in sorted(failures.items()):
        print(f"{scene} could not be rendered:\n{said}", file=sys.stderr)
    if failures:
        print("the same command renders what is missing", file=sys.stderr)
    ray.shutdown()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
