import Export
import Foundation
import MapRender

/// The subcommands. IN and OUT are two files, or two folders: then every file of IN becomes a PNG of
/// the same name in OUT.
enum ConformanceTool {
  struct Usage: Error, CustomStringConvertible {
    let description = """
      usage: conformance-tool openpose IN.json OUT.png   (ComfyUI's POSE_KEYPOINT JSON)
             conformance-tool canny IN.png OUT.png [LOW HIGH]
             conformance-tool canny-speed SIZE           (median milliseconds)
      """
  }

  static func run(_ arguments: [String]) throws {
    switch (arguments.first, arguments.count) {
    case ("openpose", 3):
      try convert(from: arguments[1], to: arguments[2]) { data in
        try PNGFile.encode(PoseDocument.decode(data).drawn())
      }
    case ("canny", 3), ("canny", 5):
      let low = arguments.count == 5 ? Double(arguments[3]) : 100
      let high = arguments.count == 5 ? Double(arguments[4]) : 200
      guard let low, let high else { throw Usage() }
      try convert(from: arguments[1], to: arguments[2]) { data in
        try PNGFile.encode(CannyMap.detect(PNGFile.decodeRGB([UInt8](data)), low: low, high: high))
      }
    case ("canny-speed", 2):
      guard let size = Int(arguments[1]) else { throw Usage() }
      print(CannySpeed.medianMilliseconds(size: size))
    default:
      throw Usage()
    }
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
