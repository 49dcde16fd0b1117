internal import PosemapKit
internal import SceneFiles

/// Differences between two states, in the forms that the command prints.
struct DifferenceReport {
  let difference: RepositoryDifference
  let palette: Palette

  /// Prints all changes in words.
  func printWords() {
    for (index, file) in difference.files.enumerated() {
      if index > 0 { printPainted("") }
      printPainted(title(file))
      printBody(file)
    }
    let scenes = difference.followers.filter { $0.kind == .scene }
    let others = difference.followers.filter { $0.kind != .scene }
    for file in scenes {
      if !difference.files.isEmpty || file.name != scenes.first?.name { printPainted("") }
      printPainted(title(file))
      printBody(file)
    }
    if !others.isEmpty {
      printPainted("")
      printPainted(
        palette.quiet(
          "also changed by what they build on: \(MeasureWords.list(others.map(\.name)))"))
    }
    if !difference.more.isEmpty {
      printPainted("")
      printPainted(
        palette.quiet(
          "these name what changed as well, and were not compared: \(MeasureWords.list(difference.more))"
        ))
    }
    difference.notes.forEach { printNote($0) }
  }

  /// Prints one line per file with the number of its changes, as `git diff --stat` does.
  func printStat() {
    let files = difference.files + difference.followers
    let names = files.map { VisibleText.line(Self.heading($0)) }
    let width = names.map(\.count).max() ?? 0
    for (file, name) in zip(files, names) {
      printPainted(" \(name.padded(to: width)) | " + Self.counts(file))
    }
    let scenes = files.filter { $0.kind == .scene }.count
    if !files.isEmpty {
      printPainted(
        " \(Self.count(files.count, "file")) changed, \(Self.count(scenes, "scene")) among them, "
          + Self.count(files.reduce(0) { $0 + $1.lines.count }, "change"))
    }
    difference.notes.forEach { printNote($0) }
  }

  /// Prints everything as JSON for programs.
  func printForPrograms(names: (before: String, after: String)) {
    let value = JSONValue.members([
      "before": .string(names.before), "after": .string(names.after),
      "files": .list((difference.files + difference.followers).map(DifferenceJSON.value)),
      "notCompared": .list(difference.more.map(JSONValue.string)),
      "notes": .list(difference.notes.map(JSONValue.string)),
    ])
    printJSON(String(decoding: value.file(), as: UTF8.self))
  }

  private func title(_ file: FileDifference) -> String {
    let remark = Self.remark(file)
    return palette.title(Self.heading(file))
      + (remark.isEmpty ? "" : "  " + palette.quiet("(\(remark))"))
  }

  private func printBody(_ file: FileDifference) {
    for group in file.groups {
      if !group.title.isEmpty { printPainted("  " + palette.name(group.title)) }
      let indent = group.title.isEmpty ? "  " : "    "
      for line in group.lines { printPainted(indent + palette.change(line)) }
    }
    for fault in file.faults {
      printPainted("  " + palette.change(DifferenceLine(.worse, fault)))
    }
  }

  /// Returns a file's name, or both names of a renamed file.
  static func heading(_ file: FileDifference) -> String {
    guard let old = file.oldPath, let new = file.path, old != new else { return file.name }
    return "\(old) → \(new)"
  }

  /// Returns the remark beside a file's name.
  static func remark(_ file: FileDifference) -> String {
    switch file.status {
    case .added: "new"
    case .removed: "deleted"
    case .layout: "says the same in a different layout"
    case .rewritten: "is written differently, with the same result"
    case .same: "renamed"
    case .follows: "follows \(MeasureWords.list(file.through))"
    case .changed where file.kind == .foreign && file.groups.isEmpty: "is a different file"
    default: ""
    }
  }

  private static func counts(_ file: FileDifference) -> String {
    switch file.status {
    case .added: return "new"
    case .removed: return "deleted"
    case .same: return "renamed"
    case .layout: return "layout only"
    case .rewritten: return "the same result"
    case .unreadable: return "unreadable"
    default: break
    }
    let kinds: [(DifferenceLine.Kind, String)] = [
      (.worse, "worse"), (.better, "better"), (.removed, "less"), (.added, "more"),
    ]
    let lines = file.lines
    let parts = kinds.compactMap { kind, word -> String? in
      let number = lines.filter { $0.kind == kind }.count
      return number == 0 ? nil : "\(number) \(word)"
    }
    let through = file.status == .follows ? ", follows \(MeasureWords.list(file.through))" : ""
    return count(lines.count, "change")
      + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))") + VisibleText.line(through)
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

/// Prints a line with colors, in which untrusted text has already been made visible.
private func printPainted(_ line: String) { Swift.print(line) }
