/// Converts the records of FBX 6 to the form of FBX 7.
///
/// FBX 6 identifies objects by names instead of ids, stores meshes in their nodes, and motion in
/// takes beside the objects.
struct FBXOldForm {
  private var objects: [FBXRecord] = []
  private var connections: [FBXRecord] = []
  private var settings: FBXRecord?
  /// The id of each object by name.
  private var ids: [String: Int64] = [:]
  /// The id of the mesh of each node that has one.
  private var meshes: [Int64: Int64] = [:]
  /// The names of the shapes of each mesh.
  private var shapes: [Int64: Set<String>] = [:]
  /// The ids of skins and their bones.
  private var deformers: Set<Int64> = []
  private var lastID: Int64 = 0

  /// Returns the records of a file in the form of FBX 7.
  static func modern(_ records: [FBXRecord]) throws(ForeignModelError) -> [FBXRecord] {
    var form = FBXOldForm()
    for record in records where record.name == "Objects" {
      for object in record.children { form.add(object) }
    }
    form.replacePoseNames()
    for record in records where record.name == "Connections" {
      for link in record.children { form.connect(link) }
    }
    for record in records where record.name == "Takes" {
      for take in record.all("Take") { try form.add(take: take) }
    }
    let rate = records.lazy.compactMap { $0.name == "Version5" ? $0.first("Settings") : nil }
      .compactMap { $0.first("FrameRate") }.first
    let frames = rate.flatMap { $0.number(0) ?? $0.text(0).flatMap { Double($0) } }
    var kept = records.filter { !["Objects", "Connections", "Takes"].contains($0.name) }
    kept.append(form.settings(frameRate: frames))
    kept.append(FBXRecord(name: "Objects", children: form.objects))
    kept.append(FBXRecord(name: "Connections", children: form.connections))
    return kept
  }

  // MARK: Objects

  private mutating func add(_ record: FBXRecord) {
    if record.name == "GlobalSettings" {
      settings = FBXRecord(name: record.name, children: record.children.map(Self.modern))
      return
    }
    guard let name = record.text(0), ids[name] == nil else { return }
    let id = newID()
    ids[name] = id
    var object = FBXRecord(
      name: record.name,
      values: [.integer(id), .text(name), .text(record.text(1) ?? "")],
      children: record.children.map(Self.modern))
    if record.name == "Model", record.first("Vertices") != nil {
      let mesh = newID()
      meshes[id] = mesh
      let names = Set(record.all("Shape").compactMap { $0.text(0) })
      shapes[mesh] = names
      // The mesh takes along its own properties, and the percentages of its shapes.
      let properties = object.first("Properties70")?.children.filter { entry in
        entry.text(0).map(names.contains) ?? false
      }
      let isOfMesh = { (name: String) in
        ["Vertices", "PolygonVertexIndex", "Shape"].contains(name) || name.hasPrefix("Layer")
      }
      objects.append(
        FBXRecord(
          name: "Geometry", values: [.integer(mesh), .text(name), .text("Mesh")],
          children: [FBXRecord(name: "Properties70", children: properties ?? [])]
            + object.children.filter { isOfMesh($0.name) }))
      object.children.removeAll { isOfMesh($0.name) }
      link("OO", mesh, id)
    }
    if record.name == "Deformer" { deformers.insert(id) }
    objects.append(object)
  }

  /// Returns a list of properties with the field that FBX 7 has before the values.
  private static func modern(_ record: FBXRecord) -> FBXRecord {
    guard record.name == "Properties60" else { return record }
    return FBXRecord(
      name: "Properties70",
      children: record.children.map { entry in
        var values = entry.values
        if values.count >= 2 { values.insert(.text(""), at: 2) }
        return FBXRecord(name: "P", values: values)
      })
  }

  private mutating func replacePoseNames() {
    for index in objects.indices where objects[index].name == "Pose" {
      for entry in objects[index].children.indices {
        for part in objects[index].children[entry].children.indices {
          let name = objects[index].children[entry].children[part].text(0)
          guard let id = name.flatMap({ ids[$0] }) else { continue }
          objects[index].children[entry].children[part].values = [.integer(id)]
        }
      }
    }
  }

