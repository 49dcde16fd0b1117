/// The part of glTF 2.0's JSON that posemap writes; names and keys are the specification's.
///
/// Lists that would be empty are nil, since glTF does not allow empty ones.
struct GLTFDocument: Encodable {
  struct Asset: Encodable {
    var version = "2.0"
    var generator: String
  }
  struct Scene: Encodable {
    var nodes: [Int]?
  }
  struct Node: Encodable {
    var name: String
    var children: [Int]?
    var camera: Int?
    var mesh: Int?
    var skin: Int?
    /// The rotation as a quaternion: x, y, z, w.
    var rotation: [Double]?
    var translation: [Double]?
  }
  struct Camera: Encodable {
    struct Perspective: Encodable {
      var aspectRatio: Double
      /// The whole vertical field of view in radians.
      var yfov: Double
      var znear: Double
    }
    /// The canvas in pixels, for which glTF has no key.
    struct Extras: Encodable {
      var width: Int
      var height: Int
    }
    var name: String
    var type = "perspective"
    var perspective: Perspective
    var extras: Extras
  }
  struct Mesh: Encodable {
    struct Primitive: Encodable {
      var attributes: [String: Int]
      var indices: Int
      var material: Int
    }
    var name: String
    var primitives: [Primitive]
  }
  struct Skin: Encodable {
    var name: String
    var joints: [Int]
    var inverseBindMatrices: Int
  }
  struct Material: Encodable {
    struct Roughness: Encodable {
      /// Linear red, green, blue and opacity.
      var baseColorFactor: [Double]
      var metallicFactor = 0.0
      var roughnessFactor = 1.0
    }
    var name: String
    var pbrMetallicRoughness: Roughness
    var doubleSided: Bool
  }
  struct Accessor: Encodable {
    var bufferView: Int
    var componentType: Int
    var count: Int
    var type: String
    var min: [Double]?
    var max: [Double]?
  }
  struct BufferView: Encodable {
    var buffer = 0
    var byteOffset: Int
    var byteLength: Int
    var target: Int?
  }
  struct Buffer: Encodable {
    var byteLength: Int
  }

  var asset: Asset
  var scene = 0
  var scenes: [Scene]
  var nodes: [Node]?
  var cameras: [Camera]?
  var meshes: [Mesh]?
  var skins: [Skin]?
  var materials: [Material]?
  var accessors: [Accessor]?
  var bufferViews: [BufferView]?
  var buffers: [Buffer]?
}
