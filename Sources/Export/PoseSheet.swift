public import MapRender
public import PoseRig
internal import SceneFiles

/// Poses on one picture, in rows: whole bodies, or left hands.
public struct PoseSheet {
  /// The part of the body that is shown.
  public enum View: Sendable { case body, hand }

  /// How many are drawn in a row.
  public var columns = 8
  /// The height of a row, in pixels.
  public var rowHeight = 260
  /// Which map is drawn.
  public var map = MapName.shaded
  /// The mannequins that stand there, in turn.
  public var bodies = Mannequin.all
  private static let canvas = Canvas(width: 400, height: 520)

  /// A sheet with its defaults.
  public init() {}

  /// The sheet of `poses` in their order, on the mannequins in turn.
  public func draw(_ poses: [Pose], view: View) throws -> Image<RGB8> {
    let cellWidth = rowHeight * Self.canvas.width / Self.canvas.height
    let gap = ContactSheet.gap
    let rows = (poses.count + columns - 1) / columns
    var sheet = Image(
      width: columns * (cellWidth + gap) + gap, height: rows * (rowHeight + gap) + gap,
      filling: ContactSheet.paper)
    let session = try RenderSession(canvas: Self.canvas)
    for (index, pose) in poses.enumerated() {
      let body = bodies[view == .hand ? 0 : index % bodies.count]
      guard let scene = Self.scene(of: pose, on: body, view, Self.canvas) else { continue }
      let buffers = try CharacterBuffers(scene, in: session)
      let drawing = try MapDrawing(.character(0), of: scene, buffers: buffers, maps: [map])
      let small = drawing.picture(map).inColor.shrunk(width: cellWidth, height: rowHeight)
      sheet.paste(
        small, x: gap + index % columns * (cellWidth + gap),
        y: gap + index / columns * (rowHeight + gap))
    }
    return sheet
  }

  /// Returns a mannequin in a pose, seen as the sheet shows it.
  package static func scene(
    of pose: Pose, on body: Mannequin, _ view: View, _ canvas: Canvas
  ) -> PosedScene? {
    let character = Character(
      id: "one", figure: .mannequin(body, Proportions()), pose: pose)
    let placement: CameraDescription.Placement
    switch view {
    case .body:
      placement = .framing(character: nil, angle: 30, elevation: 8, margin: 0.05)
    case .hand:
      let hand = body.body.rig[.leftMiddleProximal]
      // Into the palm, which looks down in the T-pose, from before and the thumb's side.
      placement = .at(position: hand + Vector3(0.12, -0.5, 0.3), target: hand)
    }
    return SceneSolver.still(of: character, placement, canvas: canvas)
  }
}
