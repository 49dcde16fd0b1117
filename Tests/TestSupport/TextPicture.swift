public import MapRender

extension Image where Pixel: Equatable {
  /// The picture as text, one line per row: `.` for `blank`, `#` for everything else.
  public func text(blank: Pixel) -> String {
    (0..<height).map { y in
      String((0..<width).map { x in self[x, y] == blank ? "." : "#" })
    }.joined(separator: "\n")
  }
}
