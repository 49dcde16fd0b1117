public import MapRender
public import PoseRig

/// Garments on one picture, each on a human from the front and from the side, in some maps.
public struct WearSheet {
  /// The maps shown of each view.
  public var maps: [MapName] = [.shaded]
  /// The height of a picture, in pixels.
  public var rowHeight = 320
  /// The number of garments in a row.
  public var columns = 4
  private static let angles = [0.0, 50]

  /// A sheet with its defaults.
  public init() {}

  /// The sheet of garments in their order, each alone on a woman.
  public func draw(_ garments: [Garment], on human: HumanTemplate) throws -> Image<RGB8> {
    let gap = ContactSheet.gap
    let inRow = max(columns / maps.count, 1)
    let cell = (width: rowHeight / 2, height: rowHeight)
    let perGarment = Self.angles.count * maps.count
    let rows = (garments.count + inRow - 1) / inRow
    var sheet = Image(
      width: min(inRow, garments.count) * perGarment * (cell.width + gap) + gap,
      height: rows * (cell.height + gap) + gap, filling: ContactSheet.paper)
    // Drawn larger and made smaller: edges are smooth then.
    let canvas = Canvas(width: cell.width * 2, height: cell.height * 2)
    for (index, garment) in garments.enumerated() {
      for (view, angle) in Self.angles.enumerated() {
        let scene = Self.scene(garment, human, angle: angle, canvas: canvas)
        let buffers = try CharacterBuffers(scene)
        let drawing = try MapDrawing(.character(0), of: scene, buffers: buffers, maps: maps)
        for (number, map) in maps.enumerated() {
          let column = index % inRow * perGarment + view * maps.count + number
          sheet.paste(
            drawing.picture(map).inColor.shrunk(width: cell.width, height: cell.height),
            x: gap + column * (cell.width + gap), y: gap + index / inRow * (cell.height + gap))
        }
      }
    }
    return sheet
  }

  private static func scene(
    _ garment: Garment, _ human: HumanTemplate, angle: Double, canvas: Canvas
  ) -> PosedScene {
    var pose = Pose.rest
    for joint in [JointName.leftUpperArm, .rightUpperArm] {
      pose[joint] = Anatomy.of(joint).rotation(degrees: [.abduction: 20], side: joint.side)
    }
    var character = Character(
      id: "human", figure: .human(Phenotype.typical(male: false)), pose: pose)
    character.wear = [garment]
    return SceneSolver.portrait(of: character, human: human, angle: angle, canvas: canvas)
  }
}
