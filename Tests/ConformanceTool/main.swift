import Export
import FoundationEssentials
import MapRender

// What Tests/conformance/run.py compares with the reference programs: every case of a folder drawn by our code.
//
//   conformance-tool openpose FOLDER   each *.json (a list of one OpenPose document) → *.ours.png
//   conformance-tool canny FOLDER LOW HIGH   each *.input.png → *.ours.png

struct Person: Decodable {
  var pose_keypoints_2d: [Double]?
  var face_keypoints_2d: [Double]?
  var hand_left_keypoints_2d: [Double]?
  var hand_right_keypoints_2d: [Double]?
}

struct Document: Decodable {
  var people: [Person]
  var canvas_width: Int
  var canvas_height: Int
}

func points(_ flat: [Double]?) -> [SIMD2<Double>?]? {
  flat.map { flat in
    stride(from: 0, to: flat.count, by: 3).map {
      flat[$0 + 2] >= 1 ? SIMD2(flat[$0], flat[$0 + 1]) : nil
    }
  }
}

func files(_ folder: String, ending: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(ending) }
    .sorted().map { "\(folder)/\($0)" }
}

func read(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

func write(_ bytes: [UInt8], _ path: String) throws {
  try Data(bytes).write(to: URL(filePath: path))
}

func drawOpenPose(_ folder: String) throws {
  for path in try files(folder, ending: ".json") {
    guard let document = try JSONDecoder().decode([Document].self, from: read(path)).first else {
      continue
    }
    let people = document.people.map { person in
      OpenPosePerson(
        body: points(person.pose_keypoints_2d) ?? Array(repeating: nil, count: 18),
        leftHand: points(person.hand_left_keypoints_2d),
        rightHand: points(person.hand_right_keypoints_2d), face: points(person.face_keypoints_2d))
    }
    let map = OpenPoseMap.draw(
      people, width: document.canvas_width, height: document.canvas_height)
    try write(try PNGFile.encode(map), path.dropLast(5) + ".ours.png")
  }
}

func drawCanny(_ folder: String, _ low: Double, _ high: Double) throws {
  for path in try files(folder, ending: ".input.png") {
    let image = try PNGFile.decodeRGB(Array(try read(path)))
    let edges = CannyMap.detect(image, low: low, high: high)
    try write(try PNGFile.encode(edges), path.dropLast(10) + ".ours.png")
  }
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "openpose" where arguments.count == 2: try drawOpenPose(arguments[1])
case "canny" where arguments.count == 4:
  try drawCanny(arguments[1], Double(arguments[2]) ?? 100, Double(arguments[3]) ?? 200)
default: fatalError("usage: conformance-tool openpose FOLDER | canny FOLDER LOW HIGH")
}
