public import MapRender

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// OpenPose JSON in the form ComfyUI's POSE_KEYPOINT has: a list with one document, flat triples of
/// pixels, confidence exactly 1 for what is drawn and 0, 0, 0 for what is missing.
public enum OpenPoseJSON {
  private struct Document: Codable {
    var people: [Person]
    var canvas_height: Int
    var canvas_width: Int
  }

  private struct Person: Codable {
    var pose_keypoints_2d: [Double]
    var face_keypoints_2d: [Double]?
    var hand_left_keypoints_2d: [Double]?
    var hand_right_keypoints_2d: [Double]?

    enum CodingKeys: CodingKey {
      case pose_keypoints_2d, face_keypoints_2d, hand_left_keypoints_2d, hand_right_keypoints_2d
    }

    init(
      pose_keypoints_2d: [Double], face_keypoints_2d: [Double]?,
      hand_left_keypoints_2d: [Double]?, hand_right_keypoints_2d: [Double]?
    ) {
      self.pose_keypoints_2d = pose_keypoints_2d
      self.face_keypoints_2d = face_keypoints_2d
      self.hand_left_keypoints_2d = hand_left_keypoints_2d
      self.hand_right_keypoints_2d = hand_right_keypoints_2d
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

  /// What a document shows: people and the size of their canvas in pixels.
  public struct Reading: Equatable, Sendable {
    /// In the order of the document.
    public var people: [OpenPosePerson]
    /// The canvas' width in pixels.
    public var width: Int
    /// The canvas' height in pixels.
    public var height: Int
  }

  /// Reads a document, or the first of a list of them, as ComfyUI's reader does: a point of confidence below 1 is
  /// missing, or below `leastConfidence`, since detectors' own files are less sure. Parts whose numbers are all from −1 to 1 are shares of the canvas, as some writers have them.
  public static func decode(
    _ bytes: [UInt8], leastConfidence: Double = 1
  ) throws(ExportError) -> Reading {
    let data = Data(bytes)
    let decoder = JSONDecoder()
    do {
      let list = try? decoder.decode([Document].self, from: data)
      guard
        let document = try list?.first
          ?? (list == nil ? decoder.decode(Document.self, from: data) : nil)
      else { throw ExportError.cannotReadOpenPose(reason: "the list is empty") }
      return try reading(document, leastConfidence)
    } catch let error as ExportError {
      throw error
    } catch {
      throw .cannotReadOpenPose(
        reason:
          "it needs \"people\", each with \"pose_keypoints_2d\", \"canvas_width\" and \"canvas_height\""
      )
    }
  }

  private static func reading(
    _ document: Document, _ least: Double
  ) throws(ExportError) -> Reading {
    let (width, height) = (document.canvas_width, document.canvas_height)
    guard (1...16384).contains(width), (1...16384).contains(height) else {
      throw .cannotReadOpenPose(reason: "its canvas is \(width)×\(height)")
    }
    let size = SIMD2(Double(width), Double(height))
    var people: [OpenPosePerson] = []
    for person in document.people {
      people.append(
        OpenPosePerson(
          body: try points(person.pose_keypoints_2d, size, least) ?? [],
          leftHand: try points(person.hand_left_keypoints_2d, size, least),
          rightHand: try points(person.hand_right_keypoints_2d, size, least),
          face: try points(person.face_keypoints_2d, size, least)))
    }
    return Reading(people: people, width: width, height: height)
  }

  private static func points(
    _ flat: [Double]?, _ size: SIMD2<Double>, _ least: Double
  ) throws(ExportError) -> [SIMD2<Double>?]? {
    guard let flat, !flat.isEmpty else { return nil }
    guard flat.count.isMultiple(of: 3) else {
      throw .cannotReadOpenPose(
        reason: "a list of points has \(flat.count) numbers, not x, y, confidence each")
    }
    let points = stride(from: 0, to: flat.count, by: 3).map { index -> SIMD2<Double>? in
      flat[index + 2] < least ? nil : SIMD2(flat[index], flat[index + 1])
    }
    let present = points.compactMap(\.self)
    let areShares = !present.isEmpty && present.allSatisfy { abs($0.x) <= 1 && abs($0.y) <= 1 }
    return areShares ? points.map { $0.map { $0 * size } } : points
  }

  private static func triples(_ points: [SIMD2<Double>?]) -> [Double] {
    points.flatMap { point in point.map { [$0.x, $0.y, 1] } ?? [0, 0, 0] }
  }
}
