internal import PoseRig

/// Reads the shape of a prop, or of a part of one, with its sizes.
struct ShapeReader {
  /// The shapes' names and keys, besides those of all shapes; the optional ones can be omitted.
  private static let shapes: [(name: String, keys: [String], optional: [String])] = [
    ("box", ["size"], ["round"]), ("cylinder", ["radius", "height"], []), ("plane", ["size"], []),
    ("sphere", ["radius"], ["size"]), ("cone", ["radius", "height"], ["topRadius"]),
    ("capsule", ["radius", "height"], []), ("torus", ["radius", "thickness"], []),
    ("wedge", ["size"], []), ("arch", ["size", "thickness"], []),
    ("lathe", ["profile"], ["depth", "smooth"]), ("prism", ["outline", "depth"], ["smooth"]),
    ("tube", ["radius", "path"], ["endRadius", "smooth"]),
  ]
  /// The names of the shapes.
  static let names = shapes.map(\.name)
  /// The keys that only library props and files have.
  private static let thingKeys = ["scale"]
  /// The keys that specify sizes.
  static let sizeKeys = [
    "size", "round", "radius", "topRadius", "endRadius", "thickness", "height", "depth", "profile",
    "outline", "path", "smooth", "scale",
  ]
  /// All keys of shapes, props and parts, in the order in which they are written.
  static let keysInOrder =
    ["shape", "model", "class"] + sizeKeys
    + ["from", "to", "position", "direction", "axis", "rotation", "mirror"]

  private static let lengths = 0.001...1000.0
  private static let coordinates = -1000.0...1000.0
  /// The maximum number of points of a line.
  private static let mostPoints = 200

  let reader: ObjectReader
  let name: String

  /// Finds a shape by name; nil for an unknown name.
  init?(_ reader: ObjectReader, named name: String) {
    guard Self.names.contains(name) else { return nil }
    self.reader = reader
    self.name = name
  }

  /// Returns the size keys that a shape or file requires, and all that are allowed.
  static func keys(of name: String) -> (needed: [String], allowed: [String]) {
    guard let shape = shapes.first(where: { $0.name == name }) else { return ([], thingKeys) }
    return (shape.keys, shape.keys + shape.optional)
  }

  /// Reports size keys that do not belong to a shape or file.
  static func refuseOtherKeys(_ reader: ObjectReader, of name: String) {
    let allowed = keys(of: name).allowed
    for key in sizeKeys where reader.has(key) && !allowed.contains(key) {
      reader.error(
        .misplacedKey, key,
        "a \(name) has no \"\(key)\"; it has \(allowed.joined(separator: " and "))")
    }
  }

  /// Returns the shape; nil after reporting errors.
  ///
  /// - Parameter length: the height of a shape between two points.
  func shape(length: Double? = nil) -> Prop.Shape? {
    Self.refuseOtherKeys(reader, of: name)
    switch name {
    case "box": return box()
    case "plane":
      return numbers("size", ["width", "depth"]).map { .plane(width: $0[0], depth: $0[1]) }
    case "sphere": return sphere()
    case "wedge": return size().map { .wedge(size: $0) }
    case "arch": return arch()
    case "torus": return torus()
    case "lathe": return lathe()
    case "prism":
      let (outline, depth) = (outline("outline", lowest: -1000), self.length("depth"))
      guard let outline, let depth else { return nil }
      return .prism(outline: outline, depth: depth)
    case "tube": return tube()
    default: return upright(length)
    }
  }

  // MARK: Shapes

  private func box() -> Prop.Shape? {
    guard let size = size() else { return nil }
    guard let rounding = reader.number("round", in: Self.lengths, "meters") else {
      return .box(size: size)
    }
    guard rounding * 2 < min(size.x, size.y, size.z) else {
      reader.error(
        .invalidValue, "round",
        "\"round\" is the radius of the edges; it must be less than half of each side")
      return nil
    }
    return .roundedBox(size: size, rounding: rounding)
  }

  private func sphere() -> Prop.Shape? {
    if reader.has("size") {
      if reader.has("radius") {
        reader.error(
          .conflict, "size", "a sphere has a \"radius\" or a \"size\", not both; remove one")
      }
      return size().map { .sphere(size: $0) }
    }
    return length("radius").map { .sphere(size: Vector3(repeating: $0 * 2)) }
  }

  private func arch() -> Prop.Shape? {
    let (size, thickness) = (size(), length("thickness"))
    guard let size, let thickness else { return nil }
    guard thickness * 2 < size.x else {
      reader.error(
        .invalidValue, "thickness",
        "an arch's \"thickness\" must be less than half of its width, so that there is an opening")
      return nil
    }
    guard size.y >= size.x / 2 else {
      reader.error(
        .invalidValue, "size",
        "an arch's top is a half circle: its height must be at least half its width"
      )
      return nil
    }
    return .arch(size: size, thickness: thickness)
  }

  private func torus() -> Prop.Shape? {
    let (radius, thickness) = (length("radius"), length("thickness"))
    guard let radius, let thickness else { return nil }
    guard thickness < radius else {
      reader.error(
        .invalidValue, "thickness",
        "a torus' \"thickness\" must be less than its \"radius\", which is the outer one, so that there is a hole"
      )
      return nil
    }
    return .torus(radius: radius, thickness: thickness)
  }

