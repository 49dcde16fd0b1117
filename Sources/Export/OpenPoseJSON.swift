public import MapRender

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// OpenPose JSON in the form ComfyUI's POSE_KEYPOINT has: a list with one document, flat triples of
/// pixels, confidence exactly 1 for what is drawn and 0, 0, 0 for what is missing.
public enum OpenPoseJSON {
  private struct Document: Encodable {
    var people: [Person]
    var canvas_height: Int
    var canvas_width: Int
  }

  private struct Person: Encodable {
    var pose_keypoints_2d: [Double]
    var face_keypoints_2d: [Double]?
    var hand_left_keypoints_2d: [Double]?
    var hand_right_keypoints_2d: [Double]?

    enum CodingKeys: CodingKey {
      case pose_keypoints_2d, face_keypoints_2d, hand_left_keypoints_2d, hand_right_keypoints_2d
    }

    /// Writes missing parts as null, as ComfyUI does, instead of leaving them out.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(pose_keypoints_2d, forKey: .pose_keypoints_2d)
      try container.encode(face_keypoints_2d, forKey: .face_keypoints_2d)
      try container.encode(hand_left_keypoints_2d, forKey: .hand_left_keypoints_2d)
      try container.encode(hand_right_keypoints_2d, forKey: .hand_right_keypoints_2d)
    }
  }

  /// The document for people drawn on a canvas, ending in a line feed.
  public static func encode(
    _ people: [OpenPosePerson], width: Int, height: Int
  ) throws(ExportError) -> [UInt8] {
    let document = Document(
      people: people.map { person in
        Person(
          pose_keypoints_2d: triples(person.body), face_keypoints_2d: person.face.map(triples),
          hand_left_keypoints_2d: person.leftHand.map(triples),
          hand_right_keypoints_2d: person.rightHand.map(triples))
      },
      canvas_height: height, canvas_width: width)
    return try JSONText.encode([document])
  }

  private static func triples(_ points: [SIMD2<Double>?]) -> [Double] {
    points.flatMap { point in point.map { [$0.x, $0.y, 1] } ?? [0, 0, 0] }
  }
}
