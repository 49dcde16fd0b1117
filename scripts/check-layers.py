#!/usr/bin/env python3
"""Checks that the modules of Sources depend one way, as ARCHITECTURE.md says.

    scripts/check-layers.py [ROOT]      ROOT: the repository, or a folder laid out like it

Reads the `import` lines and a few words that belong to one layer only. Prints `file:line: message`
for each finding and exits 1 if there is one.
"""

import fnmatch
import pathlib
import re
import sys
from typing import Iterator

from swift_files import ROOT, Finding, code, swift_files

# The modules of this package that each module may import, from the bottom up.
LAYERS: dict[str, set[str]] = {
    "Processes": set(),
    "GitClient": {"Processes"},
    "PoseRig": set(),
    "MapRender": {"PoseRig"},
    "SceneFiles": {"MapRender", "PoseRig"},
    "HumanCompiler": {"SceneFiles", "PoseRig"},
    "RigImport": {"Processes", "SceneFiles", "PoseRig"},
    "Export": {"SceneFiles", "MapRender", "PoseRig"},
    "ComfyClient": {"Export", "SceneFiles"},
    "PosemapKit": {"ComfyClient", "Export", "GitClient", "RigImport", "HumanCompiler", "SceneFiles",
                   "MapRender", "PoseRig"},
    "Studio": {"PosemapKit", "Export", "Processes", "SceneFiles", "MapRender", "PoseRig"},
    "posemap": {"Studio", "PosemapKit", "ComfyClient", "Export", "GitClient", "Processes", "RigImport",
                "HumanCompiler", "SceneFiles", "MapRender", "PoseRig"},
}

# The files that may import each C module, so that C stays in a few of them.
C_MODULES = {
    "CBuild": ["posemap/Report/OwnVersion.swift"],
    "CAssimp": ["RigImport/Assimp/AssimpScene.swift"],
    "CCurl": ["ComfyClient/SecureExchange.swift"],
    "CLoops": ["MapRender/Images/PixelLoops.swift", "MapRender/Canny/*.swift", "PoseRig/Body/SkinLoops.swift"],
    "CMalloc": ["posemap/*.swift"],
    "COpenGL": ["MapRender/GL/*.swift", "MapRender/Geometry/GeometryPass.swift"],
    "CPNG": ["RigImport/GLTF/AlphaImage.swift"],
    "CPNGShim": ["Export/*PNGFile.swift"],
    "CResources": ["*/EmbeddedFiles.swift"],
    "CRigs": ["*/EmbeddedData.swift"],
    "CSignals": ["posemap/Workers/*.swift"],
    "COpenSSL": ["Export/FileHash.swift"],
    "CZlib": ["Export/Merge/StoredZip.swift", "HumanCompiler/Inflate.swift",
              "RigImport/FBX/FBXInflate.swift"],
}

# The modules that may import a restricted library.
LIBRARIES = {
    "ArgumentParser": ["posemap"],
    "Crypto": ["Export"],
    "Foundation": ["RigImport", "PosemapKit", "posemap"],
    "NIO*": ["ComfyClient", "Studio"],
}

# The domain does not know about files or their lines.
FILE_WORDS = re.compile(r"\b(JSONNode|JSONParser|FileLoader|TextLocation)\b")
# Functions return failures; the command prints them and exits.
ENDS = re.compile(r"(?<![.\w])(?<!func )(print|exit|_exit)\(")
IMPORT = re.compile(r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?"
                    r"import\s+(?:(?:struct|class|enum|func|protocol|typealias)\s+)?(\w+)")


def check_import(module: str, file: str, imported: str) -> Iterator[str]:
    if imported in LAYERS:
        if imported not in LAYERS[module]:
            yield f"{module} may not import {imported}: dependencies point the other way"
    elif imported in C_MODULES:
        if not any(fnmatch.fnmatch(file, pattern) for pattern in C_MODULES[imported]):
            yield f"{imported} is imported by {', '.join(C_MODULES[imported])} only"
    else:
        for library, modules in LIBRARIES.items():
            if fnmatch.fnmatch(imported, library) and module not in modules:
                yield f"{imported} is imported by {', '.join(modules)} only"


def check(path: pathlib.Path, sources: pathlib.Path) -> Iterator[Finding]:
    file = path.relative_to(sources).as_posix()
    module = file.split("/")[0]
    if module not in LAYERS:
        yield Finding(path, 1, f"{module} is not in the layers of scripts/check-layers.py")
        return
    before = ""
    for number, line in enumerate(code(path.read_text()).split("\n"), start=1):
        # Foundation may replace its smaller half where that does not exist.
        is_substitute, before = before == "#else" and "Foundation" in line, line.strip()
        if not is_substitute and (imported := IMPORT.match(line)):
            for message in check_import(module, file, imported[1]):
                yield Finding(path, number, message)
        if module == "PoseRig" and (word := FILE_WORDS.search(line)):
            yield Finding(path, number, f"PoseRig knows no files: {word[1]} belongs to SceneFiles")
        if module != "posemap" and (call := ENDS.search(line)):
            yield Finding(path, number, f"{call[1]}(…) is for posemap only: return what failed")


def main(arguments: list[str]) -> int:
    if arguments and arguments[0].startswith("-"):
        print(__doc__.strip())
        return 0
    sources = (pathlib.Path(arguments[0]) if arguments else ROOT) / "Sources"
    findings = [finding for path in swift_files([sources]) for finding in check(path, sources)]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
