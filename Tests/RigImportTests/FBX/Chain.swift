import PoseRig
import RigImport

/// Autodesk's transform chain, matrix by matrix as documented, for comparison.
struct Chain {
  var translation = Vector3.zero
  var rotation = Vector3.zero
  var scaling = Vector3(1, 1, 1)
  var rotationOffset = Vector3.zero
  var rotationPivot = Vector3.zero
  var preRotation = Vector3.zero
  var postRotation = Vector3.zero
  var scalingOffset = Vector3.zero
  var scalingPivot = Vector3.zero
  /// The axes in the order in which the node rotates about them.
  var order = "XYZ"

  /// The local transform.
  var local: Matrix4 {
    let parts = [
      Self.moved(translation), Self.moved(rotationOffset), Self.moved(rotationPivot), turned,
      Self.moved(-rotationPivot), Self.moved(scalingOffset), Self.moved(scalingPivot),
      Self.scaled(scaling), Self.moved(-scalingPivot),
    ]
    return parts.reduce(Self.moved(.zero), *)
  }

  /// The rotation alone.
  var turned: Matrix4 {
    Self.turned(preRotation, "XYZ") * Self.turned(rotation, order)
      * Self.transposed(Self.turned(postRotation, "XYZ"))
  }

  /// The properties in a file's format.
  var properties: [String: [Double]] {
    func numbers(_ v: Vector3) -> [Double] { [v.x, v.y, v.z] }
    let orders = ["XYZ", "XZY", "YZX", "YXZ", "ZXY", "ZYX"]
    return [
      "Lcl Translation": numbers(translation), "Lcl Rotation": numbers(rotation),
      "Lcl Scaling": numbers(scaling), "RotationOffset": numbers(rotationOffset),
      "RotationPivot": numbers(rotationPivot), "PreRotation": numbers(preRotation),
      "PostRotation": numbers(postRotation), "ScalingOffset": numbers(scalingOffset),
      "ScalingPivot": numbers(scalingPivot), "RotationActive": [1],
      "RotationOrder": [Double(orders.firstIndex(of: order) ?? 0)], "InheritType": [1],
    ]
  }

  /// A translation.
  static func moved(_ v: Vector3) -> Matrix4 {
    Matrix4(
      SIMD4(1, 0, 0, 0), SIMD4(0, 1, 0, 0), SIMD4(0, 0, 1, 0), SIMD4(v.x, v.y, v.z, 1))
  }

  /// A scale.
  static func scaled(_ v: Vector3) -> Matrix4 {
    Matrix4(
      SIMD4(v.x, 0, 0, 0), SIMD4(0, v.y, 0, 0), SIMD4(0, 0, v.z, 0), SIMD4(0, 0, 0, 1))
  }

  /// A rotation by degrees about the axes, the first of the order applied first.
  static func turned(_ degrees: Vector3, _ order: String) -> Matrix4 {
    order.reduce(moved(.zero)) { turned, axis in
      let matrix: Matrix4
      switch axis {
      case "X":
        let (s, c) = sine(degrees.x)
        matrix = Matrix4(
          SIMD4(1, 0, 0, 0), SIMD4(0, c, s, 0), SIMD4(0, -s, c, 0), SIMD4(0, 0, 0, 1))
      case "Y":
        let (s, c) = sine(degrees.y)
        matrix = Matrix4(
          SIMD4(c, 0, -s, 0), SIMD4(0, 1, 0, 0), SIMD4(s, 0, c, 0), SIMD4(0, 0, 0, 1))
      default:
        let (s, c) = sine(degrees.z)
        matrix = Matrix4(
          SIMD4(c, s, 0, 0), SIMD4(-s, c, 0, 0), SIMD4(0, 0, 1, 0), SIMD4(0, 0, 0, 1))
      }
      return matrix * turned
    }
  }

  /// The inverse of a rotation.
  static func transposed(_ matrix: Matrix4) -> Matrix4 {
    let n = matrix.numbers
    return Matrix4(
      SIMD4(n[0], n[4], n[8], 0), SIMD4(n[1], n[5], n[9], 0), SIMD4(n[2], n[6], n[10], 0),
      SIMD4(0, 0, 0, 1))
  }

  private static func sine(_ degrees: Double) -> (Double, Double) {
    let turn = Quaternion(angle: degrees * .pi / 180, axis: .unitZ)
    let along = turn.rotate(.unitX)
    return (along.y, along.x)
  }

  /// A chain with random numbers.
  static func random(using random: inout some RandomNumberGenerator) -> Chain {
    func vector(_ size: Double) -> Vector3 {
      Vector3(
        .random(in: -size...size, using: &random), .random(in: -size...size, using: &random),
        .random(in: -size...size, using: &random))
    }
    var chain = Chain()
    chain.translation = vector(1)
    chain.rotation = vector(180)
    chain.scaling = Vector3(1, 1, 1) + vector(0.5)
    chain.rotationOffset = vector(0.3)
    chain.rotationPivot = vector(0.3)
    chain.preRotation = vector(180)
    chain.postRotation = vector(180)
    chain.scalingOffset = vector(0.3)
    chain.scalingPivot = vector(0.3)
    chain.order = ["XYZ", "XZY", "YZX", "YXZ", "ZXY", "ZYX"].randomElement(using: &random) ?? "XYZ"
    return chain
  }
}
