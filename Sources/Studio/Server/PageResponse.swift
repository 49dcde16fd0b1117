internal import NIOHTTP1

/// An answer to a request.
struct PageResponse: Sendable {
  var status: HTTPResponseStatus
  var type: String
  var bytes: [UInt8]
  /// Whether the browser can cache it for this session.
  var isKept = false
  /// The address to redirect to; nil if it is not a redirection.
  var location: String?

  /// Returns a response with a sentence for a person.
  static func sentence(_ status: HTTPResponseStatus, _ sentence: String) -> PageResponse {
    PageResponse(
      status: status, type: "text/plain; charset=utf-8", bytes: Array((sentence + "\n").utf8))
  }

  /// Returns a response with a PNG.
  static func png(_ bytes: [UInt8], isKept: Bool = false) -> PageResponse {
    PageResponse(status: .ok, type: "image/png", bytes: bytes, isKept: isKept)
  }

  /// Returns a redirection to another address.
  static func redirection(_ location: String) -> PageResponse {
    var response = sentence(.seeOther, location)
    response.location = location
    return response
  }

  /// The response to a key that has been used already.
  static let opened = sentence(
    .forbidden, "this address opens the studio only once; use the one that posemap studio prints")

  static let missing = sentence(.notFound, "there is nothing here")

  /// The headers, which restrict the page to content from this server.
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
