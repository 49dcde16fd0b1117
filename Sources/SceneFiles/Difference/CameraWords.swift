internal import PoseRig

/// A camera's changes in words.
struct CameraWords {
  let difference: SceneDifference

  init(_ difference: SceneDifference) { self.difference = difference }

  func lines(ofScene isScene: Bool) -> [DifferenceLine] {
    guard isScene else { return [] }
    let (old, new) = (difference.before.scene.camera, difference.after.scene.camera)
    var texts: [String] = []
    switch (old.placement, new.placement) {
    case (.at(let from, let target), .at(let other, let otherTarget)):
      if from != other { texts.append("camera \(way(other - from))") }
      if target != otherTarget {
        texts.append("camera looks at a point \(way(otherTarget - target))")
      }
    case (
      .framing(let who, let angle, let height, let margin),
      .framing(let otherWho, let otherAngle, let otherHeight, let otherMargin)
    ):
      if who != otherWho {
        texts.append("camera frames \(name(otherWho)), no longer \(name(who))")
      }
      if angle != otherAngle {
        texts.append("camera angle \(number(angle)) → \(number(otherAngle))°")
      }
      if height != otherHeight {
        texts.append("camera elevation \(number(height)) → \(number(otherHeight))°")
      }
      if margin != otherMargin {
        texts.append("margin \(MeasureWords.share(margin)) → \(MeasureWords.share(otherMargin))")
      }
    case (.at, .framing(let who, _, _, _)):
      texts.append("camera now frames \(name(who)) and no longer has its own position")
    case (.framing, .at): texts.append("camera now has its own position and frames no one")
    }
    if old.lens != new.lens { texts.append("lens \(lens(old.lens)) → \(lens(new.lens))") }
    if old.roll != new.roll { texts.append("roll \(number(old.roll)) → \(number(new.roll))°") }
    return texts.map { DifferenceLine(.changed, $0) } + following(isTold: !texts.isEmpty)
  }

  /// Returns that a camera that frames someone went along.
  private func following(isTold: Bool) -> [DifferenceLine] {
    guard !isTold, let before = difference.before.posed?.camera,
      let after = difference.after.posed?.camera, let move = difference.cameraMove
    else { return [] }
    let turn = before.cameraFromWorld.rotation
    let distance = turn.rotate(after.position - before.position)
    let text = MeasureWords.wayOfCamera(distance)
    return move < 0.01
      ? []
      : [
        DifferenceLine(
          .note, "camera follows the characters that it frames, \(text), so every map changes")
      ]
  }

  private func way(_ way: Vector3) -> String {
    let turn = difference.before.posed?.camera.cameraFromWorld.rotation ?? .identity
    return MeasureWords.wayOfCamera(turn.rotate(way))
  }

  private func name(_ id: String?) -> String { id ?? "everyone" }

  private func number(_ value: Double) -> String { DecimalText.rounded(value, 2) }

  private func lens(_ lens: CameraDescription.Lens) -> String {
    switch lens {
    case .fovY(let degrees): "\(number(degrees))° of view"
    case .focalLength(let millimeters): "\(number(millimeters)) mm"
    }
  }
}
