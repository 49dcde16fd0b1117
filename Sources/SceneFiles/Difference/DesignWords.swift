internal import PoseRig

/// Describes the changes of a prop made of shapes.
struct DesignWords {
  private let old: PropDesign
  private let new: PropDesign

  init(from old: PropDesign, to new: PropDesign) {
    self.old = old
    self.new = new
  }

  /// Returns a size: `0.4 × 0.9 × 0.4 m`.
  static func size(_ size: Vector3) -> String {
    [size.x, size.y, size.z].map { DecimalText.rounded($0, 3) }.joined(separator: " × ") + " m"
  }

  /// Returns one line per change.
  func lines() -> [DifferenceLine] {
    var lines: [DifferenceLine] = []
    if Self.size(old.bounds.size) != Self.size(new.bounds.size) {
      lines.append(
        DifferenceLine(
          .changed, "size: \(Self.size(old.bounds.size)) → \(Self.size(new.bounds.size))"))
    }
    if old.parts.count != new.parts.count {
      lines.append(DifferenceLine(.changed, "parts: \(old.parts.count) → \(new.parts.count)"))
    } else {
      let changed = zip(old.parts, new.parts).count { $0 != $1 }
      if changed > 0 {
        let parts = changed == 1 ? "1 part is" : "\(changed) parts are"
        lines.append(DifferenceLine(.changed, "\(parts) another"))
      }
    }
    if old.sceneClass != new.sceneClass {
      lines.append(
        DifferenceLine(
          .changed, "class: \(old.sceneClass.rawValue) → \(new.sceneClass.rawValue)"))
    }
    if old.tags != new.tags {
      lines.append(
        DifferenceLine(
          .changed,
          "tags: \(old.tags.joined(separator: ", ")) → \(new.tags.joined(separator: ", "))"))
    }
    return lines + points()
  }

  private func points() -> [DifferenceLine] {
    Set(old.points.keys).union(new.points.keys).sorted().compactMap { name in
      switch (old.points[name], new.points[name]) {
      case (let one?, let other?):
        if one == other { return nil }
        let way = (other.point - one.point).length
        return DifferenceLine(
          .changed,
          way < 0.000_5
            ? "place \"\(name)\" faces a different way"
            : "place \"\(name)\" moved by \(MeasureWords.length(way))")
      case (nil, _): return DifferenceLine(.added, "place \"\(name)\" is new")
      case (_, nil): return DifferenceLine(.removed, "place \"\(name)\" is gone")
      }
    }
  }
}
