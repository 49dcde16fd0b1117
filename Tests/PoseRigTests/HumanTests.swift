import PoseRig
import SceneFiles
import TestSupport
import Testing

private func human(_ change: (inout Phenotype) -> Void = { _ in }) throws -> Body {
  var phenotype = Phenotype()
  change(&phenotype)
  return try #require(InstalledHuman.template).body(phenotype)
}

/// Phenotypes at the extremes of every macro slider.
private let extremes: [Phenotype] = [0.0, 1].flatMap { gender in
  [(0.0, 0.0, 18.0), (1, 1, 30), (0.5, 1, 90), (1, 0, 60)].map { muscle, weight, age in
    var phenotype = Phenotype()
    (phenotype.gender, phenotype.muscle) = (gender, muscle)
    (phenotype.weight, phenotype.age, phenotype.cup) = (weight, age, 1)
    return phenotype
  }
}

private func posed(_ body: Body, _ joints: [JointName: [AngleName: Double]]) -> PosedSurface {
  var pose = Pose.rest
  for (joint, angles) in joints {
    pose[joint] = Anatomy.of(joint).rotation(degrees: angles, side: joint.side)
  }
  return Skinning.pose(body, PosedRig(rig: body.rig, pose: pose))
}

/// Returns the volume that a closed surface encloses, in cubic meters.
private func volume(_ surface: PosedSurface) -> Double {
  surface.triangles.reduce(0) { sum, corners in
    let (a, b, c) = (
      Vector3(surface.positions[Int(corners.x)]), Vector3(surface.positions[Int(corners.y)]),
      Vector3(surface.positions[Int(corners.z)])
    )
    return sum + a.dot(b.cross(c)) / 6
  }
}

@Suite(.enabled(if: InstalledHuman.isThere, "run: posemap body install"))
struct HumanTests {
  @Test(arguments: extremes) func everyPhenotypeStandsInATPose(_ phenotype: Phenotype) throws {
    let body = try #require(InstalledHuman.template).body(phenotype)
    let rig = body.rig
    for (a, b) in [
      (JointName.leftUpperArm, JointName.leftLowerArm), (.leftLowerArm, .leftHand),
      (.rightUpperArm, .rightLowerArm),
    ] {
      let run = rig[b] - rig[a]
      #expect(abs(run.y) < 1e-6 && abs(run.z) < 1e-6, "\(a)")
    }
    let surface = posed(body, [:])
    #expect(abs(surface.positions.map(\.y).min() ?? 1) < 0.005)
    // Joints are inside the body: of those that are not inside another, the limbs' are the real
    // test.
    for joint in [
      JointName.leftLowerArm, .rightLowerArm, .leftLowerLeg, .rightLowerLeg, .leftHand, .leftFoot,
      .leftUpperLeg, .leftUpperArm, .neck, .spine,
    ] {
      #expect(surface.contains(rig[joint]), "\(joint) is outside")
    }
  }

  @Test func heightIsSolvedFor() throws {
    for height in [1.4, 1.65, 2.1] {
      let surface = posed(try human { ($0.height, $0.gender) = (height, 0.3) }, [:])
      let y = surface.positions.map(\.y)
      #expect(abs(Double((y.max() ?? 0) - (y.min() ?? 0)) - height) < 0.003)
    }
  }

  @Test func slidersHaveTheirEffects() throws {
    func girth(_ change: (inout Phenotype) -> Void) throws -> Double {
      let measures = Anthropometry(
        try human {
          ($0.gender, $0.height) = (0, 1.65)
          change(&$0)
        }
      ).all
      return try #require(measures.first { $0.name == "waist circumference" }).value
    }
    let middle = try girth { _ in }
    #expect(try girth { $0.weight = 1 } > middle * 1.1)
    #expect(try girth { $0.weight = 0 } < middle * 0.95)
    #expect(try girth { $0.modifiers["waist"] = 1 } > middle * 1.02)
    #expect(abs(try girth { $0.modifiers["calfGirth"] = 1 } - middle) < middle * 0.005)
  }

  @Test func theChestIsSmoothAtEverySetting() throws {
    let template = try #require(InstalledHuman.template)
    for phenotype in extremes {
      let body = template.body(phenotype)
      let surface = posed(body, [:])
      let smoothed = Set(
        template.smoothing.filter { template.tissues[Int($0.vertex)] == .skin }
          .map { UInt32($0.vertex) })
      #expect(smoothed.count > 100)
      // Among the smoothed vertices, no edge bends by more than on a rounded shape; the crease
      // under a large breast, which no raised arm stretches, bends by up to 35°.
      var faces: [SIMD2<UInt32>: [Vector3]] = [:]
      for corners in surface.triangles {
        let triangle = (0..<3).map { Vector3(surface.positions[Int(corners[$0])]) }
        guard let normal = (triangle[1] - triangle[0]).cross(triangle[2] - triangle[0]).normalized
        else { continue }
        for (a, b) in [(corners.x, corners.y), (corners.y, corners.z), (corners.z, corners.x)]
        where smoothed.contains(a) && smoothed.contains(b) {
          faces[SIMD2(min(a, b), max(a, b)), default: []].append(normal)
        }
      }
      let sharpest = faces.values.filter { $0.count == 2 }.map { $0[0].dot($0[1]) }.min() ?? 1
      #expect(sharpest > 0.81, "an edge of the chest bends by more than 36°: \(sharpest)")
    }
  }

