public import PoseRig

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Reads the body file format (`docs/body-format.md`), checking every count and index.
public enum BodyFile {
  /// A reason why bytes are not a valid body.
  public enum Fault: Error, Equatable, CustomStringConvertible {
    /// The bytes do not begin like a body file.
    case notABody
    /// The file's version is not supported.
    case unknownVersion(UInt32)
    /// The file is truncated or inconsistent.
    case damaged(String)

    /// The fault and how to fix it.
    public var description: String {
      switch self {
      case .notABody: "not a body file; a body file begins with \"posebody\""
      case .unknownVersion(let version):
        "body file version \(version); this posemap reads version 1, install a newer one"
      case .damaged(let what): "damaged body file: \(what); fetch or bake it again"
      }
    }
  }

  private struct Header: Decodable {
    struct Bounds: Decodable {
      var min: [Float]
      var max: [Float]
    }
    struct Joint: Decodable {
      var name: String
      var rest: [Double]
    }
    struct Helper: Decodable {
      var name: String
      var joint: String
      var axis: [Double]
      var twist: Double
    }
    struct Landmark: Decodable {
      var name: String
      var triangle: Int
      var barycentric: [Float]
    }
    var name: String
    var vertices: Int
    var triangles: Int
    var bounds: Bounds
    var parts: [String]
    var joints: [Joint]
    var helpers: [Helper]
    var landmarks: [Landmark]
  }

  /// Decodes the body in a file's bytes.
  public static func decode(_ bytes: [UInt8]) throws(Fault) -> Body {
    var cursor = ByteCursor(bytes)
    guard try cursor.take(8).elementsEqual("posebody".utf8) else { throw .notABody }
    let version = try cursor.takeUInt32()
    guard version == 1 else { throw .unknownVersion(version) }
    let header = try self.header(Array(try cursor.take(Int(try cursor.takeUInt32()))))
    guard (3...65_535).contains(header.vertices), (1...1_000_000).contains(header.triangles) else {
      throw .damaged("it claims \(header.vertices) vertices and \(header.triangles) triangles")
    }
    let rig = try rig(header)
    let helpers = try helpers(header)
    let (surface, skin, parts) = try surface(header, helpers, from: &cursor)
    var body = Body(
      name: header.name, rig: rig, surface: surface, landmarks: try landmarks(header),
      binding: .dualQuaternion(skin))
    body.bendFar()
    body.surface.labels = parts.map(SurfaceLabel.init(part:))
    body.surface.sides = body.sides(parts: parts)
    return body
  }

  private static func header(_ json: [UInt8]) throws(Fault) -> Header {
    do {
      return try JSONDecoder().decode(Header.self, from: Data(json))
    } catch {
      throw .damaged("its header is not valid (\(error))")
    }
  }

  private static func rig(_ header: Header) throws(Fault) -> Rig {
    var positions: [Vector3] = []
    guard header.joints.map(\.name) == JointName.allCases.map(\.rawValue) else {
      throw .damaged("its joints are not VRM's 55 in their order")
    }
    for joint in header.joints { positions.append(try vector(joint.rest, "joint \(joint.name)")) }
    return Rig(restPositions: positions, limits: .standard)
  }

  private static func helpers(_ header: Header) throws(Fault) -> [HelperJoint] {
    var helpers: [HelperJoint] = []
    for helper in header.helpers {
      guard let joint = JointName(rawValue: helper.joint),
        let axis = try vector(helper.axis, "helper \(helper.name)").normalized,
        abs(helper.twist) <= 1
      else { throw .damaged("helper \(helper.name) follows no joint") }
      helpers.append(
        HelperJoint(name: helper.name, joint: joint, axis: axis, twistShare: helper.twist))
    }
    return helpers
  }

  private static func vector(_ numbers: [Double], _ what: String) throws(Fault) -> Vector3 {
    guard numbers.count == 3, numbers.allSatisfy({ abs($0) < 1000 }) else {
      throw .damaged("\(what) is not at three finite numbers")
    }
    return Vector3(numbers[0], numbers[1], numbers[2])
  }

