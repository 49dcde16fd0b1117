internal import PosemapKit
internal import SceneFiles

/// The files that a scene was made of, except for those under edit, with their stamps.
struct SceneInputs {
  private var stamps: [String: FileStamp] = [:]

  /// Whether one of them is not on the disk as it was then.
  var haveChanged: Bool { stamps.contains { FileStamp($0.key) != $0.value } }

  /// Takes note of files as a loader is asked for them.
  final class Notes {
    /// The files asked for so far.
    fileprivate(set) var inputs = SceneInputs()

    fileprivate func note(_ path: String) {
      guard inputs.stamps[path] == nil else { return }
      // From before it is read: what is written meanwhile is seen as a change.
      inputs.stamps[path] = FileStamp(path)
    }
  }

  /// Returns a loader that takes note of the files that it reads, except for those under edit.
  static func noting(
    _ disk: FileLoader, edited: @escaping (String) -> [UInt8]?
  ) -> (notes: Notes, loader: FileLoader) {
    let notes = Notes()
    // The human is asked for by no path.
    notes.note(HumanStore.path)
    let noting = disk.noting(notes.note)
    var loader = noting
    loader.read = { path in edited(path).map { .success($0) } ?? noting.read(path) }
    return (notes, loader)
  }
}
