internal import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig

/// The pictures of a merge, read.
struct MergePictures {
  /// The base first.
  private let sources: [(path: String, source: SceneMerge.Source)]

  /// Reads all; says of every file that cannot be read why.
  init(_ plan: MergePlan) throws {
    var sources: [(path: String, source: SceneMerge.Source)] = []
    var failure: ExitCode?
    for picture in [plan.base] + plan.pictures {
      do {
        let image = try Self.read(picture.path)
        sources.append((picture.path, SceneMerge.Source(id: picture.id, image: image)))
      } catch let code as ExitCode {
        failure = failure ?? code
      }
    }
    if let failure { throw failure }
    self.sources = sources
  }

  var base: SceneMerge.Source { sources[0].source }
  var others: [SceneMerge.Source] { sources.dropFirst().map(\.source) }

  /// The size at which the scene has to be drawn: the pictures' own, if they are of one and it has the canvas' shape.
  func size(fitting canvas: Canvas) throws -> Canvas {
    let size = Canvas(width: base.image.width, height: base.image.height)
    guard sources.allSatisfy({ Self.size($0.source) == size }) else {
      throw refusal("the pictures are not of one size", canvas, "draw them all at one")
    }
    let sides = Canvas.allowedSides
    guard sides.contains(size.width), sides.contains(size.height) else {
      throw refusal(
        "each side of a picture must be \(sides.lowerBound) to \(sides.upperBound) pixels long",
        canvas, "scale them")
    }
    guard canvas.hasShape(of: size) else {
      throw refusal(
        "the pictures have not the shape of the scene's canvas", canvas,
        "cut or scale them to it, or give the --size or --profile that their maps were drawn with")
    }
    return size
  }

  private static func size(_ source: SceneMerge.Source) -> Canvas {
    Canvas(width: source.image.width, height: source.image.height)
  }

  private func refusal(_ fault: String, _ canvas: Canvas, _ remedy: String) -> ExitCode {
    let sizes = sources.map { "\($0.path) is \(Self.size($0.source))" }
    printError(
      "posemap: error: \(fault): \(sizes.joined(separator: ", ")); the canvas is "
        + "\(canvas); \(remedy)")
    return .badData
  }

  /// Uncompressed, the largest canvas in 16 bits with opacity is as long.
  private static let maximumBytes = 600 << 20

  private static func read(_ path: String) throws -> Image<RGB8> {
    switch FileLoader.bytes(path, upTo: maximumBytes) {
    case .failure(let failure):
      printError("\(path): error: cannot read this picture: \(failure.reason)")
      throw ExitCode.noInput
    case .success(let bytes):
      do {
        return try PNGFile.decodeRGB(bytes)
      } catch .cannotDecodePNG(let reason) {
        printError(
          "\(path): error: this is no PNG that can be read (\(reason)); save the picture as PNG")
        throw ExitCode.badData
      }
    }
  }
}

extension Canvas {
  /// Whether a picture of another size can be this one scaled, each of its sides rounded to a whole pixel.
  fileprivate func hasShape(of other: Canvas) -> Bool {
    func scales(_ side: Int, _ own: Int) -> ClosedRange<Double> {
      (Double(side) - 0.5) / Double(own)...(Double(side) + 0.5) / Double(own)
    }
    return scales(other.width, width).overlaps(scales(other.height, height))
  }
}
