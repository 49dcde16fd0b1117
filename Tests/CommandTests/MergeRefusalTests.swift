import Export
import Foundation
import MapRender
import TestSupport
import Testing

private let window = Merging.window
private let table = Merging.table

/// What cannot be done is said in a sentence, and nothing is written.
@Suite struct MergeRefusalTests {
  @Test(arguments: [
    (["female.png", "male.png"], 64, "say whom the picture shows, and its file, as <id>=<file>"),
    (["female.png", "mail=male.png"], 64, "no character has this id; did you mean \"male\"?"),
    (["male=female.png", "male=male.png"], 64, "male has two pictures; give each character one"),
    (["female.png"], 64, "Missing expected argument '<id=file> ...'"),
    (["female.png", "male=./female.png"], 64, "are one file; give each picture once"),
    (["male.png", "male=female.png"], 64, "is called as male is, who has another picture"),
    (["female.png", "--base", "male.png", "male=male.png"], 64, "name the picture into which"),
    (["female.png", "male=photo.png"], 65, "this is a JPEG, whatever it is called"),
    (["female.png", "male=answer.png"], 65, "jq -r '.images[0]'"),
    (["female.png", "male=nowhere.png"], 66, "nowhere.png: error: cannot read this picture"),
    (["female.png", "male=broken.png"], 65, "broken.png: error: this is no PNG that can be read"),
    (
      ["female.png", "male=large.png"], 65,
      "not of one size: female.png is 208×304, large.png is 416×608; the canvas is 832×1216"
    ),
    (
      ["square.png", "male=square2.png"], 65,
      "have not the shape of the scene's canvas: square.png is 300×300, square2.png is 300×300; the canvas is 832×1216"
    ),
    (["tiny.png", "male=tiny2.png"], 65, "each side of a picture must be 64 to 8192 pixels long"),
    (["female.png", "male=male.png", "-o", "male.png"], 64, "male.png would overwrite the input"),
    (["female.png", "male=male.png", "-o", "./linked.png"], 64, "would overwrite the input male"),
    (["female.png", "male=male.png", "-o", "final.jpg"], 64, "its name must end in .png"),
    (["female.png", "male=male.png", "--ora", "final.zip"], 64, "its name must end in .ora"),
    (["female.png", "male=male.png", "--xcf", "final.ora"], 64, "its name must end in .xcf"),
    (["female.png", "male=male.png", "--feather", "-2"], 64, "--feather is from 0 to 256 pixels"),
    (["female.png", "male=male.png", "--feather", "300"], 64, "--feather is from 0 to 256 pixels"),
    (["female.png", "male=male.png", "--grow", "-300"], 64, "--grow is from -256 to 256 pixels"),
  ])
  func whatIsWrongIsSaid(_ arguments: [String], _ code: Int32, _ sentence: String) throws {
    let merging = try pictures()
    let before = merging.runner.files("")
    let outcome = try merging.runner.run(
      executable: CommandRunner.command, ["merge", window, "--base"] + arguments)
    #expect(outcome.code == code && outcome.errors.contains(sentence), "\(outcome.errors)")
    #expect(outcome.output.isEmpty && merging.runner.files("") == before)
  }

  @Test func aBaseThatCouldShowSeveralIsAskedAbout() throws {
    let merging = try pictures()
    let outcome = try merging.runner.run("merge", table, "--base", "female.png", "left=male.png")
    #expect(outcome.code == 64)
    #expect(
      outcome.errors.contains("it could show any of middle, right; say whom, as --base middle="))
  }

  @Test func aBrokenSceneIsReportedLikeEverywhere() throws {
    let merging = try pictures()
    try merging.runner.write(#"{"canvas": [256, 256], "characters": []}"#, to: "scene.json")
    let broken = try merging.runner.run("merge", "scene.json", "--base", "a=a.png", "b=b.png")
    #expect(broken.code == 65 && broken.errors.contains("scene.json:1:"), "\(broken.errors)")
    let missing = try merging.runner.run("merge", "no.json", "--base", "a=a.png", "b=b.png")
    #expect(missing.code == 66)
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
    try merging.write(Array("{\"images\": []}".utf8), to: "answer.png")
    try FileManager.default.createSymbolicLink(
      atPath: "\(merging.runner.folder)/linked.png", withDestinationPath: "male.png")
    return merging
  }
}
