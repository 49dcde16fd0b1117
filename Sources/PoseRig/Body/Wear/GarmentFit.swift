/// Fits garments to a human.
struct GarmentFit {
  private let template: HumanTemplate
  /// All vertices of the human, in meters at MakeHuman's rest.
  private let shape: [SIMD3<Float>]
  /// The index in ``shape`` of each vertex of MakeHuman's base mesh.
  private let own: [Int]

  init(_ template: HumanTemplate, shape: [SIMD3<Float>]) {
    self.template = template
    self.shape = shape
    var own = [Int](repeating: 0, count: Garment.baseVertices)
    for (index, vertex) in template.makeHumanVertices.enumerated()
    where Int(vertex) < Garment.baseVertices { own[Int(vertex)] = index }
    self.own = own
  }

  /// Returns garments fitted to the human, without parts covered by other garments, and without
  /// garments that are covered entirely.
  ///
  /// - Parameters:
  ///   - body: the body with the joints that the garments follow.
  ///   - skin: its skin.
  func worn(
    _ garments: [Garment], on body: Body, following skin: DualQuaternionSkin
  ) -> [WornSurface] {
    garments.compactMap { garment in
      let outer = garments.filter { $0.layer > garment.layer }
      let isCovered = garment.anchors.map { anchor in
        outer.contains { other in
          (0..<3).allSatisfy {
            anchor.weights[$0] == 0 || other.isCovering(anchor.vertices[$0])
          }
        }
      }
      let triangles =
        outer.isEmpty
        ? garment.triangles
        : garment.triangles.filter { corners in
          !(0..<3).allSatisfy { isCovered[Int(corners[$0])] }
        }
      guard !triangles.isEmpty else { return nil }
      let influences = garment.anchors.map(influences)
      var look = garment.look
      for index in look?.materials.indices ?? 0..<0 {
        look?.materials[index].triangles = triangles.indices
      }
      var worn = WornSurface(
        kind: garment.kind, positions: positions(garment), triangles: triangles, labels: [],
        skin: DualQuaternionSkin(
          helpers: skin.helpers, influences: influences.map(\.influences),
          weights: influences.map(\.weights), bind: skin.bind),
        look: look)
      if look != nil { worn.firstTwins = Self.firstTwins(garment.anchors) }
      label(&worn, on: body)
      return worn
    }
  }

  /// Labels each triangle with the part of the body below it, and each vertex with the half.
  private func label(_ worn: inout WornSurface, on body: Body) {
    guard worn.kind == .worn else {
      worn.labels = Array(repeating: SurfaceLabel(worn.kind), count: worn.triangles.count)
      return
    }
    let joints = JointName.allCases + worn.skin.helpers.map(\.joint)
    let parts = worn.triangles.map {
      PartName(bending: $0, worn.skin.influences, worn.skin.weights, joints: joints)
    }
    worn.labels = parts.map(SurfaceLabel.init(wornOver:))
    let tPosed = Skinning.pose(
      worn, on: body, PosedRig(rig: body.rig, pose: .rest), worldFromModel: .identity,
      withNormals: false)
    var standing = body
    standing.surface = BodySurface(
      positions: tPosed.positions, triangles: worn.triangles, labels: [], sides: [])
    worn.sides = standing.sides(parts: parts)
  }

  private static func firstTwins(_ anchors: [Garment.Anchor]) -> [Int] {
    var first: [Garment.Anchor: Int] = [:]
    return anchors.enumerated().map { index, anchor in
      if let known = first[anchor] { return known }
      first[anchor] = index
      return index
    }
  }

  /// Returns whether each triangle of the body is covered by garments; empty if there are no
  /// covered ones.
  func hidden(by garments: [Garment]) -> [Bool] {
    let covering = garments.filter { !$0.covers.isEmpty }
    guard !covering.isEmpty else { return [] }
    let isCovered = template.makeHumanVertices.map { vertex in
      covering.contains { $0.isCovering(vertex) }
    }
    var hidden = template.triangles.map { corners in
      (0..<3).allSatisfy { isCovered[Int(corners[$0])] }
    }
    // MakeHuman's faces are quads, which are two triangles each here.
    for first in stride(from: 0, to: hidden.count - 1, by: 2) {
      let isHidden = hidden[first] && hidden[first + 1]
      hidden[first] = isHidden
      hidden[first + 1] = isHidden
    }
    return hidden
  }

  private func positions(_ garment: Garment) -> [SIMD3<Float>] {
    var stretch = SIMD3<Float>(repeating: 1)
    for (axis, scale) in garment.scales.enumerated() {
      guard let scale else { continue }
      let run = shape[own[Int(scale.start)]] - shape[own[Int(scale.end)]]
      stretch[axis] = abs(run[axis]) / scale.length
    }
    return garment.anchors.map { anchor in
      var point = anchor.offset * stretch
      for corner in 0..<3 {
        point += shape[own[Int(anchor.vertices[corner])]] * anchor.weights[corner]
      }
      return point
    }
  }

  /// Returns the four strongest influences for a garment's vertex, from the vertices that it is
  /// attached to, weighted by the attachment.
  private func influences(
    of anchor: Garment.Anchor
  ) -> (influences: SIMD4<UInt8>, weights: SIMD4<Float>) {
    var shares: [(joint: UInt8, weight: Float)] = []
    for corner in 0..<3 where anchor.weights[corner] > 0 {
      let vertex = own[Int(anchor.vertices[corner])]
      for slot in 0..<4 {
        let weight = anchor.weights[corner] * template.skinWeights[vertex][slot]
        let joint = template.skinInfluences[vertex][slot]
        guard weight > 0 else { continue }
        if let known = shares.firstIndex(where: { $0.joint == joint }) {
          shares[known].weight += weight
        } else {
          shares.append((joint, weight))
        }
      }
    }
    shares.sort { ($0.weight, $1.joint) > ($1.weight, $0.joint) }
    let strongest = shares.prefix(4)
    let sum = strongest.reduce(0) { $0 + $1.weight }
    var result = (
      influences: SIMD4<UInt8>(UInt8(JointName.hips.index), 0, 0, 0),
      weights: SIMD4<Float>(1, 0, 0, 0)
    )
    guard sum > 0 else { return result }
    result.weights = .zero
    for (slot, share) in strongest.enumerated() {
      result.influences[slot] = share.joint
      result.weights[slot] = share.weight / sum
    }
    return result
  }
}

extension Garment {
  /// Returns whether a vertex of the base mesh is covered.
  func isCovering(_ vertex: UInt16) -> Bool {
    covers.indices.contains(Int(vertex)) && covers[Int(vertex)]
  }
}
