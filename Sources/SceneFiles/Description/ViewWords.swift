internal import PoseRig

/// Words for a camera's view of a figure.
enum ViewWords {
  /// Returns the visible part of a figure: `from the knees up`.
  static func size(_ size: Shot.Size) -> String {
    switch size {
    case .face, .overShoulder: "in a close-up of the face"
    case .bust: "from the chest up"
    case .waist: "from the waist up"
    case .cowboy: "from the thighs up"
    case .knees: "from the knees up"
    case .full, .wide: "in full"
    }
  }

  /// Returns the side from which a figure is seen, by the degrees that it faces away.
  static func turn(_ degrees: Double) -> String {
    let way = degrees > 0 ? "to the right of the picture" : "to the left of the picture"
    switch abs(degrees) {
    case ..<20: return "from the front"
    case ..<65: return "in three-quarter view, facing \(way)"
    case ..<115: return "in profile, facing \(way)"
    case ..<160: return "from behind at an angle, facing \(way)"
    default: return "from behind"
    }
  }

  /// Returns tags that generators know.
  static func tags(_ view: FigureView) -> [String] {
    var tags: [String] = []
    switch view.size {
    case nil: return []
    case .face?, .overShoulder?: tags.append("close-up")
    case .bust?: tags.append("portrait")
    case .waist?: tags.append("upper body")
    case .cowboy?, .knees?: tags.append("cowboy shot")
    case .full?, .wide?: tags.append("full body")
    }
    if let turn = view.turn {
      switch abs(turn) {
      case ..<20: tags.append("straight-on")
      case ..<65: tags.append("three-quarter view")
      case ..<115: tags.append("from side")
      default: tags.append("from behind")
      }
    }
    if view.elevation > 15 { tags.append("from above") }
    if view.elevation < -12 { tags.append("from below") }
    return tags
  }
}
