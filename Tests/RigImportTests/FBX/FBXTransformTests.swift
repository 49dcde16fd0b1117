import PoseRig
import TestSupport
import Testing

@testable import RigImport

@Suite struct FBXTransformTests {
  @Test(arguments: 0..<20)
  func nodesFollowAutodesksChainAtRestAndInMotion(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var chains = (0..<3).map { _ in Chain.random(using: &random) }
    // An uneven scale shears everything rotated below it, as in FBX.
    chains[0].scaling = Vector3(1.2, 1.2, 1.2)
    var file = MadeUpFBX()
    let layer = file.take()
    var parent: Int64 = 0
    var ends: [Chain] = []
    for (index, chain) in chains.enumerated() {
      let node = file.node("n\(index)", below: parent, chain.properties)
      var end = chain
      end.rotation += Vector3(20, -30, 10)
      end.translation += Vector3(0.1, 0.2, -0.1)
      if index == 2 { end.scaling *= 1.5 }
      for (property, from, to) in [
        ("Lcl Rotation", chain.rotation, end.rotation),
        ("Lcl Translation", chain.translation, end.translation),
        ("Lcl Scaling", chain.scaling, end.scaling),
      ] {
        file.drive(
          node, property, in: layer,
          (0..<3).map { [.init(time: 0, value: from[$0]), .init(time: 1, value: to[$0])] })
      }
      ends.append(end)
      parent = node
    }
    let model = try file.read()
    var rest = Chain.moved(.zero)
    for (index, chain) in chains.enumerated() {
      rest = rest * chain.local
      #expect(difference(try model.world("n\(index)"), rest) < 1e-9)
    }
    for time in [0.0, 0.13, 0.5, 0.77, 1] {
      var world = Chain.moved(.zero)
      for (index, pair) in zip(chains, ends).enumerated() {
        var now = pair.0
        now.rotation += (pair.1.rotation - pair.0.rotation) * time
        now.translation += (pair.1.translation - pair.0.translation) * time
        now.scaling += (pair.1.scaling - pair.0.scaling) * time
        world = world * now.local
        #expect(difference(try model.world("n\(index)", at: time), world) < 1e-3)
      }
    }
  }

