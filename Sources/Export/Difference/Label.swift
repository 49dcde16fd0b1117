internal import MapRender

/// Antialiased text and lines on a picture.
struct Label {
  /// The height of a capital letter, in pixels.
  var height: Float = 11
  /// The width of a line, in pixels.
  var weight: Float = 1.5

  private var unit: Float { height / 12 }
  private static let gap: Float = 3.6
  private static let blank: Float = 4.5
  /// The box that replaces a character without a glyph.
  private static let missing: [[SIMD2<Float>]] = [
    [SIMD2(0, 4), SIMD2(0, 16), SIMD2(6, 16), SIMD2(6, 4), SIMD2(0, 4)]
  ]

  /// Returns the width of a text in pixels.
  func width(of text: String) -> Int {
    Int((text.reduce(Float(0)) { $0 + Self.width($1) + Self.gap } * unit).rounded(.up))
  }

  /// Returns the text, cut with dots if it does not fit.
  func fitted(_ text: String, into width: Int) -> String {
    if self.width(of: text) <= width { return text }
    var short = text
    while !short.isEmpty, self.width(of: short + "...") > width { short.removeLast() }
    return short + "..."
  }

  /// Returns the text in lines that fit.
  func wrapped(_ text: String, into width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, self.width(of: "\(last) \(word)") <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(fitted(String(word), into: width))
      }
    }
    return lines
  }

  /// Draws a text; the left end of its baseline is at the given pixel.
  func draw(
    _ text: String, x: Int, baseline: Int, color: RGB8, on image: inout Image<RGB8>
  ) {
    var pen = Float(x)
    for character in text {
      let lines = StrokeGlyphs.lines(of: character) ?? Self.missing
      let placed = lines.map { line in
        line.map { SIMD2(pen + $0.x * unit, Float(baseline) - ($0.y - 4) * unit) }
      }
      Stroke(lines: placed, width: weight).draw(color, on: &image)
      pen += (Self.width(character) + Self.gap) * unit
    }
  }

  private static func width(_ character: Swift.Character) -> Float {
    if character == " " { return blank }
    let points = (StrokeGlyphs.lines(of: character) ?? missing).flatMap(\.self)
    return points.map(\.x).max() ?? 0
  }
}

/// Lines of one width, with smooth edges and round ends.
struct Stroke {
  var lines: [[SIMD2<Float>]]
  var width: Float

  /// Mixes a color into the pixels that the lines cover, once even where lines cross each other.
  func draw(_ color: RGB8, on image: inout Image<RGB8>) {
    let points = lines.flatMap(\.self)
    guard let first = points.first else { return }
    let margin = width / 2 + 1
    let low = points.reduce(first, pointwiseMin) - margin
    let high = points.reduce(first, pointwiseMax) + margin
    guard high.x > 0, high.y > 0 else { return }
    let columns = max(0, Int(low.x))..<max(max(0, Int(low.x)), min(image.width, Int(high.x) + 1))
    let rows = max(0, Int(low.y))..<max(max(0, Int(low.y)), min(image.height, Int(high.y) + 1))
    for y in rows {
      for x in columns {
        let cover = min(
          1, max(0, width / 2 + 0.5 - distance(SIMD2(Float(x) + 0.5, Float(y) + 0.5))))
        if cover > 0 { image[x, y] = image[x, y].mixed(with: color, share: cover) }
      }
    }
  }

  private func distance(_ point: SIMD2<Float>) -> Float {
    var nearest = Float.infinity
    for line in lines {
      for (start, end) in zip(line, line.count == 1 ? line : Array(line.dropFirst())) {
        let way = end - start
        let along = ((point - start) * way).sum() / max(1e-6, (way * way).sum())
        let foot = point - (start + way * min(1, max(0, along)))
        nearest = min(nearest, (foot * foot).sum())
      }
    }
    return nearest.squareRoot()
  }
}

extension RGB8 {
  /// Returns this color (0) mixed with another (1).
  func mixed(with other: RGB8, share: Float) -> RGB8 {
    func level(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Float(from) + (Float(to) - Float(from)) * share).rounded())
    }
    return RGB8(
      level(red, other.red), level(green, other.green), level(blue, other.blue))
  }

  /// The largest of the three channels.
  var brightest: UInt8 { max(red, green, blue) }

  /// The perceived brightness, 0 to 255.
  var luma: Float { Float(red) * 0.299 + Float(green) * 0.587 + Float(blue) * 0.114 }
}
