/// How thick an OpenPose map is drawn, in pixels. The annotators differ in nothing else but
/// order and colours, so other styles start here.
struct OpenPoseStyle: Equatable, Sendable {
  /// Half the thickness of a limb at its middle.
  var stickWidth = 4
  var bodyPointRadius = 4
  var handLineWidth = 2
  var handPointRadius = 4
  var facePointRadius = 3

  /// ComfyUI's RenderPeopleKps and controlnet_aux's OpenPose annotator.
  static let comfy = OpenPoseStyle()
}
