internal import SceneFiles

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

#if canImport(Glibc)
  internal import Glibc
#endif

/// The bytes that a glTF file refers to: in its own chunk, in data URIs, or in separate files.
struct GLTFBuffers {
  /// The largest size of anything that a file refers to, in bytes.
  static let maximumBytes = 512 << 20

  private let document: GLTFDocument
  private var buffers: [[UInt8]] = []
  /// The decoded views of `EXT_meshopt_compression`.
  private var decoded: [Int: [UInt8]] = [:]
  private let path: String

  /// Loads all buffers of a file.
  init(
    _ document: GLTFDocument, binary: ArraySlice<UInt8>?, path: String
  ) throws(ForeignModelError) {
    self.document = document
    self.path = path
    for (index, buffer) in (document.buffers ?? []).enumerated() {
      let bytes: [UInt8]
      if let uri = buffer.uri {
        bytes = try Self.bytes(of: uri, beside: path, what: "buffer \(index)")
      } else if index == 0, let binary {
        bytes = Array(binary)
      } else if buffer.extensions?.meshopt != nil {
        // The contents of its views are in another buffer, compressed.
        buffers.append([])
        continue
      } else {
        throw .damaged("its buffer \(index) has neither a uri nor a binary chunk")
      }
      guard buffer.byteLength >= 0, bytes.count >= buffer.byteLength else {
        throw .damaged(
          "its buffer \(index) claims \(buffer.byteLength) bytes and has \(bytes.count): "
            + "the file is incomplete; copy or export it again")
      }
      buffers.append(bytes)
    }
    try decodeViews()
  }

  private mutating func decodeViews() throws(ForeignModelError) {
    var whole = 0
    for (index, view) in (document.bufferViews ?? []).enumerated() {
      guard let meshopt = view.extensions?.meshopt else { continue }
      let start = meshopt.byteOffset ?? 0
      guard let buffer = buffers[checked: meshopt.buffer], start >= 0, meshopt.byteLength >= 0,
        start <= buffer.count, meshopt.byteLength <= buffer.count - start
      else { throw .damaged("its buffer view \(index) reaches past the end of its buffer") }
      let bytes = try MeshoptView.decode(
        meshopt, buffer[start..<(start + meshopt.byteLength)], index)
      whole += bytes.count
      guard whole <= Self.maximumBytes else {
        throw .overLimit("its compressed data is larger than 512 MiB")
      }
      decoded[index] = bytes
    }
  }

  /// Returns the bytes of a buffer view, with the distance between its elements if it states one.
  func view(_ index: Int) throws(ForeignModelError) -> (bytes: ArraySlice<UInt8>, stride: Int?) {
    guard let view = document.bufferViews?[checked: index] else {
      throw .damaged("it refers to buffer view \(index), which does not exist")
    }
    if let stride = view.byteStride, !(4...252).contains(stride) {
      throw .damaged("its buffer view \(index) has a stride of \(stride); it must be 4 to 252")
    }
    if let bytes = decoded[index] { return (bytes[...], view.byteStride) }
    let start = view.byteOffset ?? 0
    guard let buffer = buffers[checked: view.buffer], start >= 0, view.byteLength >= 0,
      start <= buffer.count, view.byteLength <= buffer.count - start
    else { throw .damaged("its buffer view \(index) reaches past the end of its buffer") }
    return (buffer[start..<(start + view.byteLength)], view.byteStride)
  }

  /// Returns the bytes of an image; nil for an image without bytes.
  func image(_ index: Int) throws(ForeignModelError) -> [UInt8]? {
    guard let image = document.images?[checked: index] else { return nil }
    if let view = image.bufferView { return Array(try self.view(view).bytes) }
    return try image.uri.map { uri throws(ForeignModelError) in
      try Self.bytes(of: uri, beside: path, what: "image \(index)")
    }
  }

  // MARK: URIs

  private static func bytes(
    of uri: String, beside path: String, what: String
  ) throws(ForeignModelError) -> [UInt8] {
    if uri.hasPrefix("data:") {
      guard let comma = uri.firstIndex(of: ","), uri[..<comma].hasSuffix(";base64"),
        let data = Data(base64Encoded: String(uri[uri.index(after: comma)...]))
      else { throw .damaged("the data URI of its \(what) is not base64") }
      return [UInt8](data)
    }
    let name = percentDecoded(uri) ?? uri
    let shown = name.prefix(80)
    if name.contains("://") || name.hasPrefix("//") {
      throw .unsupported(
        "its \(what) is at \(shown); posemap does not use the network: save it beside the model, or export as GLB"
      )
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    if name.hasPrefix("/") || parts.contains("..") || name.contains("\\") || name.contains("\0") {
      throw .unsupported(
        "its \(what) is \"\(shown)\", outside the model's folder; put it beside the model, or export as GLB"
      )
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    return try read(folder + name, inside: folder, what: "\(what) (\(shown))")
  }

  /// Returns a URI with its escapes resolved (RFC 3986, 2.1); nil if one is malformed.
  private static func percentDecoded(_ uri: String) -> String? {
    var bytes: [UInt8] = []
    var left = Substring(uri).utf8
    while let byte = left.popFirst() {
      if byte != UInt8(ascii: "%") {
        bytes.append(byte)
        continue
      }
      let digits = String(Substring(left.prefix(2)))
      guard digits.utf8.count == 2, digits.first != "+", let value = UInt8(digits, radix: 16)
      else { return nil }
      bytes.append(value)
      left = left.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Returns the bytes of a file that is inside a folder after following links.
  static func read(
    _ path: String, inside folder: String, what: String
  ) throws(ForeignModelError) -> [UInt8] {
    // A link must not lead out of the folder.
    guard let real = realpath(path, nil) else {
      throw .damaged("its \(what) is missing: \(String(cString: strerror(errno)))")
    }
    defer { free(real) }
    guard let home = realpath(folder, nil) else { throw .damaged("its folder cannot be read") }
    defer { free(home) }
    let target = String(cString: real)
    let root = String(cString: home)
    guard target.hasPrefix(root.hasSuffix("/") ? root : root + "/") else {
      throw .unsupported("its \(what) leads outside the model's folder; put it beside the model")
    }
    var status = stat()
    guard stat(target, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= maximumBytes, let data = FileManager.default.contents(atPath: target)
    else { throw .damaged("its \(what) is not a readable file of at most 512 MiB") }
    let bytes = [UInt8](data)
    if GitRemains.isPointer(bytes) {
      throw .damaged("its \(what) is a Git LFS pointer, not the file itself; run: git lfs pull")
    }
    return bytes
  }
}

extension Array {
  /// Returns the element at an index from a file; nil if the index is out of range.
  subscript(checked index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
