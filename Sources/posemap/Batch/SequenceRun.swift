internal import ArgumentParser
internal import Export
internal import Foundation
internal import MapRender
internal import PoseRig
internal import SceneFiles

/// Renders a moving scene frame by frame into a folder, going on where an equal run stopped.
///
/// Frames are handed to processes, which first measure them all for what the pictures must agree on.
struct SequenceRun {
  var export: SequenceExport
  let frames: ClosedRange<Int>
  let folder: String
  let inputs: [InputFile]
  /// How many processes draw.
  let jobs: Int
  let quiet: Bool
  /// The levels of each character in the depth maps of all frames; none if some were there before.
  private(set) var depthLevels: [[DepthLevels]] = []

  mutating func run() throws {
    var pool = try pool()
    if export.needsRange { export.range = try measure(&pool) }
    pool.tell(.fix(export.range))
    let left = try prepare()
    let drawn = try draw(left, &pool)
    if WorkerPool.isInterrupted {
      printError(
        "posemap: interrupted with \(frames.count - left.count + drawn) of \(frames.count) frames drawn; the same command draws the rest"
      )
      throw ExitCode.interrupted
    }
    if quiet { return }
    let before = frames.count - left.count
    print("\(folder): \(drawn) frames" + (before > 0 ? ", \(before) were there" : ""))
  }

  /// Workers, each with a copy of this run.
  private func pool() throws -> WorkerPool {
    var own = self
    var range: DepthRange?
    return try WorkerPool(count: min(jobs, frames.count)) { order in
      do {
        switch order {
        case .measure(let frame):
          range = try own.export.range(of: frame, and: range)
          return .measured(frame, range)
        case .draw(let frame):
          let drawn = try own.export.draw(frame)
          try FrameFolder.write(drawn.files, to: own.folder)
          return .drawn(frame, isNew: true, said: DepthLevelsLine.text(drawn.depthLevels))
        case .fix(let all):
          own.export.range = all
          return nil
        default: return nil
        }
      } catch {
        let fault = ExitCode.ofFault(error)
        return .failed(order.piece ?? 0, said: fault.said, code: fault.code.rawValue)
      }
    }
  }

  private func measure(_ pool: inout WorkerPool) throws -> DepthRange? {
    let progress = ProgressBar("Measuring", total: frames.count, quiet: quiet)
    var range: DepthRange?
    var measured = 0
    try pool.handOut(frames.lazy.map { .measure($0) }) { message in
      if case .failed(_, let said, let code) = message { throw fault(said, code, progress) }
      if case .measured(_, let own) = message { range = range.union(own) }
      measured += 1
      progress.show(measured)
      return true
    } died: { order in
      throw died(order, progress)
    }
    progress.finish()
    if WorkerPool.isInterrupted {
      printError("posemap: interrupted before the first frame was drawn")
      throw ExitCode.interrupted
    }
    return range
  }

  /// How many frames were drawn. A frame that a worker dies of is named, and the others are drawn.
  private mutating func draw(_ left: [Int], _ pool: inout WorkerPool) throws -> Int {
    let progress = ProgressBar("Rendering", total: left.count, quiet: quiet)
    var drawn = 0
    var failure: ExitCode?
    var levels: [String: [DepthLevels]] = [:]
    try pool.handOut(left.lazy.map { .draw($0) }) { message in
      if case .drawn(_, _, let said) = message {
        for own in DepthLevelsLine.levels(said) { levels[own.character, default: []].append(own) }
      }
      if case .failed(_, let said, let code) = message {
        failure = fault(said, code, progress)
        return false
      }
      drawn += 1
      progress.show(drawn)
      return true
    } died: { order in
      failure = died(order, progress)
      return true
    }
    progress.finish()
    if left.count == frames.count { depthLevels = levels.sorted { $0.key < $1.key }.map(\.value) }
    if let failure { throw failure }
    return drawn
  }

  private func fault(_ said: String, _ code: Int32, _ progress: ProgressBar) -> ExitCode {
    progress.finish()
    printError(said)
    return ExitCode(code)
  }

  private func died(_ order: WorkerMessage, _ progress: ProgressBar) -> ExitCode {
    fault(
      "posemap: error: a worker process died at frame \(order.piece ?? 0); run the same command again to draw what is missing",
      ExitCode.internalFault.rawValue, progress)
  }

  /// Writes the manifest; which frames are still to be drawn. Frames appear whole or not at all, and under the same manifest those that
  /// are there are as they would be made again.
  private func prepare() throws -> [Int] {
    let manifest = try export.manifest(inputs: inputs)
    let old = FileManager.default.contents(atPath: "\(folder)/manifest.json").map { [UInt8]($0) }
    if old == manifest.bytes {
      return frames.filter { frame in
        !export.names(of: frame).allSatisfy { FrameFolder.isWhole("\(folder)/\($0)") }
      }
    }
    // Under the new manifest, frames of another run would be taken for this one's.
    for frame in frames { FrameFolder.remove(export.names(of: frame), in: folder) }
    try AtomicFolder.write([manifest], to: folder)
    return Array(frames)
  }
}
