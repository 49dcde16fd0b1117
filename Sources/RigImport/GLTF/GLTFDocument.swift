#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The relevant part of glTF 2.0's JSON (Khronos glTF 2.0 specification, § 5).
struct GLTFDocument: Decodable {
  var asset: Asset
  var scene: Int?
  var scenes: [Scene]?
  var nodes: [Node]?
  var meshes: [Mesh]?
  var skins: [Skin]?
  var accessors: [Accessor]?
  var bufferViews: [BufferView]?
  var buffers: [Buffer]?
  var materials: [Material]?
  var textures: [Texture]?
  var images: [Image]?
  var samplers: [Sampler]?
  var animations: [Animation]?
  var extensionsRequired: [String]?
  var extensions: Extensions?

  struct Asset: Decodable {
    var version: String
    var generator: String?
  }
  struct Scene: Decodable { var nodes: [Int]? }
  struct Node: Decodable {
    var name: String?
    var children: [Int]?
    var matrix: [Double]?
    var translation: [Double]?
    var rotation: [Double]?
    var scale: [Double]?
    var mesh: Int?
    var skin: Int?
    var weights: [Float]?
    var extensions: NodeExtensions?
  }
  struct NodeExtensions: Decodable {
    struct Visibility: Decodable { var visible: Bool? }
    var visibility: Lenient<Visibility>?
    enum CodingKeys: String, CodingKey { case visibility = "KHR_node_visibility" }
  }
  struct Mesh: Decodable {
    struct Extras: Decodable { var targetNames: [String]? }
    var primitives: [Primitive]
    var weights: [Float]?
    var extras: Lenient<Extras>?
  }
  struct Primitive: Decodable {
    struct Draco: Decodable {
      var bufferView: Int
      var attributes: [String: Int]
    }
    struct Extensions: Decodable {
      var draco: Draco?
      enum CodingKeys: String, CodingKey { case draco = "KHR_draco_mesh_compression" }
    }
    struct Extras: Decodable { var targetNames: [String]? }
    var attributes: [String: Int]
    var indices: Int?
    var material: Int?
    var mode: Int?
    var targets: [[String: Int]]?
    var extensions: Extensions?
    var extras: Lenient<Extras>?
  }
  struct Skin: Decodable {
    var inverseBindMatrices: Int?
    var joints: [Int]
  }
  struct Accessor: Decodable {
    struct Sparse: Decodable {
      struct Indices: Decodable {
        var bufferView: Int
        var byteOffset: Int?
        var componentType: Int
      }
      struct Values: Decodable {
        var bufferView: Int
        var byteOffset: Int?
      }
      var count: Int
      var indices: Indices
      var values: Values
    }
    var bufferView: Int?
    var byteOffset: Int?
    var componentType: Int
    var normalized: Bool?
    var count: Int
    var type: String
    var sparse: Sparse?
  }
  struct BufferView: Decodable {
    struct Meshopt: Decodable {
      var buffer: Int
      var byteOffset: Int?
      var byteLength: Int
      var byteStride: Int
      var count: Int
      var mode: String
      var filter: String?
    }
    struct Extensions: Decodable {
      var meshopt: Meshopt?
      enum CodingKeys: String, CodingKey { case meshopt = "EXT_meshopt_compression" }
    }
    var buffer: Int
    var byteOffset: Int?
    var byteLength: Int
    var byteStride: Int?
    var extensions: Extensions?
  }
  struct Buffer: Decodable {
    struct Extensions: Decodable {
      var meshopt: Present?
      enum CodingKeys: String, CodingKey { case meshopt = "EXT_meshopt_compression" }
    }
    var uri: String?
    var byteLength: Int
    var extensions: Extensions?
  }
  struct Material: Decodable {
    struct Surface: Decodable {
      var baseColorFactor: [Float]?
      var baseColorTexture: TextureUse?
    }
    var name: String?
    var pbrMetallicRoughness: Surface?
    var alphaMode: String?
    var alphaCutoff: Float?
    var doubleSided: Bool?
  }
  struct TextureUse: Decodable {
    struct Extensions: Decodable {
      var transform: TextureTransform?
      enum CodingKeys: String, CodingKey { case transform = "KHR_texture_transform" }
    }
    var index: Int
    var texCoord: Int?
    var extensions: Extensions?
  }
  struct TextureTransform: Decodable {
    var offset: [Float]?
    var rotation: Float?
    var scale: [Float]?
    var texCoord: Int?
  }
  struct Texture: Decodable {
    struct Source: Decodable { var source: Int? }
    struct Extensions: Decodable {
      var webP: Source?
      var basis: Source?
      enum CodingKeys: String, CodingKey {
        case webP = "EXT_texture_webp"
        case basis = "KHR_texture_basisu"
      }
    }
    var sampler: Int?
    var source: Int?
    var extensions: Extensions?
  }
  struct Image: Decodable {
    var uri: String?
    var bufferView: Int?
  }
  struct Sampler: Decodable {
    var wrapS: Int?
    var wrapT: Int?
  }
  struct Animation: Decodable {
    struct Channel: Decodable {
      struct Target: Decodable {
        var node: Int?
        var path: String
      }
      var sampler: Int
      var target: Target
    }
    struct Sampler: Decodable {
      var input: Int
      var output: Int
      var interpolation: String?
    }
    var name: String?
    var channels: [Channel]
    var samplers: [Sampler]
  }
  struct Extensions: Decodable {
    var vrm0: VRM0?
    var vrm1: VRM1?
    var vrmAnimation: VRMAnimation?
    enum CodingKeys: String, CodingKey {
      case vrm0 = "VRM"
      case vrm1 = "VRMC_vrm"
      case vrmAnimation = "VRMC_vrm_animation"
    }
  }

  /// A member that only has to exist.
  struct Present: Decodable { init(from decoder: any Decoder) {} }

  /// A member of arbitrary form, such as extras: one that does not match counts as absent.
  struct Lenient<Value: Decodable>: Decodable {
    var value: Value?
    init(from decoder: any Decoder) { value = try? Value(from: decoder) }
  }

  private struct Probe: Decodable {
    struct Asset: Decodable { var version: String? }
    var asset: Lenient<Asset>?
    var scene: Lenient<String>?
  }

  /// Decodes the JSON; an error names the member that does not match.
  static func decode(_ json: ArraySlice<UInt8>) throws(ForeignModelError) -> GLTFDocument {
    // glTF 1.0 is entirely different: it has names where 2.0 has numbers.
    let probe = try? JSONDecoder().decode(Probe.self, from: Data(json))
    if probe?.scene?.value != nil || probe?.asset?.value?.version?.hasPrefix("1") == true {
      throw .unsupported("it is glTF 1.0; posemap reads glTF 2.0: export it as such")
    }
    do {
      return try JSONDecoder().decode(GLTFDocument.self, from: Data(json))
    } catch let error as DecodingError {
      throw .damaged("its glTF JSON is not valid: \(describe(error)); export it again")
    } catch {
      throw .damaged("its glTF JSON cannot be read; export it again")
    }
  }

  private static func describe(_ error: DecodingError) -> String {
    func location(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { key in
        key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
      }
      return path.isEmpty ? "the document" : path.joined().trimmingPrefix(".").description
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "\(location(context)) has no \"\(key.stringValue)\""
    case .typeMismatch(let type, let context):
      return "\(location(context)) is not of type \(type)"
    case .valueNotFound(_, let context): return "\(location(context)) is null"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty
        ? "it is not valid JSON" : "\(location(context)) is not usable"
    @unknown default: return "it does not fit"
    }
  }
}
