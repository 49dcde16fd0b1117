public import PoseRig
public import SceneFiles

/// A named thing that a dragged handle can snap to; the handle then follows it.
public struct SnapTarget: Equatable, Sendable {
  /// The name in goals, such as `ben.rightHand`.
  public var name: String
  /// The name for artists: `right hand of ben`.
  public var words: String
  /// The position in the world, in meters.
  public var point: Vector3
  /// The position in the view, in pixels.
  public var pixel: SIMD2<Double>
  /// The goal's value.
  public var value: JSONValue
}

/// Finds targets for a dragged handle to snap to.
struct SnapTargets {
  /// The joints of other characters that hands and feet can snap to.
  private static let joints: [JointName] = [
    .head, .neck, .chest, .hips, .leftUpperArm, .rightUpperArm, .leftLowerArm, .rightLowerArm,
    .leftHand, .rightHand, .leftUpperLeg, .rightUpperLeg, .leftLowerLeg, .rightLowerLeg, .leftFoot,
    .rightFoot,
  ]
  /// The joints that a gaze can snap to, besides those of other characters.
  private static let hands: [JointName] = [.leftHand, .rightHand]
  /// The largest distance between the pointer and a target: as a share of the view's height, and at
  /// least in pixels.
  private static let nearness = (share: 0.022, least: 16.0)
  /// The largest distance between a hand or seat and a surface under the pointer to snap to, in
  /// meters.
  private static let reach = (hand: 0.3, seat: 1.5)

  let scene: PosedScene
  let described: Scene
  let camera: Camera
  let handle: Handle

  /// All targets in the view, in the order of the scene.
  var points: [SnapTarget] {
    switch handle.kind {
    case .joint(let joint) where PoseGoals.effectors.contains(joint):
      return scene.characters.flatMap { character in
        let own = character.id == handle.id
        return Self.joints.filter {
          !own || $0.kind.limb != joint.kind.limb || $0.side != joint.side
        }
        .compactMap { target($0, of: character) }
      } + propPoints
    case .look:
      return scene.characters.filter { $0.id != handle.id }.compactMap(eyes)
        + scene.characters.flatMap { character in
          Self.hands.compactMap { target($0, of: character) }
        } + described.freeProps.compactMap(middle)
    case .seat:
      return scene.characters.filter { $0.id != handle.id }.flatMap { character in
        [JointName.leftUpperLeg, .rightUpperLeg].compactMap { target($0, of: character) }
      }
    default: return []
    }
  }

  /// Returns the point or surface to snap to at a pixel; nil if nothing is near.
  ///
  /// - Parameter point: the point that the pixel leads to without snapping.
  func nearest(to pixel: SIMD2<Double>, at point: Vector3) -> SnapTarget? {
    let near = max(Self.nearness.share * Double(camera.canvas.height), Self.nearness.least)
    let found = points.map { ($0, (($0.pixel - pixel) * ($0.pixel - pixel)).sum().squareRoot()) }
      .filter { $0.1 < near }.min { $0.1 < $1.1 }?.0
    return found ?? face(under: pixel) ?? surface(under: pixel, near: point)
  }

  // MARK: Points

  private func target(_ joint: JointName, of character: PosedCharacter) -> SnapTarget? {
    let owner = character.id == handle.id ? "self" : character.id
    let name = "\(owner).\(joint.rawValue)"
    return target(
      name, "\(joint.kind == .hand ? joint.partWords : joint.jointWords) of \(character.id)",
      character.grip(of: joint), .string(name))
  }

  private func eyes(of character: PosedCharacter) -> SnapTarget? {
    target(character.id, "eyes of \(character.id)", character.eyes, .string(character.id))
  }

  /// Returns the eyes of the head under a pixel, since a gaze dropped on a head is meant for the
  /// person.
  private func face(under pixel: SIMD2<Double>) -> SnapTarget? {
    guard handle.kind == .look, let pick = Pick(in: scene, at: pixel), pick.joint == .head,
      let character = scene.characters.first(where: { $0.id == pick.character }),
      character.id != handle.id
    else { return nil }
    return eyes(of: character)
  }

  /// The named points of props that are not carried.
  private var propPoints: [SnapTarget] {
    described.freeProps.flatMap { prop -> [SnapTarget] in
      guard case .thing(let design) = prop.shape else { return [] }
      return design.points.sorted { $0.key < $1.key }.compactMap { name, point in
        let path = "props.\(prop.id).\(name)"
        return target(
          path, "\(name) of \(prop.id)", prop.worldFromProp.apply(point.point), .string(path))
      }
    }
  }

  private func middle(of prop: Prop) -> SnapTarget? {
    let name = "props.\(prop.id).middle"
    let turn = Quaternion(intrinsicXYZ: prop.rotation * (.pi / 180))
    let middle = prop.position + turn.rotate(.unitY * (prop.shape.height / 2))
    return target(name, "middle of \(prop.id)", middle, .string(name))
  }

  private func target(
    _ name: String, _ words: String, _ point: Vector3, _ value: JSONValue
  ) -> SnapTarget? {
    camera.project(point).map {
      SnapTarget(name: name, words: words, point: point, pixel: $0.pixel, value: value)
    }
  }

  // MARK: Surfaces

  /// Returns the top of a prop under a pixel, if it is near the point that the pixel leads to.
  private func surface(under pixel: SIMD2<Double>, near point: Vector3) -> SnapTarget? {
    let reach: Double
    switch handle.kind {
    case .joint(let joint) where PoseGoals.effectors.contains(joint): reach = Self.reach.hand
    case .seat: reach = Self.reach.seat
    default: return nil
    }
    let direction = camera.direction(through: pixel)
    let tops = described.freeProps.compactMap { prop in
      top(of: prop, along: direction).map { (prop, $0) }
    }
    let nearest = tops.min { $0.1.distance < $1.1.distance }
    guard let (prop, hit) = nearest, (hit.point - point).length < reach else { return nil }
    let name = "props.\(prop.id).top"
    let offset = hit.point - hit.middle
    return SnapTarget(
      name: name, words: "top of \(prop.id)", point: hit.point, pixel: pixel,
      value: .members([
        "at": .string(name), "offset": .rounded([offset.x, offset.y, offset.z], 3),
      ]))
  }

  /// Returns where a line of sight hits the top of a prop from above; nil if it misses.
  private func top(
    of prop: Prop, along direction: Vector3
  ) -> (distance: Double, point: Vector3, middle: Vector3)? {
    guard prop.shape.height > 0 else { return nil }
    let turn = Quaternion(intrinsicXYZ: prop.rotation * (.pi / 180))
    let normal = turn.rotate(.unitY)
    let middle = prop.position + normal * prop.shape.height
    let slope = direction.dot(normal)
    guard slope < -1e-6 else { return nil }
    let distance = (middle - camera.position).dot(normal) / slope
    guard distance > 0 else { return nil }
    let point = camera.position + direction * distance
    guard prop.shape.covers(turn.inverse.rotate(point - prop.position)) else { return nil }
    return (distance, point, middle)
  }
}
