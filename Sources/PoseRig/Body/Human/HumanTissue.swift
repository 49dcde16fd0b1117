/// A type of tissue on the human's surface, which determines its tones.
public enum HumanTissue: UInt8, Sendable, CaseIterable {
  /// Skin.
  case skin
  /// The border between the lids and the inside of the eye socket.
  case lidEdge
  /// The inside of an eye socket.
  case socket
  /// The border between the lips and the inside of the mouth.
  case lipEdge
  /// The inside of the mouth.
  case mouth
  /// Teeth.
  case tooth
  /// An eyeball.
  case eyeball
}
