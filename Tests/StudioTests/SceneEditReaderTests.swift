import PoseRig
import SceneFiles
import Studio
import Testing

private func edit(_ text: String) throws -> SceneEdit {
  try SceneEditReader.edit(in: try JSONParser.parse(Array(text.utf8)))
}

private func fault(_ text: String) -> String? {
  do {
    _ = try edit(text)
    return nil
  } catch {
    return "\(error)"
  }
}

/// One message of each kind.
private let messages = [
  #"{"kind":"turn","character":"ana","joints":{"leftLowerArm":{"flexion":40},"head":{"rotation":-5.5}}}"#,
  #"{"kind":"release","character":"ana","joints":["leftLowerArm","head"]}"#,
  #"{"kind":"reach","character":"ana","joint":"leftHand","point":[0.1,1.2,-0.3]}"#,
  #"{"kind":"reach","character":"ana","joint":"leftHand","point":{"at":"ben.rightHand","offset":[0,0.1,0],"palm":"ben"}}"#,
  #"{"kind":"reach","character":"ana","joint":"rightFoot","point":null}"#,
  #"{"kind":"seat","character":"ana","point":{"at":"props.sill.top","offset":[0.1,0,0]}}"#,
  #"{"kind":"look","character":"ana","point":"camera"}"#,
  #"{"kind":"plantFeet","character":"ana","on":true}"#,
  #"{"kind":"handShape","character":"ana","side":"left","name":"fist"}"#,
  #"{"kind":"expression","character":"ana","name":"happy","amount":0.5}"#,
  #"{"kind":"hips","character":"ana","point":[0,-0.2,0]}"#,
  #"{"kind":"pose","character":"ben","value":{"base":"kneel-one","mirror":true}}"#,
  #"{"kind":"mirrorLimb","character":"ana","limb":"all"}"#,
  #"{"kind":"pasteLimb","character":"ana","limb":"rightArm","joints":{"leftLowerArm":{"flexion":70}}}"#,
  #"{"kind":"place","character":"ben","position":[1,0,-0.5]}"#,
  #"{"kind":"yaw","character":"ben","degrees":370}"#,
  #"{"kind":"face","character":"ben","at":"ana"}"#,
  #"{"kind":"character","character":"ben","key":"phenotype","value":{"age":40}}"#,
  #"{"kind":"addCharacter","value":{"id":"max","body":"male"}}"#,
  #"{"kind":"duplicateCharacter","character":"ana","id":"bea"}"#,
  #"{"kind":"removeCharacter","character":"ben"}"#,
  #"{"kind":"renameCharacter","character":"ben","to":"max"}"#,
  #"{"kind":"prop","prop":"sill","key":"size","value":[1,0.5,0.4]}"#,
  #"{"kind":"addProp","value":{"id":"crate","shape":"box","size":[0.4,0.4,0.4]}}"#,
  #"{"kind":"removeProp","prop":"sill"}"#,
  #"{"kind":"camera","key":"focalLength","value":85}"#,
  #"{"kind":"wholeCamera","value":{"position":[0,1,4],"target":[0,1,0]}}"#,
  #"{"kind":"mapSetting","key":"props","value":true}"#,
  #"{"kind":"scene","key":"canvas","value":[512,768]}"#,
  #"{"kind":"text","file":"scenes/scene.json","text":"{\"characters\": []}\n"}"#,
  #"{"kind":"pair","name":"hug","characters":["ana","ben"]}"#,
  #"{"kind":"armGesture","character":"ana","side":"both","name":"wave"}"#,
  #"{"kind":"aimGesture","character":"ana","point":"camera"}"#,
  #"{"kind":"several","edits":[{"kind":"yaw","character":"ben","degrees":5}],"description":"turned"}"#,
]

