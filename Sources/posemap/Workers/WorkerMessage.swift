internal import Export
internal import Glibc
internal import MapRender

/// What a worker process and the one that started it tell each other through a pipe.
enum WorkerMessage: Equatable {
  /// To a worker: look at a piece for its depth range.
  case measure(Int)
  /// To a worker: the range of all pieces.
  case fix(DepthRange?)
  /// To a worker: make a piece's files.
  case draw(Int)
  /// A piece was measured; the range of all that this worker has measured.
  case measured(Int, DepthRange?)
  /// A piece's files are there, made now or before, with what there is to say about it.
  case drawn(Int, isNew: Bool, said: String)
  /// A piece cannot be made, for reasons told in lines, and with an exit code.
  case failed(Int, said: String, code: Int32)

  /// The piece it is about.
  var piece: Int? {
    switch self {
    case .fix: nil
    case .measure(let piece), .draw(let piece), .measured(let piece, _), .drawn(let piece, _, _),
      .failed(let piece, _, _):
      piece
    }
  }

  /// Its bytes: a kind, the piece, a number or two, a text's length and the text; all numbers have 32 bits.
  var bytes: [UInt8] {
    switch self {
    case .measure(let piece): Self.bytes(1, piece)
    case .fix(let range): Self.bytes(2, 0, range)
    case .draw(let piece): Self.bytes(3, piece)
    case .measured(let piece, let range): Self.bytes(4, piece, range)
    case .drawn(let piece, let isNew, let said): Self.bytes(isNew ? 5 : 6, piece, text: said)
    case .failed(let piece, let said, let code):
      Self.bytes(7, piece, first: UInt32(bitPattern: code), text: said)
    }
  }

  private static func bytes(_ kind: UInt8, _ piece: Int, _ range: DepthRange?) -> [UInt8] {
    let nothing = Float.nan
    return bytes(
      kind, piece, first: (range?.near ?? nothing).bitPattern,
      second: (range?.far ?? nothing).bitPattern)
  }

  private static func bytes(
    _ kind: UInt8, _ piece: Int, first: UInt32 = 0, second: UInt32 = 0, text: String = ""
  ) -> [UInt8] {
    var bytes = [kind]
    for number in [UInt32(piece), first, second, UInt32(text.utf8.count)] {
      for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
    return bytes + text.utf8
  }

  /// The next message of a pipe; nil at its end.
  init?(from pipe: Int32) {
    guard let head = Self.read(17, from: pipe) else { return nil }
    func number(_ place: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(head[1 + 4 * place + $1]) << (8 * UInt32($1)) }
    }
    guard let text = Self.read(Int(number(3)), from: pipe) else { return nil }
    let piece = Int(number(0))
    let said = String(decoding: text, as: UTF8.self)
    let range = DepthRange(near: Float(bitPattern: number(1)), far: Float(bitPattern: number(2)))
    let known: DepthRange? = range.near.isNaN ? nil : range
    switch head[0] {
    case 1: self = .measure(piece)
    case 2: self = .fix(known)
    case 3: self = .draw(piece)
    case 4: self = .measured(piece, known)
    case 5: self = .drawn(piece, isNew: true, said: said)
    case 6: self = .drawn(piece, isNew: false, said: said)
    default: self = .failed(piece, said: said, code: Int32(bitPattern: number(1)))
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
