internal import MapRender
package import SceneFiles

/// A self-contained HTML page of changes: its pictures are embedded, it loads nothing, and all text
/// from files is escaped.
package struct DifferencePage {
  /// A file with its pictures.
  package struct Part {
    /// The file's changes.
    package var file: FileDifference
    /// The heading.
    package var heading: String
    /// A remark beside the heading.
    package var remark: String
    /// The pictures; those of all characters together come first.
    package var subjects: [DifferencePictures.Subject]

    package init(
      file: FileDifference, heading: String, remark: String, subjects: [DifferencePictures.Subject]
    ) {
      (self.file, self.heading, self.remark, self.subjects) = (file, heading, remark, subjects)
    }
  }

  private let title: String
  private let parts: [Part]
  private let notes: [String]

  package init(title: String, parts: [Part], notes: [String]) {
    (self.title, self.parts, self.notes) = (title, parts, notes)
  }

  /// Returns the page's HTML.
  package func text() throws(ExportError) -> String {
    var body = "<header><h1>\(Self.escaped(title))</h1>\n"
    if parts.count > 1 {
      let items = parts.enumerated().map { index, part in
        "<li><a href=\"#f\(index)\">\(Self.escaped(part.heading))</a> "
          + "<span>\(Self.escaped(Self.count(part.file)))</span></li>"
      }
      body += "<nav><ul>\n\(items.joined(separator: "\n"))\n</ul></nav>\n"
    }
    body += "</header>\n<main>\n"
    for (index, part) in parts.enumerated() { body += try section(part, index) }
    if parts.isEmpty { body += "<p class=\"none\">Nothing changed.</p>\n" }
    body += notes.map { "<p class=\"notice\">\(Self.escaped($0))</p>\n" }.joined()
    return Self.head(Self.escaped(title)) + body
      + "</main>\n<script>\n\(DifferencePageStyle.script)</script>\n</body>\n</html>\n"
  }

  private static func count(_ file: FileDifference) -> String {
    switch file.status {
    case .added: return "new"
    case .removed: return "deleted"
    case .same: return "renamed"
    case .layout: return "layout only"
    default:
      let number = file.lines.count + file.faults.count
      return "\(number) change\(number == 1 ? "" : "s")"
    }
  }

  private static func head(_ title: String) -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(title)</title>
    <style>
    \(DifferencePageStyle.css)</style>
    </head>
    <body>

    """
  }

  private func section(_ part: Part, _ index: Int) throws(ExportError) -> String {
    var html = "<section class=\"file\" id=\"f\(index)\">\n<h2>\(Self.escaped(part.heading))"
    if !part.remark.isEmpty { html += " <small>\(Self.escaped(part.remark))</small>" }
    html += "</h2>\n"
    if !part.file.faults.isEmpty {
      html += Self.list(part.file.faults.map { DifferenceLine(.worse, $0) })
    }
    let groups = part.file.groups
    let shown = part.subjects.map(\.title)
    for (number, subject) in part.subjects.enumerated() {
      let isShared = subject.title.isEmpty
      let own = groups.filter {
        isShared
          ? number == 0 && ($0.title.isEmpty || !shown.contains($0.title))
          : $0.title == subject.title
      }
      html += "<article class=\"subject\">\n<div class=\"words\">\n"
      if !subject.moment.isEmpty { html += "<h3>\(Self.escaped(subject.moment))</h3>\n" }
      if isShared, own.isEmpty, shown.count > 1, number == 0 { html += "<h3>all together</h3>\n" }
      html += own.map { Self.words($0) }.joined()
      html += "</div>\n" + (try viewer(subject, "v\(index)-\(number)")) + "</article>\n"
    }
    if part.subjects.isEmpty {
      html += "<div class=\"words alone\">\n\(groups.map { Self.words($0) }.joined())</div>\n"
    }
    return html + "</section>\n"
  }

  private static func words(_ group: DifferenceGroup) -> String {
    (group.title.isEmpty ? "" : "<h3>\(escaped(group.title))</h3>\n") + list(group.lines)
  }

  private static func list(_ lines: [DifferenceLine]) -> String {
    let items = lines.map { "<li class=\"\($0.kind.rawValue)\">\(escaped($0.text))</li>" }
    return "<ul class=\"lines\">\n\(items.joined(separator: "\n"))\n</ul>\n"
  }

  private func viewer(
    _ subject: DifferencePictures.Subject, _ id: String
  ) throws(ExportError) -> String {
    let name = subject.title.isEmpty ? "the scene" : subject.title
    let hasBoth = subject.cells.contains { $0.onion != nil }
    var html =
      "<div class=\"viewer\" data-mode=\"slide\">\n<div class=\"bar\">\n<div class=\"maps\">"
    for (index, cell) in subject.cells.enumerated() {
      html +=
        "<button type=\"button\" data-map=\"\(index)\" aria-pressed=\"\(index == 0)\">\(Self.escaped(cell.map.rawValue))</button>"
    }
    html += "</div>\n"
    if hasBoth {
      html += "<div class=\"modes\">"
      for (mode, label) in [
        ("slide", "Slider"), ("beside", "Side by side"), ("onion", "Onion skin"),
      ] {
        html +=
          "<button type=\"button\" data-show=\"\(mode)\" aria-pressed=\"\(mode == "slide")\">\(label)</button>"
      }
      html += "</div>\n"
    }
    html += "</div>\n"
    for (index, cell) in subject.cells.enumerated() {
      html += try stage(cell, Self.escaped(name), isHidden: index > 0)
    }
    return html + "</div>\n"
  }

  private func stage(
    _ cell: DifferencePictures.Cell, _ name: String, isHidden: Bool
  ) throws(ExportError) -> String {
    let hidden = isHidden ? " hidden" : ""
    let map = Self.escaped(cell.map.rawValue)
    guard let before = cell.before, let after = cell.after, let onion = cell.onion else {
      guard let only = cell.after ?? cell.before else { return "" }
      let state = cell.after == nil ? "before" : "after"
      return
        "<div class=\"stage one\"\(hidden)><figure><img alt=\"\(map) of \(name), \(state)\" width=\"\(only.width)\" height=\"\(only.height)\" src=\"\(Self.source(try PNGFile.encode(only)))\"><figcaption>\(state)</figcaption></figure></div>\n"
    }
    let size = "width=\"\(after.width)\" height=\"\(after.height)\""
    return """
      <div class="stage"\(hidden) style="--w:\(after.width);--h:\(after.height)">
      <div class="slide">
      <img class="after" alt="\(map) of \(name), after" \(size) src="\(Self.source(try PNGFile.encode(after)))">
      <img class="before" alt="\(map) of \(name), before" \(size) src="\(Self.source(try PNGFile.encode(before)))">
      <span class="tag left">before</span><span class="tag right">after</span>
      <span class="handle" aria-hidden="true"></span>
      <input type="range" min="0" max="100" value="50" step="0.5" aria-label="\(map) of \(name): how much shows the state before">
      </div>
      <figure class="onion">
      <img alt="\(map) of \(name), before in red, after in cyan" \(size) src="\(Self.source(try PNGFile.encode(onion)))">
      <figcaption><b class="red">red</b> before, <b class="cyan">cyan</b> after, <b class="arrow">arrows</b> where hands, feet, head and hips went</figcaption>
      </figure>
      </div>

      """
  }

  private static func source(_ png: [UInt8]) -> String {
    "data:image/png;base64," + Base64.text(of: png)
  }

  /// Returns text as HTML for elements and attributes; characters that reverse the text's direction
  /// are shown as their code points.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { html, scalar in
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      case _ where scalar.properties.isBidiControl || scalar.properties.generalCategory == .control:
        html += "\\u{\(String(scalar.value, radix: 16))}"
      default: html.unicodeScalars.append(scalar)
      }
    }
  }
}

/// Base64 (RFC 4648).
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Returns the Base64 text of bytes.
  static func text(of bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let left = min(3, bytes.count - index)
      let word = (0..<3).reduce(0) { $0 << 8 | ($1 < left ? Int(bytes[index + $1]) : 0) }
      for digit in 0..<4 {
        text.append(digit <= left ? digits[word >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
      }
      index += 3
    }
    return String(decoding: text, as: UTF8.self)
  }
}
