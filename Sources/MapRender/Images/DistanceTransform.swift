/// The exact distance from every pixel of a rectangle to the nearest of certain pixels, and that
/// pixel's index, computed in time linear in the number of pixels.
///
/// Source: Felzenszwalb and Huttenlocher, *Distance Transforms of Sampled Functions*, Theory of
/// Computing 8 (2012). The square of a Euclidean distance is a sum over columns and rows, so a pass
/// along the columns is followed by one along the rows, in which each column is a parabola and the
/// lowest one counts. All numbers are integers, and therefore exact.
struct DistanceTransform {
  /// The square of the distance between the pixels' centers, in pixels; ``farthest`` if no pixel is
  /// sought.
  private(set) var squared: [Int32]
  /// The index of the nearest pixel sought; −1 if no pixel is sought. Among equally near ones,
  /// every run picks the same.
  private(set) var nearest: [Int32]

  /// The square of a distance, longer than any other.
  static let farthest = Int32.max

  /// Computes the distances to the pixels for which `isSought` is true.
  /// - Precondition: `isSought` has one value per pixel, row by row; no side is longer than 16384.
  init(width: Int, height: Int, isSought: [Bool]) {
    precondition(isSought.count == width * height, "DistanceTransform: as many as pixels")
    precondition(max(width, height) <= 1 << 14, "DistanceTransform: squares fit 32 bits")
    squared = Array(repeating: Self.farthest, count: isSought.count)
    nearest = Array(repeating: -1, count: isSought.count)
    let sources = Self.nearestRows(width: width, height: height, isSought)
    var envelope = Envelope(width: width)
    for row in 0..<height {
      let start = row * width
      sources.withUnsafeBufferPointer { sources in
        envelope.enclose(UnsafeBufferPointer(rebasing: sources[start..<start + width]), row)
      }
      envelope.read { column, source, distance in
        squared[start + column] = distance
        nearest[start + column] = Int32(source.row * Int32(width) + source.column)
      }
    }
  }

  /// Returns, for every pixel, the row of the nearest pixel sought in its column, the upper one in
  /// ties; −1 if there is none.
  private static func nearestRows(width: Int, height: Int, _ isSought: [Bool]) -> [Int32] {
    var rows = [Int32](repeating: -1, count: width * height)
    for row in 0..<height {
      for location in row * width..<(row + 1) * width {
        if isSought[location] {
          rows[location] = Int32(row)
        } else if row > 0 {
          rows[location] = rows[location - width]
        }
      }
    }
    for row in (0..<max(0, height - 1)).reversed() {
      let own = Int32(row)
      for location in row * width..<(row + 1) * width {
        let (above, below) = (rows[location], rows[location + width])
        // A pixel below was not passed on from here: otherwise it would be this pixel's own.
        if below > own, above < 0 || below - own < own - above { rows[location] = below }
      }
    }
    return rows
  }
}

/// The lowest of the parabolas over a row, one for each column that contains a pixel sought.
private struct Envelope {
  typealias Source = (column: Int32, row: Int32)

  private let width: Int32
  private var sources: [Source]
  /// The height of each parabola's lowest point: the square of the distance along its column.
  private var heights: [Int32]
  /// The first column in which each parabola is the lowest.
  private var starts: [Int32]
  private var count = 0

  init(width: Int) {
    self.width = Int32(width)
    sources = Array(repeating: (0, 0), count: width)
    heights = Array(repeating: 0, count: width)
    starts = Array(repeating: 0, count: width)
  }

  /// Builds the envelope of a row from the rows of its columns' nearest pixels.
  mutating func enclose(_ rows: UnsafeBufferPointer<Int32>, _ row: Int) {
    count = 0
    for (column, source) in rows.enumerated() where source >= 0 {
      let way = source - Int32(row)
      add((Int32(column), source), height: way * way)
    }
  }

  private mutating func add(_ source: Source, height: Int32) {
    var start: Int32 = 0
    while count > 0 {
      start = firstColumn(source.column, height, below: count - 1)
      if start > starts[count - 1] { break }
      count -= 1
      start = 0
    }
    if start >= width { return }
    sources[count] = source
    heights[count] = height
    starts[count] = start
    count += 1
  }

  /// Returns the first column in which a parabola is lower than an earlier one.
  private func firstColumn(_ column: Int32, _ height: Int32, below other: Int) -> Int32 {
    let earlier = sources[other].column
    let rise = height + column * column - heights[other] - earlier * earlier
    if rise < 0 { return 0 }
    return rise / (2 * (column - earlier)) + 1
  }

  /// Passes on the nearest pixel and the square of the distance, column by column.
  func read(_ take: (_ column: Int, _ source: Source, _ squared: Int32) -> Void) {
    for index in 0..<count {
      let source = sources[index]
      let end = index + 1 < count ? starts[index + 1] : width
      for column in starts[index]..<end {
        let way = column - source.column
        take(Int(column), source, way * way + heights[index])
      }
    }
  }
}
