internal import PoseRig

/// Everything that one map can be drawn from.
struct MapView {
  /// The map to draw.
  let map: MapName
  /// The subject, and everything prepared for its maps.
  let drawing: MapDrawing

  /// The settings of the scene's maps.
  var settings: MapSettings { drawing.scene.mapSettings }
  /// The camera.
  var camera: Camera { drawing.scene.camera }
  /// The range of the depth map.
  var depthRange: DepthRange { drawing.depthRange }
  /// The keypoints of each person, from the farthest to the nearest.
  var keypoints: [PersonKeypoints] { drawing.keypoints }
  /// The keypoints of each person that the OpenPose map shows.
  var people: [OpenPosePerson] { drawing.drawnPeople }
  /// The people's ranks from left to right among all characters.
  var identities: [Int] { drawing.identities }
  /// The rank of the character at each pixel of the buffer; needs ``MapInputs/ranks``.
  var ranks: [Int?] { drawing.ranks }
  /// The pixels of the subject that nothing hides, 255 on 0; needs ``MapInputs/visible``.
  var visible: Inset<UInt8>? { drawing.visible }

  /// The G-buffer, including props if the settings request them in this map.
  var buffer: GBuffer { drawing.buffer(withProps: withProps) }
  /// The studio picture of the buffer, made once for all maps that read it.
  var shaded: Inset<RGB8> { drawing.shaded(withProps: withProps) }
  /// The picture in the scene's lights; nil for a scene without; needs ``MapInputs/lights``.
  var lit: Inset<RGB8>? { drawing.lit }
  /// The geometry's lines in the buffer, made once for all maps that read them.
  var lines: LineMaps { drawing.lines(withProps: withProps) }

  private var withProps: Bool { settings.props.contains(map) }
}
