/// A family of models: the sizes it was trained at and how it wants its maps.
public enum Profile: String, CaseIterable, Sendable {
  /// Stable Diffusion 1.5 with ControlNet 1.1.
  case sd15
  /// SDXL with xinsir's union.
  case sdxlXinsir = "sdxl-xinsir"
  /// FLUX.1 with a union (InstantX, Shakker).
  case fluxUnion = "flux-union"
  /// Qwen-Image with InstantX's union or DiffSynth's.
  case qwen
  /// Z-Image-Turbo with alibaba-pai's Fun union.
  case zImage = "z-image"
  /// Wan 2.x with VACE.
  case wanVace = "wan-vace"

  /// The family in a few words.
  public var summary: String {
    switch self {
    case .sd15: "Stable Diffusion 1.5 with ControlNet 1.1"
    case .sdxlXinsir: "SDXL with xinsir's union: sticks that grow with the canvas"
    case .fluxUnion: "FLUX.1 with InstantX's or Shakker's union"
    case .qwen: "Qwen-Image with InstantX's union or DiffSynth's LoRA"
    case .zImage: "Z-Image-Turbo with alibaba-pai's union: Zoe's depth, Canny of the grey picture"
    case .wanVace: "Wan with VACE: red and blue swapped in the skeleton, no hands"
    }
  }

  /// The sizes that the family was trained at or is used with, the usual one first.
  public var sizes: [Canvas] {
    switch self {
    case .sd15: Self.upright([(512, 768), (512, 512), (512, 640), (576, 768)])
    case .sdxlXinsir, .fluxUnion, .zImage:
      Self.upright([(1024, 1024), (896, 1152), (832, 1216), (768, 1344), (640, 1536)])
    case .qwen: Self.upright([(1328, 1328), (928, 1664), (1104, 1472), (1056, 1584)])
    case .wanVace: Self.upright([(480, 832), (720, 1280)])
    }
  }

  /// What both sides must be a multiple of, in pixels.
  public var multiple: Int {
    switch self {
    case .sd15, .sdxlXinsir: 64
    case .fluxUnion, .qwen, .zImage, .wanVace: 16
    }
  }

  /// The defaults of a scene made for the family.
  public var mapSettings: MapSettings {
    var settings = MapSettings()
    switch self {
    case .sd15, .fluxUnion, .qwen: break
    case .sdxlXinsir: settings.openpose = .xinsir
    case .zImage:
      settings.depth = .zoe
      settings.cannyDetector.gray = true
    case .wanVace: settings.openpose = .vace
    }
    return settings
  }

  /// Whether a canvas suits the family: sides of the right multiple, an area within a tenth of that of the size
  /// whose shape is nearest.
  public func suits(_ canvas: Canvas) -> Bool {
    let nearest = nearestSize(to: canvas)
    let share = Double(canvas.width * canvas.height) / Double(nearest.width * nearest.height)
    return canvas.width % multiple == 0 && canvas.height % multiple == 0
      && (0.9...1.1).contains(share)
  }

  /// What to say of a canvas that does not suit.
  public func unsuited(_ canvas: Canvas) -> String {
    "\(canvas) does not suit \(rawValue), whose sides are multiples of \(multiple) and whose sizes are like "
      + "\(nearestSize(to: canvas)); use that size"
  }

  /// The size whose shape is nearest to a canvas's; of equal shapes the one nearest in area.
  public func nearestSize(to canvas: Canvas) -> Canvas {
    func distance(_ size: Canvas) -> Double {
      let shape = Self.skew(size.width * canvas.height, size.height * canvas.width)
      let area = Self.skew(size.width * size.height, canvas.width * canvas.height)
      return shape + area * 1e-3
    }
    return sizes.min { distance($0) < distance($1) } ?? canvas
  }

  /// How much larger one number is than the other, whichever it is; 0 if they are equal.
  private static func skew(_ one: Int, _ other: Int) -> Double {
    Double(max(one, other)) / Double(min(one, other)) - 1
  }

  /// Each size upright, then lying.
  private static func upright(_ sizes: [(Int, Int)]) -> [Canvas] {
    sizes.flatMap { narrow, tall in
      [Canvas(width: narrow, height: tall)]
        + (narrow == tall ? [] : [Canvas(width: tall, height: narrow)])
    }
  }
}
