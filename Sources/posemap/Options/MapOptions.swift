import ArgumentParser
internal import PoseRig

/// The map settings of a scene file, as options; what is said here takes the place of what the file says.
struct MapOptions: ParsableArguments {
  @Option(help: "Whose skeleton: \(names(OpenPoseStyleName.self)).")
  var openpose: String?

  @Option(
    help: "What of a person the skeleton shows: \(names(OpenPosePart.self)); separated by commas.")
  var openposeParts: String?

  @Option(
    help: "How large xinsir's discs are: fixed, or scaled with its sticks as on the model's card.")
  var openposeDiscs: String?

  @Option(help: "What becomes of hidden keypoints: \(names(OccludedPolicy.self)).")
  var occluded: String?

  @Option(help: "What depth levels are proportional to: \(names(DepthCurve.self)).")
  var depth: String?

  @Option(
    help: ArgumentHelp(
      "Whose distances become white and the floor: characters (all of them), scene (props too), character (each its own), "
        + "or the distances themselves in metres.",
      valueName: "near,far"))
  var depthRange: String?

  @Option(help: "The darkest level of a covered pixel of the depth map, 0 to 254.")
  var depthFloor: String?

  @Option(help: "8 or 16.")
  var depthBits: String?

  @Option(help: "The normal map's axes: \(names(NormalAxes.self)).")
  var normal: String?

  @Option(help: "Where Canny's edges come from: \(names(CannySource.self)).")
  var canny: String?

  @Option(help: ArgumentHelp("cv2.Canny's thresholds.", valueName: "low,high"))
  var cannyThresholds: String?

  @Option(help: "cv2.Canny's aperture: 3, 5 or 7.")
  var cannyAperture: String?

  @Option(help: "cv2.Canny's norm: L1 or L2.")
  var cannyNorm: String?

  @Option(help: "Whether Canny reads the grey picture: true or false.")
  var cannyGrey: String?

  // A negative number would be taken for an option.
  @Option(
    parsing: .unconditional,
    help: "How far the mask and visible maps reach beyond the silhouette, -256 to 256 pixels.")
  var grow: String?

  @Option(help: "How wide the ramp at the mask and visible maps' edge is, 0 to 256 pixels.")
  var feather: String?

  @Option(
    help:
      "Whether the lines of canny, softedge and lineart are light or dark: \(names(LineColors.self))."
  )
  var lines: String?

  @Option(help: "The same for lineart alone.")
  var lineart: String?

  @Option(help: "What the segmentation's colours stand for: \(names(SegmentationPalette.self)).")
  var segmentation: String?

  @Option(
    help:
      "What is around the characters in a segmentation of identities: \(names(IdentityGround.self))."
  )
  var identityGround: String?

  @Option(help: "The DensePose map's colours: \(names(DensePosePalette.self)).")
  var densepose: String?

  @Option(help: "Whether props are drawn: true, false, or maps separated by commas.")
  var props: String?

  /// What was given: the key of a scene's `"maps"` and its value.
  var assignments: [(key: String, value: String)] {
    let all: [(String, String?)] = [
      ("openpose", openpose), ("openposeParts", openposeParts), ("openposeDiscs", openposeDiscs),
      ("occluded", occluded),
      ("depth", depth), ("depthRange", depthRange), ("depthFloor", depthFloor),
      ("depthBits", depthBits), ("normal", normal), ("canny", canny),
      ("cannyThresholds", cannyThresholds), ("cannyAperture", cannyAperture),
      ("cannyNorm", cannyNorm), ("cannyGrey", cannyGrey), ("grow", grow), ("feather", feather),
      ("lines", lines), ("lineart", lineart ?? lines), ("segmentation", segmentation),
      ("identityGround", identityGround), ("densepose", densepose), ("props", props),
    ]
    return all.compactMap { key, value in value.map { (key, $0) } }
  }

  private static func names<Choice: CaseIterable & RawRepresentable>(
    _ choice: Choice.Type
  ) -> String where Choice.RawValue == String {
    choice.allCases.map(\.rawValue).joined(separator: ", ")
  }
}
