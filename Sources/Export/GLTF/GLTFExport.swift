public import PoseRig

/// A solved scene as one binary glTF 2.0 file with a camera that has the maps' view.
public struct GLTFExport {
  /// The characters to export; nil means all. Props and the camera are always included.
  public var only: [String]?
  /// The program's version, for the file's `generator`.
  public var version: String

  /// Creates an export from its settings.
  public init(only: [String]? = nil, version: String) {
    self.only = only
    self.version = version
  }

  /// The result of an export.
  public struct File: Equatable, Sendable {
    /// The file's bytes.
    public var bytes: [UInt8]
    /// The number of vertices that follow a single joint, because linear blending would flatten
    /// them in this pose.
    public var stiffVertices: Int
  }

  /// Returns the file of `scene`.
  public func file(of scene: PosedScene) throws(ExportError) -> File {
    var builder = GLTFSceneBuilder()
    builder.add(scene.camera)
    for character in scene.characters where only?.contains(character.id) ?? true {
      builder.add(character)
      for (index, other) in character.otherSurfaces.enumerated() {
        builder.add(other.surface, name: "\(character.id)-\(other.kind)-\(index + 1)")
      }
    }
    for prop in scene.props { builder.add(prop.surface, name: prop.id) }
    return File(
      bytes: try GLBContainer.encode(
        builder.document(generator: "posemap \(version)"), buffer: builder.buffer.bytes),
      stiffVertices: builder.stiffVertices)
  }
}
