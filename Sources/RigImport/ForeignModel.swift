public import PoseRig

/// The content of another program's file in glTF 2.0's terms: right-handed, +Y up, meters.
///
/// Every reader returns one, whatever the format, and everything after it (bone maps, retargeting,
/// bodies, clips) uses only this type. It has been checked: every index is in range, every number
/// is finite, and parents have no cycles.
public struct ForeignModel: Equatable, Sendable {
  /// The file's format.
  public var format: Format
  /// The program that wrote the file, according to the file.
  public var generator: String = ""
  /// The nodes of the scene, in the file's order; a parent can come after its child.
  public var nodes: [Node] = []
  /// The surfaces: one for each primitive of each node that shows it.
  public var meshes: [Mesh] = []
  /// The skins that bend surfaces.
  public var skins: [Skin] = []
  /// The properties of materials that determine visible pixels.
  public var materials: [Material] = []
  /// The opacity of textures.
  public var alphaTextures: [AlphaTexture] = []
  /// The clips of motion.
  public var clips: [Clip] = []
  /// The node of each joint, if the file itself states it.
  public var humanoid: [JointName: Int] = [:]
  /// The named facial expressions.
  public var expressions: [Expression] = []
  /// Sentences about parts that were left out or repaired.
  public var notes: [String] = []
  /// The names of the nodes with surfaces that the file hides; these are not among the meshes.
  public var hiddenByFile: [String] = []
  /// Sentences about visible parts that were left out.
  public var warnings: [String] = []

  /// Creates an empty model of a format.
  public init(format: Format) { self.format = format }

