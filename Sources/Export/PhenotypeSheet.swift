public import MapRender
public import PoseRig

/// A picture of humans with various phenotypes: one row per phenotype, from the front and at a
/// three-quarter view, each in several maps.
public struct PhenotypeSheet {
  /// The maps to show of each view.
  public var maps: [MapName] = [.shaded, .depth, .normal, .canny]
  /// The height of a row, in pixels.
  public var rowHeight = 300
  private static let angles = [0.0, 40]
  private static let canvas = Canvas(width: 320, height: 640)

  /// Creates a sheet with its defaults.
  public init() {}

  /// The rows of the sheet: captions, and the phenotypes.
  public static let rows: [(name: String, phenotype: Phenotype)] = [
    ("woman, 25", phenotype(0)), ("man, 25", phenotype(1)),
    ("woman, 70", phenotype(0) { $0.age = 70 }), ("man, 75", phenotype(1) { $0.age = 75 }),
    ("strong woman", phenotype(0) { ($0.muscle, $0.firmness) = (1, 1) }),
    ("strong man", phenotype(1) { ($0.muscle, $0.proportions) = (1, 1) }),
    ("heavy woman", phenotype(0) { ($0.weight, $0.cup) = (1, 0.8) }),
    ("heavy man", phenotype(1) { ($0.weight, $0.muscle) = (1, 0.4) }),
    ("slight woman", phenotype(0) { ($0.weight, $0.cup) = (0.1, 0.2) }),
    ("slight man", phenotype(1) { ($0.weight, $0.muscle) = (0.1, 0.2) }),
  ]

  private static func phenotype(
    _ gender: Double, _ change: (inout Phenotype) -> Void = { _ in }
  ) -> Phenotype {
    var phenotype = Phenotype.typical(male: gender > 0.5)
    change(&phenotype)
    return phenotype
  }

  /// Draws the sheet.
  public func draw(_ human: HumanTemplate) throws -> Image<RGB8> {
    let cellWidth = rowHeight * Self.canvas.width / Self.canvas.height
    let gap = ContactSheet.gap
    let columns = Self.angles.count * maps.count
    var sheet = Image(
      width: columns * (cellWidth + gap) + gap, height: Self.rows.count * (rowHeight + gap) + gap,
      filling: ContactSheet.paper)
    for (row, entry) in Self.rows.enumerated() {
      for (view, angle) in Self.angles.enumerated() {
        let scene = Self.scene(entry.phenotype, human, angle: angle)
        let buffers = try CharacterBuffers(scene)
        let drawing = try MapDrawing(.character(0), of: scene, buffers: buffers, maps: maps)
        for (index, map) in maps.enumerated() {
          let small = drawing.picture(map).inColor.shrunk(width: cellWidth, height: rowHeight)
          let column = view * maps.count + index
          sheet.paste(
            small, x: gap + column * (cellWidth + gap), y: gap + row * (rowHeight + gap))
        }
      }
    }
    return sheet
  }

  private static func scene(
    _ phenotype: Phenotype, _ human: HumanTemplate, angle: Double
  ) -> PosedScene {
    var pose = Pose.rest
    for joint in [JointName.leftUpperArm, .rightUpperArm] {
      pose[joint] = Anatomy.of(joint).rotation(degrees: [.abduction: 20], side: joint.side)
    }
    let character = Character(id: "human", figure: .human(phenotype), pose: pose)
    return SceneSolver.portrait(
      of: character, bodies: BodyStore(human: human), angle: angle, canvas: canvas)
  }
}
