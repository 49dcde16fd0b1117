internal import CCurl
internal import Dispatch
internal import Glibc

/// A request to a server over HTTPS and its answer, by the system's libcurl.
///
/// The server's certificate and name are always verified, and no redirects are followed.
struct SecureExchange {
  let address: ServerAddress
  let access: ServerAccess
  /// The seconds within which the server must complete its response.
  let patience: Double

  /// The reason why libcurl cannot be used; nil if it can.
  private static let missing: String? = posemap_https_load().map { String(cString: $0) }

  /// Makes a request, without a body for a GET.
  func send(
    _ path: String, headers: [(name: String, value: String)], body: [UInt8]?
  ) async throws(ComfyError) -> HTTPExchange.Answer {
    if let missing = Self.missing {
      throw unreachable(
        "https needs the library libcurl; install it with the package curl (apt install curl): \(missing)"
      )
    }
    // libcurl waits with the thread, which none of Swift's own may do.
    let result = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: exchange(path, headers, body))
      }
    }
    return try result.get()
  }

  private func exchange(
    _ path: String, _ headers: [(name: String, value: String)], _ body: [UInt8]?
  ) -> Result<HTTPExchange.Answer, ComfyError> {
    let texts =
      [address.description + path, access.authorities ?? ""]
      + headers.map { "\($0.name): \($0.value)" }
    let copies = texts.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    var lines = copies.dropFirst(2).map { UnsafePointer($0) } + [nil]
    let result = lines.withUnsafeMutableBufferPointer { lines in
      (body ?? []).withUnsafeBytes { bytes in
        var request = posemap_https_request()
        request.url = UnsafePointer(copies[0])
        request.headers = UnsafePointer(lines.baseAddress)
        // An empty list has no address, and is a body nonetheless.
        request.body = body == nil ? nil : bytes.baseAddress ?? UnsafeRawPointer(copies[1])
        request.body_size = bytes.count
        request.authorities = access.authorities == nil ? nil : UnsafePointer(copies[1])
        request.connect_milliseconds = 10_000
        request.milliseconds = Int(patience * 1000)
        request.most = HTTPExchange.maximumBytes
        return posemap_https_exchange(&request)
      }
    }
    defer { free(result.body) }
    if result.fault != 0 { return .failure(error(of: result, path)) }
    let received = UnsafeBufferPointer(start: result.body, count: result.body_size)
    return .success(HTTPExchange.Answer(status: Int(result.status), body: Array(received)))
  }

  // MARK: Faults

  private func error(of answer: posemap_https_answer, _ path: String) -> ComfyError {
    if answer.is_too_large != 0 {
      return .unexpectedAnswer(request: path, reason: "it is larger than 512 MiB")
    }
    let words = withUnsafeBytes(of: answer.reason) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return unreachable(sentence(Int(answer.fault), words, path))
  }

  /// Returns a sentence for a `CURLcode`, with libcurl's own words where they add something.
  private func sentence(_ fault: Int, _ words: String, _ path: String) -> String {
    switch fault {
    case 6: "there is no host with this name"
    case 7: "nothing is listening there; is ComfyUI running, and is this its port?"
    case 18, 52, 55, 56: "it closed the connection in the middle of its answer to \(path)"
    case 28: "no answer to \(path) in \(Int(patience)) seconds"
    case 35: "it does not speak TLS as it should; is it an http:// server? (\(words))"
    case 51, 60:
      "its certificate is not to be trusted (\(words)); if an authority of your own signed it, give that authority's certificate with --ca-file"
    case 77: "there are no certificates to read in \(access.authorities ?? "the system's file")"
    default: words
    }
  }

  private func unreachable(_ reason: String) -> ComfyError {
    .unreachable(address: address.description, reason: reason)
  }
}
