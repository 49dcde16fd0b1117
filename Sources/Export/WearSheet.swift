public import MapRender
public import PoseRig

/// A picture of garments, each on a body from the front and from the side, in several maps.
public struct WearSheet {
  /// The maps to show of each view.
  public var maps: [MapName] = [.shaded]
  /// The height of a picture, in pixels.
  public var rowHeight = 320
  /// The number of pictures in a row.
  public var columns = 8
  /// The directions from which to show each, in degrees to the left of straight ahead.
  public var angles = [0.0, 50]

  /// Creates a sheet with its defaults.
  public init() {}

  /// Draws the sheet of garments in order, each alone on a figure.
  public func draw(_ worn: [Worn], on figure: Figure, _ bodies: BodyStore) throws -> Image<RGB8> {
    let gap = ContactSheet.gap
    let cell = (width: rowHeight / 2, height: rowHeight)
    let each = angles.count * maps.count
    let inRow = max(columns / each, 1)
    let rows = (worn.count + inRow - 1) / inRow
    var sheet = Image(
      width: min(inRow, worn.count) * each * (cell.width + gap) + gap,
      height: rows * (cell.height + gap) + gap, filling: ContactSheet.paper)
    // Draw larger and scale down, for smooth edges.
    let canvas = Canvas(width: cell.width * 2, height: cell.height * 2)
    let session = try RenderSession(canvas: canvas)
    for (index, garment) in worn.enumerated() {
      for (view, angle) in angles.enumerated() {
        let scene = SceneSolver.portrait(
          of: Self.character(garment, figure), bodies: bodies, angle: angle, canvas: canvas)
        let buffers = try CharacterBuffers(scene, in: session)
        let drawing = try MapDrawing(.character(0), of: scene, buffers: buffers, maps: maps)
        for (number, map) in maps.enumerated() {
          let column = index % inRow * each + view * maps.count + number
          sheet.paste(
            drawing.picture(map).inColor.shrunk(width: cell.width, height: cell.height),
            x: gap + column * (cell.width + gap), y: gap + index / inRow * (cell.height + gap))
        }
      }
    }
    return sheet
  }

  private static func character(_ worn: Worn, _ figure: Figure) -> Character {
    var pose = Pose.rest
    for joint in [JointName.leftUpperArm, .rightUpperArm] {
      pose[joint] = Anatomy.of(joint).rotation(degrees: [.abduction: 20], side: joint.side)
    }
    var character = Character(id: "wearer", figure: figure, pose: pose)
    switch worn {
    case .garment(let garment): character.wear = [garment]
    case .clothes(let clothes): character.clothes = [clothes]
    }
    return character
  }
}

/// A garment on a sheet.
public enum Worn: Sendable {
  /// A garment of MakeHuman's, which only the human can wear.
  case garment(Garment)
  /// A garment of the library, which all bodies can wear.
  case clothes(Clothes)
}
