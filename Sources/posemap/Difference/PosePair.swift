internal import ArgumentParser
internal import Export
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// Two poses to compare with each other, joint by joint.
struct PosePair {
  private let before: Pose
  private let after: Pose

  /// Reads both poses, and prints the warnings about them.
  init(_ pair: ComparedPair, rigs: String?) throws(Failure) {
    (before, after) = (try pair.pose(pair.before), try pair.pose(pair.after))
  }

  /// Prints rotations in degrees and movements in centimeters, then their consequences.
  func show(_ sheet: String?, _ exitCode: Bool) throws {
    let difference = PoseDifference(from: before, to: after, on: Mannequin.female.body.rig)
    for turn in difference.turns {
      let angles = turn.angles.map { "\($0.name) \(Self.text($0.before)) → \(Self.text($0.after))" }
      print(
        "\(turn.joint.rawValue) turned \(Self.text(turn.degrees))°: \(angles.joined(separator: ", "))"
      )
    }
    for move in difference.moves where Self.shown.contains(move.joint.kind) {
      print("\(move.joint.rawValue) moved \(Self.text(move.distance * 100)) cm")
    }
    let others = consequences()
    others.forEach { print($0.text) }
    let isSame = difference.turns.isEmpty && difference.moves.isEmpty && others.isEmpty
    if isSame { print("the same pose") }
    if let sheet {
      var picture = PoseSheet()
      (picture.columns, picture.rowHeight, picture.bodies) = (2, 520, [.female])
      try PictureFile.write(try picture.draw([before, after], view: .body), to: sheet)
    }
    if exitCode, !isSame { throw ExitCode(1) }
  }

  /// Returns the consequences of the rotations: contacts, limits, balance, goals, faults, the face.
  private func consequences() -> [DifferenceLine] {
    let states = (SceneState(before, on: .female), SceneState(after, on: .female))
    var difference = SceneDifference(from: states.0, to: states.1)
    for index in difference.characters.indices {
      difference.characters[index].leaveOutTurns()
    }
    return SceneWords(difference, isScene: false).groups().flatMap(\.lines)
      .filter { $0.kind != .note }
  }

  /// The joints that are keypoints of OpenPose's body.
  private static let shown: [JointKind] = [
    .hips, .head, .upperArm, .lowerArm, .hand, .upperLeg, .lowerLeg, .foot,
  ]

  private static func text(_ number: Double) -> String { DecimalText.rounded(number, 1) }
}
