internal import PoseRig

/// The settings that apply to a whole FBX file: axes, unit and frame rate.
struct FBXSettings {
  /// The rotation and scale from the file's axes and units to glTF's: +Y up, +Z forward, meters.
  let root: NodeTransform
  /// The number of frames per second.
  let frameRate: Double
  /// The number of ticks per second.
  let ticksPerSecond: Double

  init(_ file: FBXFile) {
    let settings = file.first("GlobalSettings") ?? FBXRecord(name: "")
    func integer(_ name: String) -> Int? {
      FBXObjects.entry(name, settings)?.integer(4).flatMap { Int(exactly: $0) }
    }
    func number(_ name: String) -> Double? {
      FBXObjects.entry(name, settings)?.number(4)
    }
    let unit = number("UnitScaleFactor") ?? 1
    // Units are stated in centimeters.
    let meters = unit.isFinite && unit > 1e-6 && unit < 1e6 ? unit / 100 : 0.01
    func axis(_ name: String, _ usual: Int) -> Vector3 {
      let index = integer(name + "Axis") ?? usual
      var axis = Vector3.zero
      axis[(0...2).contains(index) ? index : usual] = (integer(name + "AxisSign") ?? 1) < 0 ? -1 : 1
      return axis
    }
    root = Self.root(
      right: axis("Coord", 0), up: axis("Up", 1), front: axis("Front", 2), meters: meters)
    frameRate = Self.frameRate(integer("TimeMode") ?? 0, custom: number("CustomFrameRate"))
    ticksPerSecond = Self.ticks(file)
  }

  /// Returns the transform from the file's axes to X, Y and Z.
  private static func root(
    right: Vector3, up: Vector3, front: Vector3, meters: Double
  ) -> NodeTransform {
    // If two axes are equal, the rotation is undetermined.
    guard abs(right.cross(up).dot(front)) > 0.5 else {
      return NodeTransform(
        translation: .zero, rotation: .identity, scale: Vector3(repeating: meters))
    }
    let columns = (0..<3).map { Vector3(right[$0], up[$0], front[$0]) }
    var scale = Vector3(repeating: meters)
    var x = columns[0]
    // Left-handed files are mirrored, so that left stays left.
    if x.cross(columns[1]).dot(columns[2]) < 0 {
      x = -x
      scale.x = -meters
    }
    return NodeTransform(
      translation: .zero, rotation: Quaternion(axes: x, columns[1], columns[2]), scale: scale)
  }

  /// Returns the number of frames per second for each of FBX's time modes.
  private static func frameRate(_ mode: Int, custom: Double?) -> Double {
    let rates: [Double] = [
      30, 120, 100, 60, 50, 48, 30, 30, 30_000 / 1001, 30_000 / 1001, 25, 24, 1000, 24_000 / 1001,
      0, 96, 72, 60_000 / 1001, 120_000 / 1001,
    ]
    if mode == 14, let custom, custom.isFinite, custom > 0.01, custom <= 10_000 { return custom }
    return rates.indices.contains(mode) && rates[mode] > 0 ? rates[mode] : 30
  }

  /// Returns the number of ticks per second; the header of recent files says whether it is the new
  /// one.
  private static func ticks(_ file: FBXFile) -> Double {
    let header = file.first("FBXHeaderExtension")
    let definition = header?.first("OtherFlags")?.first("TCDefinition")?.integer(0)
    let isOld =
      (header?.first("FBXHeaderVersion")?.integer(0) ?? 0) >= 1004 && definition != nil
      ? definition == 127 : file.version < 8000
    return isOld ? 46_186_158_000 : 141_120_000
  }
}
