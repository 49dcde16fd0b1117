public import PoseRig

/// What a file of someone else's holds, in glTF 2.0's terms: right-handed, +Y up, metres.
///
/// Every reader yields one, whatever the format, and all that follows (who is which bone, retargeting, bodies, clips)
/// works on it alone. It has been checked: every index is in range, every number finite, parents have no cycles.
public struct ForeignModel: Equatable, Sendable {
  /// What kind of file it was.
  public var format: Format
  /// The program that wrote it, as the file says.
  public var generator: String = ""
  /// The nodes of the scene, in the file's order; a parent may come after its child.
  public var nodes: [Node] = []
  /// The surfaces: one for each primitive of each node that shows it.
  public var meshes: [Mesh] = []
  /// What bends them.
  public var skins: [Skin] = []
  /// What they look like, as far as it decides what is seen.
  public var materials: [Material] = []
  /// Transparency of textures.
  public var alphaTextures: [AlphaTexture] = []
  /// Motion.
  public var clips: [Clip] = []
  /// Who is which bone, where the file itself says so: nodes by joint.
  public var humanoid: [JointName: Int] = [:]
  /// Named faces.
  public var expressions: [Expression] = []
  /// What was left out or repaired, a sentence each.
  public var notes: [String] = []

  /// An empty model of a format.
  public init(format: Format) { self.format = format }

  /// The formats that are told apart.
  public enum Format: UInt8, CaseIterable, Sendable {
    /// glTF 2.0, binary or JSON.
    case glTF
    /// VRM 0.x: glTF with a humanoid that faces −Z.
    case vrm0
    /// VRM 1.0: glTF with a humanoid that faces +Z.
    case vrm1
    /// A VRM animation: motion of a named humanoid.
    case vrmAnimation
    /// Autodesk's FBX.
    case fbx
    /// Biovision's motion capture.
    case bvh
    /// COLLADA.
    case collada
    /// Anything else that assimp knows.
    case other
  }

  /// A node: a frame relative to its parent's.
  public struct Node: Equatable, Sendable {
    /// The file's name for it; may be empty or another's too.
    public var name: String
    /// Index of the parent; −1 for none.
    public var parent: Int
    /// Translation, rotation, scale of the file's default pose.
    public var local: NodeTransform

    /// A node from its parts.
    public init(name: String, parent: Int, local: NodeTransform) {
      self.name = name
      self.parent = parent
      self.local = local
    }
  }

  /// Triangles that follow a node or a skin.
  public struct Mesh: Equatable, Sendable {
    /// The node that shows it; a skinned mesh does not follow it (glTF 2.0 § 3.7.3.3).
    public var node: Int
    /// Index into `skins`.
    public var skin: Int?
    /// Index into `materials`.
    public var material: Int?
    /// In the mesh's own frame.
    public var positions: [SIMD3<Float>] = []
    /// As many as positions, or none: then they are flat.
    public var normals: [SIMD3<Float>] = []
    /// As many as positions, or none.
    public var textureCoordinates: [SIMD2<Float>] = []
    /// Influences of each vertex: a multiple of four, or 0 without a skin.
    public var influencesPerVertex = 0
    /// Indices into the skin's joints, `influencesPerVertex` a vertex.
    public var joints: [UInt16] = []
    /// Their weights, summing to 1 at each vertex.
    public var weights: [Float] = []
    /// Counter-clockwise from outside.
    public var triangles: [SIMD3<UInt32>] = []
    /// Shapes that can be mixed in.
    public var morphs: [Morph] = []
    /// How much of each is mixed in by default.
    public var morphWeights: [Float] = []

    /// An empty mesh at a node.
    public init(node: Int) { self.node = node }
  }

  /// A shape to be mixed in: displacements of every vertex.
  public struct Morph: Equatable, Sendable {
    /// The file's name for it; may be empty.
    public var name: String
    /// As many as the mesh's positions.
    public var positions: [SIMD3<Float>]
    /// As many as the mesh's normals, or none.
    public var normals: [SIMD3<Float>]

    /// A shape from its parts.
    public init(name: String, positions: [SIMD3<Float>], normals: [SIMD3<Float>] = []) {
      self.name = name
      self.positions = positions
      self.normals = normals
    }
  }

  /// Nodes that bend surfaces.
  public struct Skin: Equatable, Sendable {
    /// Indices of nodes.
    public var joints: [Int]
    /// From the mesh's frame to each joint's, at binding; as many as joints.
    public var inverseBinds: [Matrix4]

    /// A skin from its parts.
    public init(joints: [Int], inverseBinds: [Matrix4]) {
      self.joints = joints
      self.inverseBinds = inverseBinds
    }
  }

