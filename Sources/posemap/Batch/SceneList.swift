import ArgumentParser
internal import PoseRig

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

/// `2/8` on the command line: the second of eight machines that share a batch.
struct Shard: Sendable {
  private let number: Int
  private let count: Int

  static func parse(_ argument: String) throws -> Shard {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 1,
      (1...count).contains(number)
    else { throw ValidationError("a shard is <which>/<of how many>, from 1/8 to 8/8") }
    return Shard(number: number, count: count)
  }

  private init(number: Int, count: Int) {
    self.number = number
    self.count = count
  }

  /// Every so-manieth of a list: costly neighbours go to different machines.
  func share<Element>(of list: [Element]) -> [Element] {
    list.indices.filter { $0 % count == number - 1 }.map { list[$0] }
  }
}

extension Substring {
  /// Without blanks at either end.
  fileprivate var withoutBlankEnds: Substring {
    var rest = drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
