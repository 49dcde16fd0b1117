internal import PoseRig

/// The properties of a node from which FBX calculates its transform.
///
/// Autodesk's chain is T · Roff · Rp · Rpre · R · Rpost⁻¹ · Rp⁻¹ · Soff · Sp · S · Sp⁻¹, which is
/// always a translation, a rotation and a scale.
struct FBXChain: Equatable {
  /// "Lcl Translation".
  var translation = Vector3.zero
  /// "Lcl Rotation": degrees about X, Y and Z.
  var rotation = Vector3.zero
  /// "Lcl Scaling".
  var scaling = Vector3(1, 1, 1)
  var rotationOffset = Vector3.zero
  var rotationPivot = Vector3.zero
  var scalingOffset = Vector3.zero
  var scalingPivot = Vector3.zero
  /// The rotation before the joint's own, which orients its axes.
  var preRotation = Quaternion.identity
  /// The inverse of the rotation after the joint's own.
  var inversePostRotation = Quaternion.identity
  /// The order of the joint's rotations about its axes.
  var order = FBXRotationOrder.xyz

  /// Reads the properties of a node.
  init(_ node: Int, of objects: FBXObjects) {
    func vector(_ name: String, _ usual: Vector3) -> Vector3 {
      Self.vector(name, usual, node, objects)
    }
    translation = vector("Lcl Translation", .zero)
    rotation = vector("Lcl Rotation", .zero)
    scaling = vector("Lcl Scaling", Vector3(1, 1, 1))
    rotationOffset = vector("RotationOffset", .zero)
    rotationPivot = vector("RotationPivot", .zero)
    scalingOffset = vector("ScalingOffset", .zero)
    scalingPivot = vector("ScalingPivot", .zero)
    // If the rotation space is not active, or applies only to limits, the SDK ignores both
    // rotations and the order.
    guard objects.integer(node, "RotationActive") ?? 1 != 0,
      objects.integer(node, "RotationSpaceForLimitOnly") ?? 0 == 0
    else { return }
    preRotation = FBXRotationOrder.xyz.rotation(vector("PreRotation", .zero))
    inversePostRotation = FBXRotationOrder.xyz.rotation(vector("PostRotation", .zero)).inverse
    order = FBXRotationOrder(rawValue: objects.integer(node, "RotationOrder") ?? 0) ?? .xyz
  }

  /// Returns the matrix that moves only the surface attached to a node.
  static func geometric(_ node: Int, of objects: FBXObjects) -> Matrix4 {
    NodeTransform(
      translation: vector("GeometricTranslation", .zero, node, objects),
      rotation: FBXRotationOrder.xyz.rotation(
        vector("GeometricRotation", .zero, node, objects)),
      scale: vector("GeometricScaling", Vector3(1, 1, 1), node, objects)
    ).matrix
  }

  private static func vector(
    _ name: String, _ usual: Vector3, _ node: Int, _ objects: FBXObjects
  ) -> Vector3 {
    guard let entry = objects.property(node, name), let x = entry.number(4),
      let y = entry.number(5), let z = entry.number(6), x.isFinite, y.isFinite, z.isFinite
    else { return usual }
    return Vector3(x, y, z)
  }

  /// Whether rotating or scaling the node moves its origin.
  var hasPivots: Bool {
    [rotationPivot, scalingOffset, scalingPivot].contains { $0 != .zero }
  }

  /// The node's transform with the values in the file.
  var transform: NodeTransform {
    transform(translation: translation, turn: order.rotation(rotation), scaling: scaling)
  }

  /// Returns the node's transform with another translation, rotation and scale.
  func transform(translation: Vector3, turn: Quaternion, scaling: Vector3) -> NodeTransform {
    let rotation = (preRotation * turn * inversePostRotation).normalized
    let fromPivot = scalingOffset + scalingPivot - scaling * scalingPivot - rotationPivot
    return NodeTransform(
      translation: translation + rotationOffset + rotationPivot + rotation.rotate(fromPivot),
      rotation: rotation, scale: scaling)
  }
}

/// The matrix that keeps normals perpendicular to a surface that another matrix moves.
struct FBXNormalMatrix {
  private let columns: (Vector3, Vector3, Vector3)

  init(_ matrix: Matrix4) {
    func axis(_ c: SIMD4<Double>) -> Vector3 { Vector3(c.x, c.y, c.z) }
    let c = matrix.columns
    let (x, y, z) = (axis(c.0), axis(c.1), axis(c.2))
    let sign: Double = x.cross(y).dot(z) < 0 ? -1 : 1
    columns = (y.cross(z) * sign, z.cross(x) * sign, x.cross(y) * sign)
  }

  /// Returns a transformed normal of unit length.
  func apply(_ normal: Vector3) -> Vector3 { linear(normal).normalized ?? normal }

  /// Returns a transformed change of a normal.
  func linear(_ change: Vector3) -> Vector3 {
    columns.0 * change.x + columns.1 * change.y + columns.2 * change.z
  }
}

/// The order of rotations about a node's axes: the first is applied first.
enum FBXRotationOrder: Int {
  case xyz, xzy, yzx, yxz, zxy, zyx

  private var axes: SIMD3<Int> {
    switch self {
    case .xyz: SIMD3(0, 1, 2)
    case .xzy: SIMD3(0, 2, 1)
    case .yzx: SIMD3(1, 2, 0)
    case .yxz: SIMD3(1, 0, 2)
    case .zxy: SIMD3(2, 0, 1)
    case .zyx: SIMD3(2, 1, 0)
    }
  }

  /// Returns the rotation by angles about X, Y and Z, in degrees.
  func rotation(_ degrees: Vector3) -> Quaternion {
    let axes = axes
    var turned = Quaternion.identity
    for slot in 0..<3 where degrees[axes[slot]] != 0 {
      var unit = Vector3.zero
      unit[axes[slot]] = 1
      turned = Quaternion(angle: degrees[axes[slot]] * .pi / 180, axis: unit) * turned
    }
    return turned
  }
}
