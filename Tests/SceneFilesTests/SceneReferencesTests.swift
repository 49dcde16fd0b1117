import Foundation
import TestSupport
import Testing

@testable import SceneFiles

/// The locations in a scene and in its poses that name a character or a prop.
@Suite("References to characters and props")
struct SceneReferencesTests {
  /// A step from a schema node to a node within it.
  private enum Step: Hashable {
    case key(String)
    case item
  }

  /// The keys of texts that are names of files, poses, styles and similar, or words for people.
  private static let words: Set<String> = [
    "$schema", "name", "description", "prompt", "negative", "plate", "reference", "id", "pose",
    "base", "blend", "left", "right", "both", "gesture", "face", "file", "clip", "bones", "hair",
    "style", "model", "hide",
    "wear", "shape", "tags", "color", "backdrop", "phrase",
  ]

  private static func schema(_ name: String) throws -> [String: Any] {
    let path = "\(CommandRunner.repository)/docs/schema/\(name)"
    let data = try #require(FileManager.default.contents(atPath: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// Returns the paths to all unconstrained texts, from a node of a schema file.
  private static func texts(
    in node: Any?, of file: String, at path: [Step] = []
  ) throws -> Set<[Step]> {
    guard let node = node as? [String: Any] else { return [] }
    var found: Set<[Step]> = []
    if let reference = node["$ref"] as? String {
      let parts = reference.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
      let target = parts[0].isEmpty ? file : parts[0]
      var definition: Any? = try schema(target)
      for key in parts.dropFirst().joined().split(separator: "/") {
        definition = (definition as? [String: Any])?[String(key)]
      }
      found.formUnion(try texts(in: definition, of: target, at: path))
    }
    if node["type"] as? String == "string", node["enum"] == nil, node["const"] == nil {
      found.insert(path)
    }
    for key in ["anyOf", "oneOf"] {
      for form in node[key] as? [Any] ?? [] {
        found.formUnion(try texts(in: form, of: file, at: path))
      }
    }
    for (key, value) in node["properties"] as? [String: Any] ?? [:] {
      found.formUnion(try texts(in: value, of: file, at: path + [.key(key)]))
    }
    if let value = node["additionalProperties"] as? [String: Any] {
      found.formUnion(try texts(in: value, of: file, at: path + [.key("anything")]))
    }
    for form in [node["items"] as Any] + (node["prefixItems"] as? [Any] ?? []) {
      found.formUnion(try texts(in: form, of: file, at: path + [.item]))
    }
    return found
  }

  private static func value(_ text: String, at path: ArraySlice<Step>) -> JSONValue {
    switch path.first {
    case nil: .string(text)
    case .item?: .list([value(text, at: path.dropFirst())])
    case .key("characters")?:
      .members(["characters": .list([owned(value(text, at: path.dropFirst(2)))])])
    case .key(let key)?: .members([key: value(text, at: path.dropFirst())])
    }
  }

  /// A character of a scene.
  private static func owned(_ value: JSONValue) -> JSONValue {
    guard case .object(let members) = value else { return value }
    return .object([.init(key: "id", value: .string("ana"))] + members)
  }

  @Test("Each unconstrained text of a scene is a file name, words, or a known reference")
  func complete() throws {
    let paths = try Self.texts(in: Self.schema("scene.schema.json"), of: "scene.schema.json")
    var references: Set<[Step]> = []
    for path in paths {
      let keys = path.compactMap { if case .key(let key) = $0 { key } else { nil } }
      if let last = keys.last, Self.words.contains(last) { continue }
      references.insert(path)
      // A camera frames only characters, and only they are arranged.
      let takesPoints = !["camera", "cameras", "arrange"].contains(keys.first)
      let others = takesPoints ? ["ben.rightHand", "props.table.top"] : []
      for text in ["ben"] + others {
        let scene = Self.value(text, at: path[...])
        let uses = SceneReferences.all(in: scene)
        try #require(uses.count == 1, "\(keys): \(text)")
        let renamed = SceneReferences.mapped(scene) { _ in "max" }
        let line = JSONValue.string(uses[0].text(naming: "max")).line
        #expect(renamed.line == scene.line.replacing(JSONValue.string(text).line, with: line))
      }
    }
    // The current number of paths: the walk also found its way into the poses.
    #expect(references.count >= 36, "\(references.count)")
  }

  @Test("Without one of two characters, an over-shoulder shot is removed and a two-shot reduced")
  func shots() throws {
    func goals(_ camera: String) throws -> [String] {
      let text = #"{"camera": {\#(camera)}, "characters": []}"#
      let scene = JSONValue(try Document(Array(text.utf8), file: "scene.json").root)
      return SceneReferences.all(in: scene).map { "\($0.text): \($0.goalPath)" }
    }
    #expect(
      try goals(#""shot": "overShoulder", "of": "ana", "over": "ben""#)
        == ["ana: camera", "ben: camera"])
    #expect(
      try goals(#""shot": "bust", "of": ["ana", "ben"]"#)
        == ["ana: camera.of[0]", "ben: camera.of[1]"])
    #expect(try goals(#""shot": "bust", "of": "all""#).isEmpty)
  }

  @Test("The camera, and looking at it, refer to nobody")
  func reserved() throws {
    let text = """
      {"camera": {"frame": "all"}, "characters": [{"id": "ana", "yaw": "camera",
        "pose": {"look": "camera", "reach": {"leftHand": "self.head"}}}]}
      """
    let scene = JSONValue(try Document(Array(text.utf8), file: "scene.json").root)
    #expect(SceneReferences.all(in: scene).isEmpty)
  }

  @Test("A character renamed on one side is updated in the other side's placements")
  func merged() throws {
    func cast(_ ben: String, _ ana: String) -> [UInt8] {
      Array(
        """
        {"canvas": [512, 512], "characters": [
          {"id": "\(ben)", "body": "male", "pose": "stand", "position": [1, 0, 2]},
          {"id": "ana", "body": "female", "pose": "stand"\(ana)}]}
        """.utf8)
    }
    let words = #", "position": {"beside": "ben"}, "yaw": {"facing": "ben"}"#
    let merge = try DocumentMerge(
      base: cast("ben", ""), ours: cast("max", ""), theirs: cast("ben", words), file: "scene.json")
    let text = String(decoding: merge.bytes(ConflictMarkers()), as: UTF8.self)
    #expect(merge.conflicts.isEmpty)
    #expect(text.contains(#""beside": "max""#) && text.contains(#""facing": "max""#))
    let gone = Array(
      #"{"canvas": [512, 512], "characters": [{"id": "ana", "body": "female", "pose": "stand"}]}"#
        .utf8)
    let removed = try DocumentMerge(
      base: cast("ben", ""), ours: gone, theirs: cast("ben", words), file: "scene.json")
    #expect(removed.conflicts.contains { $0.sentence.contains("ana stands by ben") })
  }
}
