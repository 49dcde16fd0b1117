public import PoseRig
internal import SceneFiles

/// Compiles the human template from MakeHuman's files.
public enum HumanCompiler {
  /// Returns the template compiled from `package`.
  public static func compile(
    _ package: MakeHumanPackage
  ) throws(HumanCompilerError) -> HumanTemplate {
    let mesh = try BaseMesh(package)
    let rig = try HumanRig(package, mesh)
    let kept = KeptVertices(mesh)
    let skin = SkinWeights(rig, mesh)
    var influences: [SIMD4<UInt8>] = []
    var weights: [SIMD4<Float>] = []
    for (index, vertex) in kept.all.enumerated() {
      let strongest =
        kept.eye(of: vertex)
        ?? skin.strongest(mesh.original(of: vertex), at: mesh.positions[vertex])
      guard strongest != nil || index >= kept.surface.count else {
        throw .malformed(file: "weights.mixamo.json", "vertex \(vertex) follows no bone")
      }
      influences.append(strongest?.influences ?? .zero)
      weights.append(strongest?.weights ?? .zero)
    }
    let triangles = mesh.triangles.map { corners in
      SIMD3<UInt32>((0..<3).map { UInt32(kept.index[corners[$0]]) })
    }
    let joints = JointName.allCases + SkinWeights.helpers.map(\.joint)
    return HumanTemplate(
      positions: kept.all.map { mesh.positions[$0] }, surfaceVertices: kept.surface.count,
      makeHumanVertices: kept.all.map(UInt16.init),
      triangles: triangles, influences: influences, weights: weights,
      parts: triangles.map { PartName(bending: $0, influences, weights, joints: joints) },
      helpers: SkinWeights.helpers,
      jointVertices: rig.jointVertices.map { $0.map { kept.index[$0] } },
      targets: try targets(package, kept),
      smoothing: try Modesty.smoothing(package, mesh, kept) + eyeballs(mesh, kept),
      landmarks: landmarks(mesh, kept), tissues: kept.all.map { mesh.tissues[$0] },
      limits: .standard)
  }

  private static func eyeballs(
    _ mesh: BaseMesh, _ kept: KeptVertices
  ) -> [HumanTemplate.SmoothedVertex] {
    var first = BaseMesh.ownVertices
    return mesh.eyeballs.flatMap { eyeball in
      defer { first += eyeball.positions.count }
      return eyeball.mixes.enumerated().map { index, mix in
        HumanTemplate.SmoothedVertex(
          vertex: UInt16(kept.index[first + index]),
          sources: mix.map { UInt16(kept.index[$0.vertex]) },
          weights: mix.map { Float($0.weight) })
      }
    }
  }

  private static func landmarks(
    _ mesh: BaseMesh, _ kept: KeptVertices
  ) -> [LandmarkName: Int] {
    var landmarks: [LandmarkName: Int] = [:]
    for (name, vertex) in HumanLandmarks.vertices {
      guard let landmark = LandmarkName(rawValue: name) else { continue }
      landmarks[landmark] = kept.index[mesh.seen(vertex)]
    }
    return landmarks
  }

  private static func targets(
    _ package: MakeHumanPackage, _ kept: KeptVertices
  ) throws(HumanCompilerError) -> [String: HumanTemplate.Target] {
    var targets: [String: HumanTemplate.Target] = [:]
    for name in Phenotype.allTargets.union(FaceExpression.allTargets).sorted() {
      let file = "targets/\(TargetFile.path(of: name)).target.gz"
      do {
        targets[name] = kept.packed(try MorphTarget(file, package))
      } catch .missing(let missing) {
        // The average cup and firmness are the mesh itself and have no file.
        guard name.hasSuffix("averagecup-averagefirmness") else { throw .missing(missing) }
      }
    }
    return targets
  }
}

/// The path of a target's file.
enum TargetFile {
  /// Returns the path of a target, without the extension.
  static func path(of name: String) -> String {
    if name.hasPrefix("breast/") || name.hasPrefix("expression/") { return name }
    if name.hasPrefix("proportions/") || !name.contains("/") { return "macrodetails/" + name }
    return name
  }
}

/// The order in which MakeHuman's vertices are kept: first those of the surface, then those that
/// mark joints or hold clothes.
struct KeptVertices {
  /// MakeHuman's indices of the surface's vertices.
  let surface: [Int]
  /// MakeHuman's indices of all vertices.
  let all: [Int]
  /// The index in `all` of each of MakeHuman's indices.
  let index: [Int]
  private let tissues: [HumanTissue]
  private let positions: [SIMD3<Float>]
  /// The copies of MakeHuman's vertices.
  private let copies: [Int: Int]

  init(_ mesh: BaseMesh) {
    surface = Set(mesh.triangles.flatMap { [$0.x, $0.y, $0.z] }).sorted()
    all = surface + Set(mesh.positions.indices).subtracting(surface).sorted()
    var index = [Int](repeating: 0, count: all.count)
    for (own, vertex) in all.enumerated() { index[vertex] = own }
    self.index = index
    tissues = mesh.tissues
    positions = mesh.positions
    let first = mesh.positions.count - mesh.copied.count
    copies = Dictionary(uniqueKeysWithValues: mesh.copied.enumerated().map { ($1, first + $0) })
  }

  /// Returns the influences of an eyeball, which follows its eye; nil for other vertices.
  func eye(of vertex: Int) -> (influences: SIMD4<UInt8>, weights: SIMD4<Float>)? {
    guard tissues[vertex] == .eyeball else { return nil }
    let joint = positions[vertex].x > 0 ? JointName.leftEye : .rightEye
    return (SIMD4(UInt8(joint.index), 0, 0, 0), SIMD4(1, 0, 0, 0))
  }

  /// Returns a target in 16 bits, with the vertices in this order.
  func packed(_ target: MorphTarget) -> HumanTemplate.Target {
    let largest = target.offsets.map { max(abs($0.x), abs($0.y), abs($0.z)) }.max() ?? 0
    let scale = max(largest, 1e-9) / 32_767
    var (indices, offsets): ([UInt16], [Int16]) = ([], [])
    for (vertex, offset) in zip(target.indices, target.offsets) {
      let steps = (offset / scale).rounded(.toNearestOrEven)
      if steps == .zero { continue }
      for moved in [vertex] + (copies[vertex].map { [$0] } ?? []) {
        indices.append(UInt16(index[moved]))
        offsets += [Int16(steps.x), Int16(steps.y), Int16(steps.z)]
      }
    }
    return HumanTemplate.Target(indices: indices, offsets: offsets, scale: scale)
  }
}
