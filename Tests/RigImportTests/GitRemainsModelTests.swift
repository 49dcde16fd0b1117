import SceneFiles
import Testing

@testable import RigImport

@Suite("Traces of git in a model's file")
struct GitRemainsModelTests {
  private static let pointer =
    "version https://git-lfs.github.com/spec/v1\noid sha256:1f\nsize 12\n"

  @Test("A Git LFS pointer is reported", arguments: ["a.glb", "a.vrm", "a.bvh", "a.fbx"])
  func pointers(path: String) {
    #expect(throws: ForeignModelError.damaged(GitRemains.pointerSentence)) {
      try ModelReader.read(Array(Self.pointer.utf8), path: path)
    }
  }

  @Test("An unfinished merge is reported in text formats")
  func conflicts() {
    let sides = "\n<<<<<<< HEAD\n=======\n>>>>>>> b\n"
    for start in ["HIERARCHY", "{", "; FBX 7.4", "<COLLADA>"] {
      #expect(
        throws: ForeignModelError.damaged(
          "this merge is not finished: ours (HEAD) has nothing here, theirs (b) has nothing here; "
            + "run git checkout --ours 'a b.bvh', or --theirs (line 2)")
      ) {
        try ModelReader.read(Array((start + sides).utf8), path: "a b.bvh")
      }
    }
  }
}
