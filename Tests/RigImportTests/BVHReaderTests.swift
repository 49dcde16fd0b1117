import PoseRig
import Testing

@testable import RigImport

/// A root and a joint below it, written on as few lines as possible.
private let plain = """
  HIERARCHY
  ROOT Hips
  {
  \tOFFSET 0 90 0
  \tCHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  \tJOINT Leg
  \t{
  \t\tOFFSET 9 -5 0
  \t\tCHANNELS 3 Zrotation Xrotation Yrotation
  \t\tEnd Site
  \t\t{
  \t\t\tOFFSET 0 -40 0
  \t\t}
  \t}
  }
  MOTION
  Frames: 2
  Frame Time: 0.04
  0 90 0 10 20 30 5 0 0
  1.5 91 0 10 20 35 -5 0 2

  """

private func model(_ text: String) throws -> ForeignModel {
  try ModelReader.read(Array(text.utf8), path: "x.bvh")
}

@Suite struct BVHReaderTests {
  @Test(arguments: [true, false], [true, false])
  func textInUTF16IsRead(_ isBigEndian: Bool, _ hasMark: Bool) throws {
    let text = (hasMark ? "\u{FEFF}" : "") + plain.replacing("Leg", with: "Beinstück")
    let bytes = text.utf16.flatMap { unit in
      isBigEndian
        ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
    let read = try ModelReader.read(bytes, path: "x.bvh")
    #expect(read == (try model(plain.replacing("Leg", with: "Beinstück"))))
  }

  @Test(arguments: [
    ("End site", plain.replacing("End Site", with: "End site")),
    ("EndSite", plain.replacing("End Site", with: "EndSite")),
    ("End Effector", plain.replacing("End Site", with: "End Effector")),
    (
      "lower case", plain.lowercased().replacing("hips", with: "Hips").replacing("leg", with: "Leg")
    ),
    (
      "comments",
      plain.replacing("ROOT", with: "# by hand\nROOT").replacing(
        "MOTION", with: "// from here\nMOTION")
    ),
    ("a comment first", "# by hand\n" + plain),
    ("wrapped channels", plain.replacing("Zposition Zrotation", with: "Zposition\n\t\tZrotation")),
    (
      "wrapped rows",
      plain.replacing(" 10 20 30 ", with: "\n10 20 30\n").replacing(" 10 20 35", with: "\n10 20 35")
    ),
    (
      "braces on the line",
      plain.replacing("Hips\n{", with: "Hips {").replacing("Leg\n\t{", with: "Leg {")
    ),
    ("decimal commas", plain.replacing("1.5", with: "1,5").replacing("0.04", with: "0,04")),
    (
      "signs and exponents", plain.replacing("1.5", with: "+1.5E+00").replacing("91", with: "9.1e1")
    ),
    ("no final line feed", String(plain.dropLast())),
    ("Windows", plain.replacing("\n", with: "\r\n")),
    ("old Macs", plain.replacing("\n", with: "\r")),
    ("a mark of order", "\u{FEFF}" + plain),
  ])
  func oneMotionInManySpellings(_ name: String, _ text: String) throws {
    let (found, expected) = (try model(text), try model(plain))
    #expect(found.nodes == expected.nodes && found.clips == expected.clips, "\(name)")
    #expect(found.notes.isEmpty, "\(name)")
  }

  @Test func numbersAreInterpretedByTheirChannels() throws {
    let read = try model(plain)
    let clip = try #require(read.clips.first)
    #expect(clip.frameRate == 25 && abs(clip.duration - 0.04) < 1e-7)
    let leg = try #require(read.nodes.firstIndex { $0.name == "Leg" })
    let end = try #require(read.nodes.firstIndex { $0.name == "Leg_end" })
    let pose = NodePose(read, clip: clip, time: 0.04)
    func turn(_ z: Double, _ x: Double, _ y: Double) -> Quaternion {
      Quaternion(angle: z * .pi / 180, axis: .unitZ)
        * Quaternion(angle: x * .pi / 180, axis: .unitX)
        * Quaternion(angle: y * .pi / 180, axis: .unitY)
    }
    let hips = turn(10, 20, 35)
    let knee = Vector3(1.5, 91, 0) + hips.rotate(Vector3(9, -5, 0))
    #expect((pose.position(leg) - knee).length < 1e-4)
    #expect(
      (pose.position(end) - knee - (hips * turn(-5, 0, 2)).rotate(Vector3(0, -40, 0))).length < 1e-4
    )
  }

  @Test func channelsReplaceOffsets() throws {
    let text = plain.replacing("\t\tOFFSET 9 -5 0", with: "\t\tOFFSET 0 0 0")
      .replacing(
        "CHANNELS 3 Zrotation", with: "CHANNELS 6 Xposition Yposition Zposition Zrotation"
      )
      .replacing(" 30 5 0 0", with: " 30 9 -5 0 5 0 0").replacing(
        " 35 -5 0 2", with: " 35 9 -5 0 -5 0 2")
    let (found, expected) = (try model(text), try model(plain))
    #expect(found.nodes == expected.nodes)
    let leg = try #require(found.nodes.firstIndex { $0.name == "Leg" })
    let (one, other) = (
      NodePose(found, clip: found.clips[0], time: 0.04),
      NodePose(expected, clip: expected.clips[0], time: 0.04)
    )
    #expect((one.position(leg) - other.position(leg)).length < 1e-6)
  }

  @Test func assumptionsAreReported() throws {
    #expect(
      try model(plain.replacing("Frames: 2", with: "Frames: 92")).notes == [
        "it claims 92 frames and has 2"
      ])
    let still = try model(plain.replacing("0.04", with: "0"))
    #expect(still.notes == ["it does not say how long a frame lasts; 30 per second were assumed"])
    #expect(still.clips[0].frameRate == 30)
    // A value that is not a number repeats the previous frame's.
    let gap = try model(plain.replacing("1.5 91", with: "1.5 nan"))
    let track = try #require(gap.clips[0].tracks.first { $0.property == .translation })
    #expect(track.values == [0, 90, 0, 1.5, 90, 0])
  }

  @Test(arguments: [
    (plain.replacing("MOTION", with: "MOTIONLESS"), "the BVH file has no MOTION; copy it again"),
    (plain.replacing("\t}\n}", with: "\t}"), "its braces do not close; copy the BVH file again"),
    (
      plain.replacing("OFFSET 9 -5 0", with: "OFFSET 9 x 0"),
      #"its line "OFFSET 9 x 0" is not a joint's offset"#
    ),
    (
      plain.replacing("CHANNELS 3", with: "CHANNELS 4"),
      #"its line "CHANNELS 4 Zrotation Xrotation Yrotation" does not list the channels it claims"#
    ),
    (
      plain.replacing(" -5 0 2", with: ""),
      "its frame 2 has 6 numbers for 9 channels: the file ends early"
    ),
    (
      "HIERARCHY\n" + String(repeating: "JOINT a\n{\n", count: 300) + "MOTION\n",
      "its joints are nested 256 deep or deeper: this is not a skeleton"
    ),
  ])
  func anUnreadableFileIsReportedWithTheReason(_ text: String, _ sentence: String) {
    #expect(throws: ForeignModelError.damaged(sentence)) { try model(text) }
  }
}
