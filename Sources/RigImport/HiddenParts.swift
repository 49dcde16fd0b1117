internal import PoseRig

extension ForeignModel {
  /// Records nodes with surfaces that are left out because the file hides them.
  mutating func hide(byFile names: [String]) {
    guard !names.isEmpty else { return }
    hiddenByFile = names
    let shown = names.prefix(8).map { $0.isEmpty ? "a node without a name" : "\"\($0)\"" }
    let more = names.count > 8 ? " and \(names.count - 8) more" : ""
    notes.append(
      "\(shown.joined(separator: ", "))\(more) \(names.count == 1 ? "is" : "are") hidden in the file and not drawn"
    )
  }

  /// The names by which parts of the surface can be hidden: those of nodes with surfaces, and of
  /// materials if a node has several.
  public var hideableParts: [String] {
    var names: [String] = []
    var known: Set<String> = []
    func add(_ name: String) {
      if !name.isEmpty, known.insert(name).inserted { names.append(name) }
    }
    var counts = [Int](repeating: 0, count: nodes.count)
    for mesh in meshes { counts[mesh.node] += 1 }
    for mesh in meshes where !mesh.triangles.isEmpty { add(nodes[mesh.node].name) }
    for mesh in meshes where !mesh.triangles.isEmpty && counts[mesh.node] > 1 {
      if let material = mesh.material { add(materials[material].name) }
    }
    return names
  }

  /// Returns the model without the surfaces of the named nodes and materials, and the names that
  /// hide nothing. A node is hidden with everything below it; of a skinned surface, the triangles
  /// that mainly follow hidden nodes are removed.
  ///
  /// The meshes stay, without vertices, so that the file's clips still fit.
  public func hiding(_ names: [String]) -> (model: ForeignModel, unknown: [String]) {
    guard !names.isEmpty else { return (self, []) }
    let known = Set(names)
    let isHidden = isBelow(anyOf: nodes.indices.filter { known.contains(nodes[$0].name) })
    var model = self
    for index in meshes.indices {
      if let kept = left(of: meshes[index], isHidden, known) {
        model.meshes[index].triangles = kept
      } else {
        model.meshes[index].empty()
      }
    }
    return (model, names.filter { !hides($0) })
  }

  /// Returns whether a name hides part of the surface, or names one that the file itself hides.
  private func hides(_ name: String) -> Bool {
    if hiddenByFile.contains(name) { return true }
    let isHidden = isBelow(anyOf: nodes.indices.filter { nodes[$0].name == name })
    return meshes.contains { mesh in
      !mesh.triangles.isEmpty && left(of: mesh, isHidden, [name])?.count != mesh.triangles.count
    }
  }

  /// Returns the triangles of a mesh that are not hidden; nil for an entirely hidden mesh.
  private func left(of mesh: Mesh, _ isHidden: [Bool], _ names: Set<String>) -> [SIMD3<UInt32>]? {
    if isHidden[mesh.node] || mesh.material.map({ names.contains(materials[$0].name) }) ?? false {
      return nil
    }
    guard let skin = mesh.skin.map({ skins[$0] }), skin.joints.contains(where: { isHidden[$0] })
    else { return mesh.triangles }
    return mesh.triangles.filter { corners in
      !(0..<3).allSatisfy { isHidden[skin.joints[mesh.strongest(Int(corners[$0]))]] }
    }
  }
}

extension ForeignModel.Mesh {
  /// Removes all vertices.
  fileprivate mutating func empty() {
    positions = []
    normals = []
    textureCoordinates = []
    joints = []
    weights = []
    triangles = []
    for index in morphs.indices { morphs[index] = .init(name: morphs[index].name, positions: []) }
  }

  /// Returns the joint of the skin with the largest weight at a vertex.
  fileprivate func strongest(_ vertex: Int) -> Int {
    let slots = (vertex * influencesPerVertex)..<((vertex + 1) * influencesPerVertex)
    let best = slots.max { (weights[$0], -$0) < (weights[$1], -$1) }
    return best.map { Int(joints[$0]) } ?? 0
  }
}
