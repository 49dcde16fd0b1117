import Foundation
import Testing

@testable import SceneFiles

@Suite("Traces of git in a file")
struct GitRemainsTests {
  /// Returns the diagnostic for text that is not JSON.
  private func fault(_ text: String, file: String = "a.pose.json") -> String? {
    do throws(Diagnostic) {
      _ = try Document(Array(text.utf8), file: file)
      return nil
    } catch {
      return "\(error.code.rawValue) \(error.description)"
    }
  }

  private static let merge = """
    {
      "joints": {
    <<<<<<< HEAD
        "leftLowerArm": {"flexion": 40}
    =======
        "leftLowerArm": {"flexion": 55},
        "head": {"flexion": 5}
    >>>>>>> theirs (Turn the head)
      }
    }
    """

  @Test("Conflict markers are reported with both sides, their lines and a remedy")
  func markers() {
    #expect(
      fault(Self.merge)
        == "unmerged a.pose.json:3:1: error: this merge is not finished: ours (HEAD) has line 4, "
        + "theirs (theirs (Turn the head)) has lines 6 to 7; run: posemap mergetool a.pose.json")
    let windows = Self.merge.replacing("\n", with: "\r\n")
    #expect(fault(windows) == fault(Self.merge))
  }

  @Test("A base between the sides belongs to neither; sides can be empty and markers longer")
  func styles() {
    let diff3 = """
      {
      <<<<<<<<<<<< ours
      |||||||||||| base
        "name": "a",
      ============
        "name": "b",
      >>>>>>>>>>>>
        "joints": {}
      }
      """
    #expect(
      fault(diff3, file: "an odd 'name'.json")
        == "unmerged an odd 'name'.json:2:1: error: this merge is not finished: ours (ours) has "
        + "nothing here, theirs has line 6; run: posemap mergetool 'an odd '\\''name'\\''.json'")
  }

  @Test("Further conflicts are counted, and a leftover marker is named")
  func several() {
    let two = Self.merge + "\n" + Self.merge
    #expect(fault(two)?.contains(", and there is another conflict; run: ") == true)
    #expect(fault(two + "\n" + Self.merge)?.contains(", and there are 2 more conflicts; ") == true)
    #expect(
      fault("{\n  \"name\": \"a\"\n>>>>>>> b\n}")
        == "unmerged a.pose.json:3:1: error: a merge marker is left here; remove it, or run: "
        + "posemap mergetool a.pose.json")
  }

  @Test("Text that mentions marks, or JSON that is merely wrong, is not a conflict")
  func others() {
    #expect(fault("{\"name\": \"<<<<<<< HEAD\"}") == nil)
    for text in ["{\n =======\n}", "{\n<<<<<< HEAD\n}", "{\n=======\n}", "{\n<<<<<<<HEAD\n}"] {
      #expect(fault(text)?.hasPrefix("syntax ") == true, "\(text)")
    }
  }

  @Test("A Git LFS pointer is reported")
  func pointer() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:1f\nsize 12\n"
    #expect(
      fault(pointer) == "lfs-pointer a.pose.json:1:1: error: this is a Git LFS pointer, not the "
        + "file itself; run: git lfs pull")
    #expect(!GitRemains.isPointer(Array((pointer + String(repeating: "x", count: 1024)).utf8)))
  }

  @Test("UTF-16 is reported, with and without a byte order mark")
  func wide() throws {
    for encoding in [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32] {
      let bytes = Array(try #require("{\"joints\": {}}".data(using: encoding)))
      #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(bytes) }
      #expect(
        TextEncoding.sentence(of: bytes) == "this text is in UTF-16 or UTF-32; save it as UTF-8")
    }
  }
}

@Suite("Line endings and byte order marks")
struct LineEndTests {
  private static let laidOut = """
    {
      "name": "a",
      "joints": {
        "head": {"flexion": 5},

        "leftUpperArm": {"flexion": 20}
      }
    }

    """
  private static let windows = laidOut.replacing("\n", with: "\r\n")

  private func formatted(_ text: String) -> String? {
    CanonicalLayout.bytes(of: Array(text.utf8), file: "a", log: DiagnosticLog())
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("Formatting keeps a file's line endings, by the majority of its lines")
  func kept() {
    #expect(formatted(Self.laidOut) == Self.laidOut)
    #expect(formatted(Self.windows) == Self.windows)
    #expect(formatted(Self.windows.replacing("  ", with: "\t")) == Self.windows)
    let mixed = Self.windows.replacing("\r\n  \"joints\"", with: "\n  \"joints\"")
    #expect(formatted(mixed) == Self.windows)
    #expect(formatted(#"{"joints":{}}"#) == "{\n  \"joints\": {}\n}\n")
  }

  @Test("A byte order mark is removed, and is not a column")
  func mark() throws {
    #expect(formatted("\u{FEFF}" + Self.laidOut) == Self.laidOut)
    #expect(formatted("\u{FEFF}" + Self.windows) == Self.windows)
    let document = try Document(Array("\u{FEFF}{\"a\": 1}".utf8), file: "a")
    #expect(document.location(of: DocumentPath("a")!) == TextLocation(line: 1, column: 7))
  }

  @Test("Git's diffs use line feeds, so that line endings alone are no change")
  func diffs() {
    let log = DiagnosticLog()
    #expect(
      CanonicalLayout.text(of: Array(Self.windows.utf8), file: "a", log: log) == Self.laidOut)
  }

  @Test("An edit of one value changes one line of a file with Windows line endings")
  func edits() throws {
    for text in [Self.laidOut, Self.windows] {
      let document = try Document(Array(text.utf8), file: "a")
      let path = DocumentPath("joints.head.flexion")!
      let changed = try document.applying(.set(path, .number(9))).document
      #expect(changed.text == text.replacing("\"flexion\": 5", with: "\"flexion\": 9"))
      let added = DocumentPath("joints.neck")!
      let more = try changed.applying(.set(added, .members(["flexion": .number(1)]))).document
      let end = text == Self.windows ? "\r\n" : "\n"
      let lines = changed.text.components(separatedBy: end)
      #expect(
        more.text.components(separatedBy: end).filter { !lines.contains($0) } == [
          "    \"neck\": {\"flexion\": 1},"
        ])
      #expect(formatted(more.text) == more.text)
    }
  }
}
