public import PoseRig

/// The G-buffers of a scene's characters, each alone before the one camera.
///
/// The depth range needs all of them before the first map can be drawn. Small ones are kept; large
/// ones, which would fill gigabytes, are drawn again.
public struct CharacterBuffers: ~Copyable {
  /// Pixels over all characters up to which buffers are kept; one takes 16 bytes.
  static let keptPixels = 1 << 25

  private let scene: PosedScene
  private let pass: GeometryPass
  private var kept: [GBuffer] = []

  /// The range of distances in the whole scene, props included even where they are not drawn, so that a
  /// character's depth map does not change with what its limbs do or who else is drawn; nil if
  /// nothing is in the picture.
  public let depthRange: DepthMap.Range?

  /// Draws every character of `scene` once.
  public init(_ scene: PosedScene) throws(RenderError) {
    let canvas = scene.camera.canvas
    let pass = try GeometryPass(canvas: canvas)
    let keeps = canvas.width * canvas.height * scene.characters.count <= Self.keptPixels
    var kept: [GBuffer] = []
    var range: DepthMap.Range?
    if !scene.props.isEmpty, !scene.mapSettings.props {
      range = DepthMap.Range(covering: try pass.draw(scene.props, camera: scene.camera))
    }
    for index in scene.characters.indices {
      let buffer = try pass.draw(Self.surfaces(scene, index), camera: scene.camera)
      range = range.union(DepthMap.Range(covering: buffer))
      if keeps { kept.append(buffer) }
    }
    self.scene = scene
    self.pass = pass
    self.kept = kept
    depthRange = range
  }

  /// The G-buffer of the character at `index`, with the props if the scene's settings show them.
  public func buffer(of index: Int) throws(RenderError) -> GBuffer {
    if kept.indices.contains(index) { return kept[index] }
    return try pass.draw(Self.surfaces(scene, index), camera: scene.camera)
  }

  private static func surfaces(_ scene: PosedScene, _ index: Int) -> [PosedSurface] {
    [scene.characters[index].surface] + (scene.mapSettings.props ? scene.props : [])
  }
}
