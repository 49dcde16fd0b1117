internal import PoseRig
internal import SceneFiles

/// MakeHuman's base mesh: the body, the teeth, the sheets that clothes lie on and the cubes that
/// mark joints; its eyeballs are replaced by finer ones that follow MakeHuman's vertices.
struct BaseMesh {
  /// The number of vertices in MakeHuman's own mesh.
  static let ownVertices = 19_158
  /// The first vertex of each of MakeHuman's eyeballs, left then right.
  static let oldEyes = [14_598, 14_670]

  /// The positions of the vertices in meters, +Y up, +Z forward.
  var positions: [SIMD3<Float>]
  /// The triangles of the body, then of the two eyeballs, then of the teeth.
  var triangles: [SIMD3<Int>]
  /// The two eyeballs.
  private(set) var eyeballs: [FineEyeball] = []
  /// The tissue of each vertex.
  private(set) var tissues: [HumanTissue] = []
  /// The originals of the last vertices, which are copies: those on the border of the lips, so that
  /// the inside of the mouth has its own tones up to that border.
  private(set) var copied: [Int] = []
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
    var teeth: [SIMD3<Int>] = []
    var charts = TextureCharts()
    while let fields = scanner.nextLine() {
      switch String(decoding: fields[0], as: UTF8.self) {
      case "v":
        guard let point = TextScanner.point(fields.dropFirst()) else {
          throw .malformed(file: name, "a vertex has no position")
        }
        positions.append(point)
      case "g": group = fields.count > 1 ? String(decoding: fields[1], as: UTF8.self) : ""
      case "f":
        let corners = fields.dropFirst().compactMap { TextScanner.index($0).map { $0 - 1 } }
        guard corners.count >= 3, corners.allSatisfy({ positions.indices.contains($0) }) else {
          throw .malformed(file: name, "a face has a corner that does not exist")
        }
        let fan = (1..<corners.count - 1).map { SIMD3(corners[0], corners[$0], corners[$0 + 1]) }
        if group == "body" {
          triangles += fan
          charts.add(corners, textureCorners: fields.dropFirst().map(TextureCharts.corner))
        }
        if Self.sheetGroups.contains(group) { sheets += fan }
        if group == "helper-upper-teeth" || group == "helper-lower-teeth" { teeth += fan }
        if group.hasPrefix("joint-") {
          cubes[group] = Array(Set(cubes[group, default: []] + corners)).sorted()
        }
      default: continue
      }
    }
    guard positions.count == Self.ownVertices, triangles.count == 26_756, !teeth.isEmpty else {
      throw .malformed(
        file: name, "it has \(positions.count) vertices and \(triangles.count) triangles")
    }
    var tissues = charts.tissues(of: positions)
    let own = positions
    eyeballs = Self.oldEyes.map { FineEyeball(first: $0, own) }
    for eyeball in eyeballs {
      let first = positions.count
      positions += eyeball.positions
      triangles += eyeball.triangles.map { $0 &+ first }
      tissues += eyeball.positions.map { _ in .eyeball }
    }
    for tooth in teeth { for corner in 0..<3 { tissues[tooth[corner]] = .tooth } }
    triangles += teeth
    self.tissues = tissues
    separateMouth()
  }

  /// Gives the inside of the mouth its own vertices along its border.
  private mutating func separateMouth() {
    var copies: [Int: Int] = [:]
    for (number, corners) in triangles.enumerated() {
      let corner = (0..<3).map { corners[$0] }
      guard corner.contains(where: { tissues[$0] == .mouth }) else { continue }
      for (slot, vertex) in corner.enumerated() where tissues[vertex] == .lipEdge {
        if copies[vertex] == nil {
          copies[vertex] = positions.count
          positions.append(positions[vertex])
          copied.append(vertex)
        }
        triangles[number][slot] = copies[vertex] ?? vertex
      }
    }
    tissues += copied.map { _ in .mouth }
  }

  private static let sheetGroups: Set = ["helper-tights", "helper-skirt", "helper-hair"]
}

extension BaseMesh {
  /// Returns the vertex that a vertex is a copy of; the vertex itself unless it is a copy.
  func original(of vertex: Int) -> Int {
    let first = positions.count - copied.count
    return vertex < first ? vertex : copied[vertex - first]
  }

  /// Returns the surface vertex that stands for one of MakeHuman's: for a vertex of its eyeballs,
  /// the nearest of the finer ball.
  func seen(_ vertex: Int) -> Int {
    guard Self.oldEyes.contains(where: { ($0..<$0 + 72).contains(vertex) }) else { return vertex }
    let point = positions[vertex]
    return (Self.ownVertices..<positions.count - copied.count).min {
      (positions[$0] - point).length < (positions[$1] - point).length
    } ?? vertex
  }

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

/// A morph target: the offsets of some vertices at full strength.
struct MorphTarget {
  /// The indices of the vertices.
  var indices: [Int]
  /// The offsets in meters.
  var offsets: [SIMD3<Float>]

  init(_ file: String, _ package: MakeHumanPackage) throws(HumanCompilerError) {
    var scanner = TextScanner(try package.text(file))
    indices = []
    offsets = []
    while let fields = scanner.nextLine() {
      if fields[0].first == UInt8(ascii: "#") { continue }
      guard let index = TextScanner.index(fields[0]), index < BaseMesh.ownVertices,
        let offset = TextScanner.point(fields.dropFirst())
      else { throw .malformed(file: file, "a line is not a vertex with its offset") }
      indices.append(index)
      offsets.append(offset)
    }
  }
}
