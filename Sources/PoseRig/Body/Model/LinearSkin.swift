/// An imported surface that follows the joints by linear blend skinning (glTF 2.0 § 3.7.3.3).
///
/// The mannequins' dual quaternions would preserve the shape of elbows better, but characters are
/// made to look right in programs that blend matrices.
public struct LinearSkin: Equatable, Sendable {
  /// A bone of the file: the joint that carries it, and the transform from the mesh to the T-pose.
  public struct Bone: Equatable, Sendable {
    /// The joint that the bone moves with.
    public var joint: JointName
    /// The matrix from the mesh's own frame to the model's in the T-pose.
    public var modelFromMesh: Matrix4

    /// Creates a bone from its parts.
    public init(joint: JointName, modelFromMesh: Matrix4) {
      self.joint = joint
      self.modelFromMesh = modelFromMesh
    }
  }

  /// A shape that an expression blends in: displacements of some vertices.
  public struct Morph: Equatable, Sendable {
    /// The vertices that the shape moves.
    public var vertices: [UInt32]
    /// The displacements of the vertices, in the mesh's own frame.
    public var positions: [SIMD3<Float>]
    /// The displacements of the vertices' normals.
    public var normals: [SIMD3<Float>]
    /// Whether the shape is only on or off, on above one half.
    public var isBinary = false

    /// Creates a shape from its parts, with one displacement per vertex.
    public init(vertices: [UInt32], positions: [SIMD3<Float>], normals: [SIMD3<Float>]) {
      self.vertices = vertices
      self.positions = positions
      self.normals = normals
    }
  }

  /// The positions in the meshes' own frames.
  public var positions: [SIMD3<Float>]
  /// The normals in the meshes' own frames, as many as positions.
  public var normals: [SIMD3<Float>]
  /// The ranges of influences: vertex `v` follows `influences[starts[v]..<starts[v + 1]]`.
  public var starts: [UInt32]
  /// The indices into `bones`.
  public var influences: [UInt16]
  /// The weights of the influences, summing to 1 at each vertex.
  public var weights: [Float]
  /// The bones that the vertices follow.
  public var bones: [Bone]
  /// The expressions by name.
  public var expressions: [String: Morph]
  /// All shapes of the file, for its own clips.
  public var morphs: [Morph] = []
  /// The weight with which each shape is already included in `positions`.
  public var morphWeights: [Float] = []
  /// The materials' sides and transparency; nil for one opaque material.
  public var look: SurfaceLook?
  /// The model's file, which identifies its own clips.
  public var source = ""
  /// The scale of the body relative to the file.
  public var scale = 1.0

  /// Returns the joint with the largest weight at a vertex.
  func carrier(of vertex: Int) -> JointName {
    let range = Int(starts[vertex])..<Int(starts[vertex + 1])
    let strongest = range.max { weights[$0] < weights[$1] }
    return strongest.map { bones[Int(influences[$0])].joint } ?? .hips
  }

  /// Creates a skin from its parts.
  public init(
    positions: [SIMD3<Float>], normals: [SIMD3<Float>], starts: [UInt32], influences: [UInt16],
    weights: [Float], bones: [Bone], expressions: [String: Morph] = [:]
  ) {
    self.positions = positions
    self.normals = normals
    self.starts = starts
    self.influences = influences
    self.weights = weights
    self.bones = bones
    self.expressions = expressions
  }

  /// Returns positions and unit normals when each joint moves its part of the surface by `motions`,
  /// in `JointName.allCases` order.
  public func pose(
    _ motions: [Transform], face: [String: Double] = [:], withNormals: Bool = true
  ) -> (positions: [SIMD3<Float>], normals: [SIMD3<Float>]) {
    pose(
      bones.map { Matrix4(motions[$0.joint.index]) * $0.modelFromMesh }, face: face, shapes: [],
      withNormals: withNormals)
  }

  /// Returns positions and unit normals when each bone moves its vertices by a matrix.
  ///
  /// - Parameters:
  ///   - shapes: the weight of each shape; empty for the default weights.
  ///   - withNormals: whether to return normals; if not, their list is empty.
  public func pose(
    _ matrices: [Matrix4], face: [String: Double], shapes: [Float], withNormals: Bool = true
  ) -> (positions: [SIMD3<Float>], normals: [SIMD3<Float>]) {
    var positions = positions
    var normals = normals
    for ((shape, weight), before) in zip(zip(morphs, shapes), morphWeights) where weight != before {
      shape.add(weight - before, to: &positions, &normals)
    }
    for (name, value) in face.sorted(by: { $0.key < $1.key }) {
      guard let shape = expressions[name] else { continue }
      shape.add(Float(shape.isBinary ? value > 0.5 ? 1 : 0 : value), to: &positions, &normals)
    }
    let matrices = matrices.map(BlendMatrix.init)
    for vertex in positions.indices {
      var blend = BlendMatrix.zero
      for slot in Int(starts[vertex])..<Int(starts[vertex + 1]) {
        blend.add(matrices[Int(influences[slot])], weights[slot])
      }
      positions[vertex] = blend.apply(positions[vertex])
      if withNormals { normals[vertex] = blend.turn(normals[vertex]) }
    }
    return (positions, withNormals ? normals : [])
  }
}

extension LinearSkin.Morph {
  fileprivate func add(
    _ weight: Float, to positions: inout [SIMD3<Float>], _ normals: inout [SIMD3<Float>]
  ) {
    for (index, vertex) in vertices.enumerated() {
      positions[Int(vertex)] += self.positions[index] * weight
      normals[Int(vertex)] += self.normals[index] * weight
    }
  }
}

/// A single-precision matrix of three rows and four columns.
private struct BlendMatrix {
  var x: SIMD3<Float>
  var y: SIMD3<Float>
  var z: SIMD3<Float>
  var offset: SIMD3<Float>

  static let zero = BlendMatrix(x: .zero, y: .zero, z: .zero, offset: .zero)

  init(x: SIMD3<Float>, y: SIMD3<Float>, z: SIMD3<Float>, offset: SIMD3<Float>) {
    self.x = x
    self.y = y
    self.z = z
    self.offset = offset
  }

  init(_ matrix: Matrix4) {
    func column(_ c: SIMD4<Double>) -> SIMD3<Float> { SIMD3<Float>(Vector3(c.x, c.y, c.z)) }
    let c = matrix.columns
    self.init(x: column(c.0), y: column(c.1), z: column(c.2), offset: column(c.3))
  }

  mutating func add(_ other: BlendMatrix, _ weight: Float) {
    x += other.x * weight
    y += other.y * weight
    z += other.z * weight
    offset += other.offset * weight
  }

  func apply(_ p: SIMD3<Float>) -> SIMD3<Float> { x * p.x + y * p.y + z * p.z + offset }

  /// Returns a transformed normal.
  ///
  /// The cofactors equal the inverse transpose up to a factor, whose sign mirroring flips.
  func turn(_ n: SIMD3<Float>) -> SIMD3<Float> {
    let a = y.cross(z)
    let turned = a * n.x + z.cross(x) * n.y + x.cross(y) * n.z
    let length = turned.length
    return length > 0 ? turned / (x.dot(a) < 0 ? -length : length) : SIMD3(0, 0, 1)
  }
}

extension Body {
  /// The names of an imported model's expressions, in order; empty for posemap's own bodies.
  package var expressionNames: [String] {
    if case .linear(let skin) = binding { skin.expressions.keys.sorted() } else { [] }
  }
}
