import Export
import Foundation
import PoseRig
import SceneFiles
import TestSupport
import Testing

@Suite struct GLTFExportTests {
  /// Limbs bent to their limits and twisted, where dual quaternions and matrices differ most.
  private static let bent = Fixture.scene(
    character: """
      "position": [0.3, 0, -0.2], "yaw": 35, "pose": {"translation": [0, -0.1, 0.05], "joints": {
        "leftUpperArm": {"flexion": 70, "rotation": 60}, "leftLowerArm": {"flexion": 145},
        "rightUpperArm": {"abduction": 150, "rotation": -40}, "rightLowerArm": {"rotation": 80},
        "leftUpperLeg": {"flexion": 110, "abduction": 20}, "leftLowerLeg": {"flexion": 140},
        "spine": {"flexion": 30, "rotation": 15}, "head": {"rotation": 40}}}
      """,
    keys: """
      "camera": {"position": [0.5, 1.4, 3], "target": [0, 0.9, 0], "fovY": 40, "roll": 12},
      "props": [{"id": "crate", "shape": "box", "size": [1, 0.5, 1], "rotation": [0, 20, 0]},
        {"id": "floor", "shape": "plane", "size": [3, 3]}]
      """)

  private func example(_ name: String) throws -> PosedScene {
    let loader = Fixture.libraryLoader()
    let path = "\(CommandRunner.repository)/Examples/\(name)/scene.json"
    let scene = try #require(try SceneReader.read(path, loader: loader).get().scene)
    return try #require(SceneSolver.solve(scene))
  }

  private func exported(_ scene: PosedScene, only: [String]? = nil) throws -> GLBReader {
    try GLBReader(try GLTFExport(only: only, version: "0").file(of: scene).bytes)
  }

  /// Returns the largest deviations of a viewer's picture from posemap's, in meters and, for
  /// angles, as 1 − cosine.
  private func error(_ file: GLBReader, _ name: String, _ surface: PosedSurface) throws -> (
    distance: Double, turn: Double
  ) {
    let shown = try file.shown(name)
    try #require(shown.positions.count == surface.positions.count)
    return (
      zip(shown.positions, surface.positions).map { ($0 - Vector3($1)).length }.max() ?? .infinity,
      zip(shown.normals, surface.normals).map { 1 - $0.dot(Vector3($1)) }.max() ?? .infinity
    )
  }

  @Test func aViewersLinearBlendingShowsThePosedSurfaces() throws {
    for scene in [try example("window"), try #require(Fixture.solved(Self.bent))] {
      let file = try exported(scene)
      for character in scene.characters {
        let error = try error(file, character.id + "-surface", character.bodySurface)
        #expect(error.distance < 1e-5 && error.turn < 1e-5, "\(character.id): \(error)")
      }
      for prop in scene.props {
        #expect(try error(file, prop.id, prop.surface).distance == 0, "\(prop.id)")
      }
    }
  }

  @Test(.enabled(if: InstalledHuman.isThere))
  func aHumanWithHangingArmsIsShownIdentically() throws {
    let template = try #require(InstalledHuman.template)
    var pose = Pose()
    pose[.leftUpperArm] = Quaternion(angle: -1.2, axis: .unitZ)
    pose[.leftLowerArm] = Quaternion(angle: -2.4, axis: .unitY)
    let human = Character(id: "her", figure: .human(Phenotype()), pose: pose)
    let scene = SceneSolver.portrait(
      of: human, bodies: BodyStore(human: template), angle: 0,
      canvas: Canvas(width: 256, height: 384))
    let file = try exported(scene)
    let error = try error(file, "her-surface", scene.characters[0].bodySurface)
    #expect(error.distance < 1e-5 && error.turn < 1e-5, "\(error)")
  }

  @Test func jointsAreNodesInThePoseAndTheirBindsTheTPose() throws {
    let scene = try #require(Fixture.solved(Self.bent))
    let file = try exported(scene)
    let globals = try file.globals()
    let her = scene.characters[0]
    let root = file.document.nodes[try file.node("her")]
    #expect(root.children == [try file.node("hips")])
    let skin = try #require(file.document.skins.first)
    let binds = try file.elements(skin.inverseBindMatrices)
    for joint in JointName.allCases {
      let node = skin.joints[joint.index]
      #expect(file.document.nodes[node].name == joint.rawValue)
      #expect((globals[node].translation - her.position(of: joint)).length < 1e-9)
      let bind = binds[joint.index]
      #expect((Vector3(bind[12], bind[13], bind[14]) + her.body.rig[joint]).length < 1e-6)
      #expect(Array(bind[..<12]) == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] && bind[15] == 1)
    }
    #expect(skin.joints.count == JointName.allCases.count + her.body.helpers.count)
  }

