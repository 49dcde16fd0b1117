internal import PoseRig

/// The binary part of a glTF file. Each `add` appends an array, little-endian and aligned to four
/// bytes, and returns the index of the accessor that reads it.
struct GLTFBuffer {
  private(set) var bytes: [UInt8] = []
  private(set) var views: [GLTFDocument.BufferView] = []
  private(set) var accessors: [GLTFDocument.Accessor] = []

  /// The component types, by glTF's numbers, which are OpenGL's.
  private enum Component: Int {
    case byte = 5121
    case short = 5123
    case int = 5125
    case float = 5126
  }
  private enum Target: Int {
    case vertices = 34962
    case indices = 34963
  }

  /// Adds positions, with the bounds that glTF requires.
  mutating func add(positions: [SIMD3<Float>]) -> Int {
    let low = positions.dropFirst().reduce(positions.first ?? .zero) { pointwiseMin($0, $1) }
    let high = positions.dropFirst().reduce(positions.first ?? .zero) { pointwiseMax($0, $1) }
    let accessor = add(normals: positions)
    accessors[accessor].min = [low.x, low.y, low.z].map(Double.init)
    accessors[accessor].max = [high.x, high.y, high.z].map(Double.init)
    return accessor
  }

  mutating func add(normals: [SIMD3<Float>]) -> Int {
    add(
      normals.flatMap { [$0.x, $0.y, $0.z].map(\.bitPattern) }, .float, "VEC3", width: 3,
      for: .vertices)
  }

  mutating func add(weights: [SIMD4<Float>]) -> Int {
    add(
      weights.flatMap { [$0.x, $0.y, $0.z, $0.w].map(\.bitPattern) }, .float, "VEC4", width: 4,
      for: .vertices)
  }

  /// Adds the joints of a skin, in one byte each if that is enough.
  mutating func add(joints: [SIMD4<UInt16>]) -> Int {
    let flat = joints.flatMap { [$0.x, $0.y, $0.z, $0.w] }
    guard flat.allSatisfy({ $0 < 256 }) else {
      return add(flat, .short, "VEC4", width: 4, for: .vertices)
    }
    return add(flat.map { UInt8($0) }, .byte, "VEC4", width: 4, for: .vertices)
  }

  /// Adds triangles as indices into `vertices` vertices.
  mutating func add(triangles: [SIMD3<UInt32>], vertices: Int) -> Int {
    let flat = triangles.flatMap { [$0.x, $0.y, $0.z] }
    // The highest value of a type restarts strips, so it cannot be an index.
    guard vertices <= Int(UInt16.max) else {
      return add(flat, .int, "SCALAR", width: 1, for: .indices)
    }
    return add(flat.map { UInt16($0) }, .short, "SCALAR", width: 1, for: .indices)
  }

  mutating func add(matrices: [Matrix4]) -> Int {
    add(matrices.flatMap { $0.floats.map(\.bitPattern) }, .float, "MAT4", width: 16, for: nil)
  }

  private mutating func add<Number: FixedWidthInteger>(
    _ numbers: [Number], _ component: Component, _ type: String, width: Int, for target: Target?
  ) -> Int {
    let start = bytes.count
    bytes.reserveCapacity(start + numbers.count * (Number.bitWidth / 8) + 3)
    for number in numbers {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    views.append(
      .init(byteOffset: start, byteLength: bytes.count - start, target: target?.rawValue))
    bytes += repeatElement(0, count: -bytes.count & 3)
    accessors.append(
      .init(
        bufferView: views.count - 1, componentType: component.rawValue,
        count: numbers.count / width, type: type))
    return accessors.count - 1
  }
}
