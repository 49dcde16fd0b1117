internal import CZlib

/// Unpacks DEFLATE data through zlib.
enum Inflate {
  /// The container of the data.
  enum Format: Int32 {
    /// No container, as in zip archives.
    case raw = -15
    /// A gzip header and checksum.
    case gzip = 31
  }

  /// The size limit of a file, packed or unpacked: more bytes than any file in the package has.
  static let maximumBytes = 256 << 20

  /// Returns the unpacked bytes; `name` is used in messages.
  static func unpack(
    _ bytes: ArraySlice<UInt8>, _ format: Format, name: String
  ) throws(HumanCompilerError) -> [UInt8] {
    guard bytes.count <= maximumBytes else { throw .badCompression(name) }
    var stream = z_stream()
    let version = String(cString: zlibVersion())
    guard
      inflateInit2_(&stream, format.rawValue, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .badCompression(name) }
    defer { inflateEnd(&stream) }
    var input = Array(bytes)
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    let status = input.withUnsafeMutableBufferPointer { source -> Int32 in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      var status = Z_OK
      while status == Z_OK, output.count <= maximumBytes {
        status = chunk.withUnsafeMutableBufferPointer { target in
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(target.count)
          return inflate(&stream, Z_NO_FLUSH)
        }
        output += chunk[..<(chunk.count - Int(stream.avail_out))]
      }
      return status
    }
    guard status == Z_STREAM_END, output.count <= maximumBytes else { throw .badCompression(name) }
    return output
  }
}
