import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

/// No line is drawn between the thighs except their outlines.
@Suite struct ModestyTests {
  private static let spread = """
    {"leftUpperLeg": {"abduction": 38}, "rightUpperLeg": {"abduction": 38}}
    """

  @Test(arguments: ["female", "male"], [0.0, 25, -25])
  func spreadLegsMeetWithoutALine(body: String, yaw: Double) throws {
    try expectNoLine(#""body": "\#(body)", "yaw": \#(yaw), "pose": {"joints": \#(Self.spread)}"#)
  }

  /// Turned to the side, the nearer thigh has its outline in front of the other; above, nothing is
  /// drawn.
  @Test(arguments: ["female", "male"], [(0.0, 12), (25, 36), (-25, 36)])
  func legsThatStandMeetWithoutALine(body: String, turned: (yaw: Double, most: Int)) throws {
    try expectNoLine(
      #""body": "\#(body)", "yaw": \#(turned.yaw), "pose": "stand""#, most: turned.most)
  }

  @Test(.enabled(if: InstalledHuman.isThere), arguments: ["female", "male"])
  func aHumansLegsMeetWithoutALine(gender: String) throws {
    try expectNoLine(
      #""body": "human", "phenotype": {"gender": "\#(gender)"}, "pose": "stand""#,
      maps: ["canny"])
  }

  private func expectNoLine(
    _ character: String, most: Int = 12, maps: Set<String> = ["canny", "lineart"]
  ) throws {
    let text = """
      {"canvas": [512, 512], "characters": [{"id": "a", \(character)}]}
      """
    let loader = Fixture.libraryLoader(["scene.json": text])
    var scene = try #require(try SceneReader.read("scene.json", loader: loader).get().scene)
    let standing = try #require(SceneSolver.solve(scene)).characters[0]
    let height = standing.worldFromModel.apply(standing.posedRig.position(of: .hips)).y
    scene.camera.placement = .at(
      position: Vector3(0, height - 0.06, 2.4), target: Vector3(0, height - 0.06, 0))
    scene.camera.lens = .fovY(12)
    let posed = try #require(SceneSolver.solve(scene))
    let buffer = try CharacterBuffers(posed).buffer(of: 0)
    let pictures = [
      ("canny", CannyMap.detect(ShadedMap.draw(buffer, camera: posed.camera)).image),
      ("lineart", LineMaps(buffer, camera: posed.camera).lineart()),
    ]
    let depth = buffer.whole.depth
    func isInside(_ x: Int, _ y: Int) -> Bool {
      (-9...9).allSatisfy { depth[(y + $0) * 512 + x] > 0 && depth[y * 512 + x + $0] > 0 }
    }
    for (name, picture) in pictures where maps.contains(name) {
      var lines = 0
      for y in 200..<400 {
        for x in 206..<306 where picture[x, y] > 100 && isInside(x, y) { lines += 1 }
      }
      #expect(lines < most, "\(name): \(lines) pixels")
    }
  }
}
