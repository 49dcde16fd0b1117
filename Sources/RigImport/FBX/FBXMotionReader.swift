#if canImport(Glibc)
  internal import Glibc
#endif

extension FBXMotion {
  /// The largest number of keys in all curves together.
  private static let maximumKeys = 1 << 25

  /// Returns the takes of a file.
  static func all(
    _ objects: FBXObjects, ticksPerSecond: Double
  ) throws(ForeignModelError) -> [FBXMotion] {
    var motions: [FBXMotion] = []
    var keys = 0
    for stack in objects.all("AnimationStack") {
      var motion = FBXMotion(name: objects.objects[stack].name, layers: [])
      func time(_ name: String) -> Double? {
        objects.property(stack, name).flatMap { $0.integer(4) }.map { Double($0) / ticksPerSecond }
      }
      let span = (time("LocalStart"), time("LocalStop"))
      // Programs that do not know the range write 0 for both.
      if let start = span.0 ?? (span.1 == nil ? nil : 0), let end = span.1, end > start {
        (motion.start, motion.end) = (start, end)
      }
      for layer in objects.children(of: stack, "AnimationLayer") {
        motion.layers.append(
          try self.layer(layer, of: objects, ticksPerSecond: ticksPerSecond, keys: &keys))
      }
      motions.append(motion)
    }
    return motions
  }

  private static func layer(
    _ index: Int, of objects: FBXObjects, ticksPerSecond: Double, keys: inout Int
  ) throws(ForeignModelError) -> Layer {
    let share = (objects.number(index, "Weight") ?? 100) / 100
    var layer = Layer(
      object: index,
      mode: Layer.Mode(rawValue: objects.integer(index, "BlendMode") ?? 0) ?? .replace,
      weight: share.isFinite ? min(max(share, 0), 1) : 1,
      turnsAsWhole: objects.integer(index, "RotationAccumulationMode") ?? 0 == 0,
      multipliesScale: objects.integer(index, "ScaleAccumulationMode") ?? 0 == 0)
    // A muted layer has no effect.
    guard objects.integer(index, "Mute") ?? 0 == 0 else { return layer }
    for node in objects.children(of: index, "AnimationCurveNode") {
      let targets = objects.parents[node].compactMap { link in
        link.property.flatMap { link.object < 0 ? nil : Target(object: link.object, property: $0) }
      }
      guard targets.contains(where: { layer.nodes[$0] == nil }) else { continue }
      let curves = try self.node(node, of: objects, ticksPerSecond: ticksPerSecond, keys: &keys)
      for target in targets where layer.nodes[target] == nil { layer.nodes[target] = curves }
    }
    return layer
  }

  private static func node(
    _ index: Int, of objects: FBXObjects, ticksPerSecond: Double, keys: inout Int
  ) throws(ForeignModelError) -> Node {
    var node = Node()
    for (slot, name) in ["d|X", "d|Y", "d|Z"].enumerated() {
      node.values[slot] = objects.number(index, name).flatMap { $0.isFinite ? $0 : nil }
    }
    for link in objects.children[index] where objects.objects[link.object].kind == "AnimationCurve"
    {
      // Properties with a single value, such as DeformPercent, use their name as the channel's
      // name.
      let slot =
        switch link.property {
        case "d|Y": 1
        case "d|Z": 2
        default: 0
        }
      guard node.curves[slot] == nil else { continue }
      let record = objects.objects[link.object].record
      let tangents = try FBXTangents(record, of: objects.file, ticksPerSecond: ticksPerSecond)
      node.curves[slot] = FBXCurve(keys: tangents.keys)
      node.curves[slot]?.before = FBXExtrapolation(record.first("Pre-Extrapolation"))
      node.curves[slot]?.after = FBXExtrapolation(record.first("Post-Extrapolation"))
      keys += node.curves[slot]?.keys.count ?? 0
      guard keys <= maximumKeys else {
        throw .overLimit("its motion has more than thirty million keys")
      }
    }
    return node
  }
}

extension FBXExtrapolation {
  /// Reads a curve's extrapolation; it holds its value if the file does not specify any.
  fileprivate init(_ record: FBXRecord?) {
    self = .hold
    guard let type = record?.first("Type") else { return }
    let letter = type.text(0)?.utf8.first.map { Int64($0) } ?? type.integer(0) ?? 0
    switch UInt8(truncatingIfNeeded: letter) {
    case UInt8(ascii: "K"): mode = .slope
    case UInt8(ascii: "R"): mode = .again
    case UInt8(ascii: "M"): mode = .mirrored
    case UInt8(ascii: "A"): mode = .onward
    default: break
    }
    let times = record?.first("Repetition")?.integer(0) ?? -1
    count = times < 0 ? nil : Int(clamping: times)
  }
}

extension Double {
  /// Returns the number raised to a power, with its sign kept.
  func power(_ exponent: Double) -> Double {
    if exponent <= 0 { return 1 }
    if exponent >= 1 { return self }
    return self < 0 ? -pow(-self, exponent) : pow(self, exponent)
  }
}
