"""scripts/check-layers.py on files laid out like the repository's."""

import pathlib
import subprocess
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/check-layers.py"


def findings(files: dict[str, str]) -> list[str]:
    """Return the findings in files of Sources, each as `file:line: message`."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder).resolve()
        for name, text in files.items():
            path = root / "Sources" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        done = subprocess.run([SCRIPT, root], capture_output=True, text=True)
    assert not done.stderr, done.stderr
    lines = [line.removeprefix(f"{root}/Sources/") for line in done.stdout.splitlines()]
    assert done.returncode == (1 if lines else 0)
    return lines


class LayerTests(unittest.TestCase):
    def test_imports_downward_are_right(self) -> None:
        self.assertEqual(findings({
            "Export/A.swift": "public import MapRender\ninternal import PoseRig\nimport Crypto\n",
            "posemap/B.swift": "import ArgumentParser\ninternal import struct ComfyClient.ServerAddress\n",
        }), [])

    def test_imports_upward_are_wrong(self) -> None:
        for line in ["import Export", "public import Export", "@testable import Export",
                     "@preconcurrency internal import Export", "  package import class Export.PNGFile"]:
            self.assertEqual(
                findings({"MapRender/A.swift": f"// A map.\n{line}\n"}),
                ["MapRender/A.swift:2: MapRender may not import Export: dependencies point the other way"])

    def test_texts_and_comments_import_nothing(self) -> None:
        self.assertEqual(findings({
            "PoseRig/A.swift": '// import Export\nlet a = """\n  import Export\n  print(1)\n  """\nlet JSON = 1\n'
        }), [])

    def test_c_is_for_a_few_files(self) -> None:
        self.assertEqual(
            findings({"MapRender/GL/A.swift": "import COpenGL", "MapRender/Maps/A.swift": "import COpenGL"}),
            ["MapRender/Maps/A.swift:1: COpenGL is imported by MapRender/GL/*.swift, "
             "MapRender/Geometry/GeometryPass.swift only"])

    def test_libraries_are_for_a_few_modules(self) -> None:
        self.assertEqual(
            findings({"ComfyClient/A.swift": "import NIOCore", "PosemapKit/A.swift": "import NIOCore",
                      "PoseRig/A.swift": "import Foundation"}),
            ["PoseRig/A.swift:1: Foundation is imported by RigImport, PosemapKit, posemap only",
             "PosemapKit/A.swift:1: NIOCore is imported by ComfyClient, Studio only"])

    def test_foundation_may_stand_in_for_its_half(self) -> None:
        self.assertEqual(findings({
            "PoseRig/A.swift": "#if canImport(FoundationEssentials)\n  internal import FoundationEssentials\n"
                               "#else\n  internal import Foundation\n#endif\n"
        }), [])

    def test_the_domain_knows_no_files(self) -> None:
        self.assertEqual(
            findings({"PoseRig/A.swift": "func read(_ node: JSONNode) {}\n",
                      "SceneFiles/A.swift": "func read(_ node: JSONNode) {}\n"}),
            ["PoseRig/A.swift:1: PoseRig knows no files: JSONNode belongs to SceneFiles"])

    def test_only_the_command_prints_and_exits(self) -> None:
        self.assertEqual(
            findings({"Export/A.swift": "print(1)\n", "RigImport/A.swift": "exit(1)\n",
                      "PoseRig/A.swift": "func exit(_ a: Int) {}\nsurface.exit(1)\nfootprint(1)\n",
                      "posemap/A.swift": "print(1)\nexit(1)\n"}),
            ["Export/A.swift:1: print(…) is for posemap only: return what failed",
             "RigImport/A.swift:1: exit(…) is for posemap only: return what failed"])

    def test_a_new_module_has_a_layer(self) -> None:
        self.assertEqual(
            findings({"Hair/A.swift": "import PoseRig\n"}),
            ["Hair/A.swift:1: Hair is not in the layers of scripts/check-layers.py"])


if __name__ == "__main__":
    unittest.main()
