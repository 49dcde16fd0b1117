internal import ArgumentParser
internal import Export
internal import Foundation
internal import Glibc
internal import MapRender
internal import PoseRig

/// Renders a moving scene frame by frame into a folder, going on where an equal run stopped.
struct SequenceRun {
  var export: SequenceExport
  let frames: ClosedRange<Int>
  let folder: String
  let inputs: [InputFile]
  /// How many processes draw.
  let jobs: Int
  let quiet: Bool

  mutating func run() throws {
    let workers = min(jobs, frames.count)
    let drawn: Int
    if workers > 1 {
      var pool = FrameWorkers(self, count: workers)
      drawn = try pool.run()
    } else {
      drawn = try runAlone()
    }
    if quiet { return }
    let before = frames.count - drawn
    print("\(folder): \(drawn) frames" + (before > 0 ? ", \(before) were there" : ""))
  }

  private mutating func runAlone() throws -> Int {
    if export.needsRange {
      let looking = ProgressBar("Measuring", total: frames.count, quiet: quiet)
      for frame in frames {
        export.range = try export.range(of: frame, and: export.range)
        looking.show(frame - frames.lowerBound + 1)
      }
      looking.finish()
    }
    let left = left(isSame: try prepare())
    let progress = ProgressBar("Rendering", total: left.count, quiet: quiet)
    for (count, frame) in left.enumerated() {
      try draw(frame)
      progress.show(count + 1)
    }
    progress.finish()
    return left.count
  }

  /// Writes the manifest; whether the one that was there is the same: frames appear whole or not at all, and under the same manifest
  /// those that are there are as they would be made again.
  func prepare() throws -> Bool {
    let manifest = try export.manifest(inputs: inputs)
    let old = FileManager.default.contents(atPath: "\(folder)/manifest.json").map { [UInt8]($0) }
    if old == manifest.bytes { return true }
    try AtomicFolder.write([manifest], to: folder)
    return false
  }

  /// The frames that are not there yet.
  func left(isSame: Bool) -> [Int] { frames.filter { !isSame || !isDone($0) } }

  func draw(_ frame: Int) throws {
    try FrameFolder.write(try export.files(of: frame), to: folder)
  }

  /// Whether a frame's files are all there, and whole: a power cut may have shortened them.
  func isDone(_ frame: Int) -> Bool {
    export.names(of: frame).allSatisfy { name in
      guard let file = FileHandle(forReadingAtPath: "\(folder)/\(name)") else { return false }
      defer { try? file.close() }
      let end: [UInt8] = name.hasSuffix(".png") ? Self.lastChunk : [UInt8(ascii: "\n")]
      guard let length = try? file.seekToEnd(), length >= end.count,
        (try? file.seek(toOffset: length - UInt64(end.count))) != nil
      else { return false }
      return (try? file.readToEnd()).map { [UInt8]($0) } == end
    }
  }

  /// How every PNG ends: an empty IEND chunk with its checksum.
  private static let lastChunk: [UInt8] = [
    0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
  ]
}

/// A line on a terminal that fills up; nothing where there is no terminal.
struct ProgressBar {
  private let title: String
  private let total: Int
  private let isShown: Bool
  private let began = DispatchTime.now()

  init(_ title: String, total: Int, quiet: Bool) {
    self.title = title
    self.total = total
    isShown = !quiet && total > 0 && isatty(STDERR_FILENO) == 1
  }

  func show(_ count: Int) {
    guard isShown else { return }
    let width = 30
    let filled = width * count / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let spent = Double(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1e9
    let left = Int((spent / Double(count) * Double(total - count)).rounded(.up))
    write("\r\(title) \(bar) \(count)/\(total), \(left) s left \u{1B}[K")
  }

  func finish() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
