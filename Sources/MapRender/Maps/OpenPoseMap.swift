public import PoseRig

/// The OpenPose map: the stick figures ControlNet's pose models follow.
///
/// Pixel for pixel the drawing of comfyui_controlnet_aux's RenderPeopleKps node and of controlnet_aux 0.0.10 on
/// OpenCV 4.5 to 4.12, or of another reference by its name.
public enum OpenPoseMap {
  /// Draws people on black, in the order given.
  ///
  /// Person by person each has limbs, body points, left hand, right hand, face; limb by limb all people's limbs
  /// come first, then all points, all hands, all faces. ``OpenPoseStyleName/scail`` draws no bodies here (see
  /// ``CylinderMap``).
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
      // DWPose stacks the left hands of all people before the right ones.
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
