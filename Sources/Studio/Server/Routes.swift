internal import NIOHTTP1

/// Answers requests: serves the page's files to everyone, and pictures to requests with the token.
struct Routes: Sendable {
  let access: AccessGuard
  let files: PageFiles
  let desk: StudioDesk
  let darkroom: Darkroom

  /// Returns the response to a request.
  func answer(_ head: HTTPRequestHead) async -> PageResponse {
    guard access.allowsHost(head.headers), access.allowsOrigin(head.headers) else {
      return .sentence(.forbidden, "the studio answers only its own page")
    }
    guard head.method == .GET || head.method == .HEAD else {
      return .sentence(.methodNotAllowed, "only GET is answered")
    }
    guard let target = RequestTarget(head.uri) else {
      return .sentence(.badRequest, "this is not an address")
    }
    if let key = target.query["open"], target.path == "/" {
      return access.pass.isUsed(key) ? .redirection("/?token=\(access.token)") : .opened
    }
    if target.path.hasPrefix("/page/") {
      return files.file(String(target.path.dropFirst("/page/".count))).map {
        PageResponse(status: .ok, type: $0.type, bytes: $0.bytes)
      } ?? .missing
    }
    guard access.allowsToken(target) else {
      return .sentence(
        .forbidden, "open the studio at the address that posemap studio prints, with its token")
    }
    do {
      return try await picture(target) ?? .missing
    } catch {
      return .sentence(.internalServerError, "\(error)")
    }
  }

  private func picture(_ target: RequestTarget) async throws -> PageResponse? {
    let query = target.query
    switch target.path {
    case "/":
      return files.file("index.html").map {
        PageResponse(status: .ok, type: $0.type, bytes: $0.bytes)
      }
    case "/thumbnail":
      return try await darkroom.thumbnail(query["kind"] ?? "", query["name"] ?? "")
        .map { .png($0.bytes, isKept: $0.stamp == nil) }
    case "/map":
      guard let scene = await desk.posedScene else { return nil }
      let subject = query["subject"].flatMap { $0 == "all" ? nil : $0 }
      return try await darkroom.map(query["name"] ?? "", of: scene, subject: subject).map {
        .png($0)
      }
    case "/plate":
      return await desk.plate.flatMap(Self.served)
    case "/picture":
      return await desk.picture(job: query["job"] ?? "", name: query["name"] ?? "")
        .flatMap(Self.served)
    default: return nil
    }
  }

  private static func served(_ file: ServedFile) -> PageResponse? {
    file.read().map { PageResponse(status: .ok, type: $0.type, bytes: $0.bytes) }
  }
}
