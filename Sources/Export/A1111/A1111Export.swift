package import MapRender
package import PoseRig
internal import SceneFiles

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Makes payloads for `POST /sdapi/v1/txt2img` of A1111 and Forge: one per character, with its maps
/// embedded.
package struct A1111Export {
  /// The number of ControlNet units that both programs have by default; they silently drop more.
  package static let usualUnits = 3

  /// The members of the payload other than prompts, sizes and maps.
  private var payload: [JSONValue.Member]
  /// The unit of each map that the models accept, without its picture.
  private var units: [(map: MapName, members: [JSONValue.Member])]
  /// The maps to send by default.
  package private(set) var use: [MapName] = []
  /// A short description of the models.
  package private(set) var summary = ""

  /// The available families, by the names of their profiles.
  package static var families: [String] {
    GeneratorResources.files(in: "a1111").map { path, _ in
      String(path.dropFirst("a1111/".count).dropLast(".json".count))
    }
  }

  /// The maps that the family accepts.
  package var takes: [MapName] { units.map(\.map) }

  /// Creates the payloads of a family; nil for an unknown name.
  package init?(family: String) {
    guard let bytes = GeneratorResources.file("a1111/\(family).json"),
      let root = try? JSONParser.parse(bytes),
      case .object(let payload)? = root["payload"].map(JSONValue.init)
    else { return nil }
    self.payload = payload
    units = (root["units"]?.members ?? []).compactMap { member in
      guard let map = MapName(rawValue: member.key),
        case .object(let members) = JSONValue(member.node)
      else { return nil }
      return (map, members)
    }
    use = root["use"]?.items?.compactMap { $0.text.flatMap(MapName.init) } ?? []
    summary = root["summary"]?.text ?? ""
  }

  /// Changes `checkpoint`, a field of the payload (`steps`), or a field of a map's unit
  /// (`openpose.weight`). Returns an error message if it cannot, otherwise nil.
  package mutating func set(_ name: String, to text: String) -> String? {
    if name == "checkpoint" {
      Self.set("override_settings", to: .members(["sd_model_checkpoint": .string(text)]), &payload)
      return nil
    }
    if let index = units.firstIndex(where: { name.hasPrefix("\($0.map.rawValue).") }) {
      let prefix = "\(units[index].map.rawValue)."
      return Self.set(String(name.dropFirst(prefix.count)), prefix, to: text, &units[index].members)
    }
    return Self.set(name, "", to: text, &payload, also: ["checkpoint"])
  }

  /// The settings as text for a person: one line per setting and one per map.
  package var listing: [String] {
    func line(_ prefix: String, _ members: [JSONValue.Member]) -> [String] {
      members.filter { if case .object = $0.value { false } else { !Self.fixed.contains($0.key) } }
        .map { "\(prefix)\($0.key) = \($0.value.bare)" }
    }
    let maps = units.map { "  " + line("\($0.map.rawValue).", $0.members).joined(separator: ", ") }
    let usual = use.map(\.rawValue).joined(separator: ", ")
    return [summary, "settings:", "  checkpoint = (the one that is loaded)"] + line("  ", payload)
      + ["maps (sent by default: \(usual)):"] + maps
  }

  /// Returns the files of the named characters (nil means all), which are
  /// `<character>/txt2img.json` and the maps beside it, and warnings about maps that are not sent
  /// because they are blank.
  package func files(
    of scene: PosedScene, described: Scene, maps: [MapName]?, only: [String]?
  ) throws -> (files: [OutputFile], warnings: [String]) {
    let sent = maps ?? use
    let all = sent + GeneratorMaps.masks.filter { !sent.contains($0) }
    let characters = try GeneratorMaps.draw(scene, maps: all, only: only)
    let files = characters.flatMap { own in
      // Forge fails on a picture that is entirely black.
      let pictures = zip(all, own.files).filter {
        sent.contains($0.0) && !own.blank.contains($0.0)
      }
      let payload = payload(of: own.id, described, pictures.map { ($0, $1.bytes) })
      return own.files + [OutputFile(path: "\(own.id)/txt2img.json", bytes: payload.file())]
    }
    return (
      files, characters.compactMap { $0.warning(onBlank: sent, "its payload does without") }
    )
  }

  /// Returns, as the end of a sentence, why a setting has no effect when these maps are sent; nil
  /// if it has one.
  package func reasonUnused(_ name: String, sending maps: [MapName]) -> String? {
    takes.first { name.hasPrefix("\($0.rawValue).") && !maps.contains($0) }.map {
      "the map \($0.rawValue) is not sent; --maps says which are"
    }
  }

  private func payload(
    of id: String, _ scene: Scene, _ pictures: [(map: MapName, png: [UInt8])]
  ) -> JSONValue {
    let prompt = scene.prompt(of: id)
    let filled = pictures.map { map, png in
      let fixed = units.first { $0.map == map }?.members ?? []
      return JSONValue.object(
        fixed + [.init(key: "image", value: .string(Data(png).base64EncodedString()))])
    }
    let told: [JSONValue.Member] = [
      .init(key: "prompt", value: .string(prompt.text)),
      .init(key: "negative_prompt", value: .string(prompt.negative)),
      .init(key: "seed", value: .int(scene.seed)),
      .init(key: "width", value: .int(scene.canvas.width)),
      .init(key: "height", value: .int(scene.canvas.height)),
    ]
    let controlNet = JSONValue.members(["controlnet": .members(["args": .list(filled)])])
    return .object(told + payload + [.init(key: "alwayson_scripts", value: controlNet)])
  }

  // MARK: Settings

  /// The ranges of the sliders in the web UIs.
  private static let ranges: [String: ClosedRange<Double>] = [
    "steps": 1...150, "cfg_scale": 1...30, "weight": 0...2, "guidance_start": 0...1,
    "guidance_end": 0...1,
  ]

  /// The only values that sd-webui-controlnet and Forge accept (`Mikubill/sd-webui-controlnet:
  /// scripts/enums.py`).
  private static let choices = [
    "control_mode": ["Balanced", "My prompt is more important", "ControlNet is more important"],
    "resize_mode": ["Just Resize", "Crop and Resize", "Resize and Fill"],
    "union_control_type": [
      "OpenPose", "Depth", "Soft Edge", "Hard Edge", "Normal Map", "Segmentation", "Tile",
      "Inpaint",
      "Unknown",
    ],
  ]

  /// The keys that posemap's workflow relies on: one picture per answer, of the canvas' size.
  private static let fixed = ["send_images", "enable_hr", "batch_size", "n_iter"]

  private static func set(_ key: String, to value: JSONValue, _ members: inout [JSONValue.Member]) {
    if let index = members.firstIndex(where: { $0.key == key }) { members[index].value = value }
  }

  private static func set(
    _ key: String, _ prefix: String, to text: String, _ members: inout [JSONValue.Member],
    also: [String] = []
  ) -> String? {
    do throws(SettingText.Fault) {
      guard let index = members.firstIndex(where: { $0.key == key }) else {
        throw SettingText.unknownName(
          prefix + key, allowed: (also + members.map(\.key)).map { prefix + $0 })
      }
      let value = try SettingText.value(text, of: prefix + key, now: members[index].value)
      if case .number(let number) = value, let range = ranges[key], !range.contains(number) {
        return "\"\(prefix)\(key)\" must be from \(JSONValue.number(range.lowerBound).line) to "
          + "\(JSONValue.number(range.upperBound).line), not \(text)"
      }
      if let choices = choices[key], !choices.contains(text) {
        return unknown("value", text, allowed: choices, context: "of \"\(prefix)\(key)\"")
      }
      if fixed.contains(key) {
        return
          "\"\(prefix)\(key)\" cannot be set here, because the pictures would not arrive in the form that posemap needs; change it in the file"
      }
      members[index].value = value
      return nil
    } catch {
      return error.sentence
    }
  }
}
