public import MapRender

/// `keypoints.json`: every keypoint, hidden ones too, with its distance and COCO's visibility.
///
/// Each point is four numbers: x and y in pixels, the distance along the view axis in meters, and
/// the visibility 0, 1 or 2.
public enum KeypointJSON {
  /// Returns the document of a picture's characters, ending in a line feed.
  public static func encode(
    _ people: [(character: String, keypoints: PersonKeypoints)], width: Int, height: Int
  ) -> [UInt8] {
    PointsJSON.document("posemap-keypoints-1", width: width, height: height, people) {
      json, person in
      let keypoints = person.keypoints
      add("{\"body_18\":", keypoints.body, &json)
      add(",\"body_25\":", body25(keypoints), &json)
      json.add(",\"character\":")
      json.add(quoted: person.character)
      add(",\"face_70\":", keypoints.face, &json)
      add(",\"feet_6\":", keypoints.feet, &json)
      add(",\"hand_left_21\":", keypoints.leftHand, &json)
      add(",\"hand_right_21\":", keypoints.rightHand, &json)
      json.add("}")
    }
  }

  private static func add(_ key: StaticString, _ points: [Keypoint], _ json: inout PointsJSON) {
    json.add(key)
    json.list(points) { json, point in
      json.add(point.position.x)
      json.add(",")
      json.add(point.position.y)
      json.add(",")
      json.add(point.depth)
      json.add(",")
      json.add(point.visibility.rawValue)
    }
  }

  /// Returns OpenPose's BODY_25: the 18 points with the middle of the hips inserted, then six
  /// points of the feet.
  private static func body25(_ keypoints: PersonKeypoints) -> [Keypoint] {
    let body = keypoints.body
    return body[0...7] + [Keypoint(between: body[8], body[11])] + body[8...17] + keypoints.feet
  }
}
