public import PoseRig

/// The makers of bodies for all scenes that one loader reads; the human is read when it is first
/// asked for, and then kept.
public final class LoadedBodies {
  /// The maker for scenes without a human.
  public let mannequins = BodyStore()

  private let load: () -> Result<HumanTemplate, UnreadableFile>
  private var loaded: Result<BodyStore, UnreadableFile>?

  init(human: @escaping () -> Result<HumanTemplate, UnreadableFile>) {
    load = human
  }

  /// Returns the maker for scenes with a human, or a sentence why there is none.
  public func human() -> Result<BodyStore, UnreadableFile> {
    if let loaded { return loaded }
    let made = load().map { BodyStore(human: $0) }
    loaded = made
    return made
  }
}
