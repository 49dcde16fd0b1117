internal import PoseRig
internal import SceneFiles

/// MakeHuman's base mesh: the body, the eyeballs, the sheets that clothes lie on and the cubes that
/// mark joints.
struct BaseMesh {
  /// The vertices in meters, +Y up, +Z forward.
  var positions: [SIMD3<Float>]
  /// The triangles of the body, then of the two eyeballs.
  var triangles: [SIMD3<Int>]
  /// The triangles of the sheets that clothes and hair lie on.
  var sheets: [SIMD3<Int>]
  /// The vertices of each `joint-…` cube.
  var cubes: [String: [Int]]

  init(_ package: MakeHumanPackage) throws(HumanCompilerError) {
    let name = "3dobjs/base.obj"
    var scanner = TextScanner(try package.text(name))
    positions = []
    triangles = []
    sheets = []
    cubes = [:]
    var group = ""
    var eyes: [SIMD3<Int>] = []
    while let fields = scanner.nextLine() {
      switch String(decoding: fields[0], as: UTF8.self) {
      case "v":
        guard let point = TextScanner.point(fields.dropFirst()) else {
          throw .malformed(file: name, "a vertex has no place")
        }
        positions.append(point)
      case "g": group = fields.count > 1 ? String(decoding: fields[1], as: UTF8.self) : ""
      case "f":
        let corners = fields.dropFirst().compactMap { TextScanner.index($0).map { $0 - 1 } }
        guard corners.count >= 3, corners.allSatisfy({ positions.indices.contains($0) }) else {
          throw .malformed(file: name, "a face has a corner that is not there")
        }
        let fan = (1..<corners.count - 1).map { SIMD3(corners[0], corners[$0], corners[$0 + 1]) }
        if group == "body" { triangles += fan }
        if Self.sheetGroups.contains(group) { sheets += fan }
        if group == "helper-l-eye" || group == "helper-r-eye" { eyes += fan }
        if group.hasPrefix("joint-") {
          cubes[group] = Array(Set(cubes[group, default: []] + corners)).sorted()
        }
      default: continue
      }
    }
    guard positions.count == 19_158, triangles.count == 26_756, !eyes.isEmpty else {
      throw .malformed(
        file: name, "it has \(positions.count) vertices and \(triangles.count) triangles")
    }
    triangles += eyes
  }

  private static let sheetGroups: Set = ["helper-tights", "helper-skirt", "helper-hair"]
}

extension BaseMesh {
  /// The vertices that share an edge with each vertex.
  var neighbors: [[Int]] {
    var result: [Set<Int>] = Array(repeating: [], count: positions.count)
    for t in triangles + sheets {
      for (a, b) in [(t.x, t.y), (t.y, t.z), (t.z, t.x)] {
        result[a].insert(b)
        result[b].insert(a)
      }
    }
    return result.map { $0.sorted() }
  }
}

/// A morph target: the offsets of some vertices when it is fully on.
struct MorphTarget {
  /// The indices of vertices.
  var indices: [Int]
  /// The offsets in meters.
  var offsets: [SIMD3<Float>]

  init(_ file: String, _ package: MakeHumanPackage) throws(HumanCompilerError) {
    var scanner = TextScanner(try package.text(file))
    indices = []
    offsets = []
    while let fields = scanner.nextLine() {
      if fields[0].first == UInt8(ascii: "#") { continue }
      guard let index = TextScanner.index(fields[0]), index < 19_158,
        let offset = TextScanner.point(fields.dropFirst())
      else { throw .malformed(file: file, "a line is not a vertex and its offset") }
      indices.append(index)
      offsets.append(offset)
    }
  }
}
