import Export
import Foundation
import MapRender
import PoseRig

/// The subcommands. IN and OUT are two files or two folders; for folders, every file in IN becomes
/// a PNG in OUT with its name.
enum ConformanceTool {
  struct Usage: Error, CustomStringConvertible {
    let description = """
      usage: conformance-tool openpose IN.json OUT.png [STYLE]   (ComfyUI's POSE_KEYPOINT JSON)
             conformance-tool canny IN.png OUT.png [LOW HIGH [APERTURE NORM GRAY]]
             conformance-tool mask IN.png OUT.png GROW FEATHER   (white where IN is not black)
             conformance-tool mesh SCENE.json OUT.obj            (posed characters in the world)
             conformance-tool hands SCENE.json OUT.json          (which vertices of those are which finger)
             conformance-tool model FILE CLIP|- TIME own|joints OUT.json     (a foreign model in a pose of its own)
             conformance-tool file FILE OUT.json [CLIP|- TIME]…              (all that a foreign file holds, in its own world)
             conformance-tool feet FILE CLIP|- BODY free|ground RATE OUT.json   (the feet of a motion on a body: female, male, human:METERS or a model's file)
             conformance-tool garment FILE GENDER WEIGHT HEIGHT OUT.json   (an .mhclo on a human at rest)
             conformance-tool canny-speed SIZE           (median milliseconds)
             conformance-tool merges REPOSITORY PAIRS    (the properties of merges, tried)
      """
  }

  static func run(_ arguments: [String]) throws {
    switch (arguments.first, arguments.count) {
    case ("openpose", 3), ("openpose", 4):
      let name = arguments.count == 4 ? arguments[3] : "comfy"
      guard let style = OpenPoseStyleName(rawValue: name) else { throw Usage() }
      try convert(from: arguments[1], to: arguments[2]) { data in
        let document = try OpenPoseJSON.decode([UInt8](data))
        return try PNGFile.encode(
          OpenPoseMap.draw(
            document.people, width: document.width, height: document.height, style: style,
            parts: Set(OpenPosePart.allCases)))
      }
    case ("canny", 3), ("canny", 5), ("canny", 8):
      let detector = try detector(Array(arguments.dropFirst(3)))
      try convert(from: arguments[1], to: arguments[2]) { data in
        try PNGFile.encode(CannyMap.detect(PNGFile.decodeRGB([UInt8](data)), detector))
      }
    case ("mask", 5):
      guard let grow = Int(arguments[3]), let feather = Int(arguments[4]) else { throw Usage() }
      let edge = MaskEdge(grow: grow, feather: feather)
      try convert(from: arguments[1], to: arguments[2]) { data in
        let mask = try PNGFile.decodeRGB([UInt8](data)).map { $0.red > 0 ? UInt8(255) : 0 }
        return try PNGFile.encode(edge.applied(to: Inset(mask, background: 0)))
      }
    case ("mesh", 3):
      try Data(MeshExport.obj(scene: arguments[1]).utf8)
        .write(to: URL(fileURLWithPath: arguments[2]))
    case ("hands", 3):
      try MeshExport.hands(scene: arguments[1]).write(to: URL(fileURLWithPath: arguments[2]))
    case ("model", 6):
      guard let time = Double(arguments[3]), ["own", "joints"].contains(arguments[4]) else {
        throw Usage()
      }
      try ModelExport.json(
        model: arguments[1], clip: arguments[2], time: time, own: arguments[4] == "own"
      ).write(to: URL(fileURLWithPath: arguments[5]))
    case ("file", let count) where count >= 3 && count % 2 == 1:
      let moments = try stride(from: 3, to: count, by: 2).map { at in
        guard let time = Double(arguments[at + 1]) else { throw Usage() }
        return (clip: arguments[at], time: time)
      }
      try FileExport.json(file: arguments[1], moments: moments)
        .write(to: URL(fileURLWithPath: arguments[2]))
    case ("garment", 6):
      let numbers = arguments[2..<5].compactMap(Double.init)
      guard numbers.count == 3 else { throw Usage() }
      try GarmentExport.json(
        file: arguments[1], gender: numbers[0], weight: numbers[1], height: numbers[2]
      ).write(to: URL(fileURLWithPath: arguments[5]))
    case ("feet", 7):
      guard ["free", "ground"].contains(arguments[4]), let rate = Double(arguments[5]) else {
        throw Usage()
      }
      try FeetExport.json(
        motion: arguments[1], clip: arguments[2], body: arguments[3],
        ground: arguments[4] == "ground", rate: rate
      ).write(to: URL(fileURLWithPath: arguments[6]))
    case ("canny-speed", 2):
      guard let size = Int(arguments[1]) else { throw Usage() }
      print(CannySpeed.medianMilliseconds(size: size))
    case ("merges", 3):
      guard let pairs = Int(arguments[2]) else { throw Usage() }
      try MergeCheck.run(repository: arguments[1], pairs: pairs)
    default:
      throw Usage()
    }
  }

  private static func detector(_ arguments: [String]) throws -> CannyDetector {
    var detector = CannyDetector()
    guard arguments.count >= 2 else { return detector }
    guard let low = Double(arguments[0]), let high = Double(arguments[1]) else { throw Usage() }
    (detector.low, detector.high) = (low, high)
    guard arguments.count == 5 else { return detector }
    guard let aperture = Int(arguments[2]), let norm = CannyDetector.Norm(rawValue: arguments[3])
    else { throw Usage() }
    (detector.aperture, detector.norm, detector.gray) = (aperture, norm, arguments[4] == "gray")
    return detector
  }

  private static func convert(
    from input: String, to output: String, _ transform: (Data) throws -> [UInt8]
  ) throws {
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: input, isDirectory: &isFolder)
    guard isFolder.boolValue else {
      let data = try Data(contentsOf: URL(fileURLWithPath: input))
      return try Data(transform(data)).write(to: URL(fileURLWithPath: output))
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: input).sorted() {
      let stem = URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent
      let data = try Data(contentsOf: URL(fileURLWithPath: "\(input)/\(name)"))
      try Data(transform(data)).write(to: URL(fileURLWithPath: "\(output)/\(stem).png"))
    }
  }
}
