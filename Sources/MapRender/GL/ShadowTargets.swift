/// The targets of lights' views, made when the first light needs them: most scenes have no lights.
final class ShadowTargets {
  private var kept = Kept()

  private struct Kept: ~Copyable {
    var targets: RenderTargets?
    var side = 0
  }

  /// Calls `body` with square targets of a side in pixels.
  func with<Result>(
    side: Int, _ body: (borrowing RenderTargets) throws(RenderError) -> Result
  ) throws(RenderError) -> Result {
    if kept.side != side {
      kept.targets = nil
      kept.targets = try RenderTargets(width: side, height: side)
      kept.side = side
    }
    guard let targets = kept.targets.take() else {
      throw .noTargets(width: side, height: side, status: 0)
    }
    let result: Result
    do {
      result = try body(targets)
    } catch {
      kept.targets = consume targets
      throw error
    }
    kept.targets = consume targets
    return result
  }
}
