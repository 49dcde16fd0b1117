public import MapRender

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// OpenPose JSON in the form of ComfyUI's POSE_KEYPOINT: a list with one document, flat triples in
/// pixels, confidence exactly 1 for drawn points and 0, 0, 0 for missing ones.
///
/// Every part has all its points, even if the whole part is missing: ComfyUI's own
/// SDPoseDrawKeypoints (`comfy_extras/nodes_sdpose.py`) requires exactly 18, 6, 70, 21 and 21 of
/// them.
public enum OpenPoseJSON {
  private struct Document: Decodable {
    var people: [Person]
    var canvas_height: Int
    var canvas_width: Int
  }

  private struct Person: Decodable {
    var pose_keypoints_2d: [Double]
    var foot_keypoints_2d: [Double]?
    var face_keypoints_2d: [Double]?
    var hand_left_keypoints_2d: [Double]?
    var hand_right_keypoints_2d: [Double]?
  }

  /// Returns the document of the people drawn on a canvas, ending in a line feed.
  public static func encode(_ people: [OpenPosePerson], width: Int, height: Int) -> [UInt8] {
    var json = PointsJSON()
    json.add("[")
    json.openCanvas(width: width, height: height)
    json.add(",\"people\":")
    json.list(people) { json, person in
      add("{\"face_keypoints_2d\":", person.face ?? [], 70, &json)
      add(",\"foot_keypoints_2d\":", person.feet, 6, &json)
      add(",\"hand_left_keypoints_2d\":", person.leftHand ?? [], 21, &json)
      add(",\"hand_right_keypoints_2d\":", person.rightHand ?? [], 21, &json)
      add(",\"pose_keypoints_2d\":", person.body, 18, &json)
      json.add("}")
    }
    json.add("}]\n")
    return json.bytes
  }

  /// Adds exactly `count` points, three numbers each.
  private static func add(
    _ key: StaticString, _ points: [SIMD2<Double>?], _ count: Int, _ json: inout PointsJSON
  ) {
    json.add(key)
    json.list(0..<count) { json, index in
      guard index < points.count, let point = points[index] else { return json.add("0,0,0") }
      json.add(point.x)
      json.add(",")
      json.add(point.y)
      json.add(",1")
    }
  }

  /// The people in a document and the size of their canvas in pixels.
  public struct Reading: Equatable, Sendable {
    /// The people in the order of the document.
    public var people: [OpenPosePerson]
    /// The canvas' width in pixels.
    public var width: Int
    /// The canvas' height in pixels.
    public var height: Int
  }

  /// Reads a document, or the first of a list of them, as ComfyUI's reader does: a point with a
  /// confidence below 1 is missing. If all numbers of a part are between −1 and 1, they are shares
  /// of the canvas, as some writers have them.
  public static func decode(_ bytes: [UInt8]) throws(ExportError) -> Reading {
    let data = Data(bytes)
    let decoder = JSONDecoder()
    do {
      let list = try? decoder.decode([Document].self, from: data)
      guard
        let document = try list?.first
          ?? (list == nil ? decoder.decode(Document.self, from: data) : nil)
      else { throw ExportError.cannotReadOpenPose(reason: "the list is empty") }
      return try reading(document)
    } catch let error as ExportError {
      throw error
    } catch {
      throw .cannotReadOpenPose(
        reason:
          "it needs \"people\", each with \"pose_keypoints_2d\", \"canvas_width\" and \"canvas_height\""
      )
    }
  }

  private static func reading(_ document: Document) throws(ExportError) -> Reading {
    let (width, height) = (document.canvas_width, document.canvas_height)
    guard (1...16384).contains(width), (1...16384).contains(height) else {
      throw .cannotReadOpenPose(reason: "its canvas is \(width)×\(height)")
    }
    let size = SIMD2(Double(width), Double(height))
    var people: [OpenPosePerson] = []
    for person in document.people {
      people.append(
        OpenPosePerson(
          body: try points(person.pose_keypoints_2d, size) ?? [],
          leftHand: try part(person.hand_left_keypoints_2d, size),
          rightHand: try part(person.hand_right_keypoints_2d, size),
          face: try part(person.face_keypoints_2d, size),
          feet: try part(person.foot_keypoints_2d, size) ?? []))
    }
    return Reading(people: people, width: width, height: height)
  }

  /// Returns the points of a part; nil if all of them are missing.
  private static func part(
    _ flat: [Double]?, _ size: SIMD2<Double>
  ) throws(ExportError) -> [SIMD2<Double>?]? {
    let points = try points(flat, size)
    return points?.contains { $0 != nil } == true ? points : nil
  }

  private static func points(
    _ flat: [Double]?, _ size: SIMD2<Double>
  ) throws(ExportError) -> [SIMD2<Double>?]? {
    guard let flat, !flat.isEmpty else { return nil }
    guard flat.count.isMultiple(of: 3) else {
      throw .cannotReadOpenPose(
        reason:
          "a list of points has \(flat.count) numbers, which is not x, y and confidence for each point"
      )
    }
    let points = stride(from: 0, to: flat.count, by: 3).map { index -> SIMD2<Double>? in
      flat[index + 2] < 1 ? nil : SIMD2(flat[index], flat[index + 1])
    }
    let present = points.compactMap(\.self)
    let areShares = !present.isEmpty && present.allSatisfy { abs($0.x) <= 1 && abs($0.y) <= 1 }
    return areShares ? points.map { $0.map { $0 * size } } : points
  }
}
