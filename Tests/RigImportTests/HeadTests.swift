import Foundation
import PoseRig
import SceneFiles
import Testing

@testable import RigImport

/// Heads of known shape on a body that has no head.
private struct MadeUpHead {
  var model: ForeignModel
  private let head: Int
  /// The point between the ears and the half axes of the skull, in meters, for a person 1.7 m tall.
  let middle: Vector3
  static let axes = Vector3(0.075, 0.115, 0.095)

  init(_ change: (inout MadeUpModel) -> Void = { _ in }) throws {
    var made = MadeUpModel()
    change(&made)
    model = made.model
    head = try #require(made.joints.firstIndex(of: .head))
    middle = NodePose(model).worldFromNode[head].translation + Vector3(0, 0.1, 0.02)
  }

  /// Adds triangles that follow a joint, the head by default.
  mutating func add(
    _ positions: [Vector3], _ triangles: [SIMD3<UInt32>], following joint: String = "head"
  ) throws {
    let node = try #require(model.nodes.firstIndex { $0.name == joint })
    var mesh = ForeignModel.Mesh(node: 0)
    mesh.skin = 0
    mesh.influencesPerVertex = 4
    mesh.positions = positions.map { SIMD3<Float>($0) }
    mesh.triangles = triangles
    mesh.joints = positions.flatMap { _ in [UInt16(node), 0, 0, 0] }
    mesh.weights = positions.flatMap { _ in [1, 0, 0, 0] }
    model.meshes.append(mesh)
  }

