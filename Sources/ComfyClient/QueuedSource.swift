package import Export
internal import SceneFiles

/// The source of a queued workflow: as much as is needed to queue it again, and to make its
/// pictures again.
package struct QueuedSource: Codable, Equatable, Sendable {
  /// A picture that the workflow loads.
  package struct Picture: Codable, Equatable, Sendable {
    /// The name in the output folder's `input`.
    package var name: String
    /// The SHA-256 of its bytes, in hexadecimal.
    package var sha256: String

    /// The name in the server's `input`, with the beginning of the hash in it: a server reads a
    /// picture when the workflow's turn has come, and must not find another pose's picture then, of
    /// this scene or of a namesake.
    var stored: String {
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      return
        "\(parts.dropLast().joined(separator: "."))-\(sha256.prefix(12)).\(parts.last ?? "png")"
    }

    /// Returns the bytes if they are this picture's.
    package func checked(_ bytes: [UInt8]?) -> [UInt8]? {
      bytes.flatMap { FileHash.sha256($0) == sha256 ? $0 : nil }
    }
  }

  /// The workflow in the API format, on one line. It loads pictures by their ``Picture/name``.
  var api: String
  package var pictures: [Picture]

  init(_ character: ComfyCharacter) {
    api = character.workflow.apiText
    pictures = character.pictures.map {
      Picture(name: $0.name, sha256: FileHash.sha256($0.bytes))
    }
  }

  /// The workflow; nil if the text is not one of posemap's.
  package var workflow: ComfyWorkflow? {
    (try? JSONParser.parse(Array(api.utf8))).flatMap { ComfyWorkflow(api: $0) }
  }

  /// Returns a workflow with the pictures' names on a server.
  func storedNames(in workflow: ComfyWorkflow) -> ComfyWorkflow {
    workflow.loading(
      Dictionary(pictures.map { ($0.name, $0.stored) }, uniquingKeysWith: { first, _ in first }))
  }
}