  /// A bend may cost a tenth of the volume that it moves. An arm is a twentieth of the body, and a
  /// leg a sixth; including the shoulder's quarter of the trunk, an arm moves 15 %, and including
  /// the hip's, a leg moves 25 %.
  @Test(arguments: [
    (JointName.leftLowerArm, [AngleName.flexion: 90.0], 0.05),
    (.leftLowerArm, [.flexion: 130], 0.05),
    (.leftLowerLeg, [.flexion: 90], 0.17), (.leftLowerLeg, [.flexion: 130], 0.17),
    (.leftUpperLeg, [.flexion: 90], 0.25), (.leftUpperLeg, [.flexion: 120], 0.25),
    (.leftUpperArm, [.abduction: 90], 0.15), (.leftUpperArm, [.abduction: 130], 0.15),
    (.leftUpperArm, [.flexion: 90], 0.15), (.leftUpperArm, [.flexion: 130], 0.15),
  ])
  func bentLimbsKeepTheirVolume(
    _ joint: JointName, _ angles: [AngleName: Double], _ share: Double
  ) throws {
    let body = try human { ($0.gender, $0.height) = (1, 1.75) }
    let hanging: [JointName: [AngleName: Double]] = [
      .leftUpperArm: [.abduction: 47], .rightUpperArm: [.abduction: 47],
    ]
    let before = volume(posed(body, hanging))
    let after = volume(posed(body, hanging.merging([joint: angles]) { $1 }))
    let change = abs(after - before) / before / share
    #expect(change < 0.1, "\(change * 100) % of what moves")
  }

  @Test func expressionsMoveTheFaceAndNothingElse() throws {
    let template = try #require(InstalledHuman.template)
    let still = posed(template.body(Phenotype()), [:]).positions
    for expression in FaceExpression.all {
      let body = template.body(Phenotype(), face: [expression.name: 1])
      let positions = posed(body, [:]).positions
      let moved = positions.indices.filter { (positions[$0] - still[$0]).length > 1e-5 }
      #expect(moved.count > 20, "\(expression.name)")
      let neck = Float(body.rig[.neck].y) - 0.1
      #expect(moved.allSatisfy { positions[$0].y > neck }, "\(expression.name)")
    }
  }

  @Test func theEyesTurn() throws {
    let body = try human()
    let straight = posed(body, [:])
    let aside = posed(body, [.leftEye: [.abduction: 25], .rightEye: [.abduction: -25]])
    let pupil = { (surface: PosedSurface) in
      body.landmarks[.pupil(.left)].map { $0.position(on: surface.positions, surface.triangles).x }
    }
    let (before, after) = (try #require(pupil(straight)), try #require(pupil(aside)))
    #expect(after - before > 0.003)
  }

  @Test func allLandmarksExistAndAreMirrored() throws {
    let body = try human()
    #expect(Set(body.landmarks.keys) == Set(LandmarkName.all))
    let surface = posed(body, [:])
    func place(_ name: LandmarkName) throws -> SIMD3<Float> {
      try #require(body.landmarks[name]).position(on: surface.positions, surface.triangles)
    }
    let pairs: [(Side) -> LandmarkName] = [
      { .eye($0) }, { .ear($0) }, { .tip(.index, $0) }, { .bigToe($0) }, { .heel($0) },
    ]
    for name in pairs {
      let (left, right) = (try place(name(.left)), try place(name(.right)))
      #expect(
        left.x > 0 && abs(left.x + right.x) < 0.004 && abs(left.y - right.y) < 0.004,
        "\(name(.left))")
    }
  }

  @Test func aBodyFileRoundTripsAndIsRejectedWhenBroken() throws {
    let template = try #require(InstalledHuman.template)
    let bytes = try HumanTemplateFile.encode(template)
    #expect(try HumanTemplateFile.decode(bytes) == template)
    #expect(throws: HumanTemplateFile.Fault.damaged) {
      try HumanTemplateFile.decode(Array(bytes.dropLast(1000)))
    }
    #expect(throws: HumanTemplateFile.Fault.outdated) {
      try HumanTemplateFile.decode([1, 2, 3])
    }
    for place in stride(from: 12, to: bytes.count, by: bytes.count / 50) {
      var broken = bytes
      broken[place] ^= 1 << UInt8(place % 8)
      #expect(throws: HumanTemplateFile.Fault.damaged) { try HumanTemplateFile.decode(broken) }
    }
  }

  @Test func impossibleNumbersAreRejected() throws {
    let template = try #require(InstalledHuman.template)
    let changes: [(inout HumanTemplate) -> Void] = [
      { $0.positions[7].y = .nan }, { $0.positions[7].z = -.infinity },
      { $0.weights[7] = SIMD4(1e30, -1e30, 0, 1) }, { $0.surfaceVertices = 0 },
      { $0.surfaceVertices = -1 }, { $0.jointVertices[3] = [-1] }, { $0.jointVertices[3] = [.max] },
      { template in template.landmarks = template.landmarks.mapValues { -$0 } },
      { $0.influences[7].x = 255 }, { $0.triangles[7].x = 65_535 },
      { $0.smoothing[0].sources[0] = 65_535 }, { $0.helpers[0].twist = 1e300 },
    ]
    for (index, change) in changes.enumerated() {
      var broken = template
      change(&broken)
      // Lists that do not match the counts are not written at all.
      guard let bytes = try? HumanTemplateFile.encode(broken) else { continue }
      #expect(throws: HumanTemplateFile.Fault.damaged, "\(index)") {
        try HumanTemplateFile.decode(bytes)
      }
    }
  }
}

