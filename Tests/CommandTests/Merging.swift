import Export
import Foundation
import MapRender
import TestSupport
import Testing

/// Runs of merges with generated pictures, without any model.
final class Merging {
  /// Two people who touch, and three people at a table.
  static let window = CommandRunner.repository + "/Examples/window/scene.json"
  static let table = CommandRunner.repository + "/Examples/table/scene.json"

  let runner: CommandRunner
  let width: Int
  let height: Int

  init(_ width: Int = 208, _ height: Int = 304) throws {
    runner = try CommandRunner()
    (self.width, self.height) = (width, height)
  }

  /// Writes a picture of one color, optionally with noise like a photograph's.
  @discardableResult func picture(
    _ name: String, _ color: RGB8, noise seed: UInt64? = nil
  ) throws -> Image<RGB8> {
    var random = SplitMix64(seed: seed ?? 0)
    func level(_ level: UInt8) -> UInt8 {
      guard seed != nil else { return level }
      return UInt8(clamping: Int(level) + Int.random(in: -40...40, using: &random))
    }
    let image = Image(
      width: width, height: height,
      pixels: (0..<width * height).map { _ in
        RGB8(level(color.red), level(color.green), level(color.blue))
      })
    try write(try PNGFile.encode(image), to: name)
    return image
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(runner.folder)/\(name)"))
  }

  func image(_ name: String) throws -> Image<RGB8> {
    try PNGFile.decodeRGB(try #require(runner.bytes(name)))
  }

  /// Determines who is visible at each pixel, from the metric maps of each character alone.
  ///
  /// An owner is nil where nobody is visible. It is uncertain where depths differ by at most a
  /// millimeter, to which the maps round.
  func seen(in scene: String, _ ids: [String]) throws -> (owners: [String?], isSure: [Bool]) {
    let size = "\(width)x\(height)"
    for (folder, props) in [("alone", "false"), ("props", "metric")] {
      let outcome = try runner.run(
        "render", scene, "-o", folder, "-q", "--maps", "metric", "--size", size, "--props", props)
      try #require(outcome.code == 0, "\(outcome.errors)")
    }
    func distances(_ folder: String, _ id: String) throws -> [Int] {
      try DeepPNG.levels(try #require(runner.bytes("\(folder)/\(id)/metric.png")))
    }
    let alone = try ids.map { try distances("alone", $0) }
    let amongProps = try ids.map { try distances("props", $0) }
    var owners: [String?] = []
    var isSure: [Bool] = []
    for index in 0..<width * height {
      // A prop is in front of a character where the character among props is nearer than alone.
      let own = ids.indices.filter { alone[$0][index] > 0 }
      let nearest = own.min { alone[$0][index] < alone[$1][index] }
      let prop = ids.indices.map { amongProps[$0][index] }.filter { $0 > 0 }.min() ?? 0
      guard let nearest else {
        owners.append(nil)
        isSure.append(true)
        continue
      }
      let distance = alone[nearest][index]
      let others = own.filter { $0 != nearest }.map { alone[$0][index] }
      owners.append(prop < distance ? nil : ids[nearest])
      let isAlone = others.allSatisfy { $0 - distance > 1 }
      isSure.append(isAlone && (prop == distance || distance - prop > 1))
    }
    return (owners, isSure)
  }
}
