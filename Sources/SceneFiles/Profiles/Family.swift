package import MapRender
public import PoseRig

/// A family of models as its file describes it: its sizes, the maps that it takes, and the
/// convention by which they are drawn.
package struct Family: Equatable, Sendable {
  /// The sizes and the settings of scenes made for the family.
  package var profile: Profile
  /// The convention by which its maps are drawn.
  package var convention: MapConvention
  /// The maps that the family takes, those that are used most first.
  package var takes: [MapName]
  /// The files or cards that name the sizes and the maps.
  package var source: String

  /// All families, in their order.
  package static let all: [Family] = {
    let log = DiagnosticLog()
    let files = EmbeddedFiles.files(in: Profile.folder)
    guard let families = ProfileReader.read(files, log: log) else {
      preconditionFailure("the profiles compiled in are broken: \(log.diagnostics)")
    }
    return families
  }()

  /// Returns the family with a profile; nil for one that is not compiled in.
  package static func of(_ profile: Profile) -> Family? {
    all.first { $0.profile.name == profile.name }
  }
}

/// The profiles that are compiled in.
extension Profile {
  /// All profiles, in their order.
  public static let all: [Profile] = Family.all.map(\.profile)

  /// The names of all profiles, in their order.
  public static var names: [String] { all.map(\.name) }

  /// Returns the profile with a name; nil for an unknown name.
  public static func named(_ name: String) -> Profile? { all.first { $0.name == name } }

  /// Returns the profile with a name that the code itself relies on.
  package static func builtIn(_ name: String) -> Profile {
    guard let profile = named(name) else { preconditionFailure("there is no profile \(name)") }
    return profile
  }

  /// The folder of the files within the repository, which also names them in messages.
  package static let folder = "Sources/SceneFiles/Resources/profiles"
}
