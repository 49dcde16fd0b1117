internal import Crypto
internal import MapRender
internal import PoseRig

/// `manifest.json`: what the maps were made from and with, and nothing that changes between two equal runs.
struct Manifest: Encodable {
  struct Input: Encodable {
    var name: String
    var sha256: String
  }
  struct Size: Encodable {
    var width: Int
    var height: Int
  }
  struct CameraEntry: Encodable {
    var position: [Double]
    /// x, y, z, w; from the camera's axes to the world's.
    var quaternion: [Double]
    var fovY: Double
  }
  struct RangeEntry: Encodable {
    var near: Double
    var far: Double
  }
  struct Settings: Encodable {
    var depthFloor: Int
    var cannyThresholds: [Double]
    var props: Bool
  }
  struct CharacterEntry: Encodable {
    var id: String
    var body: String
    var files: [String]
  }

  var posemap: String
  var inputs: [Input]
  var canvas: Size
  var camera: CameraEntry
  var depthRange: RangeEntry?
  var settings: Settings
  var characters: [CharacterEntry]

  init(
    scene: PosedScene, inputs: [InputFile], depthRange: DepthMap.Range?,
    characters: [CharacterEntry], version: String
  ) {
    posemap = version
    self.inputs = inputs.map { Input(name: $0.name, sha256: Self.sha256($0.bytes)) }
    let camera = scene.camera
    canvas = Size(width: camera.canvas.width, height: camera.canvas.height)
    let q = camera.worldFromCamera.rotation.components
    self.camera = CameraEntry(
      position: [camera.position.x, camera.position.y, camera.position.z].map(Self.rounded),
      quaternion: [q.x, q.y, q.z, q.w].map(Self.rounded), fovY: Self.rounded(camera.fovY))
    self.depthRange = depthRange.map {
      RangeEntry(near: Self.rounded(Double($0.near)), far: Self.rounded(Double($0.far)))
    }
    settings = Settings(
      depthFloor: scene.mapSettings.depthFloor,
      cannyThresholds: scene.mapSettings.cannyThresholds, props: scene.mapSettings.props)
    self.characters = characters
  }

  /// A micrometre and a millionth of a degree are enough for anyone.
  private static func rounded(_ number: Double) -> Double {
    (number * 1e6).rounded() / 1e6 + 0
  }

  private static func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
