internal import MapRender
internal import PoseRig

/// The paths of maps, relative to the output folder.
enum MapPath {
  /// Returns all files of a folder of maps, in the order in which they are written.
  static func names(of maps: [MapName], in folder: String, frame: Int? = nil) -> [String] {
    maps.flatMap { map in
      [of(map.rawValue, "png", in: folder, frame: frame)]
        + (map == .openpose
          ? ["openpose", "keypoints", "boxes"].map { of($0, "json", in: folder, frame: frame) }
          : [])
    }
  }

  /// Returns `ana/depth.png`, or `ana/depth/00012.png` for a frame.
  static func of(_ name: String, _ kind: String, in folder: String, frame: Int?) -> String {
    guard let frame else { return "\(folder)/\(name).\(kind)" }
    let digits = String(frame)
    let zeros = String(repeating: "0", count: max(0, 5 - digits.count))
    return "\(folder)/\(name)/\(zeros)\(digits).\(kind)"
  }
}
