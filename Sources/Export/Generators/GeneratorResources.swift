internal import CGenerators

/// What is said of image generators in `Resources/`, compiled in so that the command works wherever it is copied. A test holds
/// the list of compiled files to the folder.
enum GeneratorResources {
  /// A file's bytes, by its path under `Resources/`; nil if there is none.
  static func file(_ path: String) -> [UInt8]? { all.first { $0.path == path }?.bytes }

  /// The files in a folder under `Resources/`, in the order of their names.
  static func files(in folder: String) -> [(path: String, bytes: [UInt8])] {
    all.filter { $0.path.hasPrefix(folder + "/") }.sorted { $0.path < $1.path }
  }

  /// The paths of all.
  static var paths: [String] { all.map(\.path) }

  private static let all: [(path: String, bytes: [UInt8])] = {
    var files: [(path: String, bytes: [UInt8])] = []
    while true {
      let resource = posemap_generator_resource(Int64(files.count))
      guard let path = resource.path else { return files }
      let bytes = UnsafeBufferPointer(start: resource.bytes, count: Int(resource.size))
      files.append((String(cString: path), Array(bytes)))
    }
  }()
}
