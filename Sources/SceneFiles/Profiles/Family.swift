package import MapRender
public import PoseRig

/// A family of models as its file describes it: its sizes, the maps that it accepts, and the
/// convention for drawing them.
package struct Family: Equatable, Sendable {
  /// The sizes and the settings of scenes for the family.
  package var profile: Profile
  /// The convention for drawing its maps.
  package var convention: MapConvention
  /// The maps that the family accepts, the most common first.
  package var takes: [MapName]
  /// The files or model cards that state the sizes and the maps.
  package var source: String

  /// All families, in order.
  package static let all: [Family] = {
    let log = DiagnosticLog()
    let files = EmbeddedFiles.files(in: Profile.folder)
    guard let families = ProfileReader.read(files, log: log) else {
      preconditionFailure("the profiles compiled in are broken: \(log.diagnostics)")
    }
    return families
  }()

  /// Returns the family with a profile; nil if it is not built in.
  package static func of(_ profile: Profile) -> Family? {
    all.first { $0.profile.name == profile.name }
  }
}

/// The embedded profiles.
extension Profile {
  /// All profiles, in order.
  public static let all: [Profile] = Family.all.map(\.profile)

  /// The names of all profiles, in order.
  public static var names: [String] { all.map(\.name) }

  /// Returns the profile with a name; nil for an unknown name.
  public static func named(_ name: String) -> Profile? { all.first { $0.name == name } }

  /// Returns a built-in profile that the code relies on.
  package static func builtIn(_ name: String) -> Profile {
    guard let profile = named(name) else { preconditionFailure("there is no profile \(name)") }
    return profile
  }

  /// The folder of the files within the repository, which also appears in messages.
  package static let folder = "Sources/SceneFiles/Resources/profiles"
}
