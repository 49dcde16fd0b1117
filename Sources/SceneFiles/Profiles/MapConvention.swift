package import MapRender
package import PoseRig

/// How a group of models wants its maps drawn: the settings of each map, why, and who says so.
///
/// Each convention is one file of `Resources/conventions/`. Families of models stand on them
/// (``Family``), several on one.
package struct MapConvention: Equatable, Sendable {
  /// The reason for a map's settings.
  package struct Rule: Equatable, Sendable {
    /// The map's name.
    package var map: MapName
    /// The reason, in sentences.
    package var reason: String
    /// The files or cards that say so.
    package var source: String

    /// Creates a rule from its parts.
    package init(map: MapName, reason: String, source: String) {
      self.map = map
      self.reason = reason
      self.source = source
    }
  }

  /// The name that the files of families have for it.
  package var name: String
  /// The convention in a few words.
  package var summary: String
  /// The rules, one for each map that the convention knows, in the order of its file.
  package var rules: [Rule]
  /// The settings of a scene with maps drawn by the convention.
  package var mapSettings: MapSettings

  /// All conventions, in their order.
  package static let all: [MapConvention] = {
    let log = DiagnosticLog()
    guard let all = ConventionReader.read(EmbeddedFiles.files(in: folder), log: log) else {
      preconditionFailure("the conventions compiled in are broken: \(log.diagnostics)")
    }
    return all
  }()

  /// The folder of the files within the repository, which also names them in messages.
  package static let folder = "Sources/SceneFiles/Resources/conventions"

  /// Returns the rule for a map; nil for a map that the convention does not know.
  package func rule(for map: MapName) -> Rule? { rules.first { $0.map == map } }
}
