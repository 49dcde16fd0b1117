/// Reads accessors, which are typed views of buffers (glTF 2.0 § 3.6.2). Every size is checked
/// before anything is allocated.
struct GLTFAccessors {
  /// The largest number of elements in an accessor: more than any valid one has.
  static let maximumCount = 1 << 25

  let document: GLTFDocument
  let buffers: GLTFBuffers

  private enum Component: Int {
    case int8 = 5120
    case uint8 = 5121
    case int16 = 5122
    case uint16 = 5123
    case uint32 = 5125
    case float = 5126

    var size: Int {
      switch self {
      case .int8, .uint8: 1
      case .int16, .uint16: 2
      case .uint32, .float: 4
      }
    }
  }

  private static let widths = [
    "SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16,
  ]

  /// Returns the integer that represents 1 in a normalized accessor; nil for others.
  func largestIfNormalized(_ index: Int) -> Float? {
    guard let accessor = document.accessors?[checked: index], accessor.normalized == true else {
      return nil
    }
    switch Component(rawValue: accessor.componentType) {
    case .int8: return 127
    case .uint8: return 255
    case .int16: return 32_767
    case .uint16: return 65_535
    default: return nil
    }
  }

  /// Returns all components as floating-point numbers, normalized integers as shares of 1; `width`
  /// components per element.
  func floats(_ index: Int, width: Int) throws(ForeignModelError) -> [Float] {
    let accessor = try accessor(index)
    guard Self.widths[accessor.type] == width else {
      throw .damaged("its accessor \(index) is \(accessor.type), where \(width) numbers are needed")
    }
    let component = try component(accessor.componentType, index)
    let normalized = accessor.normalized ?? false
    func value(_ bytes: ArraySlice<UInt8>, _ at: Int) -> Float {
      Self.float(bytes, at, component, normalized: normalized)
    }
    var values = [Float](repeating: 0, count: accessor.count * width)
    if let view = accessor.bufferView {
      try read(view, accessor, index, component, width) { bytes, offset, element in
        for slot in 0..<width {
          values[element * width + slot] = value(bytes, offset + slot * component.size)
        }
      }
    }
    if let sparse = accessor.sparse {
      try readSparse(sparse, accessor, index, component, width) { bytes, offset, element in
        for slot in 0..<width {
          values[element * width + slot] = value(bytes, offset + slot * component.size)
        }
      }
    }
    guard values.allSatisfy(\.isFinite) else {
      throw .damaged("its accessor \(index) holds numbers that are not finite; export it again")
    }
    return values
  }

  /// Returns all components as integers.
  func integers(_ index: Int, width: Int) throws(ForeignModelError) -> [UInt32] {
    let accessor = try accessor(index)
    let component = try component(accessor.componentType, index)
    guard Self.widths[accessor.type] == width, component != .float else {
      throw .damaged(
        "its accessor \(index) is \(accessor.type) of type \(accessor.componentType), where \(width) whole numbers are needed"
      )
    }
    var values = [UInt32](repeating: 0, count: accessor.count * width)
    let store = { (bytes: ArraySlice<UInt8>, offset: Int, element: Int) in
      for slot in 0..<width {
        values[element * width + slot] = Self.integer(
          bytes, offset + slot * component.size, component)
      }
    }
    if let view = accessor.bufferView { try read(view, accessor, index, component, width, store) }
    if let sparse = accessor.sparse {
      try readSparse(sparse, accessor, index, component, width, store)
    }
    return values
  }

  // MARK: Walking

  private func accessor(_ index: Int) throws(ForeignModelError) -> GLTFDocument.Accessor {
    guard let accessor = document.accessors?[checked: index] else {
      throw .damaged("it refers to accessor \(index), which does not exist")
    }
    guard (0...Self.maximumCount).contains(accessor.count) else {
      throw .damaged("its accessor \(index) claims \(accessor.count) elements")
    }
    return accessor
  }