  @Test func skinThatFollowsOneJointRestsInTheBodysPosition() throws {
    let scene = try #require(Fixture.solved(Self.bent))
    let body = scene.characters[0].body
    let primitive = try exported(scene).document.meshes[0].primitives[0]
    let stored = try exported(scene).vectors(try #require(primitive.attributes["POSITION"]))
    guard case .dualQuaternion(let binding) = body.binding else {
      Issue.record("a mannequin's skin is linear")
      return
    }
    let alone = stored.indices.filter { binding.weights[$0].x == 1 }
    for vertex in alone {
      let distance = (stored[vertex] - Vector3(body.surface.positions[vertex])).length
      try #require(distance < 1e-5, "vertex \(vertex)")
    }
    #expect(alone.count > stored.count / 4)
  }

  @Test func helpersAreNodesWithTheirShareOfATwist() throws {
    let twist = #""pose": {"joints": {"leftUpperArm": [57.295779513, 0, 0]}}"#
    let scene = try #require(Fixture.solved(Fixture.scene(character: twist)))
    let file = try exported(scene)
    let globals = try file.globals()
    let helpers = scene.characters[0].body.helpers.filter { $0.joint == .leftUpperArm }
    #expect(!helpers.isEmpty)
    for helper in helpers {
      let global = globals[try file.node(helper.name)]
      #expect(abs(global.rotation.angle - helper.twistShare * abs(helper.axis.x)) < 0.05)
      #expect((global.translation - scene.characters[0].position(of: helper.joint)).length < 1e-9)
    }
  }

  @Test func theCameraProjectsLikeTheScenes() throws {
    let scene = try #require(Fixture.solved(Self.bent))
    let file = try exported(scene)
    let node = try file.node("camera")
    let perspective = file.document.cameras[try #require(file.document.nodes[node].camera)]
      .perspective
    let point = Vector3(0.2, 1.1, 0.3)
    let seen = try file.globals()[node].inverse.apply(point)
    let tangent = tan(perspective.yfov / 2)
    let x = seen.x / (-seen.z * tangent * perspective.aspectRatio)
    let y = seen.y / (-seen.z * tangent)
    let expected = try #require(scene.camera.project(point)).pixel
    let size = SIMD2(Double(scene.camera.canvas.width), Double(scene.camera.canvas.height))
    let pixel = SIMD2((x + 1) / 2, (1 - y) / 2) * size
    #expect(abs(pixel.x - expected.x) < 1e-9 && abs(pixel.y - expected.y) < 1e-9)
  }

  @Test func theFileConformsToTheSpecification() throws {
    for scene in [try example("table"), try #require(Fixture.solved(Self.bent))] {
      let file = try exported(scene)
      let document = file.document
      #expect(document.asset.version == "2.0" && document.asset.generator == "posemap 0")
      _ = try file.globals()
      for (index, accessor) in document.accessors.enumerated() {
        #expect(try file.elements(index).joined().allSatisfy(\.isFinite))
        #expect(document.bufferViews.indices.contains(accessor.bufferView))
      }
      for node in document.nodes {
        #expect(abs((node.rotation ?? [1]).reduce(0) { $0 + $1 * $1 } - 1) < 1e-9)
      }
      for mesh in document.meshes { try check(mesh.primitives[0], file) }
      let closed = document.meshes.map {
        !document.materials[$0.primitives[0].material].doubleSided
      }
      let expected =
        scene.characters.map(\.bodySurface.isClosed) + scene.props.map(\.surface.isClosed)
      #expect(closed == expected)
    }
  }

  private func check(_ primitive: GLBReader.Document.Mesh.Primitive, _ file: GLBReader) throws {
    let accessor = try #require(primitive.attributes["POSITION"])
    let positions = try file.elements(accessor)
    for axis in 0..<3 {
      let column = positions.map { $0[axis] }
      #expect(file.document.accessors[accessor].min?[axis] == column.min())
      #expect(file.document.accessors[accessor].max?[axis] == column.max())
    }
    for other in primitive.attributes.values {
      #expect(file.document.accessors[other].count == positions.count)
      #expect(file.document.bufferViews[file.document.accessors[other].bufferView].target == 34962)
    }
    let corners = try file.elements(primitive.indices).joined()
    #expect(corners.count % 3 == 0 && corners.allSatisfy { $0 < Double(positions.count) })
    guard let joints = primitive.attributes["JOINTS_0"],
      let weights = primitive.attributes["WEIGHTS_0"]
    else { return }
    let frames = Double(try #require(file.document.skins.first).joints.count)
    for (joint, weight) in zip(try file.elements(joints), try file.elements(weights)) {
      try #require(joint.allSatisfy { $0 < frames })
      try #require(weight.reduce(0, +) == 1 && weight.allSatisfy { $0 >= 0 })
      try #require(zip(joint, weight).filter { $1 == 0 }.allSatisfy { $0.0 == 0 })
      let used = zip(joint, weight).filter { $1 > 0 }.map(\.0)
      try #require(Set(used).count == used.count)
    }
  }

  @Test func aFoldThatMatricesFlattenStaysInPlaceAndIsCounted() throws {
    let pose = #""pose": {"joints": {"leftLowerArm": [0, -178, 0], "rightLowerArm": [178, 0, 0]}}"#
    let scene = try #require(Fixture.solved(Fixture.scene(character: pose)))
    let made = try GLTFExport(version: "0").file(of: scene)
    #expect(made.stiffVertices > 0)
    let file = try GLBReader(made.bytes)
    #expect(try error(file, "her-surface", scene.characters[0].bodySurface).distance < 1e-5)
    let plain = try #require(Fixture.solved(Self.bent))
    #expect(try GLTFExport(version: "0").file(of: plain).stiffVertices == 0)
  }

  @Test func equalScenesGiveEqualBytes() throws {
    let files = try (0..<2).map { _ in
      try GLTFExport(version: "0").file(of: try #require(Fixture.solved(Self.bent)))
    }
    #expect(files[0] == files[1])
  }

  @Test func onlyTheRequestedCharactersAreExported() throws {
    let file = try exported(try example("window"), only: ["male"])
    let roots = file.document.scenes[0].nodes.map { file.document.nodes[$0].name }
    #expect(roots == ["camera", "male", "male-surface", "sill", "wall", "floor"])
    #expect(file.document.skins.count == 1)
  }
}