  @Test func aDisabledRotationSpaceIsIgnored() throws {
    var chain = Chain()
    chain.rotation = Vector3(10, 20, 30)
    chain.preRotation = Vector3(40, 0, 0)
    chain.postRotation = Vector3(0, 50, 0)
    chain.order = "ZYX"
    for (name, value) in [("RotationActive", 0.0), ("RotationSpaceForLimitOnly", 1)] {
      var file = MadeUpFBX()
      file.node("n", chain.properties.merging([name: [value]]) { $1 })
      #expect(
        difference(try file.read().world("n"), Chain.turned(chain.rotation, "XYZ")) < 1e-9)
    }
  }

  // MARK: Inherited scale

  private static func translation(_ matrix: Matrix4) -> Matrix4 {
    Chain.moved(matrix.translation)
  }

  /// Autodesk's three ways of inheriting a parent's scale: RrSs, RSrs and Rrs.
  @Test(arguments: [0, 1, 2], [0.0, 0.4, 1])
  func aParentsScaleIsInheritedAsTheNodeSpecifies(_ kind: Int, _ time: Double) throws {
    let turns = [Vector3(0, 0, 30), Vector3(20, 40, -10), Vector3(5, -60, 15)]
    let offsets = [Vector3(0, 1, 0), Vector3(0.3, 0.2, 0), Vector3(0.1, 0.5, 0.2)]
    let scales = [Vector3(1, 1, 1), Vector3(1.5, 0.5, 2), Vector3(1, 2, 0.25)]
    let grown = Vector3(0.5, 2, 1)
    var file = MadeUpFBX()
    let layer = file.take()
    var parent: Int64 = 0
    for index in 0..<3 {
      func numbers(_ v: Vector3) -> [Double] { [v.x, v.y, v.z] }
      parent = file.node(
        "n\(index)", below: parent,
        [
          "Lcl Translation": numbers(offsets[index]), "Lcl Rotation": numbers(turns[index]),
          "Lcl Scaling": numbers(scales[index]),
          "InheritType": [index == 2 ? Double(kind) : 1],
        ])
      if index == 1 {
        file.drive(
          parent, "Lcl Scaling", in: layer,
          (0..<3).map {
            [
              .init(time: 0, value: scales[1][$0]),
              .init(time: 1, value: (scales[1] * grown)[$0]),
            ]
          })
      }
    }
    let model = try file.read()
    let scale = scales[1] + (scales[1] * grown - scales[1]) * time
    let turned = turns.map { Chain.turned($0, "XYZ") }
    // The second node's own space, and its rotation without its scale.
    let above =
      Chain.moved(offsets[0]) * turned[0] * Chain.moved(offsets[1]) * turned[1]
      * Chain.scaled(scale)
    let turn = turned[0] * turned[1] * turned[2]
    let shape =
      switch kind {
      case 0: turn * Chain.scaled(scale * scales[2])
      case 1: turned[0] * turned[1] * Chain.scaled(scale) * turned[2] * Chain.scaled(scales[2])
      default: turn * Chain.scaled(scales[2])
      }
    let expected = Chain.moved(above.apply(offsets[2])) * shape
    #expect(difference(try model.world("n2", at: time), expected) < 1e-4)
  }

  @Test func jointsScaledToAHundredthHaveNormalSize() throws {
    // In HumanIK, every joint has a scale of 0.01 and inherits none.
    var file = MadeUpFBX()
    var parent = file.node("root", kind: "Null", ["Lcl Scaling": [0.01, 0.01, 0.01]])
    for index in 0..<5 {
      parent = file.node(
        "n\(index)", below: parent,
        [
          "Lcl Translation": [0, 20, 0], "Lcl Scaling": [0.01, 0.01, 0.01], "InheritType": [2],
        ])
    }
    let model = try file.read()
    for index in 0..<5 {
      let world = try model.world("n\(index)")
      #expect((world.translation - Vector3(0, 0.2 * Double(index + 1), 0)).length < 1e-9)
      #expect((world.scale - Vector3(repeating: 0.01)).length < 1e-9)
    }
  }

  @Test func aScaleOutsideTheFrameStillScalesTheNodesOwnSurface() throws {
    for moves in [false, true] {
      var file = MadeUpFBX()
      let layer = file.take()
      let node = file.node("n", kind: "Mesh", ["Lcl Scaling": [2, 1, 1], "InheritType": [1]])
      file.node("end", below: node, ["Lcl Translation": [1, 0, 0], "InheritType": [2]])
      file.mesh(at: node, points: [.zero, .unitX, .unitY], polygons: [[0, 1, 2]])
      let last = moves ? 4.0 : 2
      file.drive(
        node, "Lcl Scaling", in: layer,
        [[.init(time: 0, value: 2), .init(time: 1, value: last)], nil, nil])
      file.drive(
        node, "Lcl Translation", in: layer,
        [[.init(time: 0, value: 0), .init(time: 1, value: 1)], nil, nil])
      let model = try file.read()
      let far = model.vertices(of: 0, at: 1).map(\.x).max() ?? 0
      #expect(abs(far - (1 + last)) < 1e-5)
      #expect(abs(try model.world("end", at: 1).translation.x - (1 + last)) < 1e-5)
      #expect(abs(try model.world("end", at: 1).scale.x - 1) < 1e-9)
    }
  }

  // MARK: The whole file

  @Test(arguments: [
    // Maya, 3ds Max, a left-handed file, and inches.
    (
      ["UpAxis": 1.0, "FrontAxis": 2, "CoordAxis": 0, "UnitScaleFactor": 1],
      Vector3(0.01, 0.02, 0.03)
    ),
    (
      ["UpAxis": 2, "FrontAxis": 1, "FrontAxisSign": -1, "CoordAxis": 0, "UnitScaleFactor": 100],
      Vector3(1, 3, -2)
    ),
    (
      ["UpAxis": 1, "FrontAxis": 2, "CoordAxis": 0, "CoordAxisSign": -1, "UnitScaleFactor": 100],
      Vector3(-1, 2, 3)
    ), (["UnitScaleFactor": 2.54], Vector3(0.0254, 0.0508, 0.0762)),
  ])
  func axesAndUnitsAreConverted(_ settings: [String: Double], _ expected: Vector3) throws {
    var file = MadeUpFBX()
    file.settings = settings
    file.node("n", ["Lcl Translation": [1, 2, 3]])
    #expect((try file.read().world("n").translation - expected).length < 1e-12)
  }

  @Test func aNodeWithoutParentIsAttachedToTheRootAndACycleIsRejected() throws {
    var file = MadeUpFBX()
    let one = file.add("Model", "one", "Null")
    #expect(try file.read().nodes.contains { $0.name == "one" && $0.parent == 0 })
    let two = file.node("two", below: one)
    file.connect(one, to: two)
    #expect(throws: ForeignModelError.self) { try file.read() }
  }
}
