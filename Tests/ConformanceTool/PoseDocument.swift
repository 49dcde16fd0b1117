import Foundation
import MapRender

/// One image of ComfyUI's POSE_KEYPOINT JSON, with points in pixels.
struct PoseDocument: Decodable {
  struct Person: Decodable {
    var body: [Double]
    var face: [Double]?
    var leftHand: [Double]?
    var rightHand: [Double]?

    enum CodingKeys: String, CodingKey {
      case body = "pose_keypoints_2d"
      case face = "face_keypoints_2d"
      case leftHand = "hand_left_keypoints_2d"
      case rightHand = "hand_right_keypoints_2d"
    }
  }

  var people: [Person]
  var height: Int
  var width: Int

  enum CodingKeys: String, CodingKey {
    case people
    case height = "canvas_height"
    case width = "canvas_width"
  }

  /// The first image of a list.
  static func decode(_ data: Data) throws -> PoseDocument {
    guard let first = try JSONDecoder().decode([PoseDocument].self, from: data).first else {
      throw ConformanceTool.Usage()
    }
    return first
  }

  func drawn() -> Image<RGB8> {
    let people = people.map { person in
      OpenPosePerson(
        body: Self.points(person.body),
        leftHand: person.leftHand.map(Self.points),
        rightHand: person.rightHand.map(Self.points),
        face: person.face.map(Self.points))
    }
    return OpenPoseMap.draw(people, width: width, height: height)
  }

  /// Points of a flat list x, y, confidence; ComfyUI drops every one below full confidence.
  private static func points(_ flat: [Double]) -> [SIMD2<Double>?] {
    stride(from: 0, to: flat.count - 2, by: 3).map { index in
      flat[index + 2] < 1 ? nil : SIMD2(flat[index], flat[index + 1])
    }
  }
}
