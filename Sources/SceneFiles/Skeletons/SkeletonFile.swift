public import PoseRig

/// The people in a file of OpenPose keypoints, as OpenPose itself, annotators and editors write it.
///
/// It accepts OpenPose's own files (also of versions 1.0 and 1.1, and without a canvas), ComfyUI's
/// lists, those of the WebUI's editors, and the lists of AlphaPose, mmpose and COCO's results with
/// one entry per person; 17, 18, 19, 20 and 25 body points; triples, pairs, lists of lists and
/// objects with "x" and "y"; pixels and shares of the canvas. Points and people that are null, or
/// at 0, 0 or −1, −1, are missing.
public struct SkeletonFile: Equatable, Sendable {
  /// One picture of a file.
  public struct Frame: Equatable, Sendable {
    /// The people with enough body points, in the order of the file; nil for others.
    public var people: [LiftTarget?]
    /// The size of the picture in pixels; nil if neither the file nor the caller specifies it.
    public var canvas: Canvas?
    /// Sentences about assumptions.
    public var notes: [String] = []
    /// The reasons why people have too few points, by index, in words that follow "person 1".
    public var reasons: [Int: String] = [:]

    /// Returns a sentence about why no person, or a particular one, can be lifted.
    ///
    /// - Parameter person: the index of the requested person; nil for any person.
    public func sentence(of person: Int? = nil) -> String {
      guard let index = person ?? reasons.keys.min(), let reason = reasons[index] else {
        return "there is no person in it"
      }
      let more = person == nil && people.count > 1 ? ", and no other person has more" : ""
      return
        "a person needs 17 to 25 body points (COCO's or OpenPose's), six of them found; person \(index + 1) \(reason)\(more)"
    }

    /// Adds the people of another entry that belongs to this picture.
    mutating func add(_ other: Frame) {
      for (index, reason) in other.reasons { reasons[people.count + index] = reason }
      people += other.people
      notes += other.notes.filter { !notes.contains($0) }
    }
  }

  /// The pictures, at least one.
  public var frames: [Frame]

  /// The index of the first picture with a person; nil if there is no such picture.
  public var firstWithPerson: Int? {
    frames.firstIndex { $0.people.contains { $0 != nil } }
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: the file's content.
  ///   - canvas: the size of pictures that do not state it.
  /// - Throws: a sentence if it is not a skeleton file.
  public init(_ bytes: [UInt8], canvas: Canvas? = nil) throws(SkeletonFileError) {
    for (magic, what) in Self.foreign where bytes.starts(with: magic) {
      throw SkeletonFileError(
        "this is \(what), not a skeleton: run an annotator such as DWPose or OpenPose on it first, and lift the JSON that it writes"
      )
    }
    let root: JSONNode
    do {
      root = try JSONParser.parse(bytes)
    } catch {
      throw SkeletonFileError("this is not JSON: \(error.message)")
    }
    let documents = root.items?.flatMap { $0.items ?? [$0] } ?? [root]
    guard !documents.isEmpty else { throw SkeletonFileError("the list holds no skeleton") }
    frames = []
    var pictures: [String: Int] = [:]
    for document in documents {
      let reader = try SkeletonReader(document, canvas: canvas)
      let frame = try reader.frame()
      if let picture = reader.pictureOfOne {
        if let known = pictures[picture] {
          frames[known].add(frame)
          continue
        }
        pictures[picture] = frames.count
      }
      frames.append(frame)
    }
  }

  private static let foreign: [([UInt8], String)] = [
    ([0x89, 0x50, 0x4E, 0x47], "a picture (PNG)"), ([0xFF, 0xD8, 0xFF], "a picture (JPEG)"),
    (Array("RIFF".utf8), "a picture or sound (RIFF)"), (Array("GIF8".utf8), "a picture (GIF)"),
  ]
}

/// A sentence about why a file has no skeleton to lift, and how to fix it.
public struct SkeletonFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The sentence.
  public var description: String

  init(_ description: String) { self.description = description }
}
