internal import Export
internal import MapRender
internal import RigImport

/// A worker's answer to an order about a piece of work.
enum WorkerAnswer {
  /// A frame was measured; the range is that of all frames this worker has measured.
  case measured(Int, DepthRange?)
  /// A frame's files exist.
  case drawn(Int, [DepthLevels])
  /// A scene's files exist, made now or before, with the warnings about it.
  case rendered(Int, isNew: Bool, lines: [String])
  /// A piece cannot be made.
  case failed(Int, code: Failure.Code, lines: [String])

  /// Creates an answer about a piece that cannot be made, from its failure.
  static func failed(_ piece: Int, _ failure: Failure) -> WorkerAnswer {
    .failed(piece, code: failure.code, lines: failure.lines)
  }

  /// Sends the answer; returns false if nobody reads any longer.
  func send(to socket: Int32) -> Bool { WorkerSocket.write(bytes, to: socket) }

  /// Reads the next answer from a socket; nil at its end.
  init?(from socket: Int32) {
    guard let bytes = WorkerSocket.read(socket) else { return nil }
    var reader = ByteReader(bytes)
    guard let answer = try? Self(&reader), reader.isAtEnd else { return nil }
    self = answer
  }

  private var bytes: [UInt8] {
    var out = ByteWriter()
    switch self {
    case .measured(let frame, let range):
      out.write(UInt8(1))
      out.write(frame)
      out.write(range) { $0.write($1) }
    case .drawn(let frame, let levels):
      out.write(UInt8(2))
      out.write(frame)
      out.write(levels) { $0.write($1) }
    case .rendered(let piece, let isNew, let lines):
      out.write(UInt8(3))
      out.write(piece)
      out.write(isNew)
      out.write(lines) { $0.write($1) }
    case .failed(let piece, let code, let lines):
      out.write(UInt8(4))
      out.write(piece)
      out.write(code.rawValue)
      out.write(lines) { $0.write($1) }
    }
    return out.bytes
  }

  private init(_ reader: inout ByteReader) throws(ByteReader.Fault) {
    let kind: UInt8 = try reader.integer()
    let piece = try reader.index()
    switch kind {
    case 1:
      self = .measured(
        piece, try reader.optional { reader throws(ByteReader.Fault) in try reader.range() })
    case 2:
      self = .drawn(
        piece, try reader.list { reader throws(ByteReader.Fault) in try reader.levels() })
    case 3: self = .rendered(piece, isNew: try reader.flag(), lines: try reader.lines())
    case 4:
      let code = Failure.Code(rawValue: try reader.integer()) ?? .internalFault
      self = .failed(piece, code: code, lines: try reader.lines())
    default: throw ByteReader.Fault()
    }
  }
}
