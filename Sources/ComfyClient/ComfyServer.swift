package import Export
internal import PoseRig
internal import SceneFiles

/// The HTTP API of a ComfyUI server.
package struct ComfyServer: Sendable {
  package let address: ServerAddress

  private var http: HTTPExchange { HTTPExchange(address: address) }

  package init(_ address: ServerAddress) { self.address = address }

  /// What every node that is installed takes and gives: `GET /object_info`.
  package func nodeDefinitions() async throws(ComfyError) -> ComfyNodeDefinitions {
    let answer = try checked(try await http.get("/object_info"), "GET /object_info")
    var definitions = ComfyNodeDefinitions()
    do {
      try definitions.add(objectInfo: answer.body, file: "\(address)/object_info")
    } catch {
      throw .unexpectedAnswer(request: "GET /object_info", reason: error.description)
    }
    return definitions
  }

  /// Puts a picture into the server's input folder: `POST /upload/image`.
  func upload(_ bytes: [UInt8], name: String) async throws(ComfyError) {
    var form = MultipartForm()
    form.add(file: bytes, field: "image", name: name, type: "image/png")
    form.add(field: "type", value: "input")
    form.add(field: "overwrite", value: "true")
    let answer = try await http.post("/upload/image", type: form.contentType, body: form.body)
    let uploaded = try node(checked(answer, "POST /upload/image"), "POST /upload/image")
    // A server that renames files would let the workflow load an older one.
    guard uploaded["name"]?.text == name else {
      throw .unexpectedAnswer(
        request: "POST /upload/image",
        reason: "\(name) was stored as \(uploaded["name"]?.text ?? "nothing")")
    }
  }

  /// Queues a workflow: `POST /prompt`. Returns the prompt's id, or throws what the server holds against it.
  func queue(
    _ workflow: ComfyWorkflow, of character: String, client: String
  ) async throws(ComfyError) -> String {
    let body = "{\"prompt\": \(workflow.apiText), \"client_id\": \"\(client)\"}"
    let answer = try await http.post(
      "/prompt", type: "application/json", body: Array(body.utf8))
    if answer.status == 400 {
      throw .refused(
        character: character,
        sentences: Refusal.sentences(try node(answer, "POST /prompt"), workflow))
    }
    let queued = try node(checked(answer, "POST /prompt"), "POST /prompt")
    guard let id = queued["prompt_id"]?.text else {
      throw .unexpectedAnswer(request: "POST /prompt", reason: "it names no prompt_id")
    }
    return id
  }

  /// What became of a prompt: `GET /history/{id}`; nil while it is not done.
  func history(_ prompt: String) async throws(ComfyError) -> JSONNode? {
    let request = "GET /history"
    return try await node(checked(http.get("/history/\(prompt)"), request), request)[prompt]
  }

  /// Whether a prompt waits or runs: `GET /queue`.
  func isQueued(_ prompt: String) async throws(ComfyError) -> Bool {
    let queue = try await node(checked(http.get("/queue"), "GET /queue"), "GET /queue")
    let entries = ["queue_running", "queue_pending"].flatMap { queue[$0]?.items ?? [] }
    return entries.contains { $0.items?.contains { $0.text == prompt } ?? false }
  }

  /// A picture that a workflow made: `GET /view`.
  func picture(_ picture: SavedPicture) async throws(ComfyError) -> [UInt8] {
    let query = [
      ("filename", picture.name), ("subfolder", picture.folder), ("type", picture.type),
    ].map { "\($0)=\(PercentEncoding.of($1))" }.joined(separator: "&")
    return try await checked(http.get("/view?\(query)"), "GET /view").body
  }

  // MARK: Answers

  private func checked(
    _ answer: HTTPExchange.Answer, _ request: String
  ) throws(ComfyError) -> HTTPExchange.Answer {
    if answer.status == 200 { return answer }
    throw .unexpectedAnswer(
      request: "\(request) at \(address)",
      reason: "HTTP status \(answer.status)"
        + (answer.status == 404 ? "; is this a ComfyUI server?" : ""))
  }

  private func node(
    _ answer: HTTPExchange.Answer, _ request: String
  ) throws(ComfyError) -> JSONNode {
    do {
      return try JSONParser.parse(answer.body)
    } catch {
      throw .unexpectedAnswer(
        request: "\(request) at \(address)", reason: "not JSON: \(error.message)")
    }
  }
}

/// Where a server keeps a picture.
struct SavedPicture: Equatable, Sendable {
  var name: String
  var folder: String
  /// `output`, `temp` or `input`.
  var type: String
}

/// Texts in a URL's query (RFC 3986).
enum PercentEncoding {
  static func of(_ text: String) -> String {
    text.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      if byte < 0x80, isPlain || "-._~".unicodeScalars.contains(scalar) { return String(scalar) }
      return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}

/// Fields of a form with files, as browsers send them (RFC 7578).
struct MultipartForm {
  private(set) var body: [UInt8] = []
  /// No picture holds this by chance.
  private static let boundary = "posemap-5b1f0e7c2d9a48f3"

  var contentType: String { "multipart/form-data; boundary=\(Self.boundary)" }

  mutating func add(field: String, value: String) {
    part("form-data; name=\"\(field)\"", type: nil, Array(value.utf8))
  }

  mutating func add(file bytes: [UInt8], field: String, name: String, type: String) {
    part("form-data; name=\"\(field)\"; filename=\"\(name)\"", type: type, bytes)
  }

  private mutating func part(_ disposition: String, type: String?, _ content: [UInt8]) {
    let end = Array("--\(Self.boundary)--\r\n".utf8)
    if !body.isEmpty { body.removeLast(end.count) }
    var head = "--\(Self.boundary)\r\nContent-Disposition: \(disposition)\r\n"
    if let type { head += "Content-Type: \(type)\r\n" }
    body += Array((head + "\r\n").utf8) + content + Array("\r\n".utf8) + end
  }
}
