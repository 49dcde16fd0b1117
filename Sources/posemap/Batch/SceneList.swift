import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The scenes of a run: those named, then those of a list.
enum SceneList {
  /// The paths in a list file, one a line, as seen from the list's folder; blank lines and what begins with "#" are passed over.
  static func read(_ path: String) throws -> [String] {
    let bytes: [UInt8]
    switch FileLoader.bytes(path) {
    case .failure(let failure):
      printError("posemap: error: --list \(path): cannot read it: \(failure.reason)")
      throw ExitCode.noInput
    case .success(let read): bytes = read
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.withoutBlankEnds }.filter { !$0.isEmpty }
    if lines.first?.hasPrefix("{") == true {
      printError(
        "posemap: error: --list \(path): this is a scene, not a list; a list has a scene's path in every line"
      )
      throw ExitCode.badData
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return lines.filter { !$0.hasPrefix("#") }
      .map { $0.hasPrefix("/") ? String($0) : folder + $0 }
  }

  /// Each scene with a folder to itself, in order; exits if two would share one.
  static func folders(of paths: [String], in output: String) throws -> [BatchScene] {
    var first: [String: String] = [:]
    return try paths.map { path in
      let name = LoadedScene.name(path)
      if let other = first.updateValue(path, forKey: name) {
        printError(
          "posemap: error: \(other) and \(path) would both be written to \(output)/\(name); "
            + "render them one by one, or rename one")
        throw ExitCode.usage
      }
      return BatchScene(path: path, folder: "\(output)/\(name)")
    }
  }
}

/// A scene of a batch, and where its files go.
struct BatchScene {
  var path: String
  var folder: String
}

extension Substring {
  /// Without blanks at either end.
  fileprivate var withoutBlankEnds: Substring {
    var rest = drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
