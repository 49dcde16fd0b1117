public import SceneFiles

/// The content of a file under edit: the last that could be read, and a draft beside it that
/// cannot.
public struct FileContent: Sendable {
  /// A text that is not JSON.
  public struct Draft: Equatable, Sendable {
    /// The text.
    public let bytes: [UInt8]
    /// The place and the reason why it is not JSON.
    public let diagnostic: Diagnostic

    /// The bytes as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// The last content that was JSON, which stays in force; nil for a file that never was JSON here.
  public private(set) var document: Document?
  /// The text that was written after it; nil where that can be read.
  public private(set) var draft: Draft?

  /// The content of a file that can be read.
  public init(_ document: Document) { self.document = document }

  /// The content that a text makes of a file: itself if it can be read, else a draft beside what
  /// was in force before.
  public init(_ bytes: [UInt8], file: String, after before: FileContent? = nil) {
    do throws(Diagnostic) {
      document = try Document(bytes, file: file)
    } catch {
      document = before?.document
      draft = Draft(bytes: bytes, diagnostic: error)
    }
  }

  /// The content of parts.
  init(_ parts: Parts, file: String) {
    document = parts.good.flatMap { try? Document($0, file: file) }
    guard let bytes = parts.draft else { return }
    self = FileContent(bytes, file: file, after: self)
  }

  /// The bytes as they are by now, drafts included.
  public var bytes: [UInt8] { draft?.bytes ?? document?.bytes ?? [] }

  /// The bytes that scenes are made of: the last that can be read, or else the draft.
  var bytesInForce: [UInt8] { document?.bytes ?? draft?.bytes ?? [] }

  /// The content as bytes alone, which is all that a history need keep.
  struct Parts: Equatable, Sendable {
    var good: [UInt8]?
    var draft: [UInt8]?
  }

  /// The content as bytes alone.
  var parts: Parts { Parts(good: document?.bytes, draft: draft?.bytes) }
}
