internal import MapRender
internal import PoseRig
internal import SceneFiles

/// A message with the number that its tab gave it.
struct StampedMessage: Sendable {
  /// The message.
  let message: PageMessage
  /// The number; the next picture carries the newest one, so that a page knows what it shows.
  let stamp: Int?
  /// The message's length in bytes.
  let bytes: Int

  init(_ message: PageMessage, stamp: Int?, bytes: Int) {
    (self.message, self.stamp, self.bytes) = (message, stamp, bytes)
  }

  /// Parses a message.
  ///
  /// - Throws: a fault for bytes that are not a message.
  init(_ bytes: [UInt8]) throws(MessageFault) {
    let node: JSONNode
    do {
      node = try JSONParser.parse(bytes, upTo: PageMessage.maximumValues)
    } catch {
      throw MessageFault("this is not JSON: \(error.message)")
    }
    message = try PageMessage(node)
    self.bytes = bytes.count
    let fields = MessageFields(node, of: "stamp")
    stamp = fields.node("stamp") == nil ? nil : try fields.whole("stamp", in: 0...Int(Int32.max))
  }
}

extension PageMessage {
  /// The maximum size of a message in bytes; the largest is a scene's text.
  static let maximumBytes = 8 << 20

  /// The maximum number of values in a message: a compound edit has lists of joints and points.
  static let maximumValues = 100_000

  /// The largest side of a view's picture, in pixels.
  private static let largestSide = 4096

  /// Reads a message.
  ///
  /// - Throws: a fault for a value that is not a message.
  init(_ node: JSONNode) throws(MessageFault) {
    guard let type = node["type"]?.text else { throw MessageFault("a message needs a \"type\"") }
    let fields = MessageFields(node, of: type)
    if let message = try Self.ofView(type, fields) {
      self = message
    } else if let message = try Self.ofDocument(type, fields) {
      self = message
    } else if let message = try Self.ofWork(type, fields) {
      self = message
    } else {
      throw MessageFault("there is no message of the type \"\(type)\"")
    }
  }

  private static func ofView(
    _ type: String, _ fields: MessageFields
  ) throws(MessageFault) -> PageMessage? {
    switch type {
    case "view":
      let sides = Canvas.allowedSides.lowerBound...largestSide
      let size = Canvas(
        width: try fields.whole("width", in: sides), height: try fields.whole("height", in: sides))
      return .view(size, try fields.choice("format", or: .png))
    case "orbit":
      return .orbit(
        right: try fields.number("right", in: -3600...3600),
        up: try fields.number("up", in: -3600...3600))
    case "pan": return .pan(try fields.pixel())
    case "dolly": return .dolly(try fields.number("factor", in: 0.01...100))
    case "lens": return .lens(focalLength: try fields.number("focalLength", in: 8...1200))
    case "roll": return .roll(try fields.number("degrees", in: -180...180))
    case "preset":
      return .preset(try fields.choice("name"), about: try fields.optionalText("about"))
    case "frame":
      let about = try fields.optionalText("about")
      return .frame(about == "all" ? nil : about, try fields.choice("part", or: .figure))
    case "camera": return .camera(try camera(fields))
    case "sceneCamera": return .sceneCamera
    case "takeCamera": return .takeCamera
    case "hide": return .hide(try fields.text("id"), try fields.boolean("on"))
    case "select":
      return .select(
        character: try fields.optionalText("character"),
        joint: fields.node("joint") == nil ? nil : try fields.choice("joint"))
    case "pick": return .pick(try fields.pixel())
    case "shown": return .shown(try fields.whole("number", in: 0...Int(Int32.max)))
    case "grab": return .grab(try fields.text("handle"), try fields.choice("as", or: .goal))
    case "drag":
      return .drag(
        try fields.pixel(), try fields.choice("path", or: .picture),
        snapping: fields.node("snap")?.isTrue ?? false)
    case "release": return .release
    case "cancel": return .cancel
    case "gesture": return .gesture(try fields.boolean("begin"))
    default: return nil
    }
  }

