package import Export
internal import SceneFiles

/// A ComfyUI server, accessed through its HTTP API.
///
/// Each function makes the one request that its documentation names, and throws a ``ComfyError``
/// that names the request if ComfyUI would not respond in that way.
package struct ComfyServer: Sendable {
  package let address: ServerAddress
  private let access: ServerAccess

  private var http: HTTPExchange { HTTPExchange(address: address, access: access) }

  package init(_ address: ServerAddress, _ access: ServerAccess = .open) {
    self.address = address
    self.access = access
  }

  /// Returns the inputs and outputs of all installed nodes: `GET /object_info`.
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

  /// Uploads a picture into the server's input folder, overwriting one with its name: `POST
  /// /upload/image`.
  func upload(_ bytes: [UInt8], name: String) async throws(ComfyError) {
    var form = MultipartForm()
    let kind = PictureKind(bytes.prefix(PictureKind.headLength)) ?? .png
    form.add(file: bytes, field: "image", name: name, type: kind.rawValue)
    form.add(field: "type", value: "input")
    form.add(field: "overwrite", value: "true")
    let answer = try await http.post("/upload/image", type: form.contentType, body: form.body)
    let uploaded = try node(checked(answer, "POST /upload/image"), "POST /upload/image")
    // If a server renamed files, the workflow would load an older one.
    guard uploaded["name"]?.text == name else {
      throw .unexpectedAnswer(
        request: "POST /upload/image",
        reason: "\(name) was stored as \(uploaded["name"]?.text ?? "nothing")")
    }
  }

  /// Queues a workflow and returns its id: `POST /prompt`.
  ///
  /// - Parameter client: the websocket's id, through which the server reports the progress.
  /// - Throws: ``ComfyError/refused(character:sentences:)`` with the server's objections.
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

  /// Returns the results of a prompt; nil until it is done: `GET /history/{id}`.
  func history(_ prompt: String) async throws(ComfyError) -> JSONNode? {
    let request = "GET /history"
    return try await node(
      checked(http.get("/history/\(PercentEncoding.of(prompt))"), request), request)[prompt]
  }

  /// Returns how many prompts the server runs before this one, 0 if it runs; nil if it neither
  /// waits nor runs: `GET /queue`.
  func promptsAhead(of prompt: String) async throws(ComfyError) -> Int? {
    let queue = try await node(checked(http.get("/queue"), "GET /queue"), "GET /queue")
    func entries(_ name: String) -> [[JSONNode]] { queue[name]?.items?.compactMap(\.items) ?? [] }
    func isIt(_ entry: [JSONNode]) -> Bool { entry.contains { $0.text == prompt } }
    let (running, pending) = (entries("queue_running"), entries("queue_pending"))
    if running.contains(where: isIt) { return 0 }
    guard let own = pending.first(where: isIt) else { return nil }
    // Those that wait are in no order; a prompt's number is its turn.
    let turn = own.first?.number ?? 0
    return running.count + pending.count { ($0.first?.number ?? 0) < turn }
  }

  /// Returns whether the server remembers no prompt at all, as one that was just started:
  /// `GET /history`.
  func hasNoHistory() async throws(ComfyError) -> Bool {
    let request = "GET /history"
    return try await node(checked(http.get("/history?max_items=1"), request), request)
      .members.isEmpty
  }

  /// Returns the bytes of a picture that a workflow made: `GET /view`.
  ///
  /// - Throws: ``ComfyError/unexpectedAnswer(request:reason:)`` for bytes that are not a complete
  ///   PNG.
  func picture(_ picture: SavedPicture) async throws(ComfyError) -> [UInt8] {
    let answer = try await checked(http.get("/view?\(picture.query)"), "GET /view").body
    guard let fault = PNGFile.fault(in: answer) else { return answer }
    throw .unexpectedAnswer(
      request: "GET /view at \(address)",
      reason: "\(picture.name) is not a readable PNG: \(fault)")
  }

  // MARK: Responses

  private func checked(
    _ answer: HTTPExchange.Answer, _ request: String
  ) throws(ComfyError) -> HTTPExchange.Answer {
    if answer.status == 200 { return answer }
    throw .unexpectedAnswer(
      request: "\(request) at \(address)",
      reason: "HTTP status \(answer.status)" + (hint(answer.status).map { "; \($0)" } ?? ""))
  }

  /// Returns the meaning of a status here; nil for one that says enough.
  private func hint(_ status: Int) -> String? {
    switch status {
    // The token and the pictures are for the server that was named.
    case 300..<400: "it leads to another address, and posemap does not follow it: name that one"
    case 401, 403:
      access.token == nil
        ? "it wants a token: --token-file FILE" : "it does not take this token"
    case 404: "is this a ComfyUI server?"
    default: nil
    }
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
