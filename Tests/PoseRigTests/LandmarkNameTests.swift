import PoseRig
import Testing

@Suite struct LandmarkNameTests {
  @Test func everyLandmarkIsFoundByItsNameInFiles() {
    #expect(Set(LandmarkName.all.map(\.rawValue)).count == 91)
    #expect(LandmarkName.all.allSatisfy { LandmarkName(rawValue: $0.rawValue) == $0 })
  }

  @Test(arguments: [
    (LandmarkName.nose, "nose"), (.eye(.left), "leftEye"), (.face(8), "face8"),
    (.tip(.little, .right), "rightLittleTip"), (.smallToe(.left), "leftSmallToe"),
  ])
  func namesAreThoseOfTheBodyFormat(_ landmark: LandmarkName, _ name: String) {
    #expect(landmark.rawValue == name)
  }

  @Test(arguments: ["face68", "leftNose", "LeftEye", ""]) func otherNamesAreNotLandmarks(
    _ name: String
  ) {
    #expect(LandmarkName(rawValue: name) == nil)
  }
}