@Suite("An edit from a message")
struct SceneEditReaderTests {
  @Test("Every kind of edit is read from its message format")
  func kinds() throws {
    let read = try messages.map(edit)
    let joint: [JointName: [AngleName: Double]] = [
      .leftLowerArm: [.flexion: 40], .head: [.rotation: -5.5],
    ]
    #expect(read[0] == .turn("ana", joint))
    #expect(read[4] == .reach("ana", .rightFoot, nil))
    #expect(read[12] == .mirrorLimb("ana", .whole))
    #expect(read[19] == .duplicateCharacter("ana", as: "bea"))
    #expect(read[31] == .armGesture("ana", .both, "wave"))
    #expect(read[32] == .aimGesture("ana", .string("camera")))
    #expect(
      Set(try messages.map { try JSONParser.parse(Array($0.utf8))["kind"]?.text }).count
        == SceneEditReader.kinds.count)
  }

  @Test("Mistakes in a message are reported in a sentence, with the nearest valid name")
  func faults() {
    let cases = [
      (#"[]"#, "an edit must be an object in { }, not a list"),
      (#"{"kind":"tunr"}"#, #"did you mean "turn"?"#),
      (
        #"{"kind":"turn","character":"ana","joints":{"leftElbow":{"flexion":4}}}"#,
        #"did you mean "leftLowerArm"?"#
      ),
      (
        #"{"kind":"turn","character":"ana","joints":{"leftLowerArm":{"abduction":4}}}"#,
        #"unknown angle "abduction" of leftLowerArm"#
      ),
      (
        #"{"kind":"turn","character":"ana","joints":{"leftLowerArm":{"flexion":1e9}}}"#,
        "leftLowerArm flexion of \"turn\" is 1000000000; it must be -360 to 360"
      ),
      (
        #"{"kind":"yaw","character":7,"degrees":5}"#,
        #""character" of "yaw" must be a string, not a number"#
      ),
      (#"{"kind":"yaw","character":"ana"}"#, #""yaw" needs "degrees""#),
      (#"{"kind":"yaw","character":"ana","degrees":5,"angle":5}"#, #"unknown key "angle""#),
      (
        #"{"kind":"reach","character":"ana","joint":"head","point":null}"#,
        "unknown joint \"head\" in \"joint\" of \"reach\"; allowed: leftHand"
      ),
      (
        #"{"kind":"reach","character":"ana","joint":"leftHand","point":[1,2]}"#,
        "leftHand must be [x, y, z] in meters"
      ),
      (#"{"kind":"seat","character":"ana","point":"camera"}"#, "must be [x, y, z]"),
      (#"{"kind":"expression","character":"ana","name":"hapy","amount":1}"#, #"mean "happy"?"#),
      (
        #"{"kind":"place","character":"ana","position":[0,1e300,0]}"#, "it must be -1000 to 1000"
      ),
      (#"{"kind":"character","character":"ana","key":"id","value":"x"}"#, #"unknown key "id""#),
      (#"{"kind":"scene","key":"characters","value":[]}"#, #"unknown key "characters""#),
      (#"{"kind":"mapSetting","key":"deptRange","value":1}"#, #"did you mean "depthRange"?"#),
    ]
    for (message, words) in cases {
      #expect(fault(message)?.contains(words) == true, "\(message): \(fault(message) ?? "none")")
    }
    let long = String(repeating: "x", count: 30_000)
    #expect(
      fault(#"{"kind":"scene","key":"prompt","value":"\#(long)"}"#)?.contains("more than") == true)
    #expect(
      fault(#"{"kind":"look","character":"\#(long)","point":null}"#)?.contains("longer") == true)
    #expect((fault(#"{"kind":"\#(long)"}"#)?.count ?? .max) < 1000)
    let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
    #expect(
      fault(#"{"kind":"pose","character":"ana","value":\#(deep)}"#)?.contains("deeper") == true)
  }

  @Test("Ten thousand damaged messages each yield an edit or a sentence, and undo reverts all")
  func hostile() throws {
    var random = Random()
    var (edits, refusals) = (0, 0)
    let before = try sampleFiles()
    for round in 0..<10_000 {
      let text = damaged(messages[round % messages.count], &random)
      guard let node = try? JSONParser.parse(text) else {
        refusals += 1
        continue
      }
      do {
        let edit = try SceneEditReader.edit(in: node)
        var files = before
        var history = History()
        try history.make(edit, in: &files)
        edits += 1
        _ = try history.undo(&files)
        #expect(files.contents.mapValues(\.bytes) == before.contents.mapValues(\.bytes))
      } catch {
        refusals += 1
        #expect(!"\(error)".isEmpty && "\(error)".utf8.count < 4000)
      }
    }
    #expect(edits > 300 && refusals > 5000, "\(edits) edits, \(refusals) refusals")
  }

  /// Returns a message with a few bytes, or a value, moved.
  private func damaged(_ message: String, _ random: inout Random) -> [UInt8] {
    var bytes = Array(message.utf8)
    switch random.next(5) {
    case 0:
      for _ in 0...random.next(4) { bytes[random.next(bytes.count)] = UInt8(random.next(256)) }
    case 1: bytes.removeSubrange(random.next(bytes.count)..<bytes.count)
    case 2:
      let values = [
        "null", "true", "-1e999", "1e308", "[]", "{}", "\"\"", "[[[[0]]]]", "1e-320", "\"\\u0000\"",
        "\"../../etc/passwd\"", "\"props.\"", "\"ana.\"", "[1e15,1e15,1e15]",
      ]
      return Array(
        replacingValue(of: message, with: values[random.next(values.count)], &random).utf8)
    case 3:
      let other = Array(messages[random.next(messages.count)].utf8)
      bytes = Array(bytes.prefix(random.next(bytes.count)) + other.suffix(random.next(other.count)))
    default:
      let start = random.next(bytes.count)
      let piece = bytes[start..<min(start + 1 + random.next(12), bytes.count)]
      bytes.insert(contentsOf: piece, at: random.next(bytes.count))
    }
    return bytes
  }

  private func replacingValue(
    of message: String, with value: String, _ random: inout Random
  ) -> String {
    let parts = message.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else { return message }
    var changed = parts
    let index = 1 + random.next(parts.count - 1)
    if let colon = parts[index].firstIndex(of: ":") {
      let closing = parts[index].reversed().prefix { "]}".contains($0) }
      changed[index] = parts[index][...colon] + value + String(closing.reversed())
    }
    return changed.joined(separator: ",")
  }
}

/// Random numbers that do not change between runs.
private struct Random {
  private var state: UInt64 = 20_261_129

  mutating func next(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % max(limit, 1)
  }
}
