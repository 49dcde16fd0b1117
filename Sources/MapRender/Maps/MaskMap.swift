/// A character's silhouette: white where it is, black elsewhere.
public enum MaskMap {
  /// 255 on the character, 0 on props and background.
  public static func draw(_ buffer: GBuffer, edge: MaskEdge = MaskEdge()) -> Inset<UInt8> {
    edge.applied(to: buffer.picture(0) { buffer.showsCharacter($0) ? 255 : 0 })
  }
}

/// What is seen of characters among all others and the props.
public enum VisibleMap {
  /// 255 where `isShown`, asked with the places of the buffer's pixels, and 0 where something else or nothing is seen.
  ///
  /// Growing takes no pixel in which something stands that is nearer than the nearest pixel of what is shown.
  /// - Parameter everything: the nearest surfaces of the whole scene.
  public static func draw(
    _ everything: GBuffer, edge: MaskEdge = MaskEdge(), isShown: (Int) -> Bool
  ) -> Inset<UInt8> {
    let mask: Inset<UInt8> = everything.picture(0) { isShown($0) ? 255 : 0 }
    if edge.grow <= 0 { return edge.applied(to: mask) }
    let distances = everything.distances.grown(by: edge.reach).pixels
    return edge.applied(to: mask) { place, nearest in
      distances[place] == 0 || distances[place] >= distances[nearest]
    }
  }
}
