internal import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The decoded pictures of a merge.
struct MergePictures {
  /// The sources, with the base first.
  private let sources: [(path: String, source: SceneMerge.Source)]

  /// Whether the base had transparent parts, which are black now.
  private(set) var isBaseBlackened = false

  /// Reads all pictures, and reports every file that cannot be read.
  init(_ plan: MergePlan) throws {
    var sources: [(path: String, source: SceneMerge.Source)] = []
    var failures: [Failure] = []
    for picture in [plan.base] + plan.pictures {
      do {
        sources.append((picture.path, try Self.read(picture)))
      } catch let failure as Failure {
        failures.append(failure)
      }
    }
    if let first = failures.first { throw Failure(first.code, lines: failures.flatMap(\.lines)) }
    // There is nothing behind the base.
    if let base = sources.first, let opacity = base.source.opacity {
      let black = Image(width: opacity.width, height: opacity.height, filling: RGB8.black)
      sources[0].source.image = base.source.image.over(black, opacity: opacity)
      sources[0].source.opacity = nil
      isBaseBlackened = true
    }
    self.sources = sources
  }

  var base: SceneMerge.Source { sources[0].source }
  var others: [SceneMerge.Source] { sources.dropFirst().map(\.source) }

  /// Returns the size to draw the scene at: that of all pictures, with the canvas' aspect ratio.
  func size(fitting canvas: Canvas) throws -> Canvas {
    let size = Canvas(width: base.image.width, height: base.image.height)
    guard sources.allSatisfy({ Self.size($0.source) == size }) else {
      throw refusal(
        "the pictures do not have the same size", canvas, "generate them all at one size")
    }
    let sides = Canvas.allowedSides
    guard sides.contains(size.width), sides.contains(size.height) else {
      throw refusal(
        "each side of a picture must be \(sides.lowerBound) to \(sides.upperBound) pixels long",
        canvas, "scale them")
    }
    guard canvas.hasShape(of: size) else {
      throw refusal(
        "the pictures do not have the shape of the scene's canvas", canvas,
        "crop or scale them to it, or give the --size or --profile that their maps were drawn with")
    }
    return size
  }

  private static func size(_ source: SceneMerge.Source) -> Canvas {
    Canvas(width: source.image.width, height: source.image.height)
  }

  private func refusal(_ fault: String, _ canvas: Canvas, _ remedy: String) -> Failure {
    let sizes = sources.map { "\($0.path) is \(Self.size($0.source))" }
    return Failure(
      .badData,
      "\(fault): \(sizes.joined(separator: ", ")); the canvas is \(canvas); \(remedy)")
  }

  /// The size of the largest canvas, uncompressed, in 16 bits with opacity.
  private static let maximumBytes = 600 << 20

  private static func read(_ picture: PictureArgument) throws -> SceneMerge.Source {
    let bytes = try FileLoader.contents(
      of: picture.path, as: "this picture", upTo: maximumBytes)
    do {
      let image = try PNGFile.decodeRGBA(bytes)
      var source = SceneMerge.Source(id: picture.id, image: image.map { $0.color })
      let opacity = image.map { $0.opacity }
      if !opacity.pixels.allSatisfy({ $0 == 255 }) { source.opacity = opacity }
      return source
    } catch {
      throw Failure(.badData, of: picture.path, "\(sentence(bytes, picture.path, error))")
    }
  }

  /// Returns a sentence about a file that is not a PNG: its type, and how to fix it.
  private static func sentence(_ bytes: [UInt8], _ path: String, _ error: ExportError) -> String {
    let kinds: [(name: String, start: [UInt8])] = [
      ("a JPEG", [0xFF, 0xD8]), ("a WebP or another RIFF file", Array("RIFF".utf8)),
      ("a GIF", Array("GIF8".utf8)), ("an AVIF or HEIF", [0, 0, 0, 0x1C]),
    ]
    if let kind = kinds.first(where: { bytes.starts(with: $0.start) }) {
      return
        "this is \(kind.name), whatever it is called; make a PNG of it, as with magick \(path) picture.png"
    }
    if GitRemains.isPointer(bytes) { return GitRemains.pointerSentence }
    if bytes.first == UInt8(ascii: "{") {
      return "this is JSON; A1111's answer has its pictures in base64: "
        + "jq -r '.images[0]' \(path) | base64 -d > picture.png"
    }
    guard case .cannotDecodePNG(let reason) = error else { return "\(error)" }
    return "this is not a readable PNG (\(reason)); save the picture as PNG"
  }
}
