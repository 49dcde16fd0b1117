internal import PoseRig

/// The shapes that can be mixed into a mesh, and how a channel's percentage mixes them.
struct FBXShapes {
  /// One percentage that moves through one shape, or through several one after the other.
  struct Channel {
    /// The index of the object that has the percentage.
    var object: Int
    /// The property that is the percentage.
    var property = "DeformPercent"
    /// The percentage as the file stands.
    var percent: Double
    /// The percentages at which each of its shapes is there in full, rising.
    var full: [Double]
    /// The index of its first shape in ``FBXShapes/shapes``.
    var first: Int

    /// Returns the share of each of its shapes at a percentage.
    ///
    /// The mesh itself stands at 0; between two of them both are mixed, and beyond the last it goes
    /// on growing.
    func weights(_ percent: Double) -> [Double] {
      var weights = [Double](repeating: 0, count: full.count)
      // Of those on the same side of 0, the first that is not yet passed, else the last.
      let isAbove = percent > 0
      let side = full.indices.filter { isAbove ? full[$0] > 0 : full[$0] < 0 }
      let outwards = isAbove ? side : side.reversed()
      // With no shape on that side, the nearest on the other is taken back.
      guard let end = outwards.last ?? full.indices.min(by: { abs(full[$0]) < abs(full[$1]) })
      else { return weights }
      let next = outwards.first { abs(percent) <= abs(full[$0]) } ?? end
      let order = outwards.firstIndex(of: next) ?? 0
      let before = order > 0 ? outwards[order - 1] : nil
      let start = before.map { full[$0] } ?? 0
      guard abs(full[next] - start) > 1e-9 else { return weights }
      weights[next] = (percent - start) / (full[next] - start)
      if let before { weights[before] = 1 - weights[next] }
      return weights
    }
  }

  /// A shape: points, and how far each is moved.
  struct Shape {
    var name: String
    var points: [Int]
    var moves: [SIMD3<Double>]
    /// The changes of normals, as many as points; or empty.
    var turns: [SIMD3<Double>]

    /// Makes each move a percentage of its own length.
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
    // FBX 7.1 keeps shapes in the mesh, and their percentages among its properties.
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
      // Blender has a number for each point here: its share of the shape.
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

  /// The share of each shape as the file stands.
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
