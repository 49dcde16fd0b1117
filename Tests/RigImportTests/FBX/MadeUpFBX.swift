import PoseRig
import TestSupport

@testable import RigImport

/// An FBX scene that a test assembles: objects, connections, settings.
struct MadeUpFBX {
  /// The settings of the whole file, by name.
  var settings: [String: Double] = ["UnitScaleFactor": 100]
  /// The objects.
  var objects: [FBXTestRecord] = []
  /// The connections.
  var connections: [FBXTestRecord] = []
  private var lastID: Int64 = 1000

  /// The number of ticks per second.
  static let second: Int64 = 46_186_158_000

  // MARK: Objects

  /// Adds an object and returns its id.
  @discardableResult mutating func add(
    _ kind: String, _ name: String, _ subkind: String, properties: [String: [Double]] = [:],
    _ children: [FBXTestRecord] = []
  ) -> Int64 {
    lastID += 1
    let entries = properties.sorted { $0.key < $1.key }.map { name, values in
      FBXTestRecord(
        "P",
        [.text(name), .text(name), .text(""), .text("A")]
          + values.map { $0 == $0.rounded() ? .integer(Int64($0)) : .number($0) })
    }
    let own = entries.isEmpty ? [] : [FBXTestRecord("Properties70", [], entries)]
    objects.append(
      FBXTestRecord(
        kind, [.integer(lastID), .text("\(kind)::\(name)"), .text(subkind)], own + children))
    return lastID
  }

  /// Connects a child to a parent, or to one of its properties.
  mutating func connect(_ child: Int64, to parent: Int64, _ property: String? = nil) {
    connections.append(
      FBXTestRecord(
        "C",
        [.text(property == nil ? "OO" : "OP"), .integer(child), .integer(parent)]
          + (property.map { [.text($0)] } ?? [])))
  }

  /// Adds a node; 0 is the root of the scene.
  @discardableResult mutating func node(
    _ name: String, below parent: Int64 = 0, kind: String = "LimbNode",
    _ properties: [String: [Double]] = [:]
  ) -> Int64 {
    let id = add("Model", name, kind, properties: properties)
    connect(id, to: parent)
    return id
  }

  // MARK: Surfaces

  /// Adds a mesh of polygons to a node.
  @discardableResult mutating func mesh(
    at node: Int64, points: [Vector3], polygons: [[Int32]], _ layers: [FBXTestRecord] = []
  ) -> Int64 {
    let ends = polygons.flatMap { polygon in
      polygon.enumerated().map { $0 == polygon.count - 1 ? ~$1 : $1 }
    }
    let id = add(
      "Geometry", "", "Mesh",
      [
        FBXTestRecord("Vertices", [.doubles(points.flatMap { [$0.x, $0.y, $0.z] })]),
        FBXTestRecord("PolygonVertexIndex", [.integers(ends)]),
      ] + layers)
    connect(id, to: node)
    return id
  }

  /// Adds a skin to a mesh; each bone has points with weights, the transform from the mesh to it,
  /// and its matrix, at binding time.
  mutating func skin(
    _ geometry: Int64,
    _ clusters: [(bone: Int64, points: [Int32], weights: [Double], way: Matrix4, bound: Matrix4)]
  ) {
    let skin = add("Deformer", "", "Skin")
    connect(skin, to: geometry)
    for cluster in clusters {
      let id = add(
        "Deformer", "", "Cluster",
        [
          FBXTestRecord("Indexes", [.integers(cluster.points)]),
          FBXTestRecord("Weights", [.doubles(cluster.weights)]),
          FBXTestRecord("Transform", [.doubles(cluster.way.numbers)]),
          FBXTestRecord("TransformLink", [.doubles(cluster.bound.numbers)]),
        ])
      connect(id, to: skin)
      connect(cluster.bone, to: id)
    }
  }

  // MARK: Motion

  /// A key of a curve.
  struct Key {
    var time: Double
    var value: Double
    var flags: Int32 = 0x4
    /// The slope to the right, that of the next key from the left, and two numbers as their bits.
    var attributes: [Float] = [0, 0, 0, 0]
  }

  /// Adds a take with one layer, and returns the layer.
  mutating func take(_ name: String = "Take", span: (Double, Double)? = nil) -> Int64 {
    var properties: [String: [Double]] = [:]
    if let span {
      properties["LocalStart"] = [(span.0 * Double(Self.second)).rounded()]
      properties["LocalStop"] = [(span.1 * Double(Self.second)).rounded()]
    }
    let stack = add("AnimationStack", name, "", properties: properties)
    return layer(of: stack)
  }

  /// Adds a layer to a take.
  mutating func layer(of stack: Int64, _ properties: [String: [Double]] = [:]) -> Int64 {
    let layer = add("AnimationLayer", "Base", "", properties: properties)
    connect(layer, to: stack)
    return layer
  }

