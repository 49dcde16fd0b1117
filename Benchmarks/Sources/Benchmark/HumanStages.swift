internal import Foundation
internal import PoseRig
internal import SceneFiles

/// The parametric human, if it is installed.
enum HumanStages {
  static func report() throws {
    let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
    let path = "\(home)/.cache/posemap/human-\(HumanTemplateFile.version).body"
    guard let data = FileManager.default.contents(atPath: path) else { return }
    let bytes = [UInt8](data)
    try time("decode the file") { _ = try HumanTemplateFile.decode(bytes) }
    let template = try HumanTemplateFile.decode(bytes)
    let phenotype = Phenotype.typical(male: false)
    time("morph and rig") { _ = template.body(phenotype) }
    let body = template.body(phenotype)
    let rig = PosedRig(rig: body.rig, pose: .rest)
    time("skin") { _ = Skinning.pose(body, rig) }
  }

  private static func time(_ stage: String, _ work: () throws -> Void) rethrows {
    try StageTime.report("human", nil, stage) {
      try work()
      return nil
    }
  }
}
