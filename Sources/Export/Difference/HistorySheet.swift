package import MapRender
package import PoseRig
package import SceneFiles

/// A picture of a file's versions, each with its date, its author and its changes.
package struct HistorySheet {
  /// One version.
  package struct Entry {
    var state: SceneState?
    var isScene: Bool
    var date: String
    var author: String
    var subject: String
    var lines: [DifferenceLine]

    /// Creates a version from its parts.
    ///
    /// - Parameter state: nil if the version removed the file or the file cannot be read.
    package init(
      state: SceneState?, isScene: Bool, date: String, author: String, subject: String,
      lines: [DifferenceLine]
    ) {
      (self.state, self.isScene, self.date) = (state, isScene, date)
      (self.author, self.subject, self.lines) = (author, subject, lines)
    }
  }

  private static let height = 300
  private static let leastWidth = 230
  private static let gap = 22
  private static let mostLines = 6
  private static let lineHeight = 18
  private static let columns = 5
  private static let text = Label(height: 9, weight: 1.35)
  private static let strong = Label(height: 11, weight: 1.8)

  private let entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  /// Draws the sheet.
  package func draw() throws(RenderError) -> Image<RGB8> {
    let pictures = try self.pictures()
    let widest = pictures.compactMap { $0?.width }.max() ?? 0
    let width = max(Self.leastWidth, widest)
    let columns = max(1, min(Self.columns, entries.count, max(2, 2000 / (width + Self.gap))))
    let texts = entries.map { Self.lines($0, width) }
    let rows = stride(from: 0, to: entries.count, by: columns).map { first in
      first..<min(entries.count, first + columns)
    }
    let heights = rows.map { row in
      Self.height + 56 + (row.map { texts[$0].count }.max() ?? 0) * Self.lineHeight + Self.gap
    }
    var sheet = Image(
      width: columns * (width + Self.gap) + Self.gap, height: heights.reduce(Self.gap, +),
      filling: SheetColors.paper)
    var top = Self.gap
    for (row, height) in zip(rows, heights) {
      for (column, index) in row.enumerated() {
        let x = Self.gap + column * (width + Self.gap)
        draw(entries[index], pictures[index], texts[index], x: x, y: top, width, on: &sheet)
      }
      top += height
    }
    return sheet
  }

  private func draw(
    _ entry: Entry, _ picture: Image<RGB8>?, _ lines: [(DifferenceLine.Kind, String)], x: Int,
    y: Int, _ width: Int, on sheet: inout Image<RGB8>
  ) {
    if let picture {
      sheet.paste(picture, x: x, y: y)
    } else {
      Self.text.draw(
        "not readable here", x: x + 8, baseline: y + Self.height / 2, color: SheetColors.faint,
        on: &sheet)
    }
    var baseline = y + Self.height + 20
    Self.strong.draw(
      Self.strong.fitted(entry.subject, into: width), x: x, baseline: baseline,
      color: SheetColors.ink, on: &sheet)
    baseline += 20
    Self.text.draw(
      Self.text.fitted("\(entry.date)  \(entry.author)", into: width), x: x, baseline: baseline,
      color: SheetColors.faint, on: &sheet)
    for (kind, line) in lines {
      baseline += Self.lineHeight
      Self.text.draw(line, x: x, baseline: baseline, color: SheetColors.of(kind), on: &sheet)
    }
  }

  private static func lines(_ entry: Entry, _ width: Int) -> [(DifferenceLine.Kind, String)] {
    let all = entry.lines.flatMap { line in
      text.wrapped(line.text, into: width).map { (line.kind, $0) }
    }
    guard all.count > mostLines else { return all }
    return all.prefix(mostLines - 1) + [(.note, "and more")]
  }

  /// Draws each version: scenes through their own camera, poses all through one camera.
  private func pictures() throws(RenderError) -> [Image<RGB8>?] {
    let poses = SceneState.framedAlike(entries.filter { !$0.isScene }.compactMap(\.state))
    var next = poses[...]
    var pictures: [Image<RGB8>?] = []
    for entry in entries {
      guard let state = entry.state else {
        pictures.append(nil)
        continue
      }
      let posed = entry.isScene ? state.posed : next.popFirst() ?? nil
      pictures.append(
        try posed.map { (scene) throws(RenderError) in try Self.picture(scene) } ?? nil)
    }
    return pictures
  }

  private static func picture(_ scene: PosedScene) throws(RenderError) -> Image<RGB8>? {
    guard !scene.characters.isEmpty else { return nil }
    let buffers = try CharacterBuffers(scene)
    let everyone = MapSubject.together(Array(scene.characters.indices))
    let drawing = try MapDrawing(everyone, of: scene, buffers: buffers, maps: [.shaded])
    let canvas = scene.camera.canvas
    return drawing.picture(.shaded).inColor
      .shrunk(width: max(1, height * canvas.width / canvas.height), height: height)
  }
}

/// The colors of sheets with text.
enum SheetColors {
  static let paper = RGB8(30, 31, 34)
  static let ink = RGB8(232, 232, 230)
  static let faint = RGB8(158, 160, 164)
  static let rule = RGB8(62, 64, 68)

  /// Returns the color of a change.
  static func of(_ kind: DifferenceLine.Kind) -> RGB8 {
    switch kind {
    case .added, .better: RGB8(126, 211, 140)
    case .removed: RGB8(240, 130, 120)
    case .worse: RGB8(245, 196, 90)
    case .changed: ink
    case .note: faint
    }
  }
}
