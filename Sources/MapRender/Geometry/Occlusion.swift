public import PoseRig

/// The share of a character that something hides from the camera.
public struct HiddenShare: Equatable, Sendable {
  /// The object in front of a character.
  public enum Cover: Hashable, Sendable {
    /// Another character, by id.
    case character(String)
    /// Props, by their class.
    case prop(SceneClass)
  }

  /// The id of the hidden character.
  public var id: String
  /// The object that hides it.
  public var cover: Cover
  /// The share of the character's pixels, from 0 to 1.
  public var share: Double
}

/// Finds the characters and props in front of others.
public enum Occlusion {
  /// The longer side of the pictures in which pixels are counted.
  private static let side = 384

  /// Returns the share of each character that something hides, in the scene's order.
  public static func shares(of scene: PosedScene) throws(RenderError) -> [HiddenShare] {
    let small = smaller(scene)
    let buffers = try CharacterBuffers(small)
    let everyone = Array(scene.characters.indices)
    guard !everyone.isEmpty else { return [] }
    let seen = try buffers.together(everyone, withProps: true)
    var shares: [HiddenShare] = []
    for index in everyone {
      let alone = try buffers.buffer(of: index)
      var covers: [HiddenShare.Cover: Int] = [:]
      var order: [HiddenShare.Cover] = []
      var count = 0
      for (pixel, depth) in alone.depth.enumerated() where depth > 0 {
        count += 1
        let width = alone.bounds.columns.count
        let (x, y) = (
          alone.bounds.columns.lowerBound + pixel % width,
          alone.bounds.rows.lowerBound + pixel / width
        )
        guard let location = seen.buffer.bounds.index(x: x, y: y),
          seen.characters[location] != index,
          let cover = cover(at: location, seen.buffer, seen.characters, scene)
        else { continue }
        if covers[cover] == nil { order.append(cover) }
        covers[cover, default: 0] += 1
      }
      shares += order.map {
        HiddenShare(
          id: scene.characters[index].id, cover: $0, share: Double(covers[$0] ?? 0) / Double(count))
      }
    }
    return shares
  }

  private static func cover(
    at location: Int, _ buffer: GBuffer, _ characters: [Int?], _ scene: PosedScene
  ) -> HiddenShare.Cover? {
    if let other = characters[location] { return .character(scene.characters[other].id) }
    return buffer.label(location)?.sceneClass.map(HiddenShare.Cover.prop)
  }

  /// Returns the scene on a small canvas with equal proportions.
  private static func smaller(_ scene: PosedScene) -> PosedScene {
    let canvas = scene.camera.canvas
    let scale = min(1, Double(side) / Double(max(canvas.width, canvas.height)))
    var small = scene
    small.camera.canvas = Canvas(
      width: max(1, Int((Double(canvas.width) * scale).rounded())),
      height: max(1, Int((Double(canvas.height) * scale).rounded())))
    return small
  }
}
