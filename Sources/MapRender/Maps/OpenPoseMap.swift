public import PoseRig

extension MapName {
  /// The OpenPose skeleton.
  public static let openpose = MapName(of: "openpose")
}

extension MapSettings {
  /// The program that the OpenPose map reproduces.
  public var openpose: OpenPoseStyleName {
    get { self[OpenPoseMap.style] }
    set { self[OpenPoseMap.style] = newValue }
  }
  /// The parts of a person that the OpenPose map shows; nil for the style's usual parts.
  public var openposeParts: Set<OpenPosePart>? {
    get { self[given: OpenPoseMap.parts] }
    set { self[given: OpenPoseMap.parts] = newValue }
  }
  /// Whether the discs of xinsir's body points grow with its sticks.
  public var openposeDiscs: OpenPoseDiscs {
    get { self[OpenPoseMap.discs] }
    set { self[OpenPoseMap.discs] = newValue }
  }
  /// The treatment of keypoints that something hides.
  public var occluded: OccludedPolicy {
    get { self[OpenPoseMap.occluded] }
    set { self[OpenPoseMap.occluded] = newValue }
  }
}

extension OpenPoseMap {
  static let style = MapSetting<OpenPoseStyleName>(
    "openpose", default: .comfy, help: "The skeleton's style: \(OpenPoseStyleName.list).",
    description: "The skeleton's style; default comfy.")

  static let parts = MapSetting<Set<OpenPosePart>>(
    "openposeParts", .names(OpenPosePart.names), usual: { $0.openpose.usualParts },
    help:
      "The parts of a person that the skeleton shows: \(OpenPosePart.list); separated by commas.",
    description:
      "The parts of a person that it shows; by default, those that the style usually shows.",
    idle: { settings in
      guard settings.openposeParts?.contains(.feet) == true, settings.openpose != .core else {
        return nil
      }
      return settings.openpose == .aapose
        ? "\"openposeParts\" has \"feet\", which are \"core\"'s dots; \"aapose\" draws its toes with the body"
        : "\"openposeParts\" has \"feet\", which only the style \"core\" draws, not "
          + "\"\(settings.openpose.rawValue)\""
    })

  static let discs = MapSetting<OpenPoseDiscs>(
    "openposeDiscs", default: .fixed,
    help: "The size of xinsir's discs: fixed, or scaled with the sticks as on the model's card.",
    description: "The size of the discs of the style xinsir: 4 pixels, or scaled with the sticks "
      + "as on the model's card; default fixed.",
    idle: { settings in
      settings.openposeDiscs == .scaled && settings.openpose != .xinsir
        ? "\"openposeDiscs\" is for the style \"xinsir\", not for \"\(settings.openpose.rawValue)\""
        : nil
    })

  static let occluded = MapSetting<OccludedPolicy>(
    "occluded", default: .faceAndHands,
    help: "How hidden keypoints are treated: \(OccludedPolicy.list).",
    description:
      "How hidden keypoints are treated; default face-and-hands: hidden points of the head "
      + "are left out, and so are hands that are mostly hidden.")

  static let kind = MapKind(
    .openpose, order: 10,
    summary: "skeleton of body, hands and face on black, as the annotators draw it",
    takenBy: "SD 1.5, SDXL, Flux, Qwen-Image, Z-Image, Wan-VACE, Wan-Animate, SCAIL",
    channels: .color, isStandard: true, showsProps: true, inputs: .people,
    settings: [style.row, parts.row, discs.row, occluded.row]
  ) { .color(Inset(draw($0), background: .black)) }

  private static func draw(_ view: MapView) -> Image<RGB8> {
    let settings = view.settings
    guard settings.openpose == .scail else {
      return draw(
        view.people, width: view.camera.canvas.width, height: view.camera.canvas.height,
        style: settings.openpose, discs: settings.openposeDiscs, parts: settings[parts])
    }
    // The people's ranks from left to right among those in this picture.
    let ranks = view.identities.map { own in view.identities.count { $0 < own } }
    return CylinderMap(view.keypoints, ranks: ranks, camera: view.camera).draw(
      view.people, parts: settings[parts])
  }
}

/// The OpenPose map: the stick figures that ControlNet's pose models follow.
///
/// It is identical, pixel for pixel, to the drawing of comfyui_controlnet_aux's RenderPeopleKps
/// node and of controlnet_aux 0.0.10 on OpenCV 4.5 to 4.12, or to that of another reference with
/// its name.
public enum OpenPoseMap {
  /// Draws people on black, in the given order.
  ///
  /// Person by person, each has limbs, body points, left hand, right hand, face; limb by limb, all
  /// people's limbs come first, then all points, all hands and all faces. For
  /// ``OpenPoseStyleName/scail``, this function draws no bodies (see ``CylinderMap``).
  public static func draw(
    _ people: [OpenPosePerson], width: Int, height: Int, style: OpenPoseStyleName = .comfy,
    discs: OpenPoseDiscs = .fixed, parts: Set<OpenPosePart>? = nil
  ) -> Image<RGB8> {
    draw(
      people, over: Image(width: width, height: height, filling: .black), style: style,
      discs: discs, parts: parts ?? style.usualParts)
  }

  /// Draws people over a picture.
  static func draw(
    _ people: [OpenPosePerson], over canvas: consuming Image<RGB8>, style name: OpenPoseStyleName,
    discs: OpenPoseDiscs = .fixed, parts: Set<OpenPosePart>
  ) -> Image<RGB8> {
    if name == .core {
      var pen = CorePen(canvas: canvas)
      people.forEach { pen.draw($0, parts: parts) }
      return pen.canvas
    }
    let style = OpenPoseStyle(name, discs: discs, width: canvas.width, height: canvas.height)
    var pen = OpenPosePen(canvas: canvas, style: style)
    if style.limbByLimb {
      if parts.contains(.body) { pen.drawBodies(people) }
      // DWPose stacks all people's left hands before their right hands.
      if parts.contains(.hands) {
        people.forEach { pen.drawHand($0.leftHand ?? []) }
        people.forEach { pen.drawHand($0.rightHand ?? []) }
      }
      if parts.contains(.face) { people.forEach { pen.drawFace($0.face ?? []) } }
    } else {
      for person in people {
        if parts.contains(.body) { pen.drawBody(person) }
        if parts.contains(.hands) { pen.drawHands(person) }
        if parts.contains(.face) { pen.drawFace(person.face ?? []) }
      }
    }
    return style.swapsRedAndBlue
      ? pen.canvas.map { RGB8($0.blue, $0.green, $0.red) } : pen.canvas
  }
}
