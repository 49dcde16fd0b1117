internal import Glibc
internal import PoseRig
internal import SceneFiles

/// Dragging handles.
extension StudioView {
  /// Grabs a handle: everything until ``release()`` becomes one edit.
  public func grab(_ handle: Handle) {
    guard let camera = worldCamera else { return }
    let start = session.described?.characters.first { $0.id == handle.id }?.position
    grabbed = Drag(handle, before: camera, from: start)
    session.beginGesture(by: owner)
  }

  /// Moves the handle to a pixel; ignores a pixel that it cannot reach.
  public func drag(
    to pixel: SIMD2<Double>, along path: Drag.Path = .picture, snapping: Bool = false
  ) throws(SceneEditFault) {
    guard let drag else { return }
    snapped = nil
    let path = drag.handle.path(path)
    guard let point = drag.point(at: pixel, along: path) else { return }
    if snapping, let target = snapTargets?.nearest(to: pixel, at: point),
      let edit = edit(bringing: drag.handle, to: target.value)
    {
      let wasGood = !session.hasErrors
      try session.make(edit)
      // Two figures cannot sit on each other; the seat then moves to the point itself.
      if !(wasGood && session.hasErrors) {
        snapped = target
        grabbed?.asked = nil
        return
      }
    }
    grabbed?.asked = point
    guard let edit = edit(bringing: drag.handle, to: point, lifting: path == .picture)
    else { return }
    try session.make(edit)
  }

  /// The points in the view that the dragged handle can snap to.
  public var targets: [SnapTarget] { snapTargets?.points ?? [] }

  private var snapTargets: SnapTargets? {
    guard let drag, let scene = shown, let described = session.described else { return nil }
    return SnapTargets(
      scene: scene, described: described, camera: drag.camera, handle: drag.handle)
  }

  /// Returns the edit that snaps a handle to something.
  private func edit(bringing handle: Handle, to value: JSONValue) -> SceneEdit? {
    switch handle.kind {
    case .look: .look(handle.id, value)
    case .seat: .seat(handle.id, value)
    case .joint(let joint) where PoseGoals.effectors.contains(joint):
      .reach(handle.id, joint, value)
    default: nil
    }
  }

  /// Releases the handle, and keeps the result in the way that the view is set to.
  public func release() throws(SceneEditFault) {
    let dropped = drag
    let seat = dropped?.handle.kind == .seat ? snapped : nil
    (grabbed, snapped) = (nil, nil)
    guard let drag = dropped else { return }
    defer { session.endGesture(by: owner) }
    if let seat, let edit = sittingDown(drag.handle.id, on: seat) { try session.make(edit) }
    if keeping == .angles, let edit = solvedLimb(of: drag.handle) {
      try session.make(edit)
    } else if let edit = reached(drag) {
      try session.make(edit)
    }
  }

  /// Returns the edit that keeps a hand or foot where it stopped if it could not follow the
  /// pointer: a goal out of reach would make it stretch at every later movement.
  private func reached(_ drag: Drag) -> SceneEdit? {
    guard case .joint(let joint) = drag.handle.kind, PoseGoals.effectors.contains(joint),
      let asked = drag.asked, let now = handles().first(where: { $0.name == drag.handle.name }),
      (now.point - asked).length > 0.02
    else { return nil }
    return edit(bringing: drag.handle, to: now.point, lifting: false)
  }

  /// Continues the drag in progress in a view of another size.
  func resizeDrag() {
    guard let drag, let camera = worldCamera else { return }
    grabbed = drag.resized(before: camera)
  }

  /// Undoes the whole drag.
  public func cancel() throws(SceneEditFault) {
    let isDragging = isDragging
    (grabbed, snapped) = (nil, nil)
    if isDragging { try session.cancelGesture() }
  }

  /// Returns the edit that moves a handle to a point.
  ///
  /// - Parameter lifting: whether a figure follows vertically too.
  private func edit(
    bringing handle: Handle, to point: Vector3, lifting: Bool
  ) -> SceneEdit? {
    let value = JSONValue.rounded([point.x, point.y, point.z], 3)
    switch handle.kind {
    case .prop: return .prop(handle.id, key: "position", value)
    case .figure:
      let step = point - handle.point
      return drag?.start.map {
        .place(handle.id, $0 + Vector3(step.x, lifting ? step.y : 0, step.z))
      }
    case .yaw: return yaw(of: handle.id, facing: point)
    case .look: return .look(handle.id, value)
    case .seat: return .seat(handle.id, value)
    case .joint(let joint) where PoseGoals.effectors.contains(joint):
      return .reach(handle.id, joint, value)
    case .joint(.hips):
      guard let character = session.character(handle.id) else { return nil }
      let move = character.posed.worldFromModel.rotation.inverse.rotate(
        point - character.posed.position(of: .hips))
      return .hips(handle.id, character.described.pose.translation + move)
    case .joint(let joint):
      guard let turned = Aim.turned(by: joint), let character = session.character(handle.id) else {
        return nil
      }
      let angles = Aim.angles(
        of: turned, dragging: joint, to: point, character.posed, character.described.pose)
      return .turn(handle.id, [turned: angles])
    }
  }

  /// Returns the edit that turns a figure toward a point of the floor.
  private func yaw(of id: String, facing point: Vector3) -> SceneEdit? {
    guard let character = session.character(id) else { return nil }
    let way = point - character.posed.position(of: .hips)
    guard way.x * way.x + way.z * way.z > 1e-4 else { return nil }
    return .yaw(id, atan2(way.x, way.z) * 180 / .pi)
  }

  /// Returns the edit that bends the legs of a figure that was put on a seat; nil if it already
  /// sits.
  private func sittingDown(_ id: String, on seat: SnapTarget) -> SceneEdit? {
    guard let character = session.character(id) else { return nil }
    let height = seat.point.y - character.described.position.y
    let edit = SittingDown.edit(
      for: character.posed, at: height / character.posed.body.rig.size, in: session.files)
    return edit.map { .several([$0], description: "\(id) sits down") }
  }

  /// Returns the edit that keeps a limb as it was solved, without the goal that moved it.
  private func solvedLimb(of handle: Handle) -> SceneEdit? {
    guard case .joint(let end) = handle.kind, PoseGoals.effectors.contains(end),
      let character = session.character(handle.id)
    else { return nil }
    let limb: [JointName] = sequence(first: end, next: \.parent).prefix {
      $0.kind.limb == end.kind.limb
    }
    .map(\.self)
    let angles = SolvedAngles.of(limb, character.posed)
    let side = end.side == .left ? "left" : "right"
    return .several(
      [.reach(handle.id, end, nil), .turn(handle.id, angles)],
      description: "\(side) \(end.kind == .hand ? "arm" : "leg") of \(handle.id) posed")
  }
}

/// The solved angles of joints.
enum SolvedAngles {
  /// Returns joints' named angles in degrees.
  static func of(
    _ joints: [JointName], _ character: PosedCharacter
  ) -> [JointName: [AngleName: Double]] {
    Dictionary(
      uniqueKeysWithValues: joints.map { joint in
        let rotation = character.posedRig.modelFromJoint[joint.index].rotation
        let parent = joint.parent.map { character.posedRig.modelFromJoint[$0.index].rotation }
        let local = (parent ?? .identity).inverse * rotation
        return (joint, JointRange(joint, .standard).degrees(of: local))
      })
  }
}
