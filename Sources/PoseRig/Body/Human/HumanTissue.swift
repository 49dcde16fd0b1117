/// A kind of the human's surface, by which its tones are laid on.
public enum HumanTissue: UInt8, Sendable, CaseIterable {
  /// Skin.
  case skin
  /// The border of the lids to the inside of the eye socket.
  case lidEdge
  /// The inside of an eye socket.
  case socket
  /// The border of the lips to the inside of the mouth.
  case lipEdge
  /// The inside of the mouth.
  case mouth
  /// Teeth.
  case tooth
  /// An eyeball.
  case eyeball
}
