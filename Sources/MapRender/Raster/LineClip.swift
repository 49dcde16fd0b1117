/// Cuts a line off at the edges of a rectangle exactly as `cv::clipLine` does, truncations included.
enum LineClip {
  /// The ends moved onto the rectangle `0 ..< width` × `0 ..< height`, or nil if the line misses it.
  static func clip(
    _ start: RasterPoint, _ end: RasterPoint, width: Int, height: Int
  ) -> (RasterPoint, RasterPoint)? {
    var (p, q) = (start, end)
    let right = width - 1
    let bottom = height - 1
    func sides(_ x: Int) -> Int { (x < 0 ? 1 : 0) + (x > right ? 2 : 0) }
    func code(_ p: RasterPoint) -> Int {
      sides(p.x) + (p.y < 0 ? 4 : 0) + (p.y > bottom ? 8 : 0)
    }
    var (c1, c2) = (code(p), code(q))
    guard c1 & c2 == 0 else { return nil }
    if c1 | c2 == 0 { return (p, q) }
    if c1 & 12 != 0 {
      let edge = c1 < 8 ? 0 : bottom
      p.x += Int(Double(edge - p.y) * Double(q.x - p.x) / Double(q.y - p.y))
      p.y = edge
      c1 = sides(p.x)
    }
    if c2 & 12 != 0 {
      let edge = c2 < 8 ? 0 : bottom
      q.x += Int(Double(edge - q.y) * Double(q.x - p.x) / Double(q.y - p.y))
      q.y = edge
      c2 = sides(q.x)
    }
    guard c1 & c2 == 0 else { return nil }
    if c1 != 0 {
      let edge = c1 == 1 ? 0 : right
      p.y += Int(Double(edge - p.x) * Double(q.y - p.y) / Double(q.x - p.x))
      p.x = edge
    }
    if c2 != 0 {
      let edge = c2 == 1 ? 0 : right
      q.y += Int(Double(edge - q.x) * Double(q.y - p.y) / Double(q.x - p.x))
      q.x = edge
    }
    return (p, q)
  }
}
