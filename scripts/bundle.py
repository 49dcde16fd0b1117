"""The shared libraries that a command needs, collected so that it runs where none of them is installed.

`gather` copies them into a folder, with run paths that lead to each other, and returns a list of them. The C library is
left out: it must match the system's kernel and loader.
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

#: glibc, which every Linux distribution supported by manylinux wheels has.
SYSTEM = re.compile(r"(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|util))\.so\.\d+")

#: Libraries that Debian's LLVM needs, but not for generating code: z3 is for clang's analyzer,
#: libxml2 (with ICU's data) for merging the manifests of Windows programs, libedit for prompts.
#: They are a third of all bytes. The wheel has small replacement libraries in which every function
#: ends the process.
NEVER_CALLED = {"libedit.so.2", "libxml2.so.2", "libz3.so.4"}

#: The licenses of the libraries that may be redistributed, by the name up to `.so`. Any other
#: library stops the packing, until someone has read its license.
LICENSES = {
    "libLLVM-15": "Apache-2.0 WITH LLVM-exception", "libLLVM-19": "Apache-2.0 WITH LLVM-exception",
    "libOSMesa": "MIT", "libassimp": "BSD-3-Clause", "libcrypto": "Apache-2.0", "libdraco": "Apache-2.0", "libffi": "MIT",
    "libgcc_s": "GPL-3.0-or-later WITH GCC-exception-3.1", "libglapi": "MIT",
    "libmeshoptimizer": "MIT", "libminizip": "Zlib", "libpng16": "libpng-2.0", "libsharpyuv": "BSD-3-Clause",
    "libstdc++": "GPL-3.0-or-later WITH GCC-exception-3.1", "libtinfo": "X11", "libwebp": "BSD-3-Clause", "libz": "Zlib",
    "libzstd": "BSD-3-Clause",
}


#: The compiler's libraries. The drivers of a system newer than this one need that system's copies,
#: and a process can have only one of each; newer copies can do everything that older ones can.
#: These are for systems that have none.
COMPILER = ("libgcc_s.so.1", "libstdc++.so.6")
#: The folders of a system's libraries on x86-64.
SYSTEM_FOLDERS = ("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64")


class PackingError(Exception):
    """The reason why a package cannot be made, in one sentence."""


@dataclass(frozen=True)
class Library:
    """A library in a bundle: its file name, its license, and the Debian package that it came from, with its notice."""

    name: str
    license: str
    package: str
    version: str
    notice: bytes


#: The libraries that posemap loads at run time, so that no file lists them (Sources/COpenGL).
LOADED = ("libOSMesa.so.8",)


def run_path(folder: str) -> str:
    """Return the folders in which the command looks for libraries, if `gather` put them into this one."""
    return ":".join([folder, *SYSTEM_FOLDERS, f"{folder}/compiler"])


def gather(command: Path, folder: Path, patchelf: str) -> list[Library]:
    """Copy what the command needs into the folder; return the libraries in the order of names.

    Libraries that only the loaded ones need are in their own folder, where the system's drivers do not look for theirs.
    """
    for place in ("", "compiler", "loaded"):
        (folder / place).mkdir(parents=True)
    known = _known(command)
    own = {**_closure([command], known), **{name: known[name] for name in LOADED}}
    libraries = []
    for name, path in sorted(_closure([command, *(known[name] for name in LOADED)], known).items()):
        place = "compiler" if name in COMPILER else "" if name in own else "loaded"
        copy = folder / place / name
        shutil.copyfile(path, copy)
        copy.chmod(0o755)
        _run(["strip", "--strip-unneeded", str(copy)])
        # RPATH instead of RUNPATH, since LD_LIBRARY_PATH (torch, CUDA) would have precedence over the latter.
        near = "$ORIGIN:$ORIGIN/.." if place else "$ORIGIN:$ORIGIN/loaded"
        _run([patchelf, "--force-rpath", "--set-rpath", near, str(copy)])
        libraries.append(_described(name, path))
    everything = [command, *folder.rglob("*.so*")]
    for name in sorted(NEVER_CALLED):
        used = {symbol for file in everything for symbol in _undefined(file)} & _defined(known.get(name))
        if used:
            _make_stand_in(name, used, folder / "loaded" / name)
    return libraries


def newest_glibc(files: Iterable[Path]) -> tuple[int, int]:
    """Return the oldest glibc that has all symbols used by the files."""
    words = [_run(["objdump", "-T", str(file)]) for file in files]
    return max((int(major), int(minor)) for text in words for major, minor in re.findall(r"\(?GLIBC_(\d+)\.(\d+)", text))


def _closure(files: list[Path], known: dict[str, Path]) -> dict[str, Path]:
    """Return the libraries among the files and everything that they need, by name, without the system's and the unused
    ones."""
    found = {name: path for name, path in known.items() if path in files}
    waiting = [*files]
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
    """Return the libraries by name, as this system's loader finds them."""
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
    license = LICENSES.get(name.partition(".so")[0])
    if license is None:
        raise PackingError(f"the license of {name} is not in scripts/bundle.py; read it, then add it there")
    # If /lib is a link to /usr/lib, packages can list their files under either.
    names = [str(path), str(path).removeprefix("/usr")]
    owners = subprocess.run(["dpkg-query", "--search", *names], capture_output=True, text=True).stdout
    if not owners:
        raise PackingError(f"{path} does not belong to a Debian package, so its notice is not known")
    package = owners.partition(": ")[0].partition(",")[0].strip()
    version = _run(["dpkg-query", "--show", "--showformat=${Version}", package])
    notice = Path("/usr/share/doc", package.partition(":")[0], "copyright").read_bytes()
    return Library(name, license, package.partition(":")[0], version, notice)


def _undefined(file: Path) -> set[tuple[str, str, str]]:
    """Return the dynamic symbols that a file needs from others: kind (F or O), version, name."""
    return _symbols(file, r"\*UND\*")


def _defined(file: Path | None) -> set[tuple[str, str, str]]:
    return _symbols(file, r"(?!\*UND\*)\S+") if file else set()


def _symbols(file: Path, section: str) -> set[tuple[str, str, str]]:
    pattern = rf"^\w+ .{{5}}D([FO ]) {section}\t\w+ +\(?([\w.]*)\)? +(\w+)$"
    found = re.findall(pattern, _run(["objdump", "-T", str(file)]), re.MULTILINE)
    return {(kind, "" if version == "Base" else version, name) for kind, version, name in found}


def _make_stand_in(name: str, symbols: set[tuple[str, str, str]], output: Path) -> None:
    """Compile a library that has the symbols, with functions that end the process."""
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
