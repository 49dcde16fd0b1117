import MergeProperties
import SceneFiles
import Testing

/// Returns the file and the sentences that result from merging three texts.
private func merge(
  _ base: String, _ ours: String, _ theirs: String, file: String = "scene.json"
) throws -> (text: String, sentences: [String]) {
  let merge = try DocumentMerge(
    base: Array(base.utf8), ours: Array(ours.utf8), theirs: Array(theirs.utf8), file: file)
  return (
    String(decoding: merge.bytes(ConflictMarkers()), as: UTF8.self),
    merge.conflicts.map(\.sentence) + merge.faults.map(\.message)
  )
}

/// Returns a text in the canonical layout.
private func laidOut(_ text: String) -> String {
  CanonicalLayout.text(of: Array(text.utf8), file: "x.json", log: DiagnosticLog()) ?? ""
}

@Suite("Merging by meaning")
struct MergeTests {
  @Test("Independent changes are joined, whichever side is ours", arguments: JoinedCase.all)
  func joined(_ example: JoinedCase) throws {
    let expected = laidOut(example.merged)
    let one = try merge(example.base, example.ours, example.theirs)
    let two = try merge(example.base, example.theirs, example.ours)
    #expect(one.text == expected)
    #expect(one.sentences == [])
    #expect(two.text == expected)
  }

  @Test("Changes by both are a conflict in an artist's words", arguments: ConflictCase.all)
  func conflicts(_ example: ConflictCase) throws {
    let merged = try merge(example.base, example.ours, example.theirs)
    #expect(merged.sentences == example.sentences)
    #expect(merged.text.contains("<<<<<<< ours\n"))
    #expect(throws: (any Error).self) { try Document(Array(merged.text.utf8), file: "x.json") }
  }

  @Test("The markers around a removed character contain only its own lines")
  func lines() throws {
    let merged = try merge(
      JoinedCase.cast(#"{"id": "ana", "body": "female"}, {"id": "ben", "body": "male", "yaw": 5}"#),
      JoinedCase.cast(#"{"id": "ana", "body": "female"}"#),
      JoinedCase.cast(#"{"id": "ana", "body": "female"}, {"id": "ben", "body": "male", "yaw": 9}"#))
    #expect(
      merged.text == """
        {
          "canvas": [512, 512],
          "characters": [
            {
              "id": "ana",
              "body": "female"
        <<<<<<< ours
            }
        =======
            },
            {
              "id": "ben",
              "body": "male",
              "yaw": 9
            }
        >>>>>>> theirs
          ]
        }

        """)
  }

  @Test("Line endings and a byte order mark come from the side that changed them")
  func forms() throws {
    let base = laidOut(#"{"joints": {"head": {"flexion": 1}}}"#)
    let ours = base.replacing("1", with: "2")
    let theirs = laidOut(#"{"joints": {"head": {"flexion": 1}, "neck": {"flexion": 3}}}"#)
    let both = laidOut(#"{"joints": {"head": {"flexion": 2}, "neck": {"flexion": 3}}}"#)
    func windows(_ text: String) -> String { text.replacing("\n", with: "\r\n") }
    #expect(try merge(base, ours, windows(theirs)).text == windows(both))
    #expect(try merge(windows(base), windows(ours), windows(theirs)).text == windows(both))
    #expect(try merge(windows(base), ours, windows(theirs)).text == both)
    #expect(try merge(base, "\u{FEFF}" + ours, theirs).text == "\u{FEFF}" + both)
    let conflict = try merge(windows(base), windows(ours), windows(base.replacing("1", with: "3")))
    #expect(conflict.text.contains("<<<<<<< ours\r\n") && !conflict.text.contains(#/[^\r]\n/#))
  }

  @Test("The result is canonical whatever the layout, even without a final line ending")
  func layouts() throws {
    let merged = try merge(
      #"{"joints":{"head":{"flexion":1.00001},"hips":{"rotation":-0}}}"#,
      #"{"joints": {"head": {"flexion": 1}, "hips": {"rotation": 4}}}"#,
      "{\n\n\"joints\": {\"head\": {\"flexion\": 2}, \"hips\": {\"rotation\": 0}}}")
    #expect(
      merged.text == laidOut(#"{"joints": {"hips": {"rotation": 4}, "head": {"flexion": 2}}}"#))
    #expect(merged.sentences == [])
  }

  @Test("Values other than objects are rejected, naming the version")
  func refusals() {
    for (base, ours, theirs, side) in [
      ("{", "{}", "{}", MergeSide.base), ("{}", "[1]", "{}", .ours),
      ("{}", "{}", #"{"a": 1, "a": 2}"#, .theirs), ("", "{}", "", .theirs),
      (#"{"npm": 1}"#, #"{"npm": 2}"#, #"{"npm": 3}"#, .ours),
    ] {
      #expect {
        try merge(base, ours, theirs)
      } throws: {
        ($0 as? DocumentMerge.Refusal)?.side == side
      }
    }
  }

  @Test("Conflicts are decided one by one, by a side or an intermediate number")
  func choices() throws {
    let texts = [(1, 2), (30, 40), (50, 55)].map { head, elbow in
      #"{"joints": {"head": {"flexion": \#(head)}, "leftLowerArm": {"flexion": \#(elbow)}}}"#
    }
    let merge = try DocumentMerge(
      base: Array(texts[0].utf8), ours: Array(texts[1].utf8), theirs: Array(texts[2].utf8),
      file: "a.pose.json")
    #expect(merge.conflicts.map(\.numbers) == [1...50, 2...55])
    let bytes = merge.bytes(choosing: [.number(33.5), .side(.theirs)])
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == laidOut(#"{"joints": {"head": {"flexion": 33.5}, "leftLowerArm": {"flexion": 55}}}"#))
  }

  @Test("The properties of merges hold for random changes of a scene, a pose and a clip")
  func properties() throws {
    let frames = (1...5).map { #"{"name": "f\#($0)", "joints": {"head": {"flexion": \#($0)}}}"# }
    let files = [
      "clip.json": #"{"frameRate": 24, "frames": [\#(frames.joined(separator: ", "))]}"#,
      "a.pose.json":
        #"{"joints": {"head": {"flexion": 3, "rotation": 2}, "leftHand": {"quaternion": [0, 0, 0, 1]}}}"#,
      "scene.json": JoinedCase.cast(
        #"{"id": "ana", "body": "female", "pose": {"base": "stand", "look": "ben.head"}}, {"id": "ben", "body": "male"}, {"id": "cleo", "body": "female", "yaw": 4}"#,
        #", "prompt": ["dusk", "rain"], "camera": {"angle": 3}"#),
    ]
    var properties = MergeProperties()
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      try properties.check(Array(text.utf8), file: name, pairs: 60, seed: 7)
    }
    for count in properties.counts {
      #expect(count.failed == 0, "\(count.property): \(count.failures)")
      #expect(count.tries > 0)
    }
  }
}
