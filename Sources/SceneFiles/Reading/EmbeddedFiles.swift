internal import CResources

/// An embedded file of the repository.
package struct EmbeddedFile: Sendable {
  /// The path within the repository, which also appears in messages.
  package var path: String
  /// The content.
  package var bytes: [UInt8]

  /// Creates a file from its parts.
  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

extension [EmbeddedFile] {
  /// Returns the entries of a list that is stored as one file per entry, in their order.
  ///
  /// Files that `read` rejects are left out; entries that share a name or an order are reported.
  package func entries<Entry>(
    of kind: String, name: KeyPath<Entry, String>, order: KeyPath<Entry, Int>, log: DiagnosticLog,
    read: (EmbeddedFile) -> Entry?
  ) -> [Entry] {
    var entries: [Entry] = []
    for file in self {
      guard let new = read(file) else { continue }
      let (ownName, ownOrder) = (new[keyPath: name], new[keyPath: order])
      if entries.contains(where: { $0[keyPath: name] == ownName }) {
        log.error(
          .duplicate, file.path, nil, "another \(kind) is already called \"\(ownName)\"")
      }
      if let other = entries.first(where: { $0[keyPath: order] == ownOrder }) {
        log.error(
          .duplicate, file.path, nil,
          "\"\(other[keyPath: name])\" already has the order \(ownOrder)")
      }
      entries.append(new)
    }
    return entries.sorted { $0[keyPath: order] < $1[keyPath: order] }
  }
}

/// The files of the targets' `Resources` folders, embedded so that the command works wherever it is
/// copied.
///
/// `scripts/embed-resources.sh` lists them; a test compares the list with the folders.
package enum EmbeddedFiles {
  /// All files, sorted by path.
  package static let all: [EmbeddedFile] = (0..<posemap_resource_count()).map { index in
    let resource = posemap_resource_at(index)
    let bytes = UnsafeBufferPointer(start: resource.bytes, count: Int(resource.size))
    return EmbeddedFile(path: String(cString: resource.path), bytes: Array(bytes))
  }

  /// Returns the bytes of a file, by its path within the repository; nil if it does not exist.
  package static func file(_ path: String) -> [UInt8]? { all.first { $0.path == path }?.bytes }

  /// Returns the files in a folder and its subfolders, sorted by path.
  package static func files(in folder: String) -> [EmbeddedFile] {
    all.filter { $0.path.hasPrefix(folder + "/") }
  }
}
