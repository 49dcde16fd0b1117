package import MapRender
package import PoseRig

/// The way in which a group of models expects its maps: the settings of each map, with a reason and
/// a source.
///
/// Each convention is one file of `Resources/conventions/`. Several families of models can share
/// one (``Family``).
package struct MapConvention: Equatable, Sendable {
  /// The reason for a map's settings.
  package struct Rule: Equatable, Sendable {
    /// The map's name.
    package var map: MapName
    /// The reason, in sentences.
    package var reason: String
    /// The files or model cards that state it.
    package var source: String

    /// Creates a rule from its parts.
    package init(map: MapName, reason: String, source: String) {
      self.map = map
      self.reason = reason
      self.source = source
    }
  }

  /// The name that the files of families use.
  package var name: String
  /// A short description of the convention.
  package var summary: String
  /// The rules, one for each map of the convention, in the order of its file.
  package var rules: [Rule]
  /// The settings of a scene with maps that follow the convention.
  package var mapSettings: MapSettings

  /// All conventions, in order.
  package static let all: [MapConvention] = {
    let log = DiagnosticLog()
    guard let all = ConventionReader.read(EmbeddedFiles.files(in: folder), log: log) else {
      preconditionFailure("the conventions compiled in are broken: \(log.diagnostics)")
    }
    return all
  }()

  /// The folder of the files within the repository, which also appears in messages.
  package static let folder = "Sources/SceneFiles/Resources/conventions"

  /// Returns the rule for a map; nil if the convention does not include the map.
  package func rule(for map: MapName) -> Rule? { rules.first { $0.map == map } }
}
