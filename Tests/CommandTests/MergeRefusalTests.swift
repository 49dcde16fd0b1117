import Export
import Foundation
import MapRender
import TestSupport
import Testing

private let window = Merging.window
private let table = Merging.table

/// Merges that are rejected: a sentence says why, and nothing is written.
@Suite struct MergeRefusalTests {
  @Test func moreFilesThanAnOwnerMapSupportsAreRejected() throws {
    let runner = try CommandRunner()
    let pictures = (0..<255).map { "c\($0)=\($0).png" }
    let outcome = try runner.run(["merge", window, "--background", "b.png"] + pictures)
    #expect(outcome.code == 64)
    #expect(
      outcome.errorLines == [
        "posemap: error: 255 pictures are more than the 254 that go into a base at once; merge some of them, and the others into the result"
      ])
  }

  @Test(arguments: [
    (
      ["female.png", "male.png"], 64,
      "Error: The value 'male.png' is invalid for '<id=file>': male.png: say whom the picture shows, and its file, as <id>=<file>, like ben=ben.png"
    ),
    (
      ["female.png", "mail=male.png"], 64,
      #"posemap: error: mail=male.png: no character has this id; did you mean "male"? there are: female, male"#
    ),
    (
      ["male=female.png", "male=male.png"], 64,
      "posemap: error: male has two pictures; give each character one"
    ),
    (["female.png"], 64, "Error: Missing expected argument '<id=file> ...'"),
    (
      ["female.png", "male=./female.png"], 64,
      "posemap: error: female.png and ./female.png are the same file; give each picture once"
    ),
    (
      ["male.png", "male=female.png"], 64,
      "posemap: error: --base male.png is named after male, who has another picture; say whom it shows, as --base female=male.png, or --background male.png if it shows nobody"
    ),
    (
      ["female.png", "--base", "male.png", "male=male.png"], 64,
      "Error: name the picture into which the others go, only once: --base <id>=<file>, --base <file>, or --background <file>"
    ),
    (
      ["female.png", "male=photo.png"], 65,
      "photo.png: error: this is a JPEG, whatever it is called; make a PNG of it, as with magick photo.png picture.png"
    ),
    (
      ["female.png", "male=answer.png"], 65,
      "answer.png: error: this is JSON; A1111's answer has its pictures in base64: jq -r '.images[0]' answer.png | base64 -d > picture.png"
    ),
    (
      ["female.png", "male=nowhere.png"], 66,
      "nowhere.png: error: cannot read this picture: No such file or directory"
    ),
    (
      ["female.png", "male=broken.png"], 65,
      "broken.png: error: this is not a readable PNG (Not a PNG file); save the picture as PNG"
    ),
    (
      ["female.png", "male=large.png"], 65,
      "posemap: error: the pictures do not have the same size: female.png is 208×304, large.png is 416×608; the canvas is 832×1216; generate them all at one size"
    ),
    (
      ["square.png", "male=square2.png"], 65,
      "posemap: error: the pictures do not have the shape of the scene's canvas: square.png is 300×300, square2.png is 300×300; the canvas is 832×1216; crop or scale them to it, or give the --size or --profile that their maps were drawn with"
    ),
    (
      ["tiny.png", "male=tiny2.png"], 65,
      "posemap: error: each side of a picture must be 64 to 8192 pixels long: tiny.png is 32×47, tiny2.png is 32×47; the canvas is 832×1216; scale them"
    ),
    (
      ["female.png", "male=male.png", "-o", "male.png"], 64,
      "posemap: error: male.png would overwrite the input male.png; choose another name"
    ),
    (
      ["female.png", "male=male.png", "-o", "./linked.png"], 64,
      "posemap: error: ./linked.png would overwrite the input male.png; choose another name"
    ),
    (
      ["female.png", "male=male.png", "-o", "final.jpg"], 64,
      "Error: final.jpg: the picture is a PNG; its name must end in .png"
    ),
    (
      ["female.png", "male=male.png", "--ora", "final.zip"], 64,
      "Error: final.zip: the layers are an OpenRaster file; its name must end in .ora"
    ),
    (
      ["female.png", "male=male.png", "--xcf", "final.ora"], 64,
      "Error: final.ora: the layers are GIMP's file; its name must end in .xcf"
    ),
    (
      ["female.png", "male=male.png", "--feather", "-2"], 64,
      "Error: --feather must be from 0 to 256 pixels"
    ),
    (
      ["female.png", "male=male.png", "--feather", "300"], 64,
      "Error: --feather must be from 0 to 256 pixels"
    ),
    (
      ["female.png", "male=male.png", "--grow", "-300"], 64,
      "Error: --grow must be from -256 to 256 pixels"
    ),
  ])
  func mistakesAreReported(_ arguments: [String], _ code: Int32, _ message: String) throws {
    let merging = try pictures()
    let before = merging.runner.files("")
    let outcome = try merging.runner.run(["merge", window, "--base"] + arguments)
    #expect(outcome.code == code)
    #expect(outcome.firstError == message)
    #expect(outcome.output.isEmpty && merging.runner.files("") == before)
  }

  @Test func anAmbiguousBaseIsReported() throws {
    let merging = try pictures()
    let outcome = try merging.runner.run("merge", table, "--base", "female.png", "left=male.png")
    #expect(outcome.code == 64)
    #expect(
      outcome.errorLines == [
        "posemap: error: --base female.png: it could show any of middle, right; say whom, as --base middle=female.png, or --background female.png if it shows nobody"
      ])
  }

  @Test func aBrokenSceneIsReportedLikeEverywhere() throws {
    let merging = try pictures()
    try merging.runner.write(#"{"canvas": [256, 256], "characters": []}"#, to: "scene.json")
    let broken = try merging.runner.run("merge", "scene.json", "--base", "a=a.png", "b=b.png")
    #expect(broken.code == 65)
    #expect(
      broken.errorLines == ["scene.json:1:38: error: a scene needs at least one character"])
    let missing = try merging.runner.run("merge", "no.json", "--base", "a=a.png", "b=b.png")
    #expect(missing.code == 66)
    #expect(
      missing.errorLines == ["no.json: error: cannot read this scene: No such file or directory"])
  }

  private func pictures() throws -> Merging {
    let merging = try Merging()
    try merging.picture("female.png", RGB8(200, 120, 90))
    try merging.picture("male.png", RGB8(40, 90, 160))
    for (name, width, height) in [
      ("large.png", 416, 608), ("square.png", 300, 300), ("square2.png", 300, 300),
      ("tiny.png", 32, 47), ("tiny2.png", 32, 47),
    ] {
      let image = Image(width: width, height: height, filling: RGB8.white)
      try merging.write(try PNGFile.encode(image), to: name)
    }
    try merging.write(Array("no picture".utf8), to: "broken.png")
    try merging.write([0xFF, 0xD8, 0xFF, 0xE0], to: "photo.png")
    try merging.write(Array(#"{"images": []}"#.utf8), to: "answer.png")
    try FileManager.default.createSymbolicLink(
      atPath: "\(merging.runner.folder)/linked.png", withDestinationPath: "male.png")
    return merging
  }
}
