internal import PosemapKit
internal import SceneFiles

/// The files that a scene was made from, except for those being edited, with their stamps.
struct SceneInputs {
  private var stamps: [String: FileStamp] = [:]

  /// Whether one of them has changed on disk since.
  var haveChanged: Bool { stamps.contains { FileStamp($0.key) != $0.value } }

  /// Records files as a loader is asked for them.
  final class Notes {
    /// The files asked for so far.
    fileprivate(set) var inputs = SceneInputs()

    fileprivate func note(_ path: String) {
      guard inputs.stamps[path] == nil else { return }
      // Take the stamp before reading, so that a later write is noticed as a change.
      inputs.stamps[path] = FileStamp(path)
    }
  }

  /// Returns a loader that records the files that it reads, except for those being edited.
  static func noting(
    _ disk: FileLoader, edited: @escaping (String) -> [UInt8]?
  ) -> (notes: Notes, loader: FileLoader) {
    let notes = Notes()
    // The human is loaded without a path.
    notes.note(HumanStore.path)
    let noting = disk.noting(notes.note)
    var loader = noting
    loader.read = { path in edited(path).map { .success($0) } ?? noting.read(path) }
    return (notes, loader)
  }
}
