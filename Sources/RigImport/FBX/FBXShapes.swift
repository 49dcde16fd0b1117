internal import PoseRig

/// The shapes that can be blended into a mesh, and the percentages that control them.
struct FBXShapes {
  /// A percentage that controls one shape, or several in sequence.
  struct Channel {
    /// The index of the object with the percentage.
    var object: Int
    /// The name of the property with the percentage.
    var property = "DeformPercent"
    /// The percentage in the file.
    var percent: Double
    /// The percentages at which each of its shapes has its full effect, in ascending order.
    var full: [Double]
    /// The index of its first shape in ``FBXShapes/shapes``.
    var first: Int

    /// Returns the weight of each of its shapes at a percentage.
    ///
    /// At 0 the mesh has its own shape; between two shapes both are blended, and beyond the last it
    /// continues to grow.
    func weights(_ percent: Double) -> [Double] {
      var weights = [Double](repeating: 0, count: full.count)
      // Of the shapes on that side of 0, the first that has not been passed, otherwise the last.
      let isAbove = percent > 0
      let side = full.indices.filter { isAbove ? full[$0] > 0 : full[$0] < 0 }
      let outward = isAbove ? side : side.reversed()
      // If there is no shape on that side, the nearest on the other side is applied negatively.
      guard let end = outward.last ?? full.indices.min(by: { abs(full[$0]) < abs(full[$1]) })
      else { return weights }
      let next = outward.first { abs(percent) <= abs(full[$0]) } ?? end
      let order = outward.firstIndex(of: next) ?? 0
      let before = order > 0 ? outward[order - 1] : nil
      let start = before.map { full[$0] } ?? 0
      guard abs(full[next] - start) > 1e-9 else { return weights }
      weights[next] = (percent - start) / (full[next] - start)
      if let before { weights[before] = 1 - weights[next] }
      return weights
    }
  }

  /// A shape: points, and the displacement of each.
  struct Shape {
    var name: String
    var points: [Int]
    var moves: [SIMD3<Double>]
    /// The changes of normals, as many as points; or empty.
    var turns: [SIMD3<Double>]

    /// Scales each displacement by a percentage.
    mutating func weigh(_ percents: [Double]) {
      guard percents.count == moves.count else { return }
      for (slot, percent) in percents.enumerated() where percent.isFinite {
        moves[slot] *= percent / 100
        if slot < turns.count { turns[slot] *= percent / 100 }
      }
    }
  }

  private(set) var channels: [Channel] = []
  private(set) var shapes: [Shape] = []

  /// Reads the shapes of a mesh.
  init(of geometry: Int, _ objects: FBXObjects) throws(ForeignModelError) {
    for deformer in objects.children(of: geometry, "Deformer", "BlendShape") {
      for channel in objects.children(of: deformer, "Deformer", "BlendShapeChannel") {
        try read(channel, objects)
      }
    }
    // FBX 7.1 stores shapes in the mesh, and their percentages in its properties.
    for record in objects.objects[geometry].record.all("Shape") {
      guard let name = record.text(0) else { continue }
      let percent = objects.number(geometry, name) ?? 0
      channels.append(
        Channel(
          object: geometry, property: name, percent: percent.isFinite ? percent : 0, full: [100],
          first: shapes.count))
      shapes.append(try shape(record, name, objects.file))
    }
  }

  private mutating func read(_ index: Int, _ objects: FBXObjects) throws(ForeignModelError) {
    let record = objects.objects[index].record
    var shapes: [(full: Double, shape: Shape)] = []
    let full = try objects.file.numbers(record.first("FullWeights"))
    for (slot, object) in objects.children(of: index, "Geometry", "Shape").enumerated() {
      let percent = slot < full.count && full[slot].isFinite ? full[slot] : 100
      let found = objects.objects[object]
      shapes.append((percent, try shape(found.record, found.name, objects.file)))
    }
    guard !shapes.isEmpty else { return }
    if shapes.count == 1 {
      shapes[0].shape.name = objects.objects[index].name
      // Blender writes a number per point here: its share of the shape.
      if full.count > 1 {
        shapes[0].full = 100
        shapes[0].shape.weigh(full)
      }
    } else {
      shapes.sort { $0.full < $1.full }
    }
    let percent =
      objects.number(index, "DeformPercent") ?? record.first("DeformPercent")?.number(0) ?? 0
    channels.append(
      Channel(
        object: index, percent: percent.isFinite ? percent : 0, full: shapes.map(\.full),
        first: self.shapes.count))
    self.shapes += shapes.map(\.shape)
  }

  private func shape(
    _ record: FBXRecord, _ name: String, _ file: FBXFile
  ) throws(ForeignModelError) -> Shape {
    func vectors(_ name: String) throws(ForeignModelError) -> [SIMD3<Double>] {
      let numbers = try file.numbers(record.first(name))
      return (0..<(numbers.count / 3)).map {
        SIMD3(numbers[3 * $0], numbers[3 * $0 + 1], numbers[3 * $0 + 2])
      }
    }
    let moves = try vectors("Vertices")
    let turns = try vectors("Normals")
    let points =
      record.first("Indexes") == nil
      ? Array(moves.indices) : try file.integers(record.first("Indexes"))
    return Shape(
      name: name, points: points, moves: moves, turns: turns.count == moves.count ? turns : [])
  }

  /// The weight of each shape in the file.
  var defaults: [Float] {
    var weights = [Float](repeating: 0, count: shapes.count)
    for channel in channels {
      for (slot, weight) in channel.weights(channel.percent).enumerated() {
        weights[channel.first + slot] = Float(weight)
      }
    }
    return weights
  }
}
