"""The shared libraries that a command needs, gathered so that it runs where none of them is installed.

`gather` copies them into a folder, with run paths that lead to each other, and returns what they are. The system's C
library stays the system's: it belongs to the kernel and the loader.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable

#: glibc's own, which every Linux for which a manylinux wheel is made has.
SYSTEM = re.compile(r"(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|util))\.so\.\d+")

#: Libraries that Debian's LLVM names, for programs other than its code generator, in a third of all bytes: z3 is for
#: clang's analyzer, libxml2 (with ICU's data) for merging the manifests of Windows programs, libedit for prompts. A
#: library of the same name takes their place, in which every function ends the process.
NEVER_CALLED = {"libedit.so.2", "libxml2.so.2", "libz3.so.4"}

#: What may be passed on, by the name up to `.so`; anything else ends the packing until somebody has read its licence.
LICENCES = {
    "libLLVM-15": "Apache-2.0 WITH LLVM-exception", "libLLVM-19": "Apache-2.0 WITH LLVM-exception",
    "libOSMesa": "MIT", "libassimp": "BSD-3-Clause", "libcrypto": "Apache-2.0", "libdraco": "Apache-2.0", "libffi": "MIT",
    "libgcc_s": "GPL-3.0-or-later WITH GCC-exception-3.1", "libglapi": "MIT",
    "libmeshoptimizer": "MIT", "libminizip": "Zlib", "libpng16": "libpng-2.0", "libsharpyuv": "BSD-3-Clause",
    "libstdc++": "GPL-3.0-or-later WITH GCC-exception-3.1", "libtinfo": "X11", "libwebp": "BSD-3-Clause", "libz": "Zlib",
    "libzstd": "BSD-3-Clause",
}


class PackingError(Exception):
    """What keeps a package from being made, in one sentence."""


@dataclass(frozen=True)
class Library:
    """A library of a bundle: its file's name, its licence, and the Debian package that it is of, with its notice."""

    name: str
    licence: str
    package: str
    version: str
    notice: bytes


#: What posemap loads while it runs, so that nothing names it (Sources/COpenGL).
LOADED = ("libOSMesa.so.8",)


def gather(command: Path, folder: Path, patchelf: str) -> list[Library]:
    """Copies what the command needs into the folder; returns it in the order of names."""
    folder.mkdir(parents=True)
    known = _known(command)
    libraries = []
    for name, path in sorted(_closure(command, known).items()):
        copy = folder / name
        shutil.copyfile(path, copy)
        copy.chmod(0o755)
        _run(["strip", "--strip-unneeded", str(copy)])
        # The older kind of run path, since LD_LIBRARY_PATH and what torch brings along would go before the newer one.
        _run([patchelf, "--force-rpath", "--set-rpath", "$ORIGIN", str(copy)])
        libraries.append(_described(name, path))
    everything = [command, *folder.iterdir()]
    for name in sorted(NEVER_CALLED):
        used = {symbol for file in everything for symbol in _undefined(file)} & _defined(known.get(name))
        if used:
            _make_stand_in(name, used, folder / name)
    return libraries


def newest_glibc(files: Iterable[Path]) -> tuple[int, int]:
    """The oldest glibc that has all symbols of the files."""
    words = [_run(["objdump", "-T", str(file)]) for file in files]
    return max((int(major), int(minor)) for text in words for major, minor in re.findall(r"\(?GLIBC_(\d+)\.(\d+)", text))


def _closure(command: Path, known: dict[str, Path]) -> dict[str, Path]:
    """The files of all libraries that the command needs, by name, but for the system's and those never called."""
    found = {name: known[name] for name in LOADED}
    waiting = [command, *found.values()]
    while waiting:
        text = _run(["objdump", "-p", str(waiting.pop())])
        for name in re.findall(r"NEEDED +(\S+)", text):
            if SYSTEM.fullmatch(name) or name in found or name in NEVER_CALLED:
                continue
            if name not in known:
                raise PackingError(f"{name}, which the command needs, is not installed")
            found[name] = known[name]
            waiting.append(known[name])
    return found


def _known(command: Path) -> dict[str, Path]:
    """The libraries by name as this system's loader finds them."""
    cache = _run(["/sbin/ldconfig", "-p"])
    found = {}
    for name in LOADED:
        path = re.search(rf"^\t{re.escape(name)} \(libc6,x86-64\) => (\S+)", cache, re.MULTILINE)
        if not path:
            raise PackingError(f"{name}, which the command loads, is not installed")
        found[name] = path[1]
    for file in (str(command), *found.values()):
        found.update(re.findall(r"(\S+) => (/\S+)", _run(["ldd", file])))
    return {name: Path(path).resolve() for name, path in found.items()}


def _described(name: str, path: Path) -> Library:
    licence = LICENCES.get(name.partition(".so")[0])
    if licence is None:
        raise PackingError(f"the licence of {name} is not in scripts/bundle.py; read it, then add it there")
    # Where /lib is a link to /usr/lib, packages know their files by either.
    names = [str(path), str(path).removeprefix("/usr")]
    owners = subprocess.run(["dpkg-query", "--search", *names], capture_output=True, text=True).stdout
    if not owners:
        raise PackingError(f"{path} is of no Debian package, so that its notice is not known")
    package = owners.partition(": ")[0].partition(",")[0].strip()
    version = _run(["dpkg-query", "--show", "--showformat=${Version}", package])
    notice = Path("/usr/share/doc", package.partition(":")[0], "copyright").read_bytes()
    return Library(name, licence, package.partition(":")[0], version, notice)


def _undefined(file: Path) -> set[tuple[str, str, str]]:
    """The dynamic symbols that a file wants of others: kind (F or O), version, name."""
    return _symbols(file, r"\*UND\*")


def _defined(file: Path | None) -> set[tuple[str, str, str]]:
    return _symbols(file, r"(?!\*UND\*)\S+") if file else set()


def _symbols(file: Path, section: str) -> set[tuple[str, str, str]]:
    pattern = rf"^\w+ .{{5}}D([FO ]) {section}\t\w+ +\(?([\w.]*)\)? +(\w+)$"
    found = re.findall(pattern, _run(["objdump", "-T", str(file)]), re.MULTILINE)
    return {(kind, "" if version == "Base" else version, name) for kind, version, name in found}


def _make_stand_in(name: str, symbols: set[tuple[str, str, str]], output: Path) -> None:
    """Compiles a library that has the symbols, and ends the process if one of them is called."""
    code = ["void abort(void);"]
    versions: dict[str, list[str]] = {}
    for kind, version, symbol in sorted(symbols):
        code.append(f"void *{symbol};" if kind == "O" else f"void {symbol}(void) {{ abort(); }}")
        versions.setdefault(version, []).append(symbol)
    nodes = [f"{version} {{ {'; '.join(of)}; }};" for version, of in sorted(versions.items()) if version]
    with tempfile.TemporaryDirectory() as folder:
        source, script = Path(folder, "code.c"), Path(folder, "versions")
        source.write_text("\n".join(code) + "\n", "utf-8")
        script.write_text("\n".join(nodes) + "\n", "utf-8")
        options = [f"-Wl,--version-script={script}"] if nodes else []
        _run([os.environ.get("CC", "clang"), "-shared", "-fPIC", "-w", "-Os", "-s", f"-Wl,-soname,{name}", *options,
              "-o", str(output), str(source)])


def _run(words: list[str]) -> str:
    try:
        done = subprocess.run(words, capture_output=True, text=True)
    except FileNotFoundError:
        raise PackingError(f"{words[0]} is not installed") from None
    if done.returncode:
        raise PackingError(f"{words[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
