internal import CResources

/// A file of the repository that is compiled in.
package struct EmbeddedFile: Sendable {
  /// The path within the repository, which also names the file in messages.
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
  /// Returns the entries of a list that is kept as one file per entry, in their order.
  ///
  /// A file that `read` refuses is left out; two entries of one name or one order are reported.
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

/// The files of the targets' `Resources` folders, compiled in so that the command works wherever it
/// is copied.
///
/// `scripts/embed-resources.sh` lists them; a test holds the list and the folders together.
package enum EmbeddedFiles {
  /// All files, in the order of their paths.
  package static let all: [EmbeddedFile] = (0..<posemap_resource_count()).map { index in
    let resource = posemap_resource_at(index)
    let bytes = UnsafeBufferPointer(start: resource.bytes, count: Int(resource.size))
    return EmbeddedFile(path: String(cString: resource.path), bytes: Array(bytes))
  }

  /// Returns the bytes of a file, by its path within the repository; nil if there is no such file.
  package static func file(_ path: String) -> [UInt8]? { all.first { $0.path == path }?.bytes }

  /// Returns the files in and below a folder, in the order of their paths.
  package static func files(in folder: String) -> [EmbeddedFile] {
    all.filter { $0.path.hasPrefix(folder + "/") }
  }
}
