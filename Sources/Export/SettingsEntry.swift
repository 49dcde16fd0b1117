internal import PoseRig

/// The settings of the maps as a scene's `"maps"` would say them, every one.
struct SettingsEntry: Codable, Equatable {
  private var openpose: String
  private var openposeParts: [String]
  private var openposeDiscs: String
  private var occluded: String
  private var depth: String
  private var depthRange: RangeEntry
  private var depthFloor: Int
  private var depthBits: Int
  private var normal: String
  private var canny: String
  private var cannyThresholds: [Double]
  private var cannyAperture: Int
  private var cannyNorm: String
  private var cannyGrey: Bool
  private var grow: Int
  private var feather: Int
  private var lines: String
  private var lineart: String
  private var segmentation: String
  private var identityGround: String
  private var densepose: String
  private var props: [String]

  init(_ settings: MapSettings) {
    let parts = settings.openposeParts ?? settings.openpose.usualParts
    openpose = settings.openpose.rawValue
    openposeParts = OpenPosePart.allCases.filter(parts.contains).map(\.rawValue)
    openposeDiscs = settings.openposeDiscs.rawValue
    occluded = settings.occluded.rawValue
    depth = settings.depth.rawValue
    depthRange = RangeEntry(source: settings.usedDepthRange)
    depthFloor = settings.depthFloor
    depthBits = settings.depthBits
    normal = settings.normal.rawValue
    canny = settings.canny.rawValue
    cannyThresholds = [settings.cannyDetector.low, settings.cannyDetector.high]
    cannyAperture = settings.cannyDetector.aperture
    cannyNorm = settings.cannyDetector.norm.rawValue
    cannyGrey = settings.cannyDetector.gray
    grow = settings.grow
    feather = settings.feather
    lines = settings.lines.rawValue
    lineart = settings.usedLineart.rawValue
    segmentation = settings.segmentation.rawValue
    identityGround = settings.identityGround.rawValue
    densepose = settings.densepose.rawValue
    props = MapName.allCases.filter(settings.props.contains).map(\.rawValue)
  }

  /// A word or two numbers.
  private enum RangeEntry: Codable, Equatable {
    case word(String)
    case distances([Double])

    init(source: DepthRangeSource) {
      self =
        switch source {
        case .scene: .word("scene")
        case .characters: .word("characters")
        case .character: .word("character")
        case .fixed(let near, let far): .distances([near, far])
        }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let word = try? container.decode(String.self) {
        self = .word(word)
      } else {
        self = .distances(try container.decode([Double].self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .word(let word): try container.encode(word)
      case .distances(let distances): try container.encode(distances)
      }
    }
  }
}
