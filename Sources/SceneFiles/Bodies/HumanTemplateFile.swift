public import PoseRig

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The file of a human template, which `posemap body install` writes and rendering reads.
///
/// It is little-endian: 8 bytes `posehumn`, the version, a checksum of everything that follows it,
/// the length of a JSON header, the header, then arrays, each at a multiple of 4 (`docs/human.md`).
public enum HumanTemplateFile {
  /// The format's version; files of other versions are created again.
  public static let version: UInt32 = 4
  /// The offset of the bytes that the checksum covers.
  private static let checked = 20

  /// A reason why a file cannot be read.
  public enum Fault: Error, Equatable, CustomStringConvertible {
    /// The file is not a template, or has another version.
    case outdated
    /// The file is damaged.
    case damaged

    /// How to fix the fault.
    public var description: String {
      switch self {
      case .outdated: "it was made by another version of posemap; run: posemap body install"
      case .damaged: "it is damaged; run: posemap body install"
      }
    }
  }

  private struct Header: Codable {
    var vertices: Int
    var surfaceVertices: Int
    var triangles: Int
    var partNames: [String]
    var helpers: [HumanTemplate.Helper]
    var jointVertices: [[Int]]
    var landmarks: [String: Int]
    var targets: [TargetEntry]
    var smoothing: [SmoothingEntry]

    var counts: [Int] { [vertices, surfaceVertices, triangles] + targets.map(\.count) }
  }

  private struct TargetEntry: Codable {
    var name: String
    var count: Int
    var scale: Float
  }

  private struct SmoothingEntry: Codable {
    var vertex: UInt16
    var sources: [UInt16]
    var weights: [Float]
  }

