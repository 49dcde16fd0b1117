"""Runs programs and measures their time and memory."""
import os
import pathlib
import resource
import subprocess
import sys
import threading
import time

CORES = os.cpu_count()


class Memory(threading.Thread):
    """The peak memory of a process and its children, with each shared page counted once, in MB."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process, self.most = process, 0

    def run(self):
        while self.process.poll() is None:
            self.most = max(self.most, sum(map(self.share, self.family(self.process.pid))) / 1024)
            time.sleep(0.05)

    def family(self, process):
        try:
            children = pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()
        except OSError:
            children = []
        return [process] + [one for child in children for one in self.family(int(child))]

    @staticmethod
    def share(process):
        try:
            lines = pathlib.Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            return 0
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def run(command, environment=None, watches_memory=False):
    """Return wall time in seconds, CPU time, and the measured memory, or the peak of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    memory = Memory(process)
    if watches_memory:
        memory.start()
    output, errors = process.communicate()
    wall = time.perf_counter() - begun
    if process.returncode:
        sys.exit(f"{' '.join(command)}: {errors.decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": spent, "memory": memory.most, "output": output.decode()}


def peak(command):
    """Return the peak memory of one process in MB, including shared libraries."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)")
    return float(run([sys.executable, "-c", code, *command])["output"])
