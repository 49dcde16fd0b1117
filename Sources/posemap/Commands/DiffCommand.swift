import ArgumentParser
internal import Export
internal import PoseRig
internal import SceneFiles

/// `posemap diff`: the changes between two poses, in degrees and centimeters.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract:
      "Show what changed from one pose to another: joints in degrees, and how far they moved.",
    discussion:
      "Distances are the female mannequin's. Exits with 0 whether anything changed or not.")

  @Argument(help: ArgumentHelp("The pose before.", valueName: "before"))
  var before: String

  @Argument(help: ArgumentHelp("The pose after.", valueName: "after"))
  var after: String

  @Option(help: ArgumentHelp("The folder of the pose library.", valueName: "folder"))
  var rigs: String?

  @Option(
    help: ArgumentHelp("Draw before and after side by side into this PNG file.", valueName: "file"))
  var sheet: String?

  func validate() throws {
    if let sheet { try PictureFile.check(sheet) }
  }

  func run() throws {
    let (old, new) = (
      try PoseInput.load(before, rigs: rigs), try PoseInput.load(after, rigs: rigs)
    )
    let rig = Mannequin.female.body.rig
    let difference = PoseDifference(from: old, to: new, on: rig)
    for turn in difference.turns {
      let angles = turn.angles.map { "\($0.name) \(Self.text($0.before)) → \(Self.text($0.after))" }
      print(
        "\(turn.joint.rawValue) turned \(Self.text(turn.degrees))°: \(angles.joined(separator: ", "))"
      )
    }
    for move in difference.moves where Self.shown.contains(move.joint.kind) {
      print("\(move.joint.rawValue) moved \(Self.text(move.distance * 100)) cm")
    }
    if difference.turns.isEmpty, difference.moves.isEmpty { print("the same pose") }
    guard let sheet else { return }
    var picture = PoseSheet()
    (picture.columns, picture.rowHeight, picture.bodies) = (2, 520, [.female])
    try PictureFile.write(try picture.draw([old, new], view: .body), to: sheet)
  }

  /// The joints that are keypoints of OpenPose's body.
  private static let shown: [JointKind] = [
    .hips, .head, .upperArm, .lowerArm, .hand, .upperLeg, .lowerLeg, .foot,
  ]

  private static func text(_ number: Double) -> String { DecimalText.rounded(number, 1) }
}
