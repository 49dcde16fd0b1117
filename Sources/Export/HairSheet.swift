public import MapRender
public import PoseRig

/// A picture of hair styles, in rows, each from several sides and in several maps.
public struct HairSheet {
  /// The number of pictures per row.
  public var columns = 8
  /// The side of a picture, in pixels.
  public var side = 220
  /// The maps to draw of each style, side by side.
  public var maps = [MapName.shaded]
  /// The directions from which to show heads, in degrees to the left of straight ahead.
  public var angles = [35.0]

  /// Creates a sheet with its defaults.
  public init() {}

  /// Draws the sheet of hair styles on a figure, in order.
  public func draw(_ hair: [Hair], on figure: Figure, _ bodies: BodyStore) throws -> Image<RGB8> {
    let gap = ContactSheet.gap
    let each = maps.count * angles.count
    let inRow = max(columns / each, 1)
    var sheet = Image(
      width: min(inRow, hair.count) * each * (side + gap) + gap,
      height: (hair.count + inRow - 1) / inRow * (side + gap) + gap, filling: ContactSheet.paper)
    // Draw larger and scale down, for smooth edges.
    let canvas = Canvas(width: max(side * 2, 64), height: max(side * 2, 64))
    let session = try RenderSession(canvas: canvas)
    for (index, one) in hair.enumerated() {
      for (view, angle) in angles.enumerated() {
        guard
          let scene = SceneSolver.portrait(
            of: one, on: figure, bodies: bodies, angle: angle, canvas: canvas)
        else { continue }
        let buffers = try CharacterBuffers(scene, in: session)
        let drawing = try MapDrawing(.character(0), of: scene, buffers: buffers, maps: maps)
        for (map, name) in maps.enumerated() {
          let column = index % inRow * each + view * maps.count + map
          sheet.paste(
            drawing.picture(name).inColor.shrunk(width: side, height: side),
            x: gap + column * (side + gap), y: gap + index / inRow * (side + gap))
        }
      }
    }
    return sheet
  }
}
