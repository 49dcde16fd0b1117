import PoseRig
import TestSupport
import Testing

@testable import RigImport

/// A file in which one node rotates about Z according to a curve.
private func turning(
  _ keys: [MadeUpFBX.Key], settings: [String: Double] = [:], span: (Double, Double)? = nil
) throws -> ForeignModel {
  var file = MadeUpFBX()
  file.settings.merge(settings) { $1 }
  let node = file.node("n")
  let layer = file.take(span: span)
  file.drive(node, "Lcl Rotation", in: layer, [nil, nil, keys])
  return try file.read()
}

/// Returns the node's rotation about Z, from −180 to 180 degrees.
private func angle(_ model: ForeignModel, _ time: Double) throws -> Double {
  let turned = try model.world("n", at: time).rotation
  let twist = turned.swingTwist(about: .unitZ).twist.components
  let half = Quaternion(x: 0, y: 0, z: twist.z, w: twist.w)
  let sign: Double = twist.z * twist.w < 0 ? -1 : 1
  return sign * half.angle * 180 / .pi
}

@Suite struct FBXMotionTests {
  // MARK: Courses between keys

  @Test func constantKeysHoldUntilTheNextFrame() throws {
    let model = try turning(
      (0..<7).map { .init(time: Double($0) / 30, value: Double($0) * 20, flags: 0x2) })
    for frame in 0..<7 {
      // At the frame itself the new value applies; just before it, the old value.
      let time = Double(frame) / 30
      #expect(abs(try angle(model, time) - Double(frame) * 20) < 1e-3)
      guard frame > 0 else { continue }
      #expect(abs(try angle(model, time - 0.001) - Double(frame - 1) * 20) < 1e-3)
    }
  }

  @Test func constantNextKeysUseTheNextValueImmediately() throws {
    let model = try turning([
      .init(time: 0, value: 10, flags: 0x102), .init(time: 0.5, value: 50, flags: 0x102),
      .init(time: 1, value: 90, flags: 0x102),
    ])
    for (time, expected) in [(0.0, 10.0), (0.001, 50), (0.499, 50), (0.501, 90), (1, 90)] {
      #expect(abs(try angle(model, time) - expected) < 1e-3)
    }
  }

  @Test func cubicKeysAreBezierCurves() throws {
    // User tangents, broken: slopes in degrees per second.
    let model = try turning([
      .init(time: 0, value: 0, flags: 0x8 | 0xC00, attributes: [200, -100, 0, 0]),
      .init(time: 1, value: 60, flags: 0x8 | 0xC00),
    ])
    for step in 0...20 {
      let t = Double(step) / 20
      let (t2, t3) = (t * t, t * t * t)
      let expected = (t3 - 2 * t2 + t) * 200 + (-2 * t3 + 3 * t2) * 60 + (t3 - t2) * -100
      #expect(abs(try angle(model, t) - expected) < 0.01)
    }
  }

  @Test func weightedTangentsBendTime() throws {
    // Weights of 0.8 and 0.1, packed as ten-thousandths into the bits of a number.
    let packed = Float(bitPattern: 8000 | 1000 << 16)
    let model = try turning([
      .init(time: 0, value: 0, flags: 0x300_0408, attributes: [0, 0, packed, 0]),
      .init(time: 1, value: 90, flags: 0x408),
    ])
    // The curve's own parameter determines time and value.
    for step in 1..<10 {
      let u = Double(step) / 10
      let v = 1 - u
      let time = 3 * v * v * u * 0.8 + 3 * v * u * u * 0.9 + u * u * u
      let value = (3 * v * u * u + u * u * u) * 90
      #expect(abs(try angle(model, time) - value) < 0.02)
    }
  }

  @Test func automaticTangentsFollowTheirNeighbors() throws {
    let model = try turning([
      .init(time: 0, value: 0, flags: 0x108), .init(time: 1, value: 30, flags: 0x108),
      .init(time: 2, value: 90, flags: 0x108),
    ])
    // Slopes: 30 at the first key, 45 at the second.
    #expect(abs(try angle(model, 0.5) - (15 + (30.0 - 45) / 8)) < 0.01)
  }

  @Test func wholeTurnsAreKept() throws {
    let model = try turning([.init(time: 0, value: 0), .init(time: 2, value: 720)])
    for (time, expected) in [(0.25, 90.0), (0.75, -90), (1, 0), (1.25, 90)] {
      #expect(abs(try angle(model, time) - expected) < 0.01)
    }
  }

  @Test func aConstantAxisKeepsItsValue() throws {
    var file = MadeUpFBX()
    let node = file.node("n", ["Lcl Rotation": [10, 20, 30]])
    file.drive(
      node, "Lcl Rotation", in: file.take(),
      [nil, [.init(time: 0, value: 0), .init(time: 1, value: 90)], nil])
    let expected = Chain.turned(Vector3(10, 45, 30), "XYZ")
    #expect(difference(try file.read().world("n", at: 0.5), expected) < 1e-4)
  }

  // MARK: Time

  @Test(arguments: [
    (0.0, 30.0), (1.0, 120.0), (3.0, 60.0), (6.0, 30.0), (10.0, 25.0), (11.0, 24.0), (14.0, 12.5),
    (17.0, 60_000 / 1001.0), (99.0, 30.0),
  ])
  func framesFollowTheFilesRate(_ mode: Double, _ rate: Double) throws {
    let model = try turning(
      [.init(time: 0, value: 0), .init(time: 2, value: 90)],
      settings: ["TimeMode": mode, "CustomFrameRate": 12.5])
    let clip = try #require(model.clips.first)
    #expect(abs((clip.frameRate ?? 0) - rate) < 1e-9 && abs(clip.duration - 2) < 1e-9)
  }

