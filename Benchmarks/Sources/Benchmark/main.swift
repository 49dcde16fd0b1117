internal import Export
internal import Foundation
internal import MapRender
internal import PoseRig
internal import SceneFiles

// Medians of each stage's time in milliseconds, as JSON lines:
// {"example", "side", "stage", "milliseconds", "longest", "bytes"?}.

// usage: benchmark [ROOT [STAGES]], STAGES being one of dancer, table, window, human and studio.

let repetitions = 9
let root = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : ".."
let wanted = CommandLine.arguments.count > 2 ? CommandLine.arguments[2] : nil

func isWanted(_ stages: String) -> Bool { wanted == nil || wanted == stages }

let examples = ["dancer", "table", "window"]

let loader = FileLoader(rigsFolder: "\(root)/Rigs") { path in
  guard let data = FileManager.default.contents(atPath: path) else {
    return .failure(UnreadableFile(reason: "not there"))
  }
  return .success(Array(data))
}

for example in examples where isWanted(example) {
  let path = "\(root)/Examples/\(example)/scene.json"
  guard let scene = try? SceneReader.read(path, loader: loader).get().scene else {
    fatalError("cannot read \(path)")
  }
  var stages = SceneStages(example: example, scene: scene)
  try stages.report {
    _ = SceneReader.read(path, loader: loader)
  }
}
if isWanted("human") { try HumanStages.report() }
if isWanted("studio") { try StudioStages.report(rigsFolder: "\(root)/Rigs") }
