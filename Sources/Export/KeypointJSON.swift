public import MapRender
internal import SceneFiles

/// `keypoints.json`: every keypoint with its distance and COCO's visibility, hidden ones too.
public enum KeypointJSON {
  private struct Document: Encodable {
    var format = "posemap-keypoints-1"
    var canvas_width: Int
    var canvas_height: Int
    var people: [Person]
  }

  private struct Person: Encodable {
    var character: String
    /// x, y in pixels, distance along the view axis in meters, visibility 0, 1 or 2; four numbers a
    /// point.
    var body_18: [Double]
    var body_25: [Double]
    var hand_left_21: [Double]
    var hand_right_21: [Double]
    var face_70: [Double]
    var feet_6: [Double]
  }

  /// The document of a picture's characters, ending in a line feed.
  public static func encode(
    _ people: [(character: String, keypoints: PersonKeypoints)], width: Int, height: Int
  ) throws(ExportError) -> [UInt8] {
    try JSONText.file(
      Document(canvas_width: width, canvas_height: height, people: people.map(person)))
  }

  private static func person(_ character: String, _ keypoints: PersonKeypoints) -> Person {
    Person(
      character: character, body_18: flat(keypoints.body), body_25: flat(body25(keypoints)),
      hand_left_21: flat(keypoints.leftHand), hand_right_21: flat(keypoints.rightHand),
      face_70: flat(keypoints.face), feet_6: flat(keypoints.feet))
  }

  private static func flat(_ points: [Keypoint]) -> [Double] {
    points.flatMap { point in
      [point.position.x, point.position.y, point.depth, Double(point.visibility.rawValue)]
    }
  }

  /// OpenPose's BODY_25: the 18 with the middle of the hips put in, then six points of the feet.
  private static func body25(_ keypoints: PersonKeypoints) -> [Keypoint] {
    let body = keypoints.body
    return body[0...7] + [Keypoint(between: body[8], body[11])] + body[8...17] + keypoints.feet
  }
}
