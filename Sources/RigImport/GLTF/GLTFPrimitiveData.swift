/// The data of a primitive: from accessors, or from a Draco mesh.
struct GLTFPrimitiveData {
  private let primitive: GLTFDocument.Primitive
  private let accessors: GLTFAccessors
  private let draco: DracoMesh?

  init(
    _ primitive: GLTFDocument.Primitive, _ accessors: GLTFAccessors, _ what: String
  ) throws(ForeignModelError) {
    self.primitive = primitive
    self.accessors = accessors
    guard let compressed = primitive.extensions?.draco else {
      draco = nil
      return
    }
    let (bytes, _) = try accessors.buffers.view(compressed.bufferView)
    guard let mesh = DracoMesh(bytes) else {
      throw .damaged("its \(what) is compressed with Draco and cannot be decoded; export it again")
    }
    draco = mesh
  }

  /// Returns the components of an attribute, normalized integers as shares of 1; nil without it.
  func floats(_ name: String, width: Int) throws(ForeignModelError) -> [Float]? {
    guard let index = primitive.attributes[name] else { return nil }
    guard let draco, let id = primitive.extensions?.draco?.attributes[name] else {
      return try accessors.floats(index, width: width)
    }
    guard let values = draco.floats(id, width: width) else {
      throw .damaged("its Draco mesh has no \(name) of \(width) numbers; export it again")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw .damaged("its Draco mesh holds numbers that are not finite; export it again")
    }
    // Some encoders leave it to the accessor to state that integers are normalized.
    if let largest = accessors.largestIfNormalized(index), values.contains(where: { abs($0) > 1.5 })
    {
      return values.map { $0 / largest }
    }
    return values
  }

  /// Returns the components of an attribute as integers; nil without it.
  func integers(_ name: String, width: Int) throws(ForeignModelError) -> [UInt32]? {
    guard let index = primitive.attributes[name] else { return nil }
    guard let draco, let id = primitive.extensions?.draco?.attributes[name] else {
      return try accessors.integers(index, width: width)
    }
    guard let values = draco.integers(id, width: width) else {
      throw .damaged("its Draco mesh has no \(name) of \(width) whole numbers; export it again")
    }
    return values
  }

  /// Whether the corners are a list of triangles regardless of the primitive's mode: a Draco mesh
  /// has no strips or fans.
  var isList: Bool { draco != nil }

  /// Returns the indices of the triangles' corners; nil if vertices are used in order.
  func corners() throws(ForeignModelError) -> [UInt32]? {
    if let draco { return draco.corners }
    return try primitive.indices.map { index throws(ForeignModelError) in
      try accessors.integers(index, width: 1)
    }
  }
}