  private func component(_ type: Int, _ index: Int) throws(ForeignModelError) -> Component {
    guard let component = Component(rawValue: type) else {
      throw .damaged("its accessor \(index) has component type \(type), which glTF does not know")
    }
    return component
  }

  private func read(
    _ view: Int, _ accessor: GLTFDocument.Accessor, _ index: Int, _ component: Component,
    _ width: Int, _ body: (ArraySlice<UInt8>, Int, Int) -> Void
  ) throws(ForeignModelError) {
    let (bytes, stride) = try buffers.view(view)
    try walk(
      bytes, offset: accessor.byteOffset ?? 0, count: accessor.count,
      size: component.size * width, stride: stride,
      what: "accessor \(index)", body)
  }

  private func walk(
    _ bytes: ArraySlice<UInt8>, offset: Int, count: Int, size: Int, stride: Int?, what: String,
    _ body: (ArraySlice<UInt8>, Int, Int) -> Void
  ) throws(ForeignModelError) {
    let step = stride ?? size
    guard step >= size, offset >= 0, offset <= bytes.count,
      count == 0 || (count - 1) * step + size <= bytes.count - offset
    else {
      throw .damaged("its \(what) reaches past the end of its buffer view; export it again")
    }
    for element in 0..<count { body(bytes, bytes.startIndex + offset + element * step, element) }
  }

  private func readSparse(
    _ sparse: GLTFDocument.Accessor.Sparse, _ accessor: GLTFDocument.Accessor, _ index: Int,
    _ component: Component, _ width: Int, _ body: (ArraySlice<UInt8>, Int, Int) -> Void
  ) throws(ForeignModelError) {
    guard (0...accessor.count).contains(sparse.count) else {
      throw .damaged("its accessor \(index) has more sparse elements than elements")
    }
    let what = "sparse accessor \(index)"
    let kind = try self.component(sparse.indices.componentType, index)
    var replaced: [Int] = []
    replaced.reserveCapacity(sparse.count)
    let (indexBytes, _) = try buffers.view(sparse.indices.bufferView)
    try walk(
      indexBytes, offset: sparse.indices.byteOffset ?? 0, count: sparse.count, size: kind.size,
      stride: nil, what: what
    ) { bytes, offset, _ in replaced.append(Int(Self.integer(bytes, offset, kind))) }
    guard replaced.allSatisfy({ $0 < accessor.count }) else {
      throw .damaged("its \(what) replaces elements that do not exist")
    }
    let (valueBytes, _) = try buffers.view(sparse.values.bufferView)
    try walk(
      valueBytes, offset: sparse.values.byteOffset ?? 0, count: sparse.count,
      size: component.size * width, stride: nil, what: what
    ) { bytes, offset, element in body(bytes, offset, replaced[element]) }
  }

  // MARK: Numbers

  private static func bits(_ bytes: ArraySlice<UInt8>, _ at: Int, _ count: Int) -> UInt32 {
    var value: UInt32 = 0
    for byte in 0..<count { value |= UInt32(bytes[at + byte]) << (8 * UInt32(byte)) }
    return value
  }

  private static func integer(
    _ bytes: ArraySlice<UInt8>, _ at: Int, _ component: Component
  ) -> UInt32 { bits(bytes, at, component.size) }

  private static func float(
    _ bytes: ArraySlice<UInt8>, _ at: Int, _ component: Component, normalized: Bool
  ) -> Float {
    let raw = bits(bytes, at, component.size)
    switch component {
    case .float: return Float(bitPattern: raw)
    case .uint8: return normalized ? Float(raw) / 255 : Float(raw)
    case .uint16: return normalized ? Float(raw) / 65_535 : Float(raw)
    case .uint32: return Float(raw)
    case .int8:
      let value = Float(Int8(truncatingIfNeeded: raw))
      return normalized ? max(value / 127, -1) : value
    case .int16:
      let value = Float(Int16(truncatingIfNeeded: raw))
      return normalized ? max(value / 32_767, -1) : value
    }
  }
}