  private static func landmarks(_ header: Header) throws(Fault) -> [LandmarkName: SurfacePoint] {
    var landmarks: [LandmarkName: SurfacePoint] = [:]
    for landmark in header.landmarks {
      let b = landmark.barycentric
      guard (0..<header.triangles).contains(landmark.triangle), b.count == 3,
        b.allSatisfy({ abs($0) < 2 })
      else {
        throw .damaged("landmark \(landmark.name) is not on the surface")
      }
      guard let name = LandmarkName(rawValue: landmark.name) else { continue }
      landmarks[name] = SurfacePoint(
        triangle: landmark.triangle, barycentric: SIMD3(b[0], b[1], b[2]))
    }
    let missing = LandmarkName.all.filter { landmarks[$0] == nil }
    guard missing.isEmpty else {
      throw .damaged("landmarks are missing: \(missing.map(\.rawValue).joined(separator: ", "))")
    }
    return landmarks
  }

  private static func surface(
    _ header: Header, _ helpers: [HelperJoint], from cursor: inout ByteCursor
  ) throws(Fault) -> (BodySurface, DualQuaternionSkin, parts: [PartName]) {
    let low = header.bounds.min
    let high = header.bounds.max
    guard low.count == 3, high.count == 3, (low + high).allSatisfy({ abs($0) < 1000 }) else {
      throw .damaged("its bounds are not a box")
    }
    let origin = SIMD3(low[0], low[1], low[2])
    let step = (SIMD3(high[0], high[1], high[2]) - origin) / 65_535
    let count = header.vertices
    let positions = triples(try cursor.takeUInt16s(3 * count))
    let influences = try cursor.takeAligned(4 * count)
    let weights = try cursor.takeAligned(4 * count)
    let parts = try cursor.takeAligned(header.triangles)
    let triangles = triples(try cursor.takeUInt16s(3 * header.triangles))
    guard triangles.allSatisfy({ max($0.x, $0.y, $0.z) < count }) else {
      throw .damaged("a triangle has no corner")
    }
    guard influences.allSatisfy({ $0 < JointName.allCases.count + helpers.count }) else {
      throw .damaged("a vertex follows a joint that does not exist")
    }
    guard header.parts == PartName.allCases.map(\.name) else {
      throw .damaged("its parts are not the \(PartName.allCases.count) in their order")
    }
    let named = parts.compactMap(PartName.init)
    guard named.count == parts.count else { throw .damaged("a triangle belongs to no part") }
    let skin = DualQuaternionSkin(
      helpers: helpers, influences: quadruples(influences),
      weights: quadruples(weights).map { SIMD4<Float>($0) / 255 })
    let surface = BodySurface(
      positions: positions.map { origin + SIMD3<Float>($0) * step },
      triangles: triangles.map { SIMD3<UInt32>(truncatingIfNeeded: $0) },
      labels: [], sides: [])
    return (surface, skin, named)
  }

  private static func triples(_ numbers: [UInt16]) -> [SIMD3<UInt16>] {
    stride(from: 0, to: numbers.count, by: 3).map {
      SIMD3(numbers[$0], numbers[$0 + 1], numbers[$0 + 2])
    }
  }

  private static func quadruples(_ bytes: ArraySlice<UInt8>) -> [SIMD4<UInt8>] {
    stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map {
      SIMD4(bytes[$0], bytes[$0 + 1], bytes[$0 + 2], bytes[$0 + 3])
    }
  }
}

/// A cursor over little-endian bytes that never reads past their end.
private struct ByteCursor {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func take(_ count: Int) throws(BodyFile.Fault) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - position else { throw .damaged("it ends early") }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  /// Takes bytes like `take`, from the next multiple of 4.
  mutating func takeAligned(_ count: Int) throws(BodyFile.Fault) -> ArraySlice<UInt8> {
    _ = try take((4 - position % 4) % 4)
    return try take(count)
  }

  mutating func takeUInt32() throws(BodyFile.Fault) -> UInt32 {
    try take(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func takeUInt16s(_ count: Int) throws(BodyFile.Fault) -> [UInt16] {
    let slice = try takeAligned(2 * count)
    return stride(from: slice.startIndex, to: slice.endIndex, by: 2).map {
      UInt16(slice[$0]) | UInt16(slice[$0 + 1]) << 8
    }
  }
}
