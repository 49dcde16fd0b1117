internal import Export
internal import Glibc
internal import MapRender

/// What a worker process and the one that started it tell each other through a pipe.
enum WorkerMessage: Equatable {
  /// A frame has been looked at for its depth range.
  case measured
  /// The worker's frames have been looked at, with the range of them all.
  case range(DepthRange?)
  /// From above: the range of all frames, and whether files that are there are of an equal run.
  case go(DepthRange?, isSame: Bool)
  /// The worker begins a frame.
  case began(Int)
  /// A frame's files are there.
  case finished(Int)
  /// It cannot go on: a sentence and an exit code.
  case failed(String, code: Int32)
  /// All its frames are there.
  case done

  private static let nothing = Float.nan

  /// Its bytes: a kind, two numbers, and a text's length with the text.
  var bytes: [UInt8] {
    switch self {
    case .measured: Self.bytes(1)
    case .range(let range): Self.bytes(2, range)
    case .go(let range, let isSame): Self.bytes(isSame ? 4 : 3, range)
    case .began(let frame): Self.bytes(5, first: UInt32(bitPattern: Int32(frame)))
    case .finished(let frame): Self.bytes(6, first: UInt32(bitPattern: Int32(frame)))
    case .failed(let text, let code):
      Self.bytes(7, first: UInt32(bitPattern: code), text: Array(text.utf8))
    case .done: Self.bytes(8)
    }
  }

  private static func bytes(_ kind: UInt8, _ range: DepthRange?) -> [UInt8] {
    bytes(
      kind, first: (range?.near ?? nothing).bitPattern, second: (range?.far ?? nothing).bitPattern)
  }

  private static func bytes(
    _ kind: UInt8, first: UInt32 = 0, second: UInt32 = 0, text: [UInt8] = []
  ) -> [UInt8] {
    var bytes = [kind]
    for number in [first, second, UInt32(text.count)] {
      for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
    return bytes + text
  }

  /// The next message of a pipe; nil at its end.
  init?(from pipe: Int32) {
    guard let head = Self.read(13, from: pipe) else { return nil }
    func number(_ place: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(head[place + $1]) << (8 * UInt32($1)) }
    }
    let range = DepthRange(near: Float(bitPattern: number(1)), far: Float(bitPattern: number(5)))
    let known: DepthRange? = range.near.isNaN ? nil : range
    let integer = Int32(bitPattern: number(1))
    switch head[0] {
    case 1: self = .measured
    case 2: self = .range(known)
    case 3: self = .go(known, isSame: false)
    case 4: self = .go(known, isSame: true)
    case 5: self = .began(Int(integer))
    case 6: self = .finished(Int(integer))
    case 7:
      guard let text = Self.read(Int(number(9)), from: pipe) else { return nil }
      self = .failed(String(decoding: text, as: UTF8.self), code: integer)
    default: self = .done
    }
  }

  private static func read(_ count: Int, from pipe: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(pipe, buffer.baseAddress.map { $0 + filled }, count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return nil }
      filled += got
    }
    return bytes
  }

  /// Writes it whole; false if nobody reads any more.
  @discardableResult
  func send(to pipe: Int32) -> Bool {
    let bytes = bytes
    var sent = 0
    while sent < bytes.count {
      let wrote = bytes.withUnsafeBytes { buffer in
        Glibc.write(pipe, buffer.baseAddress.map { $0 + sent }, bytes.count - sent)
      }
      if wrote < 0, errno == EINTR { continue }
      guard wrote > 0 else { return false }
      sent += wrote
    }
    return true
  }
}
