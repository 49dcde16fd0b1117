import PoseRig
import RigImport
import SceneFiles

/// A skeleton of boxes in the shape of a person, generated for tests.
struct MadeUpModel {
  /// The name of each existing joint.
  var names: [JointName: String]
  /// The angle, in radians, by which the arms hang below the T-pose.
  var droop = 0.0
  /// The rotation of the whole model about the vertical, in radians.
  var yaw = 0.0
  /// The number of units in a meter.
  var unit = 1.0
  /// The rotation of the hands about the forearms, in radians, thumbs moving up.
  var forearmRoll = 0.0
  /// Joints that share the position of another.
  var moved: [JointName: JointName] = [:]
  /// Whether the joints' own axes are the world's.
  var hasPlainAxes = false
  /// Whether each bone has a box around it.
  var hasSurface = true

  /// Creates a model with VRM's names for all joints except eyes and jaw.
  init() {
    names = Dictionary(
      uniqueKeysWithValues: JointName.allCases.filter { ![.eye, .jaw].contains($0.kind) }
        .map { ($0, $0.rawValue) })
  }

  /// Creates a model with the names of a scheme.
  init(names: [JointName: String]) { self.names = names }

  /// The existing joints, parents first.
  var joints: [JointName] { JointName.allCases.filter { names[$0] != nil } }

  /// The model that a reader would yield.
  var model: ForeignModel {
    var model = ForeignModel(format: .glTF)
    let turn = Quaternion(angle: yaw, axis: .unitY)
    let positions = self.positions
    for joint in joints {
      var above = joint.parent
      while let candidate = above, names[candidate] == nil { above = candidate.parent }
      let parent = above.flatMap { joints.firstIndex(of: $0) }
      let offset = (positions[joint] ?? .zero) - (above.flatMap { positions[$0] } ?? .zero)
      // The joints' own axes are rotated arbitrarily, each differently.
      let axes = hasPlainAxes ? .identity : Self.axes(joint)
      let parentAxes = hasPlainAxes ? .identity : above.map(Self.axes) ?? .identity
      let toParent = parent == nil ? turn : parentAxes.inverse
      model.nodes.append(
        .init(
          name: names[joint] ?? "", parent: parent ?? -1,
          local: NodeTransform(
            translation: toParent.rotate(offset) * unit,
            rotation: toParent * axes, scale: Vector3(1, 1, 1))))
    }
    if hasSurface { addSurface(to: &model) }
    return model
  }

  private static func axes(_ joint: JointName) -> Quaternion {
    let seed = Double(joint.index)
    return Quaternion(intrinsicXYZ: Vector3(0.7 * seed, 1.3 * seed, 0.4 * seed))
  }

  /// The positions of joints, facing +Z, in meters.
  private var positions: [JointName: Vector3] {
    let rig = Mannequin.female.body.rig
    var positions: [JointName: Vector3] = [:]
    for joint in JointName.allCases {
      guard let parent = joint.parent else {
        positions[joint] = rig[joint]
        continue
      }
      var offset = rig[joint] - rig[parent]
      if Self.hangs(joint) {
        let sign = joint.side == .left ? -1.0 : 1
        offset = Quaternion(angle: sign * droop, axis: .unitZ).rotate(offset)
      }
      if joint.isOfFinger {
        offset = Quaternion(angle: -forearmRoll, axis: .unitX).rotate(offset)
      }
      positions[joint] = (positions[parent] ?? .zero) + offset
    }
    for (joint, other) in moved { positions[joint] = positions[other] }
    return positions
  }

  private static func hangs(_ joint: JointName) -> Bool {
    var above = joint.parent
    while let joint = above {
      if joint.kind == .upperArm { return true }
      above = joint.parent
    }
    return false
  }

  private func addSurface(to model: inout ForeignModel) {
    let world = NodePose(model).worldFromNode
    let binds = world.compactMap(\.affineInverse)
    model.skins = [.init(joints: Array(model.nodes.indices), inverseBinds: binds)]
    var mesh = ForeignModel.Mesh(node: 0)
    mesh.skin = 0
    mesh.influencesPerVertex = 4
    for node in model.nodes.indices {
      let first = UInt32(mesh.positions.count)
      let middle = world[node].translation
      for corner in 0..<8 {
        let signs = Vector3(
          corner & 1 == 0 ? -1 : 1, corner & 2 == 0 ? -1 : 1, corner & 4 == 0 ? -1 : 1)
        mesh.positions.append(SIMD3<Float>(middle + signs * 0.03 * unit))
        mesh.joints += [UInt16(node), 0, 0, 0]
        mesh.weights += [1, 0, 0, 0]
      }
      for (a, b, c) in Self.faces {
        mesh.triangles.append(SIMD3(first + a, first + b, first + c))
      }
    }
    model.meshes = [mesh]
  }

  private static let faces: [(UInt32, UInt32, UInt32)] = [
    (0, 2, 1), (1, 2, 3), (4, 5, 6), (5, 7, 6), (0, 1, 4), (1, 5, 4), (2, 6, 3), (3, 6, 7),
    (0, 4, 2), (2, 4, 6), (1, 3, 5), (3, 7, 5),
  ]
}