  /// Returns the take of a layer.
  func stack(of layer: Int64) -> Int64 {
    for link in connections {
      if case .integer(layer)? = link.values.dropFirst().first,
        case .integer(let stack)? = link.values.last
      {
        return stack
      }
    }
    return 0
  }

  /// Adds curves that drive a property; nil for a constant number.
  mutating func drive(
    _ object: Int64, _ property: String, in layer: Int64, _ curves: [[Key]?],
    channels: [String] = ["d|X", "d|Y", "d|Z"]
  ) {
    let node = add("AnimationCurveNode", property, "")
    connect(node, to: layer)
    connect(node, to: object, property)
    for (keys, channel) in zip(curves, channels) {
      guard let keys else { continue }
      let curve = add(
        "AnimationCurve", "", "",
        [
          FBXTestRecord(
            "KeyTime", [.longs(keys.map { Int64(($0.time * Double(Self.second)).rounded()) })]),
          FBXTestRecord("KeyValueFloat", [.floats(keys.map { Float($0.value) })]),
          FBXTestRecord("KeyAttrFlags", [.integers(keys.map(\.flags))]),
          FBXTestRecord("KeyAttrDataFloat", [.floats(keys.flatMap(\.attributes))]),
          FBXTestRecord("KeyAttrRefCount", [.integers(keys.map { _ in 1 })]),
        ])
      connect(curve, to: node, channel)
    }
  }

  // MARK: Files

  /// The records of the whole file.
  func records(version: Int = 7400) -> [FBXTestRecord] {
    let header = FBXTestRecord(
      "FBXHeaderExtension", [], [FBXTestRecord("FBXVersion", [.integer(Int64(version))])])
    let entries = settings.sorted { $0.key < $1.key }.map { name, value in
      FBXTestRecord(
        "P", [.text(name), .text(""), .text(""), .text("")] + [.number(value)])
    }
    let settings = FBXTestRecord(
      "GlobalSettings", [], [FBXTestRecord("Properties70", [], entries)])
    return [
      header, settings, FBXTestRecord("Objects", [], objects),
      FBXTestRecord("Connections", [], connections),
    ]
  }

  /// The file as text.
  var text: [UInt8] { FBXTestFile.text(records()) }

  /// Returns the model that the reader makes of the file's binary form.
  func read() throws -> ForeignModel {
    try ModelReader.read(FBXTestFile.binary(records()), path: "made-up.fbx")
  }
}

extension Matrix4 {
  /// The sixteen numbers, column by column.
  var numbers: [Double] {
    let c = columns
    return [c.0, c.1, c.2, c.3].flatMap { [$0.x, $0.y, $0.z, $0.w] }
  }
}

extension ForeignModel {
  /// Returns the matrix of the first node with a name, at a moment of the first clip or as the file
  /// stands.
  func world(_ name: String, at time: Double? = nil) throws -> Matrix4 {
    struct Missing: Error {}
    guard let node = nodes.firstIndex(where: { $0.name == name }) else { throw Missing() }
    guard let time else { return NodePose(self).worldFromNode[node] }
    guard let clip = clips.first else { throw Missing() }
    return NodePose(self, clip: clip, time: time).worldFromNode[node]
  }

  /// Returns the vertices of a mesh in world coordinates, deformed by its skin and shapes.
  func vertices(of mesh: Int, at time: Double? = nil) -> [Vector3] {
    let pose =
      time.flatMap { time in clips.first.map { NodePose(self, clip: $0, time: time) } }
      ?? NodePose(self)
    let mesh = meshes[mesh]
    let shares = pose.morphWeights[mesh.node] ?? mesh.morphWeights
    return mesh.positions.indices.map { vertex in
      var point = Vector3(mesh.positions[vertex])
      for (morph, share) in zip(mesh.morphs, shares) {
        point += Vector3(morph.positions[vertex]) * Double(share)
      }
      guard let skin = mesh.skin.map({ skins[$0] }) else {
        return pose.worldFromNode[mesh.node].apply(point)
      }
      var sum = Vector3.zero
      let width = mesh.influencesPerVertex
      for slot in (vertex * width)..<((vertex + 1) * width) {
        let joint = Int(mesh.joints[slot])
        let moved = pose.worldFromNode[skin.joints[joint]] * skin.inverseBinds[joint]
        sum += moved.apply(point) * Double(mesh.weights[slot])
      }
      return sum
    }
  }
}

/// Returns the largest difference between two matrices' numbers.
func difference(_ a: Matrix4, _ b: Matrix4) -> Double {
  zip(a.numbers, b.numbers).map { abs($0 - $1) }.max() ?? 0
}