  private static func ofDocument(
    _ type: String, _ fields: MessageFields
  ) throws(MessageFault) -> PageMessage? {
    switch type {
    case "edit":
      guard let edit = fields.node("edit") else {
        throw MessageFault("\"edit\" of \"edit\" is missing")
      }
      let hasPixel = fields.node("x") != nil
      return .edit(try sceneEdit(edit), at: hasPixel ? try fields.pixel() : nil)
    case "undo": return .undo(try count(fields))
    case "redo": return .redo(try count(fields))
    case "save": return .save
    case "autosave": return .autosave(try fields.boolean("on"))
    case "restore": return .restore(try fields.text("changes"))
    case "forget": return .forget(try fields.text("changes"))
    case "outside":
      let keep = try fields.text("keep")
      guard ["mine", "theirs"].contains(keep) else {
        throw MessageFault("\"keep\" of \"outside\" must be mine or theirs")
      }
      return .outside(file: try fields.text("file"), keepsMine: keep == "mine")
    case "savePose":
      return .savePose(
        character: try fields.text("character"), name: try fields.text("name"),
        part: try fields.optionalText("part") ?? "all")
    case "difference": return .difference
    case "takeFrame":
      return .takeFrame(
        character: try fields.text("character"),
        seconds: try fields.number("seconds", in: 0...100_000))
    case "time": return .time(try fields.number("seconds", in: 0...100_000))
    default: return nil
    }
  }

  private static func sceneEdit(_ node: JSONNode) throws(MessageFault) -> SceneEdit {
    do throws(SceneEditFault) {
      return try SceneEditReader.edit(in: node)
    } catch {
      throw MessageFault(error.description)
    }
  }

  /// Returns the number of steps to move through the history.
  private static func count(_ fields: MessageFields) throws(MessageFault) -> Int {
    fields.node("count") == nil ? 1 : try fields.whole("count", in: 1...1_000_000)
  }

  private static func ofWork(
    _ type: String, _ fields: MessageFields
  ) throws(MessageFault) -> PageMessage? {
    switch type {
    case "maps":
      let subject = try fields.optionalText("subject")
      return .maps(
        try mapNames(fields), subject: subject == "all" ? nil : subject,
        height: try fields.whole("height", in: Canvas.allowedSides.lowerBound...largestSide))
    case "export":
      return .export(
        ExportRequest(
          folder: try fields.text("folder"), maps: try fields.optionalTexts("maps") ?? [],
          only: try fields.optionalTexts("only"),
          together: fields.node("together")?.isTrue ?? false))
    case "comfyui":
      return .comfyUI(server: try fields.text("server"), folder: try fields.text("folder"))
    case "stopJob": return .stopJob(try fields.whole("job", in: 0...Int(Int32.max)))
    default: return nil
    }
  }

  private static func mapNames(_ fields: MessageFields) throws(MessageFault) -> [String] {
    var names: [String] = []
    for name in try fields.texts("names") where !names.contains(name) {
      guard MapName(rawValue: name) != nil else {
        throw MessageFault("there is no map \"\(name.prefix(60))\"")
      }
      names.append(name)
    }
    return names
  }

  private static func camera(_ fields: MessageFields) throws(MessageFault) -> ViewCamera {
    func angle(_ key: String, _ most: Double) throws(MessageFault) -> Double {
      try fields.number(key, in: -most...most)
    }
    return ViewCamera(
      target: try fields.vector("target", within: 1e4),
      distance: try fields.number("distance", in: 0.01...1e4),
      azimuth: try angle("azimuth", 360).degreesToRadians,
      elevation: try angle("elevation", 90).degreesToRadians, roll: try angle("roll", 180),
      fieldOfView: try fields.number("fovY", in: 0.01...170).degreesToRadians)
  }
}
