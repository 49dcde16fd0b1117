internal import PoseRig

/// Reads FBX 7, binary and text, by its own structure.
///
/// libassimp 5.2 passes on scales that a node ignores, loses the motion of joints with pivots,
/// drops geometric transforms of skins, and matches bones by name, so FBX is not read through it
/// (`docs/models.md`).
struct FBXReader {
  let objects: FBXObjects
  let settings: FBXSettings
  let motions: [FBXMotion]
  var skeleton: FBXSkeleton
  var model = ForeignModel(format: .fbx)
  /// The surfaces with shapes, by the model's node that shows them.
  var shapes: [(node: Int, shapes: FBXShapes)] = []

  /// Reads a model from a file's bytes. Separate pictures are looked up relative to `path`.
  static func read(_ bytes: [UInt8], path: String) throws(ForeignModelError) -> ForeignModel {
    let file = try FBXFile(bytes)
    let objects = FBXObjects(file)
    guard objects.objects.contains(where: { $0.kind == "Model" }) else {
      throw .damaged("the FBX file contains no nodes; export the character or its motion with it")
    }
    let settings = FBXSettings(file)
    let motions = try FBXMotion.all(objects, ticksPerSecond: settings.ticksPerSecond)
    var reader = FBXReader(
      objects: objects, settings: settings, motions: motions,
      skeleton: try FBXSkeleton(objects, motions))
    try reader.read(path: path)
    return reader.model
  }

  private mutating func read(path: String) throws(ForeignModelError) {
    let header = objects.file.first("FBXHeaderExtension")
    model.generator =
      objects.file.first("Creator")?.text(0) ?? header?.first("Creator")?.text(0) ?? ""
    model.nodes.append(.init(name: "RootNode", parent: -1, local: settings.root))
    skeleton.addNodes(to: &model, objects)
    skeleton.findHidden(objects, motions)
    try readMeshes(path: path)
    readBindPose()
    try readClips()
    noteOmissions()
  }

  // MARK: Bind pose

  /// Reads the bind positions of joints that no skin binds, as a skin without a surface.
  private mutating func readBindPose() {
    let bound = Set(model.skins.flatMap(\.joints))
    var joints: [Int] = []
    var binds: [Matrix4] = []
    var found: Set<Int> = []
    for pose in objects.all("Pose", "BindPose") {
      for entry in objects.objects[pose].record.all("PoseNode") {
        guard let id = entry.first("Node")?.integer(0), let object = objects.object(id: id),
          let index = skeleton.indices[object], objects.objects[object].subkind != "Mesh",
          let numbers = try? objects.file.numbers(entry.first("Matrix")),
          let inverse = Matrix4(fbx: numbers)?.affineInverse
        else { continue }
        let (node, nodeFromOwn) = skeleton.target(of: index)
        guard !bound.contains(node), found.insert(node).inserted else { continue }
        joints.append(node)
        binds.append(nodeFromOwn * inverse)
      }
    }
    guard !joints.isEmpty else { return }
    model.skins.append(
      .init(joints: joints, inverseBinds: binds, worldFromMesh: model.nodes[0].local.matrix))
  }

  // MARK: Notes

  private mutating func noteOmissions() {
    let constraints = objects.all("Constraint").filter {
      objects.objects[$0].subkind != "Character" && objects.integer($0, "Active") ?? 1 != 0
    }
    if !constraints.isEmpty {
      let count = constraints.count == 1 ? "a constraint" : "\(constraints.count) constraints"
      model.notes.append(
        "it has \(count), which posemap does not evaluate: joints move by their own keys only; "
          + "if limbs lag behind, bake the motion when exporting")
    }
    let patches = objects.all("Geometry").map { objects.objects[$0].subkind }
      .filter { $0.hasPrefix("Nurbs") || $0 == "Patch" }
    if !patches.isEmpty {
      model.notes.append(
        "\(patches.count == 1 ? "a curved surface" : "\(patches.count) curved surfaces") (NURBS) "
          + "was left out; convert it to polygons before exporting")
    }
  }
}
