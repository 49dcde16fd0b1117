public import PoseRig

/// The people of a skeleton file: OpenPose's JSON as the program itself, its annotators and editors
/// write it.
///
/// Read are OpenPose's own files (of 1.1 too, and without a canvas), ComfyUI's lists, those of the
/// WebUI's editors; 17, 18, 19, 20 and 25 body points; triples, pairs and lists of lists; pixels and
/// shares of the canvas. Points and people that are null, or at 0, 0 or −1, −1, are missing.
public struct SkeletonFile: Equatable, Sendable {
  /// One picture of a file.
  public struct Frame: Equatable, Sendable {
    /// The people whose body says enough, in the order of the file; nil for others.
    public var people: [LiftTarget?]
    /// The size of the picture in pixels; nil where the file does not say it and nobody else did.
    public var canvas: Canvas?
    /// What was assumed of it, a sentence each.
    public var notes: [String] = []
  }

  /// The pictures, at least one.
  public var frames: [Frame]

  /// The index of the first picture with a person; nil if there is nobody in any.
  public var firstWithPerson: Int? {
    frames.firstIndex { $0.people.contains { $0 != nil } }
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - canvas: The size of pictures that do not state it.
  /// - Throws: A sentence if it is no skeleton file.
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
    for document in documents {
      frames.append(try SkeletonReader(document, canvas: canvas).frame())
    }
  }

  private static let foreign: [([UInt8], String)] = [
    ([0x89, 0x50, 0x4E, 0x47], "a picture (PNG)"), ([0xFF, 0xD8, 0xFF], "a picture (JPEG)"),
    (Array("RIFF".utf8), "a picture or sound (RIFF)"), (Array("GIF8".utf8), "a picture (GIF)"),
  ]
}

/// Why a file is no skeleton that can be lifted, in a sentence with the remedy.
public struct SkeletonFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The sentence.
  public var description: String

  init(_ description: String) { self.description = description }
}
