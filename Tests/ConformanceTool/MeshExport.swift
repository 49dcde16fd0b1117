import Foundation
import PoseRig
import SceneFiles

/// The posed surfaces of a scene as Wavefront OBJ, for a renderer that is not ours: an object for
/// each character and one for the props.
enum MeshExport {
  static func obj(scene path: String) throws -> String {
    // Run from the repository, as make does.
    let loader = FileLoader(rigsFolder: "Rigs", human: human) { name in
      guard let data = FileManager.default.contents(atPath: name) else {
        return .failure(UnreadableFile(reason: "not there"))
      }
      return .success([UInt8](data))
    }
    guard let scene = try SceneReader.read(path, loader: loader).get().scene,
      let posed = SceneSolver.solve(scene)
    else { throw ConformanceTool.Usage() }
    var text = ""
    var first = 1
    for character in posed.characters {
      text += "o \(character.id)\n" + object(character.bodySurface, first: &first)
    }
    for (index, prop) in posed.props.enumerated() {
      text += "o props.\(index)\n" + object(prop.surface, first: &first)
    }
    return text
  }

  /// The compiled human in the file that POSEMAP_HUMAN names.
  private static func human() -> Result<HumanTemplate, UnreadableFile> {
    guard let path = ProcessInfo.processInfo.environment["POSEMAP_HUMAN"],
      let data = FileManager.default.contents(atPath: path),
      let template = try? HumanTemplateFile.decode([UInt8](data))
    else { return .failure(UnreadableFile(reason: "POSEMAP_HUMAN names no human")) }
    return .success(template)
  }

  private static func object(_ surface: PosedSurface, first: inout Int) -> String {
    var lines: [String] = []
    for p in surface.positions { lines.append("v \(p.x) \(p.y) \(p.z)") }
    for n in surface.normals { lines.append("vn \(n.x) \(n.y) \(n.z)") }
    for corners in surface.triangles {
      let numbers = (0..<3).map { Int(corners[$0]) + first }
      lines.append("f " + numbers.map { "\($0)//\($0)" }.joined(separator: " "))
    }
    first += surface.positions.count
    return lines.joined(separator: "\n") + "\n"
  }
}