  /// Adds an ellipsoid; `isThere` removes parts of it.
  mutating func addEllipsoid(
    _ axes: Vector3, at center: Vector3, following joint: String = "head",
    where isThere: (Vector3) -> Bool = { _ in true }
  ) throws {
    let (rows, columns) = (24, 32)
    var points: [Vector3] = []
    for row in 0...rows {
      for column in 0..<columns {
        let (theta, phi) = (Double(row) / 24 * .pi, Double(column) / 32 * 2 * .pi)
        points.append(
          Vector3(sin(theta) * sin(phi), cos(theta), sin(theta) * cos(phi)))
      }
    }
    var triangles: [SIMD3<UInt32>] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let a = row * columns + column
        let b = row * columns + (column + 1) % columns
        for corners in [[a, a + columns, b], [b, a + columns, b + columns]]
        where corners.allSatisfy({ isThere(points[$0]) }) {
          triangles.append(
            SIMD3(UInt32(corners[0]), UInt32(corners[1]), UInt32(corners[2])))
        }
      }
    }
    try add(points.map { center + $0 * axes }, triangles, following: joint)
  }

  /// Returns a vertex of an ellipsoid that ``addEllipsoid(_:at:following:where:)`` adds.
  static func vertex(_ axes: Vector3, at center: Vector3, row: Int, column: Int) -> Vector3 {
    let (theta, phi) = (Double(row) / 24 * .pi, Double(column) / 32 * 2 * .pi)
    return center + axes * Vector3(sin(theta) * sin(phi), cos(theta), sin(theta) * cos(phi))
  }

  /// Adds an ellipsoid around the skull, and a strip that joins both by an edge of each.
  mutating func weldEllipsoid(
    _ axes: Vector3, at center: Vector3, row: Int, column: Int,
    where isThere: (Vector3) -> Bool = { _ in true }
  ) throws {
    try addEllipsoid(axes, at: center, where: isThere)
    let corners = [(Self.axes, middle, 2, 16), (axes, center, row, column)].flatMap {
      [
        Self.vertex($0.0, at: $0.1, row: $0.2, column: $0.3),
        Self.vertex($0.0, at: $0.1, row: $0.2, column: $0.3 + 1),
      ]
    }
    try add(corners, [SIMD3(0, 1, 2), SIMD3(1, 3, 2)])
  }

  /// Rotates everything that follows the head, and its bone's axes, about the head's joint.
  mutating func bow(by angle: Double) throws {
    let turn = Quaternion(angle: angle, axis: .unitX)
    let joint = NodePose(model).worldFromNode[head].translation
    for index in model.meshes.indices.dropFirst() {
      model.meshes[index].positions = model.meshes[index].positions.map {
        SIMD3<Float>(joint + turn.rotate(Vector3($0) - joint))
      }
    }
    model.nodes[head].local.rotation = model.nodes[head].local.rotation * turn
    model.skins[0].inverseBinds = NodePose(model).worldFromNode.compactMap(\.affineInverse)
  }

  /// The head's joint.
  var joint: Vector3 { NodePose(model).worldFromNode[head].translation }

  /// Returns the notes about the location of its face.
  func notes() throws -> [String] {
    var bare = model
    bare.meshes.removeFirst()
    return HumanoidModel(bare, bones: try BoneMap.find(in: model).nodes).faceNotes
  }

  mutating func addBox(_ size: Vector3, at center: Vector3, following joint: String = "head") throws
  {
    let corners = (0..<8).map { (corner: Int) -> Vector3 in
      let x: Double = corner & 1 == 0 ? -1 : 1
      let y: Double = corner & 2 == 0 ? -1 : 1
      let z: Double = corner & 4 == 0 ? -1 : 1
      return center + size * 0.5 * Vector3(x, y, z)
    }
    let faces: [SIMD3<UInt32>] = [
      SIMD3(0, 2, 1), SIMD3(1, 2, 3), SIMD3(4, 5, 6), SIMD3(5, 7, 6), SIMD3(0, 1, 4),
      SIMD3(1, 5, 4), SIMD3(2, 6, 3), SIMD3(3, 6, 7), SIMD3(0, 4, 2), SIMD3(2, 4, 6),
      SIMD3(1, 3, 5), SIMD3(3, 7, 5),
    ]
    try add(corners, faces, following: joint)
  }

  /// A skull with a nose.
  mutating func addSkull(following joint: String = "head") throws {
    try addEllipsoid(Self.axes, at: middle, following: joint)
    try addBox(
      Vector3(0.024, 0.04, 0.04), at: middle + Vector3(0, -0.02, 0.1), following: joint)
  }

  /// A skull with a nose that has a tip.
  mutating func addRoundNosedSkull() throws {
    try addEllipsoid(Self.axes, at: middle)
    try addEllipsoid(Vector3(0.013, 0.02, 0.03), at: middle + Vector3(0, -0.025, 0.09))
  }

  /// The landmarks' positions.
  func landmarks() throws -> [LandmarkName: Vector3] {
    // Without its boxes, which would hide the skull.
    var bare = model
    bare.meshes.removeFirst()
    let map = try BoneMap.find(in: model)
    let body = try #require(HumanoidModel(bare, bones: map.nodes).body(named: "head"))
    let surface = body.surface
    let rest = HumanoidModel(bare, bones: map.nodes)
    let lift = rest.rig[.head] - NodePose(model).worldFromNode[map.nodes[.head] ?? 0].translation
    return body.landmarks.mapValues {
      Vector3($0.position(on: surface.positions, surface.triangles)) - lift
    }
  }
}

@Suite struct HeadTests {
  @Test func earsAreAtTheEars() throws {
    var made = try MadeUpHead()
    try made.addSkull()
    let found = try made.landmarks()
    let nose = try #require(found[.nose])
    for (side, sign) in [(Side.left, 1.0), (.right, -1)] {
      let ear = try #require(found[.ear(side)]) - nose
      // For a person of this size, they are 0.075 m to the side and 0.11 m behind the nose.
      #expect(abs(ear.x - sign * 0.075) < 0.01 && abs(ear.z + 0.11) < 0.015, "\(ear)")
    }
    #expect(abs(nose.z - made.middle.z - 0.12) < 0.003)
  }