  private func settings(frameRate: Double?) -> FBXRecord {
    var settings = settings ?? FBXRecord(name: "GlobalSettings")
    var properties = settings.first("Properties70") ?? FBXRecord(name: "Properties70")
    if let frameRate, FBXObjects.entry("TimeMode", settings) == nil {
      for (name, value) in [("TimeMode", 14), ("CustomFrameRate", frameRate)] {
        properties.children.append(
          FBXRecord(
            name: "P", values: [.text(name), .text(""), .text(""), .text(""), .number(value)]))
      }
    }
    settings.children = [properties]
    return settings
  }

  // MARK: Connections

  private mutating func connect(_ record: FBXRecord) {
    guard let kind = record.text(0), let child = record.text(1).flatMap({ ids[$0] }),
      let name = record.text(2)
    else { return }
    let isScene = name == "Model::Scene" || name == "Scene\0\u{1}Model"
    guard var parent = isScene ? 0 : ids[name] else { return }
    // Deformers of a mesh are connected to its node.
    if deformers.contains(child), let mesh = meshes[parent] { parent = mesh }
    link(kind, child, parent, record.text(3))
  }

  private mutating func link(
    _ kind: String, _ child: Int64, _ parent: Int64, _ property: String? = nil
  ) {
    connections.append(
      FBXRecord(
        name: "C",
        values: [.text(kind), .integer(child), .integer(parent)]
          + (property.map { [.text($0)] } ?? [])))
  }

  private mutating func newID() -> Int64 {
    lastID += 1
    return lastID
  }

  private mutating func add(
    _ kind: String, _ name: String, _ children: [FBXRecord] = []
  ) -> Int64 {
    let id = newID()
    objects.append(
      FBXRecord(name: kind, values: [.integer(id), .text(name), .text("")], children: children))
    return id
  }

  // MARK: Takes

  private mutating func add(take: FBXRecord) throws(ForeignModelError) {
    let span = take.first("LocalTime")
    let times = [("LocalStart", span?.integer(0)), ("LocalStop", span?.integer(1))]
    let entries = times.compactMap { name, time in
      time.map {
        FBXRecord(
          name: "P", values: [.text(name), .text(""), .text(""), .text(""), .integer($0)])
      }
    }
    let stack = add(
      "AnimationStack", take.text(0) ?? "", [FBXRecord(name: "Properties70", children: entries)])
    let layer = add("AnimationLayer", "")
    link("OO", layer, stack)
    for moved in take.children {
      guard let object = moved.text(0).flatMap({ ids[$0] }) else { continue }
      for channel in moved.all("Channel") { try add(channel, of: object, layer: layer) }
    }
  }

  private mutating func add(
    _ channel: FBXRecord, of object: Int64, layer: Int64
  ) throws(ForeignModelError) {
    let name = channel.text(0) ?? ""
    if name == "Transform" {
      let properties = ["T": "Lcl Translation", "R": "Lcl Rotation", "S": "Lcl Scaling"]
      for part in channel.all("Channel") {
        guard let property = part.text(0).flatMap({ properties[$0] }) else { continue }
        try drive(object, property, by: part, layer: layer)
      }
    } else if let mesh = meshes[object], shapes[mesh]?.contains(name) == true {
      try drive(mesh, name, by: channel, layer: layer)
    } else {
      try drive(object, name, by: channel, layer: layer)
    }
  }

  private mutating func drive(
    _ object: Int64, _ property: String, by channel: FBXRecord, layer: Int64
  ) throws(ForeignModelError) {
    var curves: [(name: String, records: [FBXRecord])] = []
    var values: [FBXRecord] = []
    let parts = channel.all("Channel")
    for part in parts.isEmpty ? [channel] : parts {
      let axis = "d|" + (parts.isEmpty ? property : part.text(0) ?? "")
      if let value = part.first("Default")?.number(0) {
        values.append(
          FBXRecord(
            name: "P", values: [.text(axis), .text(""), .text(""), .text(""), .number(value)]))
      }
      if let keys = part.first("Key") {
        let version = part.first("KeyVer")?.integer(0) ?? 4005
        var list = FBXOldKeys(keys, version: version)
        let extrapolations = ["Pre-Extrapolation", "Post-Extrapolation"].compactMap {
          part.first($0)
        }
        curves.append((axis, try list.modern() + extrapolations))
      }
    }
    // A channel that only has a constant value moves nothing.
    guard !curves.isEmpty else { return }
    let node = add(
      "AnimationCurveNode", "", [FBXRecord(name: "Properties70", children: values)])
    link("OO", node, layer)
    link("OP", node, object, property)
    for (axis, records) in curves {
      let curve = add("AnimationCurve", "", records)
      link("OP", curve, node, axis)
    }
  }
}