  /// Encodes a template.
  public static func encode(_ template: HumanTemplate) throws -> [UInt8] {
    let targets = template.targets.sorted { $0.key < $1.key }
    let header = Header(
      vertices: template.positions.count, surfaceVertices: template.surfaceVertices,
      triangles: template.triangles.count, partNames: PartName.allCases.map(\.name),
      helpers: template.helpers, jointVertices: template.jointVertices,
      landmarks: Dictionary(
        uniqueKeysWithValues: template.landmarks.map { ($0.key.rawValue, $0.value) }),
      targets: targets.map {
        TargetEntry(name: $0.key, count: $0.value.count, scale: $0.value.scale)
      },
      smoothing: template.smoothing.map {
        SmoothingEntry(vertex: $0.vertex, sources: $0.sources, weights: $0.weights)
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = Array(try encoder.encode(header))
    var writer = ByteWriter()
    writer.write([UInt32(json.count)])
    writer.bytes += json
    writer.write(template.positions.flatMap { [$0.x, $0.y, $0.z].map(\.bitPattern) })
    writer.write(template.makeHumanVertices)
    writer.write(template.triangles.flatMap { [$0.x, $0.y, $0.z].map(UInt16.init) })
    writer.write(template.influences.flatMap { [$0.x, $0.y, $0.z, $0.w] })
    writer.write(template.weights.flatMap { [$0.x, $0.y, $0.z, $0.w].map(\.bitPattern) })
    writer.write(template.parts.map(\.rawValue))
    writer.write(template.tissues.map(\.rawValue))
    for (_, target) in targets {
      writer.write(target.indices)
      writer.write(target.offsets)
    }
    var head = ByteWriter()
    head.bytes += Array("posehumn".utf8)
    head.write([version])
    head.write([Checksum.xxh64(writer.bytes[...])])
    return head.bytes + writer.bytes
  }

  /// Decodes the template in a file's bytes.
  public static func decode(_ bytes: [UInt8]) throws(Fault) -> HumanTemplate {
    var reader = ByteReader(bytes)
    guard reader.take(8).elementsEqual("posehumn".utf8), reader.integers(1) == [version] else {
      throw .outdated
    }
    let checksum: [UInt64] = reader.integers(1)
    guard checksum == [Checksum.xxh64(bytes.dropFirst(checked))] else { throw .damaged }
    let length: [UInt32] = reader.integers(1)
    let json = Data(reader.take(Int(length.first ?? 0)))
    // No count exceeds the file's size, so none of the products below can overflow.
    guard let header = try? JSONDecoder().decode(Header.self, from: json),
      header.counts.allSatisfy((0...bytes.count).contains)
    else { throw .damaged }
    let positions: [UInt32] = reader.integers(3 * header.vertices)
    let makeHumanVertices: [UInt16] = reader.integers(header.vertices)
    let corners: [UInt16] = reader.integers(3 * header.triangles)
    let influences: [UInt8] = reader.integers(4 * header.vertices)
    let weights: [UInt32] = reader.integers(4 * header.vertices)
    let parts: [UInt8] = reader.integers(header.triangles)
    let tissues: [UInt8] = reader.integers(header.vertices)
    var targets: [String: HumanTemplate.Target] = [:]
    for entry in header.targets {
      guard let index = reader.skip(2 * entry.count), let offset = reader.skip(6 * entry.count)
      else { throw .damaged }
      targets[entry.name] = HumanTemplate.Target(
        count: entry.count, scale: entry.scale, bytes: bytes, index: index, offset: offset)
    }
    let named = parts.compactMap(PartName.init)
    let known = tissues.compactMap(HumanTissue.init)
    guard !reader.ranOut, header.jointVertices.count == JointName.allCases.count,
      header.partNames == PartName.allCases.map(\.name), named.count == parts.count,
      known.count == tissues.count
    else { throw .damaged }
    var template = HumanTemplate(
      positions: triples(positions.map(Float.init(bitPattern:))),
      surfaceVertices: header.surfaceVertices, makeHumanVertices: makeHumanVertices,
      triangles: triples(corners.map(UInt32.init)), influences: quadruples(influences),
      weights: quadruples(weights.map(Float.init(bitPattern:))), parts: named,
      helpers: header.helpers, jointVertices: header.jointVertices,
      targets: targets,
      smoothing: header.smoothing.map {
        HumanTemplate.SmoothedVertex(vertex: $0.vertex, sources: $0.sources, weights: $0.weights)
      },
      landmarks: Dictionary(
        uniqueKeysWithValues: header.landmarks.compactMap { name, vertex in
          LandmarkName(rawValue: name).map { ($0, vertex) }
        }),
      tissues: known, limits: .standard)
    guard isSound(template) else { throw .damaged }
    template.ready()
    return template
  }

  /// Returns whether every index is valid and every measure is plausible for a body.
  private static func isSound(_ template: HumanTemplate) -> Bool {
    let vertices = template.positions.count
    let surface = template.surfaceVertices
    let joints = JointName.allCases.count + template.helpers.count
    return surface > 0 && surface <= vertices
      && template.makeHumanVertices.allSatisfy { $0 < vertices }
      && template.positions.allSatisfy { isBounded($0.x) && isBounded($0.y) && isBounded($0.z) }
      && template.weights.allSatisfy { $0.min() >= 0 && (0...2).contains($0.sum()) }
      && template.helpers.allSatisfy { (0...1).contains($0.twist) }
      && template.targets.values.allSatisfy { isBounded($0.scale) }
      && template.smoothing.allSatisfy { $0.weights.allSatisfy(isBounded) }
      && template.triangles.allSatisfy { max($0.x, $0.y, $0.z) < surface }
      && template.influences.allSatisfy { Int(max($0.x, $0.y, $0.z, $0.w)) < joints }
      && template.jointVertices.allSatisfy { !$0.isEmpty && $0.allSatisfy((0..<vertices).contains) }
      && template.landmarks.values.allSatisfy((0..<surface).contains)
      && template.smoothing.allSatisfy { vertex in
        vertex.vertex < surface && vertex.sources.allSatisfy { $0 < vertices }
          && vertex.sources.count == vertex.weights.count
      }
      && template.targets.values.allSatisfy { ($0.lastVertex ?? 0) < vertices }
  }

  /// Returns whether a number is finite and its magnitude below 1000.
  private static func isBounded(_ number: Float) -> Bool { abs(number) < 1000 }

  private static func triples<Scalar>(_ numbers: [Scalar]) -> [SIMD3<Scalar>] {
    stride(from: 0, to: numbers.count - 2, by: 3).map {
      SIMD3(numbers[$0], numbers[$0 + 1], numbers[$0 + 2])
    }
  }

  private static func quadruples<Scalar>(_ numbers: [Scalar]) -> [SIMD4<Scalar>] {
    stride(from: 0, to: numbers.count - 3, by: 4).map {
      SIMD4(numbers[$0], numbers[$0 + 1], numbers[$0 + 2], numbers[$0 + 3])
    }
  }
}

/// Appends little-endian arrays, each at a multiple of 4.
private struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func write<Number: FixedWidthInteger>(_ numbers: [Number]) {
    while bytes.count % 4 != 0 { bytes.append(0) }
    for number in numbers {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
  }
}

/// Takes little-endian arrays, each at a multiple of 4, and remembers whether it ran out of bytes.
private struct ByteReader {
  private let bytes: [UInt8]
  private var offset = 0
  private(set) var ranOut = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func take(_ count: Int) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - offset else {
      ranOut = true
      return []
    }
    defer { offset += count }
    return bytes[offset..<offset + count]
  }

  /// Skips an array of a number of bytes and returns its offset; nil if there are fewer bytes left.
  mutating func skip(_ count: Int) -> Int? {
    offset = min((offset + 3) / 4 * 4, bytes.count)
    guard count >= 0, count <= bytes.count - offset else { return nil }
    defer { offset += count }
    return offset
  }

  mutating func integers<Number: FixedWidthInteger>(_ count: Int) -> [Number] {
    offset = min((offset + 3) / 4 * 4, bytes.count)
    let size = MemoryLayout<Number>.size
    guard count >= 0, count <= (bytes.count - offset) / size else {
      ranOut = true
      return []
    }
    defer { offset += count * size }
    // The file has this machine's byte order, since ARM and x86 are both little-endian.
    return bytes[offset..<offset + count * size].withUnsafeBytes { source in
      [Number](unsafeUninitializedCapacity: count) { target, initialized in
        UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
        initialized = count
      }
    }
  }
}
