/// A form with fields and files, in the format that browsers send (RFC 7578).
struct MultipartForm {
  private(set) var body: [UInt8] = []
  // No picture contains this by chance.
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
