internal import NIOHTTP1

/// An answer to a request.
struct PageResponse: Sendable {
  var status: HTTPResponseStatus
  var type: String
  var bytes: [UInt8]
  /// Whether the browser may keep it for this session.
  var isKept = false
  /// The address to continue to; nil for none.
  var location: String?

  /// A sentence for who asked.
  static func sentence(_ status: HTTPResponseStatus, _ sentence: String) -> PageResponse {
    PageResponse(
      status: status, type: "text/plain; charset=utf-8", bytes: Array((sentence + "\n").utf8))
  }

  /// A PNG.
  static func png(_ bytes: [UInt8], isKept: Bool = false) -> PageResponse {
    PageResponse(status: .ok, type: "image/png", bytes: bytes, isKept: isKept)
  }

  /// A way on to another address.
  static func redirection(_ location: String) -> PageResponse {
    var response = sentence(.seeOther, location)
    response.location = location
    return response
  }

  /// The answer to who comes with a key that opens no more.
  static let opened = sentence(
    .forbidden, "this address opens the studio only once; use the one that posemap studio prints")

  static let missing = sentence(.notFound, "there is nothing here")

  /// The headers, which let the page load what is served here and nothing else.
  var headers: HTTPHeaders {
    var headers: HTTPHeaders = [
      "Content-Type": type,
      "Content-Length": "\(bytes.count)",
      "Cache-Control": isKept ? "private, max-age=86400" : "no-store",
      "Content-Security-Policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    ]
    if let location { headers.add(name: "Location", value: location) }
    return headers
  }
}
