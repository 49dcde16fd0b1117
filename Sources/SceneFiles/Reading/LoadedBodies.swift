public import PoseRig

/// The factories of bodies for all scenes that one loader reads. The human is read on first use,
/// and then kept.
public final class LoadedBodies {
  /// The factory for scenes without a human.
  public let mannequins = BodyStore()

  private let load: () -> Result<HumanTemplate, UnreadableFile>
  private var loaded: Result<BodyStore, UnreadableFile>?

  init(human: @escaping () -> Result<HumanTemplate, UnreadableFile>) {
    load = human
  }

  /// Returns the factory for scenes with a human, or a sentence about why the human is missing.
  public func human() -> Result<BodyStore, UnreadableFile> {
    if let loaded { return loaded }
    let made = load().map { BodyStore(human: $0) }
    loaded = made
    return made
  }
}
