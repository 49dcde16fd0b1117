public import MapRender
public import PoseRig

/// Hair styles on one picture, in rows, each from some sides and in some maps.
public struct HairSheet {
  /// How many pictures are drawn in a row.
  public var columns = 8
  /// The side of a picture, in pixels.
  public var side = 220
  /// The maps drawn of each style, side by side.
  public var maps = [MapName.shaded]
  /// The degrees from straight ahead, to the left, from which heads are seen.
  public var angles = [35.0]

  /// A sheet with its defaults.
  public init() {}

  /// Returns the sheet of hair on a figure, in its order.
  public func draw(_ hair: [Hair], on figure: Figure, _ bodies: BodyStore) throws -> Image<RGB8> {
    let gap = ContactSheet.gap
    let each = maps.count * angles.count
    let inRow = max(columns / each, 1)
    var sheet = Image(
      width: min(inRow, hair.count) * each * (side + gap) + gap,
      height: (hair.count + inRow - 1) / inRow * (side + gap) + gap, filling: ContactSheet.paper)
    // Drawn larger and made smaller: edges are smooth then.
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
