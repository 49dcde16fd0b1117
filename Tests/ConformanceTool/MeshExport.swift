import Foundation
import PoseRig
import PosemapKit
import SceneFiles

/// The posed surfaces of a scene as Wavefront OBJ for another renderer: one object per character,
/// one for each of its garments and held objects and for its hair, and one per independent prop.
enum MeshExport {
  static func obj(scene path: String) throws -> String {
    let posed = try posed(path)
    var text = ""
    var first = 1
    for character in posed.characters {
      for (index, surface) in character.surfaces.enumerated() {
        let kind = index > 0 ? ".\(character.otherSurfaces[index - 1].kind).\(index)" : ""
        text += "o \(character.id)\(kind)\n" + object(surface, first: &first)
      }
    }
    for (index, prop) in posed.props.enumerated() {
      text += "o props.\(index)\n" + object(prop.surface, first: &first)
    }
    return text
  }

  /// Returns a scene as a command would solve it. Run it from the repository, as make does.
  static func posed(_ path: String) throws -> PosedScene {
    try SceneLoader(files: .disk(rigsFolder: "Rigs")).load(path).scene
  }

  /// Returns the vertices of each finger and of the palm of all hands, by the joint that they
  /// follow most, as JSON.
  static func hands(scene path: String) throws -> Data {
    var hands: [String: [String: [Int]]] = [:]
    for character in try posed(path).characters {
      for (vertex, joint) in character.body.carriers().enumerated() {
        let isHand = joint == .leftHand || joint == .rightHand
        guard isHand || joint.isOfFinger else { continue }
        let part = isHand ? "palm" : joint.kind.finger?.rawValue ?? ""
        hands[character.id, default: [:]]["\(joint.side) \(part)", default: []].append(vertex)
      }
    }
    return try JSONEncoder().encode(hands)
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
