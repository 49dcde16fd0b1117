internal import ArgumentParser
internal import Export
internal import Foundation
internal import Glibc
internal import PoseRig

/// Renders a moving scene frame by frame into a folder, going on where an equal run stopped.
struct SequenceRun {
  let export: SequenceExport
  let frames: ClosedRange<Int>
  let folder: String
  let inputs: [InputFile]
  let quiet: Bool

  func run() throws {
    let manifest = try export.manifest(inputs: inputs)
    // Frames appear whole or not at all; under the same manifest those that are there are as they would be made again.
    let isSame =
      FileManager.default.contents(atPath: "\(folder)/manifest.json").map { [UInt8]($0) }
      == manifest.bytes
    if !isSame { try AtomicFolder.write([manifest], to: folder) }
    let left = frames.filter { !isSame || !isDone($0) }
    let progress = ProgressBar("Rendering", total: left.count, quiet: quiet)
    for (count, frame) in left.enumerated() {
      try AtomicFolder.write(try export.files(of: frame), to: folder)
      progress.show(count + 1)
    }
    progress.finish()
    if quiet { return }
    let before = frames.count - left.count
    print(
      "\(folder): \(left.count) frames" + (before > 0 ? ", \(before) were there" : ""))
  }

  private func isDone(_ frame: Int) -> Bool {
    export.names(of: frame).allSatisfy { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
  }
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