  /// A span that a take specifies, if any; its first key, two seconds before its last; and the
  /// clip's first value and length.
  struct Span: Sendable {
    var stated: ClosedRange<Double>?
    var first: Double
    var value: Double
    var duration: Double
  }

  @Test(arguments: [
    // Without its own span, a take starts with its first key.
    Span(first: -1, value: 0, duration: 2), Span(first: 2, value: 0, duration: 2),
    Span(stated: -0.5...0.5, first: -1, value: 25, duration: 1),
    Span(stated: -1...9, first: -1, value: 0, duration: 2),
  ])
  func aTakeStartsAtItsSpan(_ span: Span) throws {
    let model = try turning(
      [.init(time: span.first, value: 0), .init(time: span.first + 2, value: 100)],
      span: span.stated.map { ($0.lowerBound, $0.upperBound) })
    #expect(abs(try angle(model, 0) - span.value) < 1e-3)
    #expect(abs((model.clips.first?.duration ?? 0) - span.duration) < 1e-9)
  }

  @Test func keysBeyondTheTakesEndAreReported() throws {
    let model = try turning(
      [.init(time: 0, value: 0), .init(time: 4, value: 90)], span: (0, 1))
    #expect(
      model.notes
        == [#"its clip "Take" has keys until 4.0 s and ends at 1.0 s according to the file"#])
  }

  @Test(arguments: [(82, 10.0), (77, 35), (65, 55), (75, 55), (67, 45)])
  func keysAreExtrapolatedAsTheCurveSpecifies(_ letter: Int64, _ expected: Double) throws {
    var file = MadeUpFBX()
    let node = file.node("n")
    file.drive(
      node, "Lcl Rotation", in: file.take(span: (0, 4)),
      [nil, nil, [.init(time: 0, value: 0), .init(time: 1, value: 45)]])
    for index in file.objects.indices where file.objects[index].name == "AnimationCurve" {
      file.objects[index].children.append(
        FBXTestRecord(
          "Post-Extrapolation", [],
          [
            FBXTestRecord("Type", [.integer(letter)]),
            FBXTestRecord("Repetition", [.integer(-1)]),
          ]))
    }
    // 10 degrees into the second repetition; mirrored, that far back.
    #expect(abs(try angle(file.read(), 1 + 10.0 / 45) - expected) < 0.01)
  }

  // MARK: Layers

  @Test func aLayerIsBlendedOverTheOneBelow() throws {
    for (mode, accumulation, expected) in [
      (0.0, 1.0, Vector3(10, 0, 55)), (1, 1, Vector3(0, 0, 50)), (2, 1, Vector3(5, 0, 40)),
    ] {
      var file = MadeUpFBX()
      let node = file.node("n")
      let base = file.take()
      let over = file.layer(
        of: file.stack(of: base),
        [
          "BlendMode": [mode], "Weight": [50], "RotationAccumulationMode": [accumulation],
        ])
      let still = { (value: Double) in [MadeUpFBX.Key(time: 0, value: value)] }
      file.drive(node, "Lcl Rotation", in: base, [still(10), nil, still(30)])
      file.drive(node, "Lcl Rotation", in: over, [still(0), nil, still(50)])
      #expect(
        difference(try file.read().world("n", at: 0), Chain.turned(expected, "XYZ")) < 1e-6)
    }
  }

  @Test func constraintsAreSkippedAndReported() throws {
    var file = MadeUpFBX()
    let (one, two) = (file.node("one", ["Lcl Translation": [1, 0, 0]]), file.node("two"))
    let constraint = file.add("Constraint", "Parent", "Parent-Child", properties: ["Active": [1]])
    file.connect(constraint, to: two)
    for (kind, numbers) in [("PO", (one, constraint)), ("PP", (one, two))] {
      file.connections.append(
        FBXTestRecord(
          "C",
          [
            .text(kind), .integer(numbers.0), .text("Source"), .integer(numbers.1),
            .text("Constrained object (Child)"),
          ]))
    }
    let model = try file.read()
    #expect(try model.world("two").translation == .zero)
    #expect(
      model.notes.first?.hasPrefix("it has a constraint, which posemap does not evaluate") == true)
  }

  @Test func motionWithoutASurfaceRestsInItsBindPose() throws {
    var file = MadeUpFBX()
    let node = file.node("n", ["Lcl Rotation": [0, 0, 70], "Lcl Translation": [0, 1, 0]])
    file.add(
      "Pose", "", "BindPose",
      [
        FBXTestRecord(
          "PoseNode", [],
          [
            FBXTestRecord("Node", [.integer(node)]),
            FBXTestRecord("Matrix", [.doubles(Chain.moved(Vector3(0, 1, 0)).numbers)]),
          ])
      ])
    let model = try file.read()
    let rest = RestPose(model, bones: [:])
    let index = try #require(model.nodes.firstIndex { $0.name == "n" })
    #expect(rest.rotations[index].angle < 1e-9)
    #expect((rest.position(index) - Vector3(0, 1, 0)).length < 1e-9)
  }
}