@Suite struct HumanTemplateFileTests {
  /// Returns a file with a valid checksum and these counts.
  private static func file(_ vertices: Int, _ surface: Int, _ triangles: Int, _ target: Int)
    -> [UInt8]
  {
    let header = """
      {"vertices": \(vertices), "surfaceVertices": \(surface), "triangles": \(triangles),
       "partNames": [], "helpers": [], "jointVertices": [], "landmarks": {}, "smoothing": [],
       "targets": [{"name": "a", "count": \(target), "scale": 1}]}
      """
    func number(_ value: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: value.littleEndian, Array.init)
    }
    let rest = number(UInt32(header.utf8.count)) + Array(header.utf8)
    return Array("posehumn".utf8) + number(HumanTemplateFile.version)
      + number(Checksum.xxh64(rest[...])) + rest
  }

  @Test(arguments: [Int.max, .max / 2, .max / 3 + 1, .min, -1, 1 << 40, 5])
  func countsOfAnySizeAreRejected(_ count: Int) {
    for bytes in [
      Self.file(count, 0, 0, 0), Self.file(0, count, 0, 0), Self.file(0, 0, count, 0),
      Self.file(0, 0, 0, count),
    ] {
      #expect(throws: HumanTemplateFile.Fault.damaged) { try HumanTemplateFile.decode(bytes) }
    }
  }
}

@Suite struct PhenotypeReaderTests {
  private func messages(_ phenotype: String, body: String = "human") -> [String] {
    let text = """
      {"canvas": [128, 128], "characters": [{"id": "a", "body": "\(body)", "phenotype": \(phenotype)}]}
      """
    return Fixture.read(text)?.diagnostics.map(\.message) ?? []
  }

  @Test func withoutTheBodyOneSentenceTellsHowToInstallIt() {
    let found = messages("{}")
    #expect(
      found == [#"cannot use the body "human": it is not installed; run: posemap body install"#])
  }

  @Test(arguments: [
    (#"{"age": 17}"#, #""age" is 17; humans here are adults, 18 to 90 years"#),
    (#"{"age": 91}"#, #""age" is 91; it must be 18 to 90 years"#),
    (#"{"muscle": 2}"#, #""muscle" is 2; it must be 0 to 1"#),
    (#"{"gender": "woman"}"#, #""gender" is "female", "male" or a number from 0 to 1"#),
    (
      #"{"ethnicity": {"asian": 0}}"#,
      #""ethnicity" needs a share above 0 of african, asian or caucasian"#
    ),
    (
      #"{"noseSiez": 1}"#,
      #"unknown key "noseSiez" in "phenotype"; did you mean "noseSize"? allowed: gender, age, muscle, weight, height, proportions, ethnicity, cup, firmness, hair, shoulders, chest, waist, hips, belly, buttocks, vShape, neckLength, neckGirth, upperArmLength, lowerArmLength, upperArmGirth, wristGirth, upperLegLength, lowerLegLength, thighGirth, calfGirth, ankleGirth, handSize, footSize, headSize, headWidth, headHeight, faceFat, cheekbones, jawWidth, chinHeight, chinProminence, eyeSize, noseSize, noseLength, noseWidth, noseHump, mouthWidth, lips, browHeight, forehead, earSize"#
    ),
    (
      #"{"hair": "bob"}"#,
      #"unknown hair "bob" in "phenotype"; allowed: bald, short, long, bun; the styles of the library (`posemap hair` lists them) are a "hair" of the character"#
    ),
    (#"{"height": 3}"#, #""height" is 3; it must be 1.2 to 2.3 meters"#),
  ])
  func mistakesAreReported(_ phenotype: String, _ sentence: String) {
    // The body is not installed here, which is reported first.
    #expect(messages(phenotype).last == sentence)
  }

  @Test func mannequinsHaveNoPhenotypeAndHumansNoHeightBesideIt() {
    #expect(
      messages("{}", body: "male") == [
        #"only "body": "human" has a "phenotype"; a mannequin has "proportions""#
      ])
    let text = """
      {"canvas": [128, 128], "characters": [{"id": "a", "body": "human", "proportions": {"height": 2}}]}
      """
    #expect(
      Fixture.read(text)?.diagnostics.map(\.message).last
        == #"the "height" of a human belongs in its "phenotype", not in "proportions""#)
  }
}
