internal import PoseRig

/// The references by id to characters and props in a scene and in its poses.
package enum SceneReferences {
  /// The target of a reference.
  package enum Reference: Hashable, Sendable {
    case character(String)
    case prop(String)
  }

  /// A reference and its owner: `ana`'s `reach.leftHand`.
  package struct Use {
    /// The target of the reference.
    package var to: Reference
    /// The id of the character that owns the goal or position; nil for the camera, for a prop, and
    /// for a pose file.
    package var owner: String?
    /// The goal: a key of a pose, a limb, `position` or `yaw`.
    package var goal: String
    /// The path of the text with the reference.
    package var path: DocumentPath
    /// The path of the whole goal, which is meaningless without that text.
    package var goalPath: DocumentPath
    /// The text of the reference: `ben.rightHand`, `props.table.top` or `ben`.
    var text: String

    /// Returns the text with another id.
    package func text(naming id: String) -> String {
      var parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      if case .prop = to { parts[1] = id } else { parts[0] = id }
      return parts.joined(separator: ".")
    }
  }

  /// Returns all references in a scene, except for those in its pose files.
  package static func all(in scene: JSONValue) -> [Use] {
    var uses: [Use] = []
    _ = walk(scene) { use in
      uses.append(use)
      return nil
    }
    return uses
  }

  /// Returns all references in a pose file.
  package static func ofPose(_ pose: JSONValue) -> [Use] {
    var uses: [Use] = []
    _ = walk(pose: pose, of: nil, at: DocumentPath()) { use in
      uses.append(use)
      return nil
    }
    return uses
  }

  /// Returns the scene with renamed references; `rename` returns nil for those that stay unchanged.
  static func mapped(_ scene: JSONValue, _ rename: (Reference) -> String?) -> JSONValue {
    walk(scene) { rename($0.to) }
  }

  // MARK: Walking

  /// Visits the ids that the camera frames: one, a list, or `all`.
  private static func walk(
    figures value: JSONValue, at path: DocumentPath, goal: DocumentPath?, _ visit: (Use) -> String?
  ) -> JSONValue {
    if case .list(let items) = value {
      return .list(
        items.enumerated().map { index, item in
          walk(figures: item, at: path.appending(.index(index)), goal: goal, visit)
        })
    }
    guard case .string(let id) = value, id != "all" else { return value }
    let use = Use(
      to: .character(id), owner: nil, goal: "frame", path: path, goalPath: goal ?? path, text: id)
    return visit(use).map(JSONValue.string) ?? value
  }

  /// Walks the ids of arranged characters, and of those that they stand around and face.
  private static func walk(
    arrangement: JSONValue, at path: DocumentPath, _ visit: (Use) -> String?
  ) -> JSONValue {
    func named(_ value: JSONValue, _ path: DocumentPath) -> JSONValue {
      guard case .string(let id) = value, !ArrangementReader.ways.contains(id), id != "all" else {
        return value
      }
      let use = Use(
        to: .character(id), owner: nil, goal: "arrange", path: path, goalPath: path, text: id)
      return visit(use).map(JSONValue.string) ?? value
    }
    return (ArrangementReader.forms + ["around", "facing"]).reduce(arrangement) { value, key in
      value.replacing(key) { ids in
        let keyPath = path.appending(.key(key))
        guard case .list(let items) = ids else { return named(ids, keyPath) }
        return .list(
          items.enumerated().map { named($1, keyPath.appending(.index($0))) })
      }
    }
  }

  private static func walk(_ scene: JSONValue, _ visit: (Use) -> String?) -> JSONValue {
    scene.replacing("arrange") { value in
      let path = DocumentPath([.key("arrange")])
      guard case .list(let items) = value else {
        return walk(arrangement: value, at: path, visit)
      }
      return .list(
        items.enumerated().map {
          walk(arrangement: $1, at: path.appending(.index($0)), visit)
        })
    }.replacing("camera") { walk(camera: $0, at: DocumentPath([.key("camera")]), visit) }
      .replacing("cameras") { cameras in
        (cameras.members ?? []).reduce(cameras) { cameras, member in
          let path = DocumentPath([.key("cameras"), .key(member.key)])
          return cameras.replacing(member.key) { walk(camera: $0, at: path, visit) }
        }
      }.replacing("characters") { list in
        guard case .list(let items) = list else { return list }
        return .list(
          items.enumerated().map { index, item in
            guard case .string(let id)? = item.members?["id"] else { return item }
            func path(_ key: String) -> DocumentPath {
              DocumentPath([.key("characters"), .index(index), .key(key)])
            }
            return item.replacing("pose") { walk(pose: $0, of: id, at: path("pose"), visit) }
              .replacing("hold") { walk(hold: $0, of: id, at: path("hold"), visit) }
              .replacing("position") {
                members(
                  PlacementReader.anchorKeys, of: $0, id, "position", path("position"), visit)
              }
              .replacing("yaw") {
                let whole = point($0, id, "yaw", path("yaw"), path("yaw"), visit)
                return members(["facing"], of: whole, id, "yaw", path("yaw"), visit)
              }
          })
      }.replacing("props") { list in
        guard case .list(let items) = list else { return list }
        return .list(
          items.enumerated().map { index, item in
            ["of", "at"].reduce(item) { item, key in
              let path = DocumentPath([.key("props"), .index(index), .key(key)])
              return item.replacing(key) { point($0, nil, key, path, path, visit) }
            }
          })
      }.replacing("lights") { walk(lights: $0, at: DocumentPath([.key("lights")]), visit) }
  }

  /// Visits the characters that lights depend on, and the places of lamps.
  private static func walk(
    lights: JSONValue, at path: DocumentPath, _ visit: (Use) -> String?
  ) -> JSONValue {
    let walked = LightsReader.roles.reduce(lights) { lights, role in
      lights.replacing(role) { light in
        light.replacing("of") { value in
          guard case .string(let id) = value, id != "camera" else { return value }
          let of = DocumentPath(path.steps + [.key(role), .key("of")])
          return point(value, nil, "lights", of, of, visit)
        }
      }
    }
    return walked.replacing("lamps") { lamps in
      (lamps.members?.map(\.key) ?? []).reduce(lamps) { lamps, name in
        let lamp = DocumentPath(path.steps + [.key("lamps"), .key(name)])
        return lamps.replacing(name) {
          members(["at"], of: $0, nil, "lights", lamp, visit)
        }
      }
    }
  }

  /// Visits the props that hands hold.
  private static func walk(
    hold: JSONValue, of owner: String, at path: DocumentPath, _ visit: (Use) -> String?
  ) -> JSONValue {
    HoldReader.hands.map(\.rawValue).reduce(hold) { hold, hand in
      hold.replacing(hand) { value in
        let handPath = path.appending(.key(hand))
        return point(value, owner, hand, handPath, handPath, visit).replacing("at") {
          point($0, owner, hand, handPath.appending(.key("at")), handPath, visit)
        }
      }
    }
  }

  /// Returns a text with a reference with a new id, if there is one; any other value unchanged.
  private static func point(
    _ value: JSONValue, _ owner: String?, _ goal: String, _ path: DocumentPath,
    _ goalPath: DocumentPath, _ visit: (Use) -> String?
  ) -> JSONValue {
    guard case .string(let text) = value, let reference = reference(of: text) else { return value }
    let use = Use(
      to: reference, owner: owner, goal: goal, path: path, goalPath: goalPath, text: text)
    return visit(use).map { .string(use.text(naming: $0)) } ?? value
  }

  /// Returns an object in which members with references are renamed.
  private static func members(
    _ keys: [String], of value: JSONValue, _ owner: String?, _ goal: String,
    _ goalPath: DocumentPath, _ visit: (Use) -> String?
  ) -> JSONValue {
    keys.reduce(value) { value, key in
      value.replacing(key) {
        point($0, owner, goal, goalPath.appending(.key(key)), goalPath, visit)
      }
    }
  }

  private static func walk(
    camera: JSONValue, at path: DocumentPath, _ visit: (Use) -> String?
  ) -> JSONValue {
    let isOver = camera.members?["shot"] == .string("overShoulder")
    return ["frame", "of", "over"].reduce(camera) { camera, key in
      camera.replacing(key) { figures in
        // A shot over a shoulder has two characters, and is impossible without either of them.
        let goal = isOver && key != "frame" ? path : nil
        return walk(figures: figures, at: path.appending(.key(key)), goal: goal, visit)
      }
    }
  }

  private static func walk(
    pose: JSONValue, of owner: String?, at path: DocumentPath, _ visit: (Use) -> String?
  ) -> JSONValue {
    func goal(_ value: JSONValue, _ name: String, _ goalPath: DocumentPath) -> JSONValue {
      let whole = point(value, owner, name, goalPath, goalPath, visit)
      return members(["at", "toward", "palm", "fingers"], of: whole, owner, name, goalPath) {
        // The word "forward" refers to nobody.
        OwnDirection(rawValue: $0.text) == nil ? visit($0) : nil
      }
    }
    return ["seat", "look"].reduce(pose) { pose, key in
      pose.replacing(key) { goal($0, key, path.appending(.key(key))) }
    }.replacing("gesture") { gesture in
      // The other members are names of gestures, which refer to nobody.
      let at = DocumentPath(path.steps + [.key("gesture"), .key("at")])
      return gesture.replacing("at") { point($0, owner, "gesture", at, at, visit) }
    }.replacing("reach") { reach in
      PoseGoals.effectors.map(\.rawValue).reduce(reach) { reach, limb in
        reach.replacing(limb) {
          goal($0, limb, DocumentPath(path.steps + [.key("reach"), .key(limb)]))
        }
      }
    }
  }

  /// Returns the target of a text; nil if the text names no item.
  private static func reference(of text: String) -> Reference? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if parts[0] == "props" { return parts.count > 1 ? .prop(parts[1]) : nil }
    return CharacterReader.reservedIds.contains(parts[0]) ? nil : .character(parts[0])
  }
}

extension JSONValue {
  /// Returns an object with the value of an existing key changed; any other value unchanged.
  fileprivate func replacing(_ key: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
    guard case .object(var members) = self,
      let index = members.firstIndex(where: { $0.key == key })
    else { return self }
    members[index].value = change(members[index].value)
    return .object(members)
  }
}
