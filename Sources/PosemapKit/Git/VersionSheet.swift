internal import Export
public import MapRender
internal import PoseRig
internal import SceneFiles

/// Versions of a pose or scene file in one picture.
public struct VersionSheet {
  private let path: String
  private let choices: SceneChoices
  private let loader: FileLoader

  /// Creates a sheet for the file at a path, which uses the files that it names in their current
  /// state.
  public init(of path: String, _ choices: SceneChoices = SceneChoices()) {
    self.path = path
    self.choices = choices
    loader = choices.diskLoader()
  }

  /// Returns the picture of the versions from left to right; versions that cannot be drawn are left
  /// out.
  public func draw(_ versions: [[UInt8]]) throws(Failure) -> Image<RGB8> {
    try Failure.catching {
      PictureRow.draw(try versions.compactMap(picture))
    }
  }

  private func picture(_ bytes: [UInt8]) throws -> Image<RGB8>? {
    var loader = loader
    let disk = loader.read
    loader.read = { [path] in $0 == path ? .success(bytes) : disk($0) }
    guard let document = try? Document(bytes, file: path) else { return nil }
    if document.kind == .scene {
      guard let scene = try? SceneLoader(choices, files: loader).load(path) else { return nil }
      return try ContactSheet(maps: [.shaded], rowHeight: 480, together: true).draw(scene.scene)
    }
    guard let file = try? PoseFile.read(path, loader: loader).get(), let pose = file.pose else {
      return nil
    }
    var sheet = PoseSheet()
    (sheet.columns, sheet.rowHeight, sheet.bodies) = (1, 480, [.female])
    return try sheet.draw([pose], view: .body)
  }
}
