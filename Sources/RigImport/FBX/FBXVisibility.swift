extension FBXSkeleton {
  /// Finds the nodes that the file does not show: switched off, below one that is, in a hidden
  /// layer, or at a coarser level of detail.
  mutating func findHidden(_ objects: FBXObjects, _ motions: [FBXMotion]) {
    let layers = objects.all("CollectionExclusive").filter { objects.integer($0, "Show") == 0 }
    let layered = Set(layers.flatMap { objects.children[$0].map(\.object) })
    for index in nodes.indices {
      let node = nodes[index]
      let visibility =
        Self.largestVisibility(node.object, motions) ?? objects.number(node.object, "Visibility")
        ?? 1
      let isShown = objects.integer(node.object, "Show") ?? 1 != 0
      let inherits = objects.integer(node.object, "Visibility Inheritance") ?? 1 != 0
      nodes[index].isHidden =
        visibility == 0 || !isShown || layered.contains(node.object)
        || (inherits && node.parent >= 0 && nodes[node.parent].isHidden)
    }
    hideCoarserLevels(objects)
  }

  /// Returns the largest visibility that takes give a node; nil if they do not animate it.
  private static func largestVisibility(_ object: Int, _ motions: [FBXMotion]) -> Double? {
    motions.flatMap { $0.course(object, "Visibility", usual: .zero).parts }
      .compactMap { $0.node.curves[0]?.keys.map(\.value).max() }.max()
  }

  /// Hides all but the first child of groups of levels of detail, which replace each other.
  private mutating func hideCoarserLevels(_ objects: FBXObjects) {
    let groups = Set(
      nodes.indices.filter {
        !objects.children(of: nodes[$0].object, "NodeAttribute", "LodGroup").isEmpty
      })
    guard !groups.isEmpty else { return }
    var filled: Set<Int> = []
    var isCoarser = [Bool](repeating: false, count: nodes.count)
    for index in nodes.indices where nodes[index].parent >= 0 {
      let parent = nodes[index].parent
      isCoarser[index] =
        isCoarser[parent] || (groups.contains(parent) && !filled.insert(parent).inserted)
      if isCoarser[index] { nodes[index].isHidden = true }
    }
  }
}
