import PoseRig
import Testing

@testable import RigImport

@Suite struct LengthUnitTests {
  private func humanoid(_ model: ForeignModel) throws -> HumanoidModel {
    HumanoidModel(model, bones: try BoneMap.find(in: model).nodes)
  }

  @Test func unitsAreChosenToMakeAnAdult() throws {
    var made = MadeUpModel()
    for (unit, height) in [
      (10.0, "decimeters"), (100, "centimeters"), (39.37, "inches"), (1000, "millimeters"),
      (17.72, "CMU's units of 5.64 cm"),
    ] {
      made.unit = unit
      let found = try humanoid(made.model)
      #expect((1.5...1.8).contains(found.height) && found.notes[0].hasSuffix("as \(height)"))
    }
    // BVH states no unit: a height that makes a giant in glTF is in feet in BVH.
    made.unit = 3.281
    var model = made.model
    #expect(try humanoid(model).height > 4)
    model.format = .bvh
    let counted = try humanoid(model)
    #expect((1.5...1.8).contains(counted.height) && counted.notes[0].hasSuffix("as feet"))
  }

  @Test(arguments: [
    (0.01, LengthUnit?.none), (1.7, .meter), (2.6, .meter), (5.6, .foot), (9, .meter),
    (17, .decimeter), (20, .decimeter), (27, .cmu), (30.1, .cmu), (39, .cmu), (67, .inch),
    (120, .centimeter), (170, .centimeter), (1700, .millimeter), (5000, nil),
  ])
  func aUnitMakesAnAdult(_ height: Double, _ unit: LengthUnit?) {
    #expect(LengthUnit.likeliest(ofHeight: height, isMeterStated: false) == unit)
    let isMeter = (0.2...12).contains(height)
    #expect(
      LengthUnit.likeliest(ofHeight: height, isMeterStated: true) == (isMeter ? .meter : unit))
  }

  @Test func giantsAreReported() throws {
    var made = MadeUpModel()
    made.unit = 4
    let found = try humanoid(made.model)
    #expect(found.notes.count == 1 && found.notes[0].contains("m tall; if it is not a giant"))
    made.unit = 1
    #expect(try humanoid(made.model).notes.isEmpty)
  }
}
