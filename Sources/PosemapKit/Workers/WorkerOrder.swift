internal import Export
internal import MapRender
internal import PoseRig
internal import RigImport

/// An order to a worker process.
enum WorkerOrder {
  /// The content of a file, so that a clip is made from one state of its files.
  case file(path: String, bytes: [UInt8])
  /// A model encoded by its reader, so that no worker reads it again.
  case model(path: String, bytes: [UInt8])
  /// A job: scenes follow.
  case scenes(RenderJob)
  /// A clip: orders to measure and draw its frames follow.
  case clip(ClipHandover)
  /// Measure a frame's depth range.
  case measure(Int)
  /// The depth range of all frames.
  case fix(DepthRange?)
  /// Draw a frame's files.
  case draw(Int)
  /// Make a scene's files.
  case render(Int, SceneTask)

  /// The number of the piece of work that the order is about.
  var piece: Int? {
    switch self {
    case .measure(let piece), .draw(let piece), .render(let piece, _): piece
    case .file, .model, .scenes, .clip, .fix: nil
    }
  }

  /// Sends the order; returns false if nobody reads any longer.
  @discardableResult
  func send(to socket: Int32) -> Bool { WorkerSocket.write(bytes, to: socket) }

  /// Reads the next order from a socket; nil at its end.
  init?(from socket: Int32) {
    guard let bytes = WorkerSocket.read(socket) else { return nil }
    var reader = ByteReader(bytes)
    guard let order = try? Self(&reader), reader.isAtEnd else { return nil }
    self = order
  }

  private var bytes: [UInt8] {
    var out = ByteWriter()
    switch self {
    case .file(let path, let bytes):
      out.write(UInt8(1))
      out.write(path)
      out.write(bytes)
    case .model(let path, let bytes):
      out.write(UInt8(2))
      out.write(path)
      out.write(bytes)
    case .scenes(let job):
      out.write(UInt8(3))
      out.write(job)
    case .clip(let clip):
      out.write(UInt8(4))
      out.write(clip)
    case .measure(let frame):
      out.write(UInt8(5))
      out.write(frame)
    case .fix(let range):
      out.write(UInt8(6))
      out.write(range) { $0.write($1) }
    case .draw(let frame):
      out.write(UInt8(7))
      out.write(frame)
    case .render(let piece, let task):
      out.write(UInt8(8))
      out.write(piece)
      out.write(task.path)
      out.write(task.folder)
    }
    return out.bytes
  }

  private init(_ reader: inout ByteReader) throws(ByteReader.Fault) {
    switch try reader.integer() as UInt8 {
    case 1: self = .file(path: try reader.text(), bytes: try reader.numbers())
    case 2: self = .model(path: try reader.text(), bytes: try reader.numbers())
    case 3: self = .scenes(try reader.job())
    case 4: self = .clip(try reader.clip())
    case 5: self = .measure(try reader.index())
    case 6:
      self = .fix(try reader.optional { reader throws(ByteReader.Fault) in try reader.range() })
    case 7: self = .draw(try reader.index())
    case 8:
      self = .render(
        try reader.index(), SceneTask(path: try reader.text(), folder: try reader.text()))
    default: throw ByteReader.Fault()
    }
  }
}
