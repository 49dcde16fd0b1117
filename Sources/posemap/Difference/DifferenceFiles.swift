internal import Export
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The pictures and pages of differences.
struct DifferenceFiles {
  let difference: RepositoryDifference
  let names: (before: String, after: String)

  /// The largest number of files to draw pictures of; nobody would look at hundreds.
  private static let mostFiles = 40

  private var files: [FileDifference] {
    (difference.files + difference.followers.filter { $0.kind == .scene })
      .filter { ![.layout, .rewritten, .same].contains($0.status) }
  }

  /// Writes the sheet, or reports that there is nothing to draw.
  func writeSheet(_ path: String) throws {
    let pictures = DifferencePictures(side: 330)
    var sections: [DifferenceSheet.Section] = []
    for file in files.prefix(Self.mostFiles) {
      let subjects = try pictures.subjects(of: file)
      sections += subjects.enumerated().map { index, subject in
        Self.section(file, subject, subjects, isFirst: index == 0)
      }
    }
    noteRest()
    guard let sheet = DifferenceSheet(sections).draw() else {
      printNote("nothing that could be drawn changed, so there is no \(path)")
      return
    }
    try PictureFile.write(sheet, to: path)
  }

  /// Writes the page.
  func writePage(_ path: String) throws {
    let pictures = DifferencePictures(side: 620)
    var parts: [DifferencePage.Part] = []
    for (index, file) in (difference.files + difference.followers).enumerated() {
      let isDrawn = index < Self.mostFiles && files.contains { $0.name == file.name }
      parts.append(
        DifferencePage.Part(
          file: file, heading: DifferenceReport.heading(file),
          remark: DifferenceReport.remark(file),
          subjects: isDrawn ? try pictures.subjects(of: file) : []))
    }
    noteRest()
    let more =
      difference.more.isEmpty
      ? []
      : ["Not compared, although they name what changed: \(MeasureWords.list(difference.more))"]
    let page = DifferencePage(
      title: "\(names.before) → \(names.after)", parts: parts, notes: difference.notes + more)
    try SingleFile.write(Array(try page.text().utf8), to: path)
  }

  private func noteRest() {
    guard files.count > Self.mostFiles else { return }
    printNote(
      "only the first \(Self.mostFiles) of \(files.count) files are drawn; name paths for others")
  }

  private static func section(
    _ file: FileDifference, _ subject: DifferencePictures.Subject,
    _ subjects: [DifferencePictures.Subject], isFirst: Bool
  ) -> DifferenceSheet.Section {
    let shown = subjects.map(\.title)
    let isShared = subject.title.isEmpty
    let groups = file.groups.filter {
      isShared
        ? isFirst && ($0.title.isEmpty || !shown.contains($0.title)) : $0.title == subject.title
    }
    let title =
      !subject.moment.isEmpty
      ? subject.moment
      : !isShared ? subject.title : subjects.count > 1 ? "all together" : name(file)
    return DifferenceSheet.Section(
      file: file.name, title: title,
      lines: groups.flatMap(\.lines) + file.faults.map { DifferenceLine(.worse, $0) },
      cells: subject.cells)
  }

  private static func name(_ file: FileDifference) -> String {
    if let only = (file.after ?? file.before)?.scene.characters.first, file.kind == .scene {
      return only.id
    }
    let name = file.name.split(separator: "/").last.map(String.init) ?? file.name
    return String(name.split(separator: ".").first ?? "")
  }
}
