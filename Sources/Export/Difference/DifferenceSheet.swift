package import MapRender
package import SceneFiles

/// A picture of changes: the description of each subject's changes, and each map before, after, and
/// both overlaid.
package struct DifferenceSheet {
  /// A subject and the description of its changes.
  package struct Section {
    /// The file.
    package var file: String
    /// The subject's name; the file's name for all together.
    package var title: String
    /// The changes of the subject.
    package var lines: [DifferenceLine]
    /// The subject's maps.
    package var cells: [DifferencePictures.Cell]

    package init(
      file: String, title: String, lines: [DifferenceLine], cells: [DifferencePictures.Cell]
    ) {
      (self.file, self.title, self.lines, self.cells) = (file, title, lines, cells)
    }
  }

  private static let gap = 10
  private static let margin = 24
  private static let textWidth = 330
  private static let caption = 26
  private static let lineHeight = 21
  private static let titleLabel = Label(height: 14, weight: 2.1)
  private static let fileLabel = Label(height: 10, weight: 1.4)
  private static let lineLabel = Label(height: 10, weight: 1.45)

  private let sections: [Section]

  package init(_ sections: [Section]) { self.sections = sections }

  /// Draws the sheet; returns nil if there is nothing to show.
  package func draw() -> Image<RGB8>? {
    let placed = sections.map { ($0, lines: Self.wrapped($0)) }
    guard !placed.isEmpty else { return nil }
    let widths = sections.map { Self.picturesWidth($0) }
    let width = 2 * Self.margin + Self.textWidth + (widths.max() ?? 0)
    let heights = placed.map { Self.height($0.0, lineCount: $0.lines.count) }
    let height = heights.reduce(0, +) + Self.margin
    var sheet = Image(width: width, height: height, filling: SheetColors.paper)
    var y = 0
    for (index, (section, lines)) in placed.enumerated() {
      if index > 0 { Self.drawRule(y, on: &sheet) }
      Self.draw(section, lines, y: y + Self.margin, on: &sheet)
      y += heights[index]
    }
    return sheet
  }

  private static func size(_ section: Section) -> (width: Int, height: Int) {
    let picture = section.cells.lazy.compactMap { $0.after ?? $0.before }.first
    return (picture?.width ?? 0, picture?.height ?? 0)
  }

  private static func columns(_ section: Section) -> Int {
    section.cells.contains { $0.onion != nil } ? 3 : 1
  }

  private static func picturesWidth(_ section: Section) -> Int {
    columns(section) * (size(section).width + gap)
  }

  private static func height(_ section: Section, lineCount: Int) -> Int {
    let pictures = section.cells.count * (size(section).height + caption)
    return margin + max(pictures, 110 + lineCount * lineHeight) + 8
  }

  private static func wrapped(_ section: Section) -> [(
    kind: DifferenceLine.Kind, text: String, isFirst: Bool
  )] {
    section.lines.flatMap { line in
      lineLabel.wrapped(line.text, into: textWidth - 40).enumerated()
        .map { (line.kind, $1, $0 == 0) }
    }
  }

  private static func drawRule(_ y: Int, on sheet: inout Image<RGB8>) {
    for x in margin..<(sheet.width - margin) { sheet[x, y + 8] = SheetColors.rule }
  }

  private static func draw(
    _ section: Section, _ lines: [(kind: DifferenceLine.Kind, text: String, isFirst: Bool)], y: Int,
    on sheet: inout Image<RGB8>
  ) {
    titleLabel.draw(
      titleLabel.fitted(section.title, into: textWidth - 24), x: margin, baseline: y + 16,
      color: SheetColors.ink,
      on: &sheet)
    fileLabel.draw(
      fileLabel.fitted(section.file, into: textWidth - 24), x: margin, baseline: y + 38,
      color: SheetColors.faint,
      on: &sheet)
    for (index, line) in lines.enumerated() {
      let baseline = y + 66 + index * lineHeight
      if line.isFirst { drawMark(line.kind, x: margin, baseline: baseline, on: &sheet) }
      lineLabel.draw(
        line.text, x: margin + 16, baseline: baseline, color: SheetColors.of(line.kind), on: &sheet)
    }
    if columns(section) == 3 { drawLegend(y + 66 + lines.count * lineHeight + 8, on: &sheet) }
    let (width, height) = size(section)
    for (row, cell) in section.cells.enumerated() {
      let top = y + row * (height + caption)
      let hasBoth = cell.before != nil && cell.after != nil
      let pictures =
        hasBoth
        ? [(cell.before, "before"), (cell.after, "after"), (cell.onion, "before and after")]
        : [(cell.after ?? cell.before, cell.after == nil ? "before" : "after")]
      for (column, (picture, name)) in pictures.enumerated() {
        let x = margin + textWidth + column * (width + gap)
        if let picture { sheet.paste(picture, x: x, y: top) }
        fileLabel.draw(
          fileLabel.fitted("\(cell.map.rawValue)  \(name)", into: width), x: x,
          baseline: top + height + 16, color: SheetColors.faint, on: &sheet)
      }
    }
  }

  /// Draws the legend for the colors of the third column.
  private static func drawLegend(_ baseline: Int, on sheet: inout Image<RGB8>) {
    var x = margin + 16
    for (text, color) in [
      ("red before,", RGB8(255, 110, 100)), ("cyan after,", RGB8(90, 215, 228)),
      ("arrows: moves", RGB8(255, 214, 64)),
    ] {
      fileLabel.draw(text, x: x, baseline: baseline, color: color, on: &sheet)
      x += fileLabel.width(of: text) + 8
    }
  }

  private static func drawMark(
    _ kind: DifferenceLine.Kind, x: Int, baseline: Int, on sheet: inout Image<RGB8>
  ) {
    let (left, middle) = (Float(x), Float(baseline) - 4.5)
    var lines: [[SIMD2<Float>]] = [[SIMD2(left, middle), SIMD2(left + 8, middle)]]
    switch kind {
    case .added, .better: lines.append([SIMD2(left + 4, middle - 4), SIMD2(left + 4, middle + 4)])
    case .worse:
      lines = [
        [SIMD2(left + 4, middle - 5), SIMD2(left + 4, middle + 1)], [SIMD2(left + 4, middle + 4)],
      ]
    case .removed: break
    case .changed, .note: lines = [[SIMD2(left + 4, middle)]]
    }
    Stroke(lines: lines, width: kind == .changed || kind == .note ? 3.5 : 2)
      .draw(SheetColors.of(kind), on: &sheet)
  }
}
