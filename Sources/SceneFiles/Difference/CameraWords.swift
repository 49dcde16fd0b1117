internal import PoseRig

/// Describes a camera's changes.
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
      .framing(let otherSubject, let otherAngle, let otherHeight, let otherMargin)
    ):
      if who != otherSubject {
        texts.append("camera frames \(name(otherSubject)), no longer \(name(who))")
      }
      texts += changes(from: (angle, height, margin), to: (otherAngle, otherHeight, otherMargin))
    case (.at, .framing(let who, _, _, _)):
      texts.append("camera now frames \(name(who)) and no longer has its own position")
    case (.framing, .at), (.shot, .at):
      texts.append("camera now has its own position and frames no one")
    case (.shot(let shot), .shot(let other)): texts += changes(from: shot, to: other)
    case (_, .shot(let shot)): texts.append("camera is now \(description(of: shot))")
    case (.shot(let shot), .framing(let who, _, _, _)):
      texts.append("camera frames \(name(who)), no longer \(description(of: shot))")
    }
    if old.lens != new.lens { texts.append("lens \(lens(old.lens)) → \(lens(new.lens))") }
    if old.roll != new.roll { texts.append("roll \(number(old.roll)) → \(number(new.roll))°") }
    return texts.map { DifferenceLine(.changed, $0) } + following(isDescribed: !texts.isEmpty)
  }

  private func changes(from old: Shot, to new: Shot) -> [String] {
    var texts: [String] = []
    if description(of: old) != description(of: new) {
      texts.append("camera: \(description(of: old)) → \(description(of: new))")
    }
    if old.shoulder != new.shoulder {
      texts.append(
        "past the \(new.shoulder.rawValue) shoulder, no longer the \(old.shoulder.rawValue)")
    }
    return texts
      + changes(
        from: (old.angle, old.elevation, old.margin), to: (new.angle, new.elevation, new.margin))
  }

  /// Returns lines about cameras by name, except for the one that the maps are seen through.
  static func lines(ofNamed old: [NamedCamera], _ new: [NamedCamera]) -> [DifferenceLine] {
    func other(_ camera: NamedCamera, in cameras: [NamedCamera]) -> NamedCamera? {
      cameras.first { $0.name == camera.name }
    }
    let gone = old.filter { other($0, in: new) == nil }.map {
      DifferenceLine(.removed, "camera \"\($0.name)\" is gone")
    }
    let others = new.compactMap { camera -> DifferenceLine? in
      guard let before = other(camera, in: old) else {
        return DifferenceLine(.added, "camera \"\(camera.name)\" is new")
      }
      return before == camera
        ? nil : DifferenceLine(.changed, "camera \"\(camera.name)\" has changed")
    }
    return gone + others
  }

  /// The view of a camera that frames figures: its direction in degrees, and its margin.
  private typealias Framing = (angle: Double, elevation: Double, margin: Double)

  private func changes(from old: Framing, to new: Framing) -> [String] {
    var texts: [String] = []
    if old.angle != new.angle {
      texts.append("camera angle \(number(old.angle)) → \(number(new.angle))°")
    }
    if old.elevation != new.elevation {
      texts.append("camera elevation \(number(old.elevation)) → \(number(new.elevation))°")
    }
    if old.margin != new.margin {
      texts.append("margin \(MeasureWords.share(old.margin)) → \(MeasureWords.share(new.margin))")
    }
    return texts
  }

  /// Returns the size and subject of a shot: `bust shot of ana`.
  private func description(of shot: Shot) -> String {
    let who = shot.subjects.isEmpty ? "everyone" : shot.subjects.joined(separator: ", ")
    if let over = shot.over { return "shot of \(who) over the shoulder of \(over)" }
    return "\(shot.size.rawValue) shot of \(who)"
  }

  /// Returns a line that says that a camera that frames someone moved along with them.
  private func following(isDescribed: Bool) -> [DifferenceLine] {
    guard !isDescribed, let before = difference.before.posed?.camera,
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
