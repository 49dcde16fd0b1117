public import MapRender
public import PoseRig
package import SceneFiles

/// A picture of poses, in rows with their names: whole bodies, or left hands.
public struct PoseSheet {
  /// The part of the body to show.
  public enum View: Sendable { case body, hand }

  /// A pose on the sheet.
  package struct Entry {
    var pose: Pose
    var caption: String?
    var view: PoseCard.View

    /// Creates an entry of a pose, its caption, and the direction from which to show whole bodies.
    package init(_ pose: Pose, caption: String? = nil, view: PoseCard.View = .usual) {
      (self.pose, self.caption, self.view) = (pose, caption, view)
    }
  }

  /// The number of poses per row.
  public var columns = 8
  /// The height of a row, in pixels.
  public var rowHeight = 260
  /// The map to draw.
  public var map = MapName.shaded
  /// The mannequins to use, in turn.
  public var bodies = Mannequin.all
  private static let canvas = Canvas(width: 400, height: 520)

  /// Creates a sheet with its defaults.
  public init() {}

  /// Draws the sheet of `poses` in order, on the mannequins in turn.
  public func draw(_ poses: [Pose], view: View) throws -> Image<RGB8> {
    try draw(poses.map { Entry($0) }, view: view)
  }

  /// The height of the captions below a row, in pixels.
  private static let captionHeight = 15
  private static let label = Label(height: 8, weight: 1.2)

  /// Draws the sheet of `entries` in order, on the mannequins in turn.
  package func draw(_ entries: [Entry], view: View) throws -> Image<RGB8> {
    let cellWidth = rowHeight * Self.canvas.width / Self.canvas.height
    let gap = ContactSheet.gap
    let rows = (entries.count + columns - 1) / columns
    let caption = entries.contains { $0.caption != nil } ? Self.captionHeight : 0
    let step = rowHeight + caption + gap
    var sheet = Image(
      width: columns * (cellWidth + gap) + gap, height: rows * step + gap,
      filling: ContactSheet.paper)
    let session = try RenderSession(canvas: Self.canvas)
    for (index, entry) in entries.enumerated() {
      let body = bodies[view == .hand ? 0 : index % bodies.count]
      guard let scene = Self.scene(of: entry.pose, on: body, view, Self.canvas, from: entry.view)
      else { continue }
      let buffers = try CharacterBuffers(scene, in: session)
      let drawing = try MapDrawing(.character(0), of: scene, buffers: buffers, maps: [map])
      let small = drawing.picture(map).inColor.shrunk(width: cellWidth, height: rowHeight)
      let (x, y) = (gap + index % columns * (cellWidth + gap), gap + index / columns * step)
      sheet.paste(small, x: x, y: y)
      guard let text = entry.caption.map({ Self.label.fitted($0, into: cellWidth) }) else {
        continue
      }
      Self.label.draw(
        text, x: x + (cellWidth - Self.label.width(of: text)) / 2, baseline: y + step - gap - 3,
        color: RGB8(gray: 225), on: &sheet)
    }
    return sheet
  }

  /// Returns a mannequin in a pose, with the sheet's view of it.
  package static func scene(
    of pose: Pose, on body: Mannequin, _ view: View, _ canvas: Canvas,
    from side: PoseCard.View = .usual
  ) -> PosedScene? {
    var character = Character(
      id: "one", figure: .mannequin(body, Proportions()), pose: pose)
    character.pose.goals = pose.goals.owned(by: character.id)
    let placement: CameraDescription.Placement
    switch view {
    case .body:
      placement = .framing(
        character: nil, angle: side.angle, elevation: side.elevation, margin: 0.05)
    case .hand:
      let hand = body.body.rig[.leftMiddleProximal]
      // Look into the palm, which faces down in the T-pose, from the front and the thumb's side.
      placement = .at(position: hand + Vector3(0.12, -0.5, 0.3), target: hand)
    }
    guard pose.goals.isEmpty else {
      return SceneSolver.solve(
        Scene(
          canvas: canvas,
          camera: CameraDescription(placement: placement, lens: .focalLength(85), roll: 0),
          characters: [character]))
    }
    return SceneSolver.still(of: character, placement, canvas: canvas)
  }
}
