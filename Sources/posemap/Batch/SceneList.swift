import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The scenes of a run: those named, then those in a list file.
enum SceneList {
  /// Returns the paths in a list file, one per line, relative to the list's folder.
  ///
  /// Blank lines and lines that begin with "#" are ignored.
  static func read(_ path: String) throws -> [String] {
    let bytes: [UInt8]
    switch FileLoader.bytes(path) {
    case .failure(let failure):
      throw Failure(.noInput, "--list \(path): cannot read it: \(failure.reason)")
    case .success(let read): bytes = read
    }
    if let sentence = GitRemains.sentence(of: bytes, file: path)
      ?? TextEncoding.sentence(of: bytes)
    {
      throw Failure(.badData, "--list \(path): \(sentence)")
    }
    let lines = String(decoding: bytes, as: UTF8.self).trimmingPrefix("\u{FEFF}")
      .split(whereSeparator: \.isNewline)
      .map { $0.withoutBlankEnds }.filter { !$0.isEmpty }
    if lines.first?.hasPrefix("{") == true {
      throw Failure(
        .badData,
        "--list \(path): this is a scene, not a list; a list has one scene's path per line")
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return lines.filter { !$0.hasPrefix("#") }
      .map { $0.hasPrefix("/") ? String($0) : folder + $0 }
  }

  /// Returns each scene with its own output folder, in order; fails if two scenes would share one.
  static func folders(of paths: [String], in output: String) throws(Failure) -> [SceneTask] {
    var first: [String: String] = [:]
    return try paths.map { path throws(Failure) in
      let name = LoadedScene.name(of: path)
      if let other = first.updateValue(path, forKey: name) {
        throw Failure(
          .usage,
          "\(other) and \(path) would both be written to \(output)/\(name); "
            + "render them one by one, or rename one")
      }
      return SceneTask(path: path, folder: "\(output)/\(name)")
    }
  }
}

extension Substring {
  /// The text without white space at either end.
  fileprivate var withoutBlankEnds: Substring {
    var rest = drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
