internal import CMeshopt

/// A buffer view of `EXT_meshopt_compression`, decoded by meshoptimizer.
enum MeshoptView {
  /// Returns the decoded bytes of a view.
  ///
  /// - Throws: a sentence if they violate the extension.
  static func decode(
    _ view: GLTFDocument.BufferView.Meshopt, _ bytes: ArraySlice<UInt8>, _ index: Int
  ) throws(ForeignModelError) -> [UInt8] {
    let damaged = ForeignModelError.damaged(
      "its buffer view \(index) is not valid EXT_meshopt_compression data; export it again")
    let (count, stride) = (view.count, view.byteStride)
    guard count >= 0, (1...256).contains(stride), count <= GLTFBuffers.maximumBytes / stride
    else { throw damaged }
    let isVertices = view.mode == "ATTRIBUTES"
    guard isVertices ? stride.isMultiple(of: 4) : stride == 2 || stride == 4 else { throw damaged }
    // meshoptimizer aborts the program for other counts.
    guard view.mode != "TRIANGLES" || count.isMultiple(of: 3) else { throw damaged }
    var decoded = [UInt8](repeating: 0, count: count * stride)
    if count == 0 { return decoded }
    let status = decoded.withUnsafeMutableBytes { target in
      bytes.withUnsafeBufferPointer { source in
        switch view.mode {
        case "ATTRIBUTES":
          meshopt_decodeVertexBuffer(
            target.baseAddress, count, stride, source.baseAddress, source.count)
        case "TRIANGLES":
          meshopt_decodeIndexBuffer(
            target.baseAddress, count, stride, source.baseAddress, source.count)
        case "INDICES":
          meshopt_decodeIndexSequence(
            target.baseAddress, count, stride, source.baseAddress, source.count)
        default: Int32(-1)
        }
      }
    }
    guard status == 0 else { throw damaged }
    try filter(&decoded, view, damaged)
    return decoded
  }

  private static func filter(
    _ decoded: inout [UInt8], _ view: GLTFDocument.BufferView.Meshopt, _ damaged: ForeignModelError
  ) throws(ForeignModelError) {
    let (count, stride) = (view.count, view.byteStride)
    let sound: Bool
    switch view.filter ?? "NONE" {
    case "NONE": return
    case "OCTAHEDRAL":
      sound = stride == 4 || stride == 8
      if sound {
        decoded.withUnsafeMutableBytes { meshopt_decodeFilterOct($0.baseAddress, count, stride) }
      }
    case "QUATERNION":
      sound = stride == 8
      if sound {
        decoded.withUnsafeMutableBytes { meshopt_decodeFilterQuat($0.baseAddress, count, stride) }
      }
    case "EXPONENTIAL":
      sound = stride.isMultiple(of: 4)
      if sound {
        decoded.withUnsafeMutableBytes { meshopt_decodeFilterExp($0.baseAddress, count, stride) }
      }
    default: sound = false
    }
    guard sound, view.mode == "ATTRIBUTES" else { throw damaged }
  }
}
