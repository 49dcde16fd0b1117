internal import PoseRig

extension MapName {
  /// The silhouette without the parts that something else hides.
  public static let visible = MapName(of: "visible")
}

/// The visible map: the pixels of characters that are visible among all others and the props.
public enum VisibleMap {
  static let kind = MapKind(
    .visible, order: 60, summary: "the silhouette without what is in front of it",
    takenBy: "putting separately generated characters into one picture", channels: .gray,
    inputs: .visible, sharedSettings: [MaskMap.grow.row, MaskMap.feather.row]
  ) { .gray($0.visible ?? MaskMap.draw($0.buffer, edge: $0.settings.maskEdge)) }

  /// Returns the map of a subject.
  static func draw(
    _ subject: MapSubject, of scene: PosedScene, _ buffers: borrowing CharacterBuffers
  ) throws(RenderError) -> Inset<UInt8> {
    let everyone = Array(scene.characters.indices)
    let seen = try buffers.together(everyone, withProps: true)
    let wanted = subject.indices
    return draw(seen.buffer, edge: scene.mapSettings.maskEdge) { index in
      seen.characters[index].map(wanted.contains) == true
    }
  }

  /// Returns 255 where `isShown`, called with indices of the buffer's pixels, is true, and 0 where
  /// something else or nothing is visible.
  ///
  /// Growing takes no pixel that shows something nearer than the nearest pixel shown.
  /// - Parameter everything: the nearest surfaces of the whole scene.
  public static func draw(
    _ everything: GBuffer, edge: MaskEdge = MaskEdge(), isShown: (Int) -> Bool
  ) -> Inset<UInt8> {
    let mask: Inset<UInt8> = everything.picture(0) { isShown($0) ? 255 : 0 }
    if edge.grow <= 0 { return edge.applied(to: mask) }
    let distances = everything.distances.grown(by: edge.reach).pixels
    return edge.applied(to: mask) { index, nearest in
      distances[index] == 0 || distances[index] >= distances[nearest]
    }
  }
}