  /// The formats that are distinguished.
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
    /// Another format that assimp supports.
    case other
  }

  /// A node: a frame relative to its parent's.
  public struct Node: Equatable, Sendable {
    /// The name in the file, which can be empty or not unique.
    public var name: String
    /// The index of the parent; −1 for a root.
    public var parent: Int
    /// The translation, rotation and scale in the file's default pose.
    public var local: NodeTransform

    /// Creates a node from its parts.
    public init(name: String, parent: Int, local: NodeTransform) {
      self.name = name
      self.parent = parent
      self.local = local
    }
  }

  /// Triangles that follow a node or a skin.
  public struct Mesh: Equatable, Sendable {
    /// The node that shows the mesh; a skinned mesh does not follow it (glTF 2.0 § 3.7.3.3).
    public var node: Int
    /// An index into `skins`.
    public var skin: Int?
    /// An index into `materials`.
    public var material: Int?
    /// The vertices in the mesh's own frame.
    public var positions: [SIMD3<Float>] = []
    /// The normals, as many as positions; empty for flat triangles.
    public var normals: [SIMD3<Float>] = []
    /// The texture coordinates, as many as positions; or empty.
    public var textureCoordinates: [SIMD2<Float>] = []
    /// The number of influences of each vertex: a multiple of four, or 0 without a skin.
    public var influencesPerVertex = 0
    /// The indices into the skin's joints, `influencesPerVertex` per vertex.
    public var joints: [UInt16] = []
    /// The weights of these joints, with a sum of 1 at each vertex.
    public var weights: [Float] = []
    /// The corners of triangles, counter-clockwise from outside.
    public var triangles: [SIMD3<UInt32>] = []
    /// The shapes that can be blended in.
    public var morphs: [Morph] = []
    /// The default weight of each shape.
    public var morphWeights: [Float] = []

    /// Creates an empty mesh at a node.
    public init(node: Int) { self.node = node }
  }

  /// A shape to blend in: displacements of every vertex.
  public struct Morph: Equatable, Sendable {
    /// The name in the file; can be empty.
    public var name: String
    /// The displacements, as many as the mesh's positions.
    public var positions: [SIMD3<Float>]
    /// The changes of normals, as many as the mesh's normals; or empty.
    public var normals: [SIMD3<Float>]

    /// Creates a shape from its parts.
    public init(name: String, positions: [SIMD3<Float>], normals: [SIMD3<Float>] = []) {
      self.name = name
      self.positions = positions
      self.normals = normals
    }
  }

  /// The nodes that deform surfaces.
  public struct Skin: Equatable, Sendable {
    /// The indices of nodes.
    public var joints: [Int]
    /// The matrices from the mesh's frame to each joint's, at binding; as many as joints.
    public var inverseBinds: [Matrix4]
    /// The matrix from the mesh's frame to the file's world at binding, if the file states it.
    public var worldFromMesh: Matrix4?

    /// Creates a skin from its parts.
    public init(joints: [Int], inverseBinds: [Matrix4], worldFromMesh: Matrix4? = nil) {
      self.joints = joints
      self.inverseBinds = inverseBinds
      self.worldFromMesh = worldFromMesh
    }
  }

  /// The properties that determine which pixels of a surface are visible.
  public struct Material: Equatable, Sendable {
    /// The name in the file; can be empty.
    public var name: String
    /// Whether the surface is visible from behind too.
    public var doubleSided: Bool
    /// The opacity below which pixels are not drawn; nil if all are drawn.
    public var alphaCutoff: Float?
    /// The factor for the texture's opacity.
    public var alphaFactor: Float
    /// An index into `alphaTextures`.
    public var alphaTexture: Int?

    /// Creates a material from its parts.
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
    /// The treatment of coordinates beyond the edges.
    public typealias Wrap = OpacityTexture.Wrap

    /// The width in pixels.
    public var width: Int
    /// The height in pixels.
    public var height: Int
    /// The horizontal and the vertical wrap mode.
    public var wrap: [Wrap]
    /// The opacity, row by row from the top.
    public var alpha: [UInt8]

    /// Creates an image from its parts.
    public init(width: Int, height: Int, wrap: [Wrap], alpha: [UInt8]) {
      self.width = width
      self.height = height
      self.wrap = wrap
      self.alpha = alpha
    }
  }

  /// Motion of nodes over time.
  public struct Clip: Equatable, Sendable {
    /// The name in the file; can be empty.
    public var name: String
    /// The duration in seconds, from 0.
    public var duration: Double
    /// The number of frames per second at which the clip was sampled, if the file states it.
    public var frameRate: Double?
    /// The animated properties.
    public var tracks: [Track]

    /// Creates a clip from its parts.
    public init(name: String, duration: Double, frameRate: Double? = nil, tracks: [Track]) {
      self.name = name
      self.duration = duration
      self.frameRate = frameRate
      self.tracks = tracks
    }
  }

  /// One animated property of a node.
  public struct Track: Equatable, Sendable {
    /// A property that can be animated.
    public enum Property: UInt8, Sendable { case translation, rotation, scale, morphWeights }
    /// The interpolation between two keys; `cubic` is glTF's CUBICSPLINE, with in-tangent, value
    /// and out-tangent at each key.
    public enum Interpolation: UInt8, Sendable { case step, linear, cubic }

    /// The index of the node.
    public var node: Int
    /// The animated property.
    public var property: Property
    /// The interpolation between two keys.
    public var interpolation: Interpolation
    /// The times of keys in seconds, in ascending order.
    public var times: [Float]
    /// The values of keys: 3 numbers each, 4 (x, y, z, w) for rotations, one per morph for weights;
    /// three times as many for cubic.
    public var values: [Float]

    /// Creates a track from its parts.
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

  /// A named facial expression: the weights of its shapes.
  public struct Expression: Equatable, Sendable {
    /// The name in VRM.
    public var name: String
    /// The shapes to blend in.
    public var binds: [Bind]
    /// Whether the expression can only be on or off.
    public var isBinary: Bool

    /// One shape of an expression.
    public struct Bind: Equatable, Sendable {
      /// An index into `meshes`.
      public var mesh: Int
      /// An index into the mesh's morphs.
      public var morph: Int
      /// The weight of the shape.
      public var weight: Float

      /// Creates a shape of an expression from its parts.
      public init(mesh: Int, morph: Int, weight: Float) {
        self.mesh = mesh
        self.morph = morph
        self.weight = weight
      }
    }

    /// Creates an expression from its parts.
    public init(name: String, binds: [Bind], isBinary: Bool = false) {
      self.name = name
      self.binds = binds
      self.isBinary = isBinary
    }
  }
}

/// A translation, rotation and scale: the scale is applied first, the translation last.
public struct NodeTransform: Equatable, Sendable {
  /// The translation in meters.
  public var translation: Vector3
  /// The rotation, of unit length.
  public var rotation: Quaternion
  /// The scale along the node's own axes.
  public var scale: Vector3

  /// The identity transform.
  public static let identity = NodeTransform(
    translation: .zero, rotation: .identity, scale: Vector3(1, 1, 1))

  /// Creates a transform from its parts.
  public init(translation: Vector3, rotation: Quaternion, scale: Vector3) {
    self.translation = translation
    self.rotation = rotation
    self.scale = scale
  }

  /// The transform as a matrix.
  public var matrix: Matrix4 {
    let m = Matrix4(Transform(rotation: rotation, translation: translation)).columns
    return Matrix4(m.0 * scale.x, m.1 * scale.y, m.2 * scale.z, m.3)
  }
}