  /// Returns a cylinder, cone or capsule.
  private func upright(_ length: Double?) -> Prop.Shape? {
    let radius = self.length("radius")
    let height = length ?? self.length("height")
    let top = reader.number("topRadius", in: 0...1000, "meters")
    guard let radius, let height else { return nil }
    switch name {
    case "cone": return .cone(radius: radius, topRadius: top ?? 0, height: height)
    case "capsule":
      guard height >= radius * 2 else {
        reader.error(
          .invalidValue, length == nil ? "height" : "radius",
          "a capsule's ends are half spheres: its height must be at least its width")
        return nil
      }
      return .capsule(radius: radius, height: height)
    default: return .cylinder(radius: radius, height: height)
    }
  }

  private func lathe() -> Prop.Shape? {
    let line = points("profile", ["radius", "y"], from: 0, least: 2)
    guard let line, let first = line.first, let last = line.last else { return nil }
    let curve = smooth(line, closed: false).map { SIMD2(max($0.x, 0), $0.y) }
    // A profile that ends off the axis is closed with flat faces, or with itself as a ring.
    let isRing = first.x > 0 && last.x > 0 && first.y == last.y
    let below = isRing || first.x == 0 ? [] : [SIMD2(0, first.y)]
    let above = isRing || last.x == 0 ? [] : [SIMD2(0, last.y)]
    guard let profile = outline(below + curve + above, "profile") else { return nil }
    guard let depth = reader.number("depth", in: Self.lengths, "meters") else {
      return .lathe(profile: profile)
    }
    let width = profile.high.x * 2
    guard depth <= width else {
      reader.error(
        .invalidValue, "depth",
        "\"depth\" makes a lathe flat: it is at most the width, twice the largest radius")
      return nil
    }
    return .lathe(profile: profile, flatness: depth / width)
  }

  private func tube() -> Prop.Shape? {
    let (radius, end) = (length("radius"), reader.number("endRadius", in: Self.lengths, "meters"))
    let line = points("path", ["x", "y", "z"], least: 2)
    guard let radius, let line else { return nil }
    let curve = smooth(line, closed: false)
    let path = curve.indices.filter { $0 == 0 || curve[$0] != curve[$0 - 1] }.map { curve[$0] }
    guard path.count >= 2 else {
      reader.error(.invalidValue, "path", "\"path\" has no length: its points are all the same")
      return nil
    }
    return .tube(TubePath(path.map { Vector3($0.x, $0.y, $0.z) }, radius: radius, endRadius: end))
  }

  // MARK: Values

  private func length(_ key: String) -> Double? {
    if !reader.has(key) { miss(key, "\"\(key)\" in meters") }
    return reader.number(key, in: Self.lengths, "meters")
  }

  private func size() -> Vector3? {
    numbers("size", ["width", "height", "depth"]).map { Vector3($0[0], $0[1], $0[2]) }
  }

  private func numbers(_ key: String, _ names: [String]) -> [Double]? {
    if !reader.has(key) { miss(key, "\"\(key)\": [\(names.joined(separator: ", "))] in meters") }
    return reader.numbers(key, named: names, in: Self.lengths, "meters")
  }

  private func miss(_ key: String, _ what: String) {
    let article = "aeiou".contains(name.prefix(1)) ? "an" : "a"
    reader.error(.missingKey, key, "\(article) \(name) needs \(what)")
  }

  /// Returns a list of points with two or three coordinates.
  private func points(
    _ key: String, _ names: [String], from lowest: Double = -1000, least: Int
  ) -> [SIMD3<Double>]? {
    let form = "[\(names.joined(separator: ", "))]"
    guard let node = reader.node(key) else {
      miss(key, "\"\(key)\": [\(form), …] in meters")
      return nil
    }
    guard case .array(let items) = node.value, (least...Self.mostPoints).contains(items.count)
    else {
      reader.error(
        .wrongType, key,
        "\"\(key)\" must be a list of \(least) to \(Self.mostPoints) points \(form)")
      return nil
    }
    var points: [SIMD3<Double>] = []
    for item in items {
      let values = reader.numbers(
        item, "a point of \"\(key)\"", named: names, in: Self.coordinates, "meters")
      guard let values else { return nil }
      guard values[0] >= lowest else {
        reader.log.error(
          .outOfRange, reader.file, item.location,
          "a \(names[0]) of \"\(key)\" is \(plain(values[0])); it must be \(plain(lowest)) or more")
        return nil
      }
      points.append(SIMD3(values[0], values[1], names.count > 2 ? values[2] : 0))
    }
    return points
  }

  private func outline(_ key: String, lowest: Double) -> Outline? {
    let corners = points(key, ["x", "y"], from: lowest, least: 3)
    return corners.flatMap { outline(smooth($0, closed: true), key) }
  }

  /// Returns a curve through points if one is requested, otherwise the points.
  private func smooth(_ points: [SIMD3<Double>], closed: Bool) -> [SIMD3<Double>] {
    guard reader.boolean("smooth") == true else { return points }
    return SmoothLine.through(points, closed: closed)
  }

  /// Returns an outline through corners, without duplicate corners.
  private func outline(_ corners: [SIMD3<Double>], _ key: String) -> Outline? {
    outline(corners.map { SIMD2($0.x, $0.y) }, key)
  }

  private func outline(_ corners: [SIMD2<Double>], _ key: String) -> Outline? {
    let single = corners.indices.filter {
      corners[$0] != corners[($0 + corners.count - 1) % corners.count]
    }.map { corners[$0] }
    guard single.count >= 3 else {
      reader.error(.invalidValue, key, "\"\(key)\" encloses nothing")
      return nil
    }
    let outline = Outline(single)
    if outline.crossesItself {
      reader.error(.invalidValue, key, "\"\(key)\" crosses or touches itself")
      return nil
    }
    return outline
  }
}