  @Test func wornObjectsAreNotMistakenForTheFace() throws {
    var bare = try MadeUpHead()
    try bare.addSkull()
    let expected = try bare.landmarks()
    func check(_ wear: (inout MadeUpHead) throws -> Void, _ name: String) throws {
      var made = try MadeUpHead()
      try wear(&made)
      try made.addSkull()
      let found = try made.landmarks()
      for (landmark, point) in expected {
        let away = try (#require(found[landmark]) - point).length
        #expect(away < 0.002, "\(landmark.rawValue) with \(name)")
      }
    }
    let middle = bare.middle
    // A brim that projects over the brow, with a crown above it.
    try check(
      {
        try $0.addEllipsoid(Vector3(0.2, 0.006, 0.2), at: middle + Vector3(0, 0.06, 0))
        try $0.addEllipsoid(Vector3(0.085, 0.15, 0.1), at: middle + Vector3(0, 0.12, 0)) {
          $0.y > -0.3
        }
      }, "a hat")
    try check(
      { try $0.addEllipsoid(Vector3(0.11, 0.15, 0.13), at: middle) { $0.z < 0.55 } }, "a hood")
    try check({ try $0.addEllipsoid(Vector3(0.12, 0.16, 0.15), at: middle) }, "a helmet")
    // Hair that falls over the brow and at the back.
    try check(
      {
        try $0.addEllipsoid(Vector3(0.082, 0.122, 0.102), at: middle) { $0.y > 0.45 || $0.z < -0.2 }
      }, "hair")
  }

  /// Headwear around the skull, joined to it.
  enum Worn: String, CaseIterable, Sendable {
    case hat, hood, helmet, cone

    fileprivate func weld(to head: inout MadeUpHead) throws {
      let middle = head.middle
      switch self {
      case .hat:
        try head.weldEllipsoid(
          Vector3(0.26, 0.006, 0.26), at: middle + Vector3(0, 0.065, 0), row: 6, column: 16)
      case .hood:
        try head.weldEllipsoid(
          Vector3(0.13, 0.19, 0.15), at: middle + Vector3(0, -0.02, -0.02), row: 6, column: 16
        ) { $0.z < 0.5 }
      case .helmet:
        try head.weldEllipsoid(Vector3(0.12, 0.16, 0.14), at: middle, row: 6, column: 16) {
          $0.z < 0.5 || $0.y > 0.35
        }
      case .cone:
        try head.weldEllipsoid(
          Vector3(0.085, 0.5, 0.1), at: middle + Vector3(0, 0.05, 0), row: 6, column: 16
        ) { $0.y > 0.05 }
      }
    }
  }

  @Test(arguments: Worn.allCases)
  func objectsJoinedToTheHeadAreNotMistakenForTheFace(_ worn: Worn) throws {
    var bare = try MadeUpHead()
    try bare.addRoundNosedSkull()
    let expected = try bare.landmarks()
    #expect(try bare.notes().isEmpty)
    var made = try MadeUpHead()
    try made.addRoundNosedSkull()
    try worn.weld(to: &made)
    let found = try made.landmarks()
    for landmark in [
      LandmarkName.nose, .eye(.left), .eye(.right), .ear(.left), .ear(.right), .face(8),
    ] {
      let away = try (#require(found[landmark]) - #require(expected[landmark])).length
      #expect(away < 0.012, "\(landmark.rawValue)")
    }
    #expect(
      try made.notes() == [
        "what it wears on its head is part of the same mesh; its face was found by nose and chin"
      ])
  }

  @Test func objectsThatTouchTheHeadOnlyInACornerAreSeparate() throws {
    var bare = try MadeUpHead()
    try bare.addSkull()
    let expected = try bare.landmarks()
    var made = try MadeUpHead()
    try made.addSkull()
    let hood = (axes: Vector3(0.13, 0.19, 0.15), center: made.middle + Vector3(0, -0.02, -0.02))
    try made.addEllipsoid(hood.axes, at: hood.center) { $0.z < 0.5 }
    try made.add(
      [
        MadeUpHead.vertex(MadeUpHead.axes, at: made.middle, row: 2, column: 16),
        MadeUpHead.vertex(hood.axes, at: hood.center, row: 6, column: 16),
        MadeUpHead.vertex(hood.axes, at: hood.center, row: 6, column: 17),
      ], [SIMD3(0, 1, 2)])
    let found = try made.landmarks()
    for (landmark, point) in expected {
      #expect(try (#require(found[landmark]) - point).length < 0.002, "\(landmark.rawValue)")
    }
  }

  @Test(arguments: [40.0, -25])
  func theFaceOfABowedHeadFollowsItsOwnAxes(_ degrees: Double) throws {
    var upright = try MadeUpHead { $0.hasPlainAxes = true }
    try upright.addRoundNosedSkull()
    let expected = try upright.landmarks()
    var made = try MadeUpHead { $0.hasPlainAxes = true }
    try made.addRoundNosedSkull()
    let angle = degrees * .pi / 180
    try made.bow(by: angle)
    let found = try made.landmarks()
    let turn = Quaternion(angle: angle, axis: .unitX)
    for (landmark, point) in expected {
      let turned = made.joint + turn.rotate(point - made.joint)
      let away = try (#require(found[landmark]) - turned).length
      #expect(away < 0.002, "\(landmark.rawValue)")
    }
    let way = degrees > 0 ? "bowed" : "tilted back"
    #expect(
      try made.notes() == [
        "its head rests \(way) by \(Int(abs(degrees)))°; its face was laid along the head's own axes"
      ])
  }

  @Test func aHeadOfFewTrianglesHasAFace() throws {
    var made = try MadeUpHead()
    try made.addBox(Vector3(0.16, 0.22, 0.2), at: made.middle)
    let found = try made.landmarks()
    let front = made.middle.z + 0.1
    for landmark in [LandmarkName.nose, .eye(.left), .eye(.right), .face(30)] {
      #expect(abs(try #require(found[landmark]).z - front) < 1e-4, "\(landmark.rawValue)")
    }
    #expect(abs(try #require(found[.ear(.left)]).x - 0.08) < 1e-4)
    let (left, right) = (try #require(found[.eye(.left)]), try #require(found[.eye(.right)]))
    #expect(left.x > 0.02 && right.x < -0.02 && left.y > made.middle.y - 0.02)
  }

  @Test func aHeadThatFollowsTheNeckHasAFace() throws {
    var own = try MadeUpHead()
    try own.addSkull()
    var other = try MadeUpHead()
    try other.addSkull(following: "neck")
    let (one, two) = (try own.landmarks(), try other.landmarks())
    let (nose, same) = (try #require(one[.nose]), try #require(two[.nose]))
    // Without the part below the joint, profiles are sampled at different heights, 4 mm apart.
    #expect((nose - same).length < 0.004)
  }

  @Test func eyeBonesDetermineTheEyes() throws {
    var made = try MadeUpHead {
      for joint in [JointName.leftEye, .rightEye] { $0.names[joint] = joint.rawValue }
    }
    // Large eyes, low and far apart, as in drawn characters.
    let eyes = made.middle + Vector3(0, -0.03, 0.07)
    for (name, sign) in [("leftEye", 1.0), ("rightEye", -1)] {
      let index = try #require(made.model.nodes.firstIndex { $0.name == name })
      let head = NodePose(made.model).worldFromNode[made.model.nodes[index].parent]
      let local = try #require(head.affineInverse).apply(eyes + Vector3(0.042 * sign, 0, 0))
      made.model.nodes[index].local.translation = local
      let bind = NodePose(made.model).worldFromNode[index].affineInverse
      let slot = try #require(made.model.skins[0].joints.firstIndex(of: index))
      made.model.skins[0].inverseBinds[slot] = try #require(bind)
    }
    try made.addSkull()
    let found = try made.landmarks()
    for (side, sign) in [(Side.left, 1.0), (.right, -1)] {
      let pupil = try #require(found[.pupil(side)])
      #expect(abs(pupil.x - 0.042 * sign) < 0.003 && abs(pupil.y - eyes.y) < 0.003)
    }
  }
}
