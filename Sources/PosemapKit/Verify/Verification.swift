public import Export
internal import MapRender
internal import PoseRig
public import SceneFiles

/// Finds the sets of maps that are older than the files that they were made from.
///
/// ```swift
/// for verified in try Verification(version: "1.0").verify("out") where verified.isStale {
///   print(verified.folder, verified.reasons)
/// }
/// ```
public struct Verification {
  /// A reason why a set differs from a new render.
  public enum Reason: Equatable, Sendable {
    /// The manifest is damaged.
    case damaged
    /// The manifest does not record which scene the set shows.
    case noOrigin
    /// The scene cannot be read, for a reason that the system gives.
    case sceneMissing(path: String, reason: String)
    /// The scene now has mistakes.
    case sceneWrong([Diagnostic])
    /// The set differs from a new one.
    case difference(RenderedSet.Difference)
  }

  /// The judgment about a set.
  public struct VerifiedSet: Sendable {
    /// The folder of the set's manifest.
    public var folder: String
    /// The scene's file; nil if it is unknown.
    public var scene: String?
    /// The paths of the set's files, relative to the folder.
    public var files: [String]
    /// The reasons why the set is stale; empty if it is up to date.
    public var reasons: [Reason]

    /// Whether a new render would make a different set.
    public var isStale: Bool { !reasons.isEmpty }

    /// The files that are out of date: those affected by a reason, or all of them, since the
    /// characters of a scene share its depth range and touch one another.
    public var staleFiles: [String] {
      let own = reasons.map(\.file)
      return own.contains(nil) ? files : own.compactMap { $0 }
    }
  }

  private let version: String

  /// Creates a verification for the version of posemap that would render.
  public init(version: String) { self.version = version }

  /// Judges each set of maps in a folder and those below it, in alphabetical order.
  ///
  /// - Throws: a failure with the code `noInput` for a folder without maps.
  public func verify(_ folder: String) throws(Failure) -> [VerifiedSet] {
    let folders = FolderListing.folders(in: folder, with: RenderedSet.manifestName)
    guard !folders.isEmpty else {
      if let reason = FolderListing.fault(of: folder) {
        throw Failure(.noInput, of: folder, reason)
      }
      throw Failure(
        .noInput, of: folder, "there is no manifest.json in this folder or in one below it")
    }
    return folders.map(judged)
  }

  private func judged(_ folder: String) -> VerifiedSet {
    guard let set = RenderedSet(in: folder) else {
      return VerifiedSet(folder: folder, files: [], reasons: [.damaged])
    }
    var verified = VerifiedSet(folder: folder, files: set.files, reasons: [])
    guard let origin = set.origin else {
      verified.reasons = [.noOrigin] + set.differences(version: version).map(Reason.difference)
      return verified
    }
    let scene = FileIdentity.resolved(origin.scene, from: folder)
    verified.scene = scene
    switch FileLoader.bytes(scene) {
    case .failure(let fault):
      verified.reasons = [.sceneMissing(path: scene, reason: fault.reason)]
      verified.reasons += set.differences(version: version).map(Reason.difference)
    case .success:
      verified.reasons = reasons(of: set, origin, scene)
    }
    return verified
  }

  private func reasons(
    of set: RenderedSet, _ origin: RenderOrigin, _ scene: String
  ) -> [Reason] {
    do throws(Failure) {
      let described = try SceneLoader(origin.choices(in: set.folder)).describe(scene)
      return set.differences(from: described.scene, inputs: described.inputs, version: version)
        .map(Reason.difference)
    } catch {
      return [.sceneWrong(error.diagnostics.filter { $0.severity == .error })]
        + set.differences(version: version).map(Reason.difference)
    }
  }
}

extension RenderOrigin {
  /// Returns the choices recorded for a set in a folder.
  func choices(in folder: String) -> SceneChoices {
    SceneChoices(
      canvas: size.map { Canvas(width: $0.width, height: $0.height) },
      profile: profile.flatMap(Profile.named),
      rigsFolder: rigs.map { FileIdentity.resolved($0, from: folder) },
      mapSettings: (settings ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      camera: camera, turn: turn.flatMap { Turn($0) })
  }
}
