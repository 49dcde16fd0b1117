internal import PoseRig

extension StampedMessage {
  /// Returns a single message that has the effect of this one and the next; nil if both are needed.
  ///
  /// - Parameter inGesture: whether both are part of one gesture of their tab.
  func joined(with next: StampedMessage, inGesture: Bool) -> StampedMessage? {
    message.joined(with: next.message, inGesture: inGesture).map {
      StampedMessage($0, stamp: next.stamp ?? stamp, bytes: next.bytes)
    }
  }
}

extension PageMessage {
  /// Returns a single message that has the effect of this one and the next; nil if both are needed.
  fileprivate func joined(with next: PageMessage, inGesture: Bool) -> PageMessage? {
    switch (self, next) {
    case (.drag, .drag), (.time, .time), (.view, .view), (.lens, .lens), (.roll, .roll),
      (.camera, .camera), (.maps, .maps):
      next
    case (.orbit(let right, let up), .orbit(let more, let higher)):
      .orbit(right: right + more, up: up + higher)
    case (.pan(let pixels), .pan(let more)): .pan(pixels + more)
    case (.dolly(let factor), .dolly(let more)): .dolly(factor * more)
    case (.edit(let edit, at: nil), .edit(let new, at: nil)):
      inGesture && edit.isSuperseded(by: new) ? next : nil
    default: nil
    }
  }
}

extension SceneEdit {
  /// Returns whether another edit sets everything that this one sets, so that this one can be
  /// skipped.
  func isSuperseded(by next: SceneEdit) -> Bool { target != nil && target == next.target }

  /// The value that the edit sets, without its content; nil if the edit does more than set one
  /// value.
  private var target: [String]? {
    switch self {
    case .turn(let id, let joints): ["turn", id] + joints.keys.map(\.rawValue).sorted()
    case .reach(let id, let end, _): ["reach", id, end.rawValue]
    case .look(let id, _): ["look", id]
    case .hips(let id, _): ["hips", id]
    case .place(let id, _): ["place", id]
    case .yaw(let id, _): ["yaw", id]
    case .expression(let id, let name, _): ["expression", id, name]
    case .character(let id, let key, _): ["character", id, key]
    case .prop(let id, let key, _): ["prop", id, key]
    case .camera(let key, _): ["camera", key]
    case .mapSetting(let key, _): ["mapSetting", key]
    case .scene(let key, _): ["scene", key]
    case .several(let edits, _):
      edits.reduce(["several"]) { all, edit in
        if let all, let next = edit.target { all + next } else { nil }
      }
    default: nil
    }
  }
}
