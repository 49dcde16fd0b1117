public import SceneFiles

/// The content of an edited file: the last valid content, and an invalid draft if there is one.
public struct FileContent: Sendable {
  /// A text that is not JSON.
  public struct Draft: Equatable, Sendable {
    /// The text.
    public let bytes: [UInt8]
    /// The location and the reason of the syntax error.
    public let diagnostic: Diagnostic

    /// The bytes as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// The last content that was valid JSON, which stays in force; nil if there never was any.
  public private(set) var document: Document?
  /// The invalid text that was written after it; nil if the current text is valid.
  public private(set) var draft: Draft?

  /// Takes a valid file.
  public init(_ document: Document) { self.document = document }

  /// Takes a file's new text: as its content if it is valid, otherwise as a draft beside the
  /// previous content.
  public init(_ bytes: [UInt8], file: String, after before: FileContent? = nil) {
    do throws(Diagnostic) {
      document = try Document(bytes, file: file)
    } catch {
      document = before?.document
      draft = Draft(bytes: bytes, diagnostic: error)
    }
  }

  /// Restores the content from its parts.
  init(_ parts: Parts, file: String) {
    document = parts.good.flatMap { try? Document($0, file: file) }
    guard let bytes = parts.draft else { return }
    self = FileContent(bytes, file: file, after: self)
  }

  /// The current bytes, including a draft.
  public var bytes: [UInt8] { draft?.bytes ?? document?.bytes ?? [] }

  /// The bytes that scenes are made from: the last valid content, otherwise the draft.
  var bytesInForce: [UInt8] { document?.bytes ?? draft?.bytes ?? [] }

  /// The content as bytes only, which is all that a history has to keep.
  struct Parts: Equatable, Sendable {
    var good: [UInt8]?
    var draft: [UInt8]?
  }

  /// The content as bytes only.
  var parts: Parts { Parts(good: document?.bytes, draft: draft?.bytes) }
}
