import Foundation
import MapRender
import PoseRig
import TestSupport
import Testing

/// The files that repeat the table of settings; `make tables` writes those parts again.
@Suite struct SettingTableTests {
  private static let isRecording =
    ProcessInfo.processInfo.environment["POSEMAP_RECORD"] == "tables"

  @Test func theSchemaHasTheTable() throws {
    try expect(
      "docs/schema/scene.schema.json", between: "\n  \"maps\": ", and: ",\n  \"profile\": ",
      Schema.maps.text(indent: 2))
  }

  @Test func thePageAboutTheMapsHasTheTable() throws {
    try expect(
      "docs/maps.md", between: "<!-- The table of settings: `make tables` -->\n",
      and: "<!-- End of the table -->", Page.table)
  }

  @Test func everyKeyOccursOnce() {
    let keys = MapSettings.table.map(\.key)
    #expect(Set(keys).count == keys.count)
  }

  @Test func anExplicitDefaultIsOmitted() {
    for row in MapSettings.table {
      var settings = MapSettings()
      settings.set(row, to: settings.value(of: row))
      #expect(settings == MapSettings() || row.fixed == nil, "\(row.key)")
      #expect(settings.value(of: row) == MapSettings().value(of: row), "\(row.key)")
    }
  }

  @Test func aMapFollowsOnlySettingsInTheTable() {
    let keys = Set(MapSettings.table.map(\.key))
    for map in MapName.allCases {
      #expect(keys.isSuperset(of: map.kind.sharedSettings.map(\.key)), "\(map.rawValue)")
    }
    for row in MapSettings.table { #expect(row.follows.map(keys.contains) ?? true, "\(row.key)") }
  }

  /// Compares the part of a file between two texts, or writes it when recording.
  private func expect(
    _ path: String, between start: String, and end: String, _ part: String
  ) throws {
    let path = "\(CommandRunner.repository)/\(path)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let opening = try #require(text.range(of: start), "\(path) has no \(start)")
    let closing = try #require(
      text.range(of: end, range: opening.upperBound..<text.endIndex), "\(path) has no \(end)")
    let range = opening.upperBound..<closing.lowerBound
    if text[range] == part { return }
    if Self.isRecording {
      try text.replacingCharacters(in: range, with: part)
        .write(toFile: path, atomically: true, encoding: .utf8)
    }
    Issue.record("\(path) does not have the table of settings; run `make tables`")
  }
}

/// A piece of a JSON Schema, formatted like `docs/schema`.
private enum Schema {
  case text(String)
  case number(Double)
  case isFalse
  case list([Schema])
  case object([(String, Schema)])

  static var maps: Schema {
    .object([
      ("type", .text("object")), ("additionalProperties", .isFalse),
      ("description", .text("How the maps are drawn.")),
      (
        "properties",
        .object(
          MapSettings.table.map { row in
            (row.key, .object(of(row.form) + [("description", .text(row.description))]))
          })
      ),
    ])
  }

  private static func of(_ form: SettingForm) -> [(String, Schema)] {
    switch form {
    case .boolean: [("type", .text("boolean"))]
    case .choice(let names): [("enum", .list(names.map(Schema.text)))]
    case .oneOf(let numbers): [("enum", .list(numbers.map { .number(Double($0)) }))]
    case .whole(let range, _):
      [
        ("type", .text("integer")), ("minimum", .number(Double(range.lowerBound))),
        ("maximum", .number(Double(range.upperBound))),
      ]
    case .number(let range, _): number(range)
    case .names(let names):
      [("type", .text("array")), ("items", .object(of(.choice(names))))]
    case .namesOrAll(let names, _):
      [("anyOf", .list([.object(of(.boolean)), .object(of(.names(names)))]))]
    case .pair(let pair):
      [
        ("type", .text("array")), ("minItems", .number(2)), ("maxItems", .number(2)),
        ("items", .object(number(pair.range))),
      ]
    case .choiceOrPair(let names, let pair):
      [("anyOf", .list([.object(of(.choice(names))), .object(of(.pair(pair)))]))]
    }
  }

  private static func number(_ range: ClosedRange<Double>) -> [(String, Schema)] {
    [
      ("type", .text("number")), ("minimum", .number(range.lowerBound)),
      ("maximum", .number(range.upperBound)),
    ]
  }

  func text(indent: Int) -> String {
    func block(_ open: String, _ lines: [String], _ close: String) -> String {
      let inner = String(repeating: " ", count: indent + 1)
      return open + "\n" + lines.map { inner + $0 }.joined(separator: ",\n") + "\n"
        + String(repeating: " ", count: indent) + close
    }
    switch self {
    case .text(let text): return "\"\(text)\""
    case .number(let number): return plainNumber(number)
    case .isFalse: return "false"
    case .list(let items): return block("[", items.map { $0.text(indent: indent + 1) }, "]")
    case .object(let members):
      return block("{", members.map { "\"\($0)\": \($1.text(indent: indent + 1))" }, "}")
    }
  }
}

/// The table on the page about the maps.
private enum Page {
  static var table: String {
    let maps = MapName.allCases.flatMap { map in map.kind.settings.map { ($0, map.rawValue) } }
    let own = Dictionary(uniqueKeysWithValues: maps.map { ($0.key, $1) })
    let rows = MapSettings.table.map { row in
      "| `\(row.key)` | \(own[row.key].map { "`\($0)`" } ?? "all") | \(values(row.form)) "
        + "| \(row.description) |\n"
    }
    return "| setting | map | values | |\n| --- | --- | --- | --- |\n" + rows.joined()
  }

  private static func values(_ form: SettingForm) -> String {
    func code(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: " ") }
    func unit(_ unit: String) -> String { unit.isEmpty ? "" : " \(unit)" }
    func pair(_ pair: SettingForm.NumberPair) -> String {
      "`[\(pair.names.joined(separator: ", "))]`\(pair.unit.isEmpty ? "" : " in \(pair.unit)")"
    }
    switch form {
    case .boolean: return code(["true", "false"])
    case .choice(let names): return code(names)
    case .oneOf(let numbers): return code(numbers.map(String.init))
    case .whole(let range, let name):
      return "\(range.lowerBound) to \(range.upperBound)\(unit(name))"
    case .number(let range, let name):
      return "\(plainNumber(range.lowerBound)) to \(plainNumber(range.upperBound))\(unit(name))"
    case .names(let names): return "list of \(code(names))"
    case .namesOrAll(let names, _):
      return "\(code(["true", "false"])), or list of \(code(names))"
    case .pair(let numbers): return pair(numbers)
    case .choiceOrPair(let names, let numbers): return "\(code(names)), or \(pair(numbers))"
    }
  }
}

private func plainNumber(_ number: Double) -> String {
  number == number.rounded() ? String(Int(number)) : String(number)
}
