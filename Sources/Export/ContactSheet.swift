public import MapRender
public import PoseRig

/// A picture of all maps of a scene: one row per character, one column per map.
public struct ContactSheet {
  /// The maps, one per column.
  public var maps: [MapName]
  /// The height of one map on the sheet, in pixels.
  public var rowHeight: Int
  /// The characters to show; nil means all.
  public var only: [String]?
  /// Whether to show all of them in one picture, in one row.
  public var together: Bool
  /// The gap around each map, in pixels.
  static let gap = 6
  static let paper = RGB8(gray: 40)

  /// Creates a sheet from its settings.
  public init(
    maps: [MapName] = [.shaded] + MapName.standard, rowHeight: Int = 320,
    only: [String]? = nil, together: Bool = false
  ) {
    self.maps = maps
    self.rowHeight = rowHeight
    self.only = only
    self.together = together
  }

  /// Draws the sheet of `scene`.
  public func draw(_ scene: PosedScene) throws -> Image<RGB8> {
    arranged(try pictures(of: scene))
  }

  /// Draws the sheet of several views of a scene: one column per view, one row per character and
  /// map.
  public func draw(views: [PosedScene]) throws -> Image<RGB8> {
    let columns = try views.map { try pictures(of: $0).flatMap(\.self) }
    let rows = (columns.first ?? []).indices.map { row in columns.map { $0[row] } }
    return arranged(rows)
  }

  /// Returns the pictures of a scene's maps, one row per character.
  private func pictures(of scene: PosedScene) throws -> [[Image<RGB8>]] {
    let canvas = scene.camera.canvas
    let buffers = try CharacterBuffers(scene)
    let chosen = scene.characters.indices.filter {
      only?.contains(scene.characters[$0].id) ?? true
    }
    let subjects: [MapSubject] = together ? [.together(chosen)] : chosen.map(MapSubject.character)
    let cellWidth = max(1, rowHeight * canvas.width / canvas.height)
    return try subjects.map { subject in
      let drawing = try MapDrawing(subject, of: scene, buffers: buffers, maps: maps)
      return maps.map {
        drawing.picture($0).inColor.shrunk(width: cellWidth, height: rowHeight)
      }
    }
  }

  /// Returns pictures of one size on a sheet.
  private func arranged(_ rows: [[Image<RGB8>]]) -> Image<RGB8> {
    let columns = rows.first ?? []
    let cellWidth = columns.first?.width ?? 0
    var sheet = Image(
      width: columns.count * (cellWidth + Self.gap) + Self.gap,
      height: rows.count * (rowHeight + Self.gap) + Self.gap, filling: Self.paper)
    for (row, pictures) in rows.enumerated() {
      for (column, picture) in pictures.enumerated() {
        sheet.paste(
          picture, x: Self.gap + column * (cellWidth + Self.gap),
          y: Self.gap + row * (rowHeight + Self.gap))
      }
    }
    return sheet
  }
}

extension Image<RGB8> {
  /// Returns the picture at another size, where each pixel is the mean of the area that it covers.
  package func shrunk(width newWidth: Int, height newHeight: Int) -> Image<RGB8> {
    var result = Image(width: newWidth, height: newHeight, filling: .black)
    for y in 0..<newHeight {
      let rows =
        (y * height / newHeight)..<max(y * height / newHeight + 1, (y + 1) * height / newHeight)
      for x in 0..<newWidth {
        let columns =
          (x * width / newWidth)..<max(x * width / newWidth + 1, (x + 1) * width / newWidth)
        result[x, y] = mean(columns: columns, rows: rows)
      }
    }
    return result
  }

  private func mean(columns: Range<Int>, rows: Range<Int>) -> RGB8 {
    var sum = SIMD3<Int>.zero
    for y in rows {
      for x in columns {
        let pixel = self[x, y]
        sum &+= SIMD3(Int(pixel.red), Int(pixel.green), Int(pixel.blue))
      }
    }
    let count = columns.count * rows.count
    let half = SIMD3(repeating: count / 2)
    let level = (sum &+ half) / SIMD3(repeating: count)
    return RGB8(UInt8(level.x), UInt8(level.y), UInt8(level.z))
  }

  mutating func paste(_ other: Image<RGB8>, x: Int, y: Int) {
    for row in 0..<other.height {
      for column in 0..<other.width where contains(x: x + column, y: y + row) {
        self[x + column, y + row] = other[column, row]
      }
    }
  }
}
