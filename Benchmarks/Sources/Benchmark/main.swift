import Export
import Foundation
import MapRender
import PoseRig

// Medians of each stage's time in milliseconds for the window scene at several sizes, as a table.

let repetitions = 9
let example = "../Examples/window/scene.json"

@MainActor
func median(_ work: () throws -> Void) rethrows -> Double {
  var times: [Double] = []
  for _ in 0..<repetitions {
    let start = ContinuousClock.now
    try work()
    times.append((ContinuousClock.now - start) / .milliseconds(1))
  }
  return times.sorted()[repetitions / 2]
}

@MainActor
func row(_ name: String, _ milliseconds: Double) {
  print(
    name.padding(toLength: 28, withPad: " ", startingAt: 0), String(format: "%9.2f", milliseconds))
}

let loader = FileLoader(rigsFolder: "../Rigs") { path in
  guard let data = FileManager.default.contents(atPath: path) else {
    return .failure(UnreadableFile(reason: "not there"))
  }
  return .success(Array(data))
}

guard let reading = try? SceneReader.read(example, loader: loader).get(), var scene = reading.scene
else { fatalError("cannot read \(example); run this from Benchmarks/") }

print("stage                        ms, median of \(repetitions)")
row("read scene and poses", median { _ = SceneReader.read(example, loader: loader) })
row("solve (2 characters)", median { _ = SceneSolver.solve(scene, log: DiagnosticLog()) })

let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
let humanPath = "\(home)/.cache/posemap/human-\(HumanTemplateFile.version).body"
if let data = FileManager.default.contents(atPath: humanPath) {
  let bytes = [UInt8](data)
  row("human: decode the file", try median { _ = try HumanTemplateFile.decode(bytes) })
  let template = try HumanTemplateFile.decode(bytes)
  let phenotype = Phenotype.typical(male: false)
  row("human: morph and rig", median { _ = template.body(phenotype) })
  let body = template.body(phenotype)
  let rig = PosedRig(rig: body.rig, pose: .rest)
  row("human: skin", median { _ = Skinning.pose(body, rig) })
}

for side in [512, 1024, 2048] {
  scene.canvas = Canvas(width: side, height: side)
  guard let posed = SceneSolver.solve(scene, log: DiagnosticLog()) else { continue }
  let character = posed.characters[0]
  let pass = try GeometryPass(canvas: scene.canvas)
  let buffer = try pass.draw([character.surface], camera: posed.camera)
  guard let range = DepthRange(covering: buffer) else { continue }
  print("\(side) × \(side), one character")
  row("  context and program", try median { _ = try GeometryPass(canvas: scene.canvas) })
  row(
    "  draw and read back",
    try median { _ = try pass.draw([character.surface], camera: posed.camera) })
  let points = KeypointProjection.keypoints(of: character, camera: posed.camera, in: buffer)
  let drawn = DetectorPolicy.drawn(points)
  row("  openpose", median { _ = OpenPoseMap.draw([drawn], width: side, height: side) })
  row("  depth", median { _ = DepthMap(range: range, floor: 32).draw(buffer) })
  row("  normal", median { _ = NormalMap.draw(buffer) })
  let shaded = ShadedMap.draw(buffer)
  row("  canny", median { _ = CannyMap.detect(shaded) })
  row("  lines of the geometry", median { _ = LineMaps(buffer, camera: posed.camera) })
  let normals = NormalMap.draw(buffer)
  row("  PNG of the normal map", try median { _ = try PNGFile.encode(normals) })
  row(
    "  whole scene, all files",
    try median { _ = try SceneExport(version: "bench").files(of: posed, inputs: []) })
}
