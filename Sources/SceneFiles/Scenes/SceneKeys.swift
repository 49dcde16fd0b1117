internal import MapRender
internal import PoseRig

/// The keys of a scene's parts, for programs that set values by key.
package enum SceneKeys {
  /// The keys of a scene, except for the parts that have keys of their own.
  package static let scene = SceneReader.keys.filter { !parts.contains($0) && !$0.hasPrefix("$") }
  /// The keys of a character except for its id, which identifies it.
  package static let character = CharacterReader.keys.filter { $0 != "id" }
  /// The keys of a prop except for its id.
  package static let prop =
    PropReader.keys.filter { $0 != "id" }
  /// The keys of a camera.
  package static let camera = CameraReader.keys
  /// The keys of map settings.
  package static let mapSettings = MapSettings.table.map(\.key)

  private static let parts = ["camera", "cameras", "characters", "props", "maps"]
}
