public import MapRender
public import PoseRig
internal import SceneFiles

/// A picture of props, in rows, each in several maps.
public struct PropSheet {
  /// The number of pictures per row.
  public var columns = 8
  /// The side of a picture, in pixels.
  public var side = 220
  /// The maps to draw of each prop, side by side.
  public var maps = [MapName.shaded]
  /// The direction from which to show props, in degrees to the left of straight ahead, and up.
  public var view = (angle: 35.0, elevation: 18.0)

  /// Creates a sheet with its defaults.
  public init() {}

  /// Draws the sheet of `props` in order.
  public func draw(_ props: [Prop]) throws -> Image<RGB8> {
    let gap = ContactSheet.gap
    let inRow = max(columns / maps.count, 1)
    let width = min(inRow, props.count) * maps.count
    var sheet = Image(
      width: width * (side + gap) + gap,
      height: (props.count + inRow - 1) / inRow * (side + gap) + gap, filling: ContactSheet.paper)
    // Draw larger and scale down, for smooth edges.
    let canvas = Canvas(width: max(side * 2, 64), height: max(side * 2, 64))
    let session = try RenderSession(canvas: canvas)
    for (index, prop) in props.enumerated() {
      guard
        var scene = SceneSolver.still(
          of: prop, beside: .mannequin(.female, Proportions()), angle: view.angle,
          elevation: view.elevation, canvas: canvas)
      else { continue }
      scene.mapSettings.props = Set(MapName.showingProps)
      let buffers = try CharacterBuffers(scene, in: session)
      let drawing = try MapDrawing(.character(0), of: scene, buffers: buffers, maps: maps)
      for (column, map) in maps.enumerated() {
        sheet.paste(
          drawing.picture(map).inColor.shrunk(width: side, height: side),
          x: gap + (index % inRow * maps.count + column) * (side + gap),
          y: gap + index / inRow * (side + gap))
      }
    }
    return sheet
  }
}
