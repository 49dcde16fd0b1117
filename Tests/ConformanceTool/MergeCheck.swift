import Dispatch
import Foundation
import MergeProperties
import PoseRig
import SceneFiles
import Synchronization

/// Tests the properties of merges on all examples, the pose library and generated clips.
enum MergeCheck {
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  static func run(repository: String, pairs: Int) throws {
    let (files, poses) = try files(of: repository)
    let results = Mutex<[Int: Result<MergeProperties, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: files.count) { index in
      let share = pairs / files.count + (index < pairs % files.count ? 1 : 0)
      let result = Result {
        var own = MergeProperties()
        try own.check(
          files[index].bytes, file: files[index].name, pairs: share,
          seed: seed(of: files[index].name))
        return own
      }
      results.withLock { $0[index] = result }
    }
    var properties = MergeProperties()
    for (_, result) in results.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      properties.add(try result.get())
    }
    print("merges by meaning: \(files.count) files, \(pairs) pairs of changes")
    let counts = properties.counts + (try SaveCheck.run(poses))
    for count in counts {
      print("  \(count.failed == 0 ? "holds" : "FAILS") \(count.property): \(count.tries) tries")
      for failure in count.failures { print("    not for \(failure)") }
    }
    let kinds = properties.kinds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    print("  changes: \(kinds.joined(separator: ", "))")
    let rate = Int(Double(properties.merges) / properties.seconds * 60)
    print("  \(properties.merges) merges, \(rate) a minute")
    if counts.contains(where: { $0.failed > 0 }) {
      throw Failed(description: "a property of merges does not hold")
    }
    if rate < 10_000 { throw Failed(description: "fewer than 10,000 merges a minute") }
  }

  /// Returns the seed of a file's changes: the hash of its name (FNV-1a), so that a new file does
  /// not affect the changes of the others.
  private static func seed(of name: String) -> UInt64 {
    name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// The poses of the generated clip, listed by name so that a new pose does not affect it.
  private static let clipPoses =
    ["Examples/dancer/dancer", "Examples/table/seated"].map { "\($0).pose.json" }
    + [
      "call-me", "claw", "cupped", "fist", "flat", "grip", "gun", "hold-ball", "hold-glass", "hook",
      "horns", "loose-fist", "ok", "open", "pen", "pinch", "point", "relaxed", "spread", "three",
      "thumbs-up", "victory",
    ].map { "Rigs/poses/hands/\($0).pose.json" }

  private static func files(
    of repository: String
  ) throws -> (files: [(name: String, bytes: [UInt8])], poses: [Pose]) {
    var files: [(name: String, bytes: [UInt8])] = []
    var poses: [String: Pose] = [:]
    for folder in ["Examples", "Rigs/poses"] {
      let all = FileManager.default.enumerator(atPath: "\(repository)/\(folder)")?.allObjects ?? []
      for name in all.compactMap({ $0 as? String }).sorted() where name.hasSuffix(".json") {
        let bytes = [UInt8](
          try Data(contentsOf: URL(fileURLWithPath: "\(repository)/\(folder)/\(name)")))
        files.append(("\(folder)/\(name)", bytes))
        let loader = FileLoader { _ in .success(bytes) }
        poses["\(folder)/\(name)"] = try PoseFile.read(name, loader: loader).get().pose
      }
    }
    let frames = clipPoses.compactMap { poses[$0] }
    guard frames.count == clipPoses.count else {
      throw Failed(description: "a pose of the made-up clip is not there")
    }
    files.append(("made-up.clip.json", clip(of: frames)))
    files.append(("still.clip.json", clip(of: Array(repeating: frames[0], count: 12))))
    return (files, files.compactMap { poses[$0.name] })
  }

  /// Returns a clip with named frames, so that they can be found wherever they move.
  private static func clip(of poses: [Pose]) -> [UInt8] {
    let text = PoseWriter.text(of: poses, frameRate: 24)
    var frame = 0
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.hasPrefix("    {") else { return String(line) }
      frame += 1
      return "    {\"name\": \"frame \(frame)\", " + line.dropFirst(5)
    }
    return Array(lines.joined(separator: "\n").utf8)
  }
}
