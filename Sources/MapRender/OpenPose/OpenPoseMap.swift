/// The OpenPose map: the stick figures ControlNet's pose models follow.
///
/// Pixel for pixel the drawing of ComfyUI's RenderPeopleKps node and of controlnet_aux 0.0.10 on
/// OpenCV 4.5 to 4.12.
public enum OpenPoseMap {
  /// Draws people on black, each over the ones before: limbs, body points, left hand, right hand, face.
  public static func draw(
    _ people: [OpenPosePerson], width: Int, height: Int, parts: OpenPoseParts = .all
  ) -> Image<RGB8> {
    var pen = OpenPosePen(
      canvas: Image(width: width, height: height, filling: .black), style: .comfy)
    for person in people {
      if parts.contains(.body) {
        pen.drawBody(person.body)
      }
      if parts.contains(.hands) {
        pen.drawHand(person.leftHand ?? [])
        pen.drawHand(person.rightHand ?? [])
      }
      if parts.contains(.face) {
        pen.drawFace(person.face ?? [])
      }
    }
    return pen.canvas
  }
}
