internal import PoseRig

/// The places of a scene that point to a character or a prop by its id.
enum SceneReferences {
  /// What is pointed to.
  enum Reference: Hashable {
    case character(String)
    case prop(String)
  }

  /// A reference and who has it: `ana`'s `reach.leftHand`.
  struct Use {
    var to: Reference
    /// The id of the character whose goal it is; nil for the camera.
    var owner: String?
    /// The goal: a key of a pose, or a limb.
    var goal: String
  }

  /// Returns all references in a scene.
  static func all(in scene: JSONValue) -> [Use] {
    var uses: [Use] = []
    _ = walk(scene) { use in
      uses.append(use)
      return nil
    }
    return uses
  }

  /// Returns the scene with references to other ids; `rename` returns nil for those that stay.
  static func mapped(_ scene: JSONValue, _ rename: (Reference) -> String?) -> JSONValue {
    walk(scene) { rename($0.to) }
  }

  private static func walk(_ scene: JSONValue, _ visit: (Use) -> String?) -> JSONValue {
    scene.replacing("camera") { camera in
      camera.replacing("frame") { frame in
        guard case .string(let id) = frame, id != "all",
          let new = visit(Use(to: .character(id), owner: nil, goal: "frame"))
        else { return frame }
        return .string(new)
      }
    }.replacing("characters") { list in
      guard case .list(let items) = list else { return list }
      return .list(
        items.map { item in
          guard case .string(let id)? = item.members?["id"] else { return item }
          return item.replacing("pose") { pose(of: id, $0, visit) }
        })
    }
  }

  private static func pose(
    of owner: String, _ pose: JSONValue, _ visit: (Use) -> String?
  ) -> JSONValue {
    func point(_ value: JSONValue, _ goal: String) -> JSONValue {
      guard case .string(let text) = value else { return value }
      return .string(renamed(text, owner, goal, visit))
    }
    func mark(_ value: JSONValue, _ goal: String) -> JSONValue {
      ["at", "palm", "fingers"].reduce(point(value, goal)) { mark, key in
        mark.replacing(key) { point($0, goal) }
      }
    }
    return ["seat", "look"].reduce(pose) { pose, key in
      pose.replacing(key) { mark($0, key) }
    }.replacing("reach") { reach in
      PoseGoals.effectors.map(\.rawValue).reduce(reach) { reach, limb in
        reach.replacing(limb) { mark($0, limb) }
      }
    }
  }

  /// Returns `ben.rightHand`, `props.table.top` or `ben` with another id.
  private static func renamed(
    _ text: String, _ owner: String, _ goal: String, _ visit: (Use) -> String?
  ) -> String {
    var parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isOfProp = parts[0] == "props"
    let index = isOfProp ? 1 : 0
    guard parts.indices.contains(index), isOfProp || !CharacterReader.reservedIds.contains(parts[0])
    else { return text }
    let reference: Reference = isOfProp ? .prop(parts[1]) : .character(parts[0])
    guard let new = visit(Use(to: reference, owner: owner, goal: goal)) else { return text }
    parts[index] = new
    return parts.joined(separator: ".")
  }
}

extension JSONValue {
  /// Returns an object with another value for a key that it has; any other value as it is.
  fileprivate func replacing(_ key: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
    guard case .object(var members) = self,
      let index = members.firstIndex(where: { $0.key == key })
    else { return self }
    members[index].value = change(members[index].value)
    return .object(members)
  }
}
