import Foundation
import TestSupport
import Testing

@testable import SceneFiles

private func document(_ text: String) throws -> Document {
  try Document(Array(text.utf8), file: "a.json")
}

private func path(_ text: String) throws -> DocumentPath { try #require(DocumentPath(text)) }

/// Returns the numbers of the lines that differ between two texts with equally many lines.
private func changedLines(_ before: String, _ after: String) -> [Int] {
  let (old, new) = (before.split(separator: "\n"), after.split(separator: "\n"))
  return old.count == new.count ? old.indices.filter { old[$0] != new[$0] } : []
}

@Suite struct DocumentPathTests {
  @Test(arguments: [
    "", "canvas", "characters[0].pose.reach.leftHand", "[2]", "frames[10].joints.head",
    #"bones["mixamorig:Hips"].x"#, #"a["b.c"]["d\"]e"][3]"#,
  ])
  func aPathRoundTrips(_ text: String) throws {
    #expect(try path(text).description == text)
  }

  @Test(arguments: ["a..b", ".a", "a[", "a[-1]", "a[x]", "a]b[", #"a["b]"#, "a[0]b"])
  func otherTextsAreNotPaths(_ text: String) {
    #expect(DocumentPath(text) == nil)
  }
}

@Suite struct DocumentTests {
  private static let scene = try? Document(
    Array(Data(contentsOf: URL(filePath: "Examples/window/scene.json"))),
    file: "Examples/window/scene.json")

  private func scene() throws -> Document { try #require(Self.scene) }

  @Test func aValueIsFoundByItsPathAndThePathByItsLocation() throws {
    let scene = try scene()
    let yaw = try path("characters[1].yaw")
    let location = try #require(scene.location(of: yaw))
    let line = scene.text.split(separator: "\n")[location.line - 1]
    #expect(line == #"      "yaw": -62,"#)
    #expect(scene.path(at: location) == yaw)
    #expect(scene.path(at: TextLocation(line: location.line, column: 7)) == yaw)
    #expect(scene.location(of: try path("characters[2].yaw")) == nil)
  }

  @Test(arguments: [
    ("characters[1].yaw", JSONValue.number(20), #"      "yaw": 20,"#),
    ("characters[0].pose.base", .string("sit"), #"        "base": "sit","#),
    (
      "characters[0].pose.reach.rightHand", .members(["at": .numbers([0, 1, 0.25])]),
      #"          "rightHand": {"at": [0, 1, 0.25]}"#
    ),
    ("camera.position[1]", .number(1.2), #"  "camera": {"position": [0.1, 1.2, 4.2], "#),
  ])
  func settingAValueChangesOnlyItsLine(
    _ at: String, _ value: JSONValue, _ line: String
  ) throws {
    let scene = try scene()
    let (edited, inverse) = try scene.applying(.set(try path(at), value))
    let changed = changedLines(scene.text, edited.text)
    #expect(changed.count == 1)
    #expect(edited.text.split(separator: "\n")[changed[0]].hasPrefix(line))
    #expect(try edited.applying(inverse).document.text == scene.text)
  }

  @Test func membersAndItemsAreAddedInTheLayoutAndRemovedAgain() throws {
    let scene = try scene()
    let edits: [DocumentEdit] = [
      .insert(try path("characters[0].ground"), .boolean(false)),
      .insert(
        try path("props[1]"), .members(["id": .string("lamp"), "shape": .string("cylinder")])),
      .insert(try path("characters[0].pose.reach.leftFoot"), .numbers([0, 0, 0])),
      .remove(try path("props[0]")), .remove(try path("characters[1].pose.reach")),
      .remove(try path("seed")), .rename(try path("props[0].size"), to: "height"),
      .set(try path("characters[1].height"), .number(1.8)),
    ]
    for edit in edits {
      let (edited, inverse) = try scene.applying(edit)
      #expect(edited.text != scene.text)
      #expect(edited.canonicalText() == edited.text, "\(edit)")
      #expect(try edited.applying(inverse).document.text == scene.text, "\(edit)")
    }
    let (edited, _) = try scene.applying(edits[0])
    #expect(edited.text.contains("      \"yaw\": 58,\n      \"ground\": false,\n"))
  }

  @Test func goalsAndBasesSurviveOtherChanges() throws {
    var scene = try scene()
    for edit in [
      DocumentEdit.set(try path("characters[0].pose.joints"), .members(["head": .members([:])])),
      .set(try path("canvas"), .numbers([512, 768])), .remove(try path("maps")),
    ] {
      scene = (try? scene.applying(edit).document) ?? scene
    }
    #expect(scene.text.contains(#""base": "sit-ledge""#))
    #expect(scene.text.contains(#""seat": {"at": "props.sill.top", "offset": [0.1, 0, 0.06]}"#))
    #expect(scene.text.contains(#""look": "male.head""#))
  }

  /// A file formatted by hand keeps its layout.
  @Test func inAnotherLayoutOnlyTheIntendedTextChanges() throws {
    let text = "{ \"canvas\": [64,64],\n\t\"characters\" : [ {\"id\":\"a\",  \"yaw\": 1.50} ] }"
    let hand = try document(text)
    let turned = try hand.applying(.set(try path("characters[0].yaw"), .number(20))).document
    #expect(turned.text == text.replacing("1.50", with: "20"))
    let named = try hand.applying(.insert(try path("characters[0].body"), .string("male")))
    #expect(named.document.text == text.replacing("1.50}", with: "1.50, \"body\": \"male\"}"))
    #expect(try named.document.applying(named.inverse).document.text == text)
    let bare = try hand.applying(.remove(try path("characters[0].yaw"))).document
    #expect(bare.text == text.replacing(",  \"yaw\": 1.50", with: ""))
  }

  @Test func anImpossibleEditIsRejected() throws {
    let scene = try scene()
    func fault(_ edit: DocumentEdit) -> String? {
      do {
        _ = try scene.applying(edit)
        return nil
      } catch {
        return error.description
      }
    }
    #expect(fault(.remove(try path("lens"))) == "there is nothing at lens")
    #expect(fault(.set(try path("seed.x"), .null)) == "seed holds no other values")
    #expect(
      fault(.set(try path("characters[5].yaw"), .null)) == "there is nothing at characters[5]")
    #expect(fault(.insert(try path("seed"), .null)) == "there is already something at seed")
    #expect(
      fault(.rename(try path("seed"), to: "canvas")) == "there is already something at canvas")
    #expect(fault(.remove(DocumentPath())) == "the document holds no other values")
  }

  /// Edits that are undone leave a document unchanged, whatever they are.
  @Test func undoneEditsRestoreTheText() throws {
    var random = SplitMix64(seed: 7)
    var current = try scene()
    let start = current.text
    var inverses: [DocumentEdit] = []
    for _ in 0..<300 {
      guard let edit = Self.edit(of: current.root, DocumentPath(), &random),
        let (edited, inverse) = try? current.applying(edit)
      else { continue }
      current = edited
      inverses.append(inverse)
    }
    #expect(inverses.count > 100)
    for inverse in inverses.reversed() { current = try current.applying(inverse).document }
    #expect(current.text == start)
  }

  private static func edit(
    of node: JSONNode, _ path: DocumentPath, _ random: inout SplitMix64
  ) -> DocumentEdit? {
    let steps: [(DocumentPath.Step, JSONNode)] =
      switch node.value {
      case .object(let members): members.map { (.key($0.key), $0.node) }
      case .array(let items): items.enumerated().map { (.index($0), $1) }
      default: []
      }
    guard let (step, child) = steps.randomElement(using: &random) else { return nil }
    let inner = path.appending(step)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .remove(inner)
    case 1: return .set(inner, .int(Int.random(in: 0..<100, using: &random)))
    case 2: return .insert(inner, .string("new"))
    case 3: return .insert(path.appending(.key("k\(random.next() % 9)")), .numbers([1, 2.5]))
    case 4: return .rename(inner, to: "r\(random.next() % 9)")
    default: return edit(of: child, inner, &random)
    }
  }
}

@Suite struct FileKindTests {
  @Test(
    arguments: [
      (#"{"characters": []}"#, FileKind.scene), (#"{"canvas": [1, 2]}"#, .scene),
      (#"{"frames": [], "frameRate": 8}"#, .clip), (#"{"bones": {}}"#, .bones),
      (#"{"joints": {}}"#, .pose), (#"{"base": "walk"}"#, .pose), (#"{"name": "x"}"#, nil),
      ("[]", nil),
    ] as [(String, FileKind?)])
  func keysIdentifyAFilesKind(_ text: String, _ kind: FileKind?) throws {
    #expect(try document(text).kind == kind)
  }

  @Test func aReferenceWithAnEndingIsAFileOfAnotherProgram() {
    #expect(FileKind(named: "models/a.v2.glb") == .foreign)
    #expect(FileKind(named: "a.pose.json") == nil)
    #expect(FileKind(named: "v1.2/walk") == nil)
  }
}
