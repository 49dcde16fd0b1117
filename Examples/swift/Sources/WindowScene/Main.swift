import Export
import MapRender
import PoseRig

/// Draws the window scene and writes its maps: `window-scene [FOLDER]`.
@main
enum Main {
  static func main() throws {
    let folder = CommandLine.arguments.dropFirst().first ?? "window"
    guard let posed = SceneSolver.solve(try WindowScene.scene()) else {
      fatalError("the window scene can be solved")
    }
    // The PNGs and JSON files, in memory; nothing is written yet.
    let output = try SceneExport(version: "1.0").draw(posed, inputs: [])
    let pictures = output.files.filter { $0.path.hasSuffix(".png") }
    for picture in pictures {
      let image = try PNGFile.decodeRGB(picture.bytes)
      print("\(picture.path): \(image.width) × \(image.height)")
    }
    try AtomicFolder.write(output.files, to: folder)
  }
}
