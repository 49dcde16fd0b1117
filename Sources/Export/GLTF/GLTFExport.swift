public import PoseRig

/// A solved scene as one binary glTF 2.0 file, which shows through its camera the view of the maps.
public struct GLTFExport {
  /// The characters wanted; all for nil. Props and the camera are always there.
  public var only: [String]?
  /// The program's version, for the file's `generator`.
  public var version: String

  /// An export from its settings.
  public init(only: [String]? = nil, version: String) {
    self.only = only
    self.version = version
  }

  /// The result of an export.
  public struct File: Equatable, Sendable {
    /// The whole file.
    public var bytes: [UInt8]
    /// How many vertices follow one joint alone, since in this pose linear blending would flatten
    /// them.
    public var stiffVertices: Int
  }

  /// The file of `scene`.
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