  /// What decides which pixels of a surface are seen.
  public struct Material: Equatable, Sendable {
    /// The file's name for it; may be empty.
    public var name: String
    /// Seen from behind too.
    public var doubleSided: Bool
    /// Pixels with less opacity than this are not there; nil for all there.
    public var alphaCutoff: Float?
    /// Opacity that the texture's is multiplied by.
    public var alphaFactor: Float
    /// Index into `alphaTextures`.
    public var alphaTexture: Int?

    /// A material from its parts.
    public init(
      name: String, doubleSided: Bool = false, alphaCutoff: Float? = nil, alphaFactor: Float = 1,
      alphaTexture: Int? = nil
    ) {
      self.name = name
      self.doubleSided = doubleSided
      self.alphaCutoff = alphaCutoff
      self.alphaFactor = alphaFactor
      self.alphaTexture = alphaTexture
    }
  }

  /// The opacity of an image.
  public struct AlphaTexture: Equatable, Sendable {
    /// What lies beyond the edges.
    public typealias Wrap = OpacityTexture.Wrap

    /// Width in pixels.
    public var width: Int
    /// Height in pixels.
    public var height: Int
    /// To the left and right, then above and below.
    public var wrap: [Wrap]
    /// Opacity, row by row from the top.
    public var alpha: [UInt8]

    /// An image from its parts.
    public init(width: Int, height: Int, wrap: [Wrap], alpha: [UInt8]) {
      self.width = width
      self.height = height
      self.wrap = wrap
      self.alpha = alpha
    }
  }

  /// Motion of nodes over time.
  public struct Clip: Equatable, Sendable {
    /// The file's name for it; may be empty.
    public var name: String
    /// In seconds, from 0.
    public var duration: Double
    /// Frames a second it was sampled at, where the file says so.
    public var frameRate: Double?
    /// What moves.
    public var tracks: [Track]

    /// A clip from its parts.
    public init(name: String, duration: Double, frameRate: Double? = nil, tracks: [Track]) {
      self.name = name
      self.duration = duration
      self.frameRate = frameRate
      self.tracks = tracks
    }
  }

  /// One moving property of a node.
  public struct Track: Equatable, Sendable {
    /// What moves.
    public enum Property: UInt8, Sendable { case translation, rotation, scale, morphWeights }
    /// What lies between two keys; `cubic` is glTF's CUBICSPLINE with in-tangent, value, out-tangent a key.
    public enum Interpolation: UInt8, Sendable { case step, linear, cubic }

    /// Index of the node.
    public var node: Int
    /// What moves.
    public var property: Property
    /// What lies between two keys.
    public var interpolation: Interpolation
    /// Seconds, rising.
    public var times: [Float]
    /// 3 numbers a key, 4 (x, y, z, w) for rotations, one a morph for weights; three times that for cubic.
    public var values: [Float]

    /// A track from its parts.
    public init(
      node: Int, property: Property, interpolation: Interpolation, times: [Float], values: [Float]
    ) {
      self.node = node
      self.property = property
      self.interpolation = interpolation
      self.times = times
      self.values = values
    }
  }

  /// A named face: how much of which shapes.
  public struct Expression: Equatable, Sendable {
    /// VRM's name for it.
    public var name: String
    /// The shapes mixed in: index into `meshes`, into its `morphs`, and how much.
    public var binds: [Bind]

    /// One shape of a face.
    public struct Bind: Equatable, Sendable {
      /// Index into `meshes`.
      public var mesh: Int
      /// Index into the mesh's morphs.
      public var morph: Int
      /// How much of it.
      public var weight: Float

      /// A shape of a face from its parts.
      public init(mesh: Int, morph: Int, weight: Float) {
        self.mesh = mesh
        self.morph = morph
        self.weight = weight
      }
    }

    /// A face from its parts.
    public init(name: String, binds: [Bind]) {
      self.name = name
      self.binds = binds
    }
  }
}

/// Translation, rotation and scale: first the scale, last the translation.
public struct NodeTransform: Equatable, Sendable {
  /// In metres.
  public var translation: Vector3
  /// Of unit length.
  public var rotation: Quaternion
  /// Along the node's own axes.
  public var scale: Vector3

  /// Nothing moved.
  public static let identity = NodeTransform(
    translation: .zero, rotation: .identity, scale: Vector3(1, 1, 1))

  /// A transform from its parts.
  public init(translation: Vector3, rotation: Quaternion, scale: Vector3) {
    self.translation = translation
    self.rotation = rotation
    self.scale = scale
  }

  /// As a matrix.
  public var matrix: Matrix4 {
    let m = Matrix4(Transform(rotation: rotation, translation: translation)).columns
    return Matrix4(m.0 * scale.x, m.1 * scale.y, m.2 * scale.z, m.3)
  }
}
