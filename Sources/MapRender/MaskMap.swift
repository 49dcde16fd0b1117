/// A character's silhouette: white where it is, black elsewhere.
public enum MaskMap {
  /// 255 on the character, 0 on props and background.
  public static func draw(_ buffer: GBuffer) -> Inset<UInt8> {
    buffer.picture(0) { buffer.showsCharacter($0) ? 255 : 0 }
  }
}
