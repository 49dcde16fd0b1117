internal import PoseRig
internal import SceneFiles

/// The content of an `.mhclo` file, with lengths in meters.
struct ClothesFile {
  private(set) var name: String?
  /// The name of the `.obj`.
  private(set) var object: String?
  /// The name of the `.mhmat`.
  private(set) var material: String?
  /// One row per vertex of the object.
  private(set) var anchors: [Garment.Anchor] = []
  private(set) var scales: [Garment.Scale?] = [nil, nil, nil]
  private(set) var layer = 0
  private(set) var covers: [Bool] = []
  /// Sentences about unsupported requests in the file.
  private(set) var warnings: [String] = []

  /// The section that lines without a key belong to.
  private enum Section { case none, anchors, covered }

  private var section = Section.none
  /// The start of a range that is not complete yet.
  private var rangeStart: Int?
  private var isOpenRange = false
  private var baseMesh: String?
  private var line = 0

  /// The names of base meshes that are equivalent to MakeHuman's current one.
  private static let knownBases = ["hm08", "makehuman1.x", "makehuman"]

  init(_ bytes: [UInt8]) throws(ForeignModelError) {
    guard !bytes.isEmpty else { throw .unknownFormat("the file is empty") }
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
      line += 1
      try read(bytes[start..<end])
      start = end + 1
    }
    if let baseMesh, !Self.knownBases.contains(baseMesh.lowercased()) {
      throw .unsupported(
        "it is made for the base mesh \"\(baseMesh)\"; posemap's human is MakeHuman's \"hm08\"")
    }
    guard !anchors.isEmpty else {
      throw .unknownFormat(
        "it has no vertices after \"verts\"; it is not a MakeHuman .mhclo file, or it is cut off")
    }
  }

  private mutating func read(_ line: ArraySlice<UInt8>) throws(ForeignModelError) {
    let fields = line.split { $0 == UInt8(ascii: " ") || $0 == 9 || $0 == 13 }
    guard let first = fields.first, first.first != UInt8(ascii: "#") else { return }
    if section != .none, Self.beginsNumbers(first) {
      if section == .anchors { try readAnchor(fields) } else { try readCovered(fields) }
      return
    }
    let words = fields.map { String(decoding: $0, as: UTF8.self) }
    try readKey(words, fields)
  }

  private static func beginsNumbers(_ field: ArraySlice<UInt8>) -> Bool {
    guard let byte = field.first else { return false }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
  }

  private mutating func readKey(
    _ words: [String], _ fields: [ArraySlice<UInt8>]
  ) throws(ForeignModelError) {
    let value = words.dropFirst().joined(separator: " ")
    switch words[0] {
    case "verts": section = .anchors
    case "delete_verts":
      section = .covered
      covers = [Bool](repeating: false, count: Garment.baseVertices)
      try readCovered(Array(fields.dropFirst()))
    case "name": name = value.isEmpty ? nil : value
    case "obj_file": object = value.isEmpty ? nil : value
    case "material": material = value.isEmpty ? nil : value
    case "basemesh": baseMesh = value
    case "z_depth": layer = Int(value) ?? 0
    case "x_scale", "y_scale", "z_scale": try readScale(words, isBox: false)
    case "shear_x", "shear_y", "shear_z": try readScale(words, isBox: true)
    case "l_shear_x", "l_shear_y", "l_shear_z", "r_shear_x", "r_shear_y", "r_shear_z",
      "special_pose":
      let sentence = "\"\(words[0])\" is ignored: the garment may sit slightly off"
      if !warnings.contains(sentence) { warnings.append(sentence) }
    default:
      // Other keys of MakeHuman do not affect where the surface is.
      if section == .covered { section = .none }
    }
  }

  /// Reads a measure: a distance along the axis, or the two coordinates between which to measure
  /// it.
  private mutating func readScale(
    _ words: [String], isBox: Bool
  ) throws(ForeignModelError) {
    let axes = ["x": 0, "y": 1, "z": 2]
    let letter = isBox ? String(words[0].suffix(1)) : String(words[0].prefix(1))
    let numbers = words.dropFirst(3).prefix(isBox ? 2 : 1).compactMap(Double.init)
    let length = isBox && numbers.count == 2 ? numbers[1] - numbers[0] : numbers.first ?? 0
    guard let axis = axes[letter], words.count >= (isBox ? 5 : 4),
      let start = Int(words[1]).flatMap(Self.vertex), let end = Int(words[2]).flatMap(Self.vertex),
      length.isFinite, abs(length) > 1e-6
    else { throw fault("\"\(words[0])\" needs two vertices of the base mesh and a length") }
    scales[axis] = Garment.Scale(start: start, end: end, length: Float(abs(length) * 0.1))
  }

  private mutating func readAnchor(_ fields: [ArraySlice<UInt8>]) throws(ForeignModelError) {
    guard anchors.count < GarmentReader.maximumVertices else {
      throw .overLimit(
        "it has more than \(GarmentReader.maximumVertices) vertices, which is more than posemap accepts"
      )
    }
    let vertices = fields.prefix(3).compactMap { TextScanner.index($0).flatMap(Self.vertex) }
    if fields.count == 1, let vertex = vertices.first {
      anchors.append(Garment.Anchor(on: vertex))
      return
    }
    let numbers = fields.dropFirst(3).prefix(6).compactMap(TextScanner.number)
    guard vertices.count == 3 else {
      throw fault(
        "a row names a vertex that the base mesh does not have (0 to \(Garment.baseVertices - 1))")
    }
    guard numbers.count == min(6, fields.count - 3), numbers.count == 3 || numbers.count == 6,
      numbers.allSatisfy({ abs($0) < 1000 })
    else { throw fault("a row is neither a vertex nor three vertices with weights and an offset") }
    let offset = numbers.count == 6 ? numbers[3...].map { Float($0 * 0.1) } : [0, 0, 0]
    anchors.append(
      Garment.Anchor(
        vertices: SIMD3(vertices), weights: SIMD3(numbers.prefix(3).map { Float($0) }),
        offset: SIMD3(offset)))
  }

  private mutating func readCovered(_ fields: [ArraySlice<UInt8>]) throws(ForeignModelError) {
    for field in fields {
      if field.elementsEqual([UInt8(ascii: "-")]) {
        isOpenRange = rangeStart != nil
        continue
      }
      guard let vertex = TextScanner.index(field), Self.vertex(vertex) != nil else {
        throw fault("\"delete_verts\" names a vertex that the base mesh does not have")
      }
      let start = isOpenRange ? rangeStart ?? vertex : vertex
      for covered in min(start, vertex)...max(start, vertex) { covers[covered] = true }
      isOpenRange = false
      rangeStart = vertex
    }
  }

  private static func vertex(_ number: Int) -> UInt16? {
    (0..<Garment.baseVertices).contains(number) ? UInt16(number) : nil
  }

  private func fault(_ what: String) -> ForeignModelError { .damaged("line \(line): \(what)") }
}
