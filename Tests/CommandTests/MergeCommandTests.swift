import Export
import Foundation
import MapRender
import TestSupport
import Testing

private let window = CommandRunner.repository + "/Examples/window/scene.json"
private let table = CommandRunner.repository + "/Examples/table/scene.json"

/// Runs of merges of pictures that no model made.
private final class Merging {
  let runner: CommandRunner
  let width: Int
  let height: Int

  init(_ width: Int = 208, _ height: Int = 304) throws {
    runner = try CommandRunner()
    (self.width, self.height) = (width, height)
  }

  /// Writes a picture of one colour, with noise like a photograph's or without.
  @discardableResult func picture(
    _ name: String, _ colour: RGB8, noise seed: UInt64? = nil
  ) throws -> Image<RGB8> {
    var random = SplitMix64(seed: seed ?? 0)
    func level(_ level: UInt8) -> UInt8 {
      guard seed != nil else { return level }
      return UInt8(clamping: Int(level) + Int.random(in: -40...40, using: &random))
    }
    let image = Image(
      width: width, height: height,
      pixels: (0..<width * height).map { _ in
        RGB8(level(colour.red), level(colour.green), level(colour.blue))
      })
    try write(try PNGFile.encode(image), to: name)
    return image
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(runner.folder)/\(name)"))
  }

  func image(_ name: String) throws -> Image<RGB8> {
    try PNGFile.decodeRGB(try #require(runner.bytes(name)))
  }

  /// Who is seen at each pixel, found out from the metric maps of each alone: nil where it is nobody, or cannot be told, as the maps round
  /// to millimetres.
  func seen(in scene: String, _ ids: [String]) throws -> (owners: [String?], isSure: [Bool]) {
    let size = "\(width)x\(height)"
    for (folder, props) in [("alone", "false"), ("props", "metric")] {
      let outcome = try runner.run(
        "render", scene, "-o", folder, "-q", "--maps", "metric", "--size", size, "--props", props)
      try #require(outcome.code == 0, "\(outcome.errors)")
    }
    func distances(_ folder: String, _ id: String) throws -> [Int] {
      try DeepPNG.levels(try #require(runner.bytes("\(folder)/\(id)/metric.png")))
    }
    let alone = try ids.map { try distances("alone", $0) }
    let amongProps = try ids.map { try distances("props", $0) }
    var owners: [String?] = []
    var isSure: [Bool] = []
    for place in 0..<width * height {
      // A prop stands before a character where the character among props is nearer than alone.
      let own = ids.indices.filter { alone[$0][place] > 0 }
      let nearest = own.min { alone[$0][place] < alone[$1][place] }
      let prop = ids.indices.map { amongProps[$0][place] }.filter { $0 > 0 }.min() ?? 0
      guard let nearest else {
        owners.append(nil)
        isSure.append(true)
        continue
      }
      let distance = alone[nearest][place]
      let others = own.filter { $0 != nearest }.map { alone[$0][place] }
      owners.append(prop < distance ? nil : ids[nearest])
      let isAlone = others.allSatisfy { $0 - distance > 1 }
      isSure.append(isAlone && (prop == distance || distance - prop > 1))
    }
    return (owners, isSure)
  }
}

@Suite struct MergeCommandTests {
  @Test(arguments: [nil, 3] as [UInt64?]) func awayFromSeamsEveryPixelIsThatOfWhoIsSeenThere(
    _ noise: UInt64?
  ) throws {
    let merging = try Merging()
    let her = try merging.picture("female.png", RGB8(200, 120, 90), noise: noise)
    let him = try merging.picture("his.png", RGB8(40, 90, 160), noise: noise.map { $0 + 1 })
    let feather = 8
    let outcome = try merging.runner.run(
      "merge", window, "--base", "female.png", "male=his.png", "-o", "final.png", "--feather",
      "\(feather)")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(outcome.output == "final.png\n")
    let merged = try merging.image("final.png")
    let (owners, isSure) = try merging.seen(in: window, ["female", "male"])
    let isHis = owners.map { $0 == "male" }
    var (wrong, compared, unsure) = (0, 0, 0)
    for place in isHis.indices where !isNearSeam(place, isHis, isSure, merging.width, feather) {
      compared += 1
      unsure += isSure[place] ? 0 : 1
      wrong += merged.pixels[place] == (isHis[place] ? him : her).pixels[place] ? 0 : 1
    }
    #expect(wrong == 0 && unsure == 0 && compared > isHis.count * 3 / 4)
    #expect(isSure.count { !$0 } < 100)
  }

  /// Whether another's pixel, or one of which it cannot be told whose it is, is within half of the feather and a pixel.
  private func isNearSeam(
    _ place: Int, _ isHis: [Bool], _ isSure: [Bool], _ width: Int, _ feather: Int
  ) -> Bool {
    let reach = feather / 2 + 1
    let (x, y) = (place % width, place / width)
    for row in max(0, y - reach)...min(isHis.count / width - 1, y + reach) {
      for column in max(0, x - reach)...min(width - 1, x + reach) {
        let (dx, dy) = (Double(column - x), Double(row - y))
        let other = row * width + column
        if (dx * dx + dy * dy).squareRoot() - 0.5 <= Double(feather) / 2,
          isHis[other] != isHis[place] || !isSure[other]
        {
          return true
        }
      }
    }
    return false
  }

  @Test func ofThreeEachIsSeenByDepthAndTheFilesNameSaysWhomTheBaseShows() throws {
    let merging = try Merging(336, 192)
    let colours = [
      "left": RGB8(250, 0, 0), "middle": RGB8(0, 250, 0), "right": RGB8(0, 0, 250),
    ]
    for (id, colour) in colours { try merging.picture("\(id).png", colour) }
    let outcome = try merging.runner.run(
      "merge", table, "--base", "middle.png", "right=right.png", "left=left.png", "--feather", "0")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let merged = try merging.image("merged.png")
    let (owners, isSure) = try merging.seen(in: table, ["left", "middle", "right"])
    let wrong = owners.indices.filter { place in
      isSure[place] && merged.pixels[place] != colours[owners[place] ?? "middle"]
    }
    #expect(wrong.isEmpty && Set(merged.pixels).count == 3)
    // Neither the order of the pictures nor another base that shows the same decides anything.
    let again = try merging.runner.run(
      "merge", table, "left=left.png", "right=right.png", "--base", "middle=middle.png",
      "--feather",
      "0", "-o", "again.png")
    #expect(again.code == 0)
    #expect(merging.runner.bytes("again.png") == merging.runner.bytes("merged.png"))
  }

  @Test func aBareBaseMayShowNobodyOrOneOfSeveralWhoAreLeft() throws {
    let merging = try Merging(336, 192)
    for name in ["plate", "left", "middle", "right"] {
      try merging.picture("\(name).png", RGB8(grey: UInt8(name.utf8.count * 20)))
    }
    let plate = try merging.runner.run(
      "merge", table, "--base", "plate.png", "left=left.png", "middle=middle.png",
      "right=right.png")
    #expect(plate.code == 0 && plate.errors.isEmpty, "\(plate.errors)")
    let two = try merging.runner.run(
      "merge", table, "--base", "middle.png", "left=left.png", "-o", "two.png")
    #expect(two.code == 0 && two.errors.contains("note: no picture shows right"), "\(two.errors)")
  }

  @Test func whatIsTransparentIsTheBases() throws {
    let merging = try Merging()
    let her = try merging.picture("female.png", RGB8(200, 120, 90), noise: 1)
    let him = try merging.picture("whole.png", RGB8(40, 90, 160))
    let whole = try merging.runner.run(
      "merge", window, "--base", "female.png", "male=whole.png", "--feather", "0", "--grow", "12")
    #expect(whole.code == 0, "\(whole.errors)")
    let expected = try merging.image("merged.png")
    // He, cut out along his silhouette, his surroundings black and transparent.
    let owners = try merging.seen(in: window, ["female", "male"]).owners
    let cut = owners.indices.map { place in
      owners[place] == "male"
        ? RGBA8(him.pixels[place], opacity: 255) : RGBA8(.black, opacity: 0)
    }
    let picture = Image(width: her.width, height: her.height, pixels: cut)
    try merging.write(try PNGFile.encode(picture), to: "male.png")
    let outcome = try merging.runner.run(
      "merge", window, "--base", "female.png", "male=male.png", "--feather", "0", "--grow", "12")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let merged = try merging.image("merged.png")
    var gained = 0
    for place in owners.indices where owners[place] != "male" {
      #expect(merged.pixels[place] == her.pixels[place])
      gained += expected.pixels[place] == her.pixels[place] ? 0 : 1
    }
    #expect(gained > 100, "without transparency his surroundings show")
    let base = try merging.runner.run(
      "merge", window, "--base", "male=male.png", "female=female.png")
    #expect(base.errors.contains("note: the base is transparent in places"), "\(base.errors)")
  }

  @Test func aBackgroundShowsNobodyAndAFolderSaysWhomAPictureShows() throws {
    let merging = try Merging(336, 192)
    for name in ["plate", "left"] { try merging.picture("\(name).png", RGB8(grey: 90)) }
    let plate = try merging.runner.run(
      "merge", table, "--background", "plate.png", "left=left.png", "-q")
    #expect(plate.code == 0 && plate.output.isEmpty, "\(plate.errors)")
    #expect(plate.errors.contains("no picture shows middle"))
    #expect(plate.errors.contains("no picture shows right"))
    try merging.runner.write("", to: "comfyui/middle/generated/x")
    try merging.picture("comfyui/middle/generated/face.png", RGB8(grey: 90))
    let made = try merging.runner.run(
      "merge", table, "--base", "comfyui/middle/generated/face.png", "left=left.png")
    #expect(made.code == 0, "\(made.errors)")
    #expect(made.errors.contains("no picture shows right") && !made.errors.contains("middle,"))
  }

  @Test func aPictureOfWhichNothingIsUsedIsSaidToBe() throws {
    let merging = try Merging()
    for name in ["female", "male"] { try merging.picture("\(name).png", RGB8(grey: 90)) }
    let outcome = try merging.runner.run(
      "merge", window, "--base", "female.png", "male=male.png", "--grow", "-256")
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("nothing of male's picture is used"), "\(outcome.errors)")
  }

  @Test func largerPicturesOfTheSameShapeAreMergedAtTheirSize() throws {
    // 832×1216 times 0.3001, each side rounded.
    let merging = try Merging(250, 365)
    try merging.picture("female.png", RGB8(200, 120, 90))
    try merging.picture("male.png", RGB8(40, 90, 160))
    let outcome = try merging.runner.run(
      "merge", window, "--base", "female.png", "male=male.png", "--feather", "0")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let merged = try merging.image("merged.png")
    #expect(merged.width == 250 && merged.height == 365)
    let (owners, isSure) = try merging.seen(in: window, ["female", "male"])
    let wrong = owners.indices.filter { place in
      isSure[place] && (merged.pixels[place].red == 40) != (owners[place] == "male")
    }
    #expect(wrong.isEmpty)
  }

  @Test func layersAreWrittenFromFarToNear() throws {
    let merging = try Merging(336, 192)
    for name in ["plate", "left", "middle", "right"] {
      try merging.picture("\(name).png", RGB8(grey: UInt8(name.utf8.count * 20)))
    }
    let run = { (name: String) in
      try merging.runner.run(
        "merge", table, "--base", "plate.png", "left=left.png", "middle=middle.png",
        "right=right.png", "--ora", name)
    }
    let outcome = try run("layers.ora")
    #expect(outcome.code == 0 && outcome.output == "layers.ora\nmerged.png\n")
    let text = String(decoding: try #require(merging.runner.bytes("layers.ora")), as: UTF8.self)
    let names = text.split(separator: "<layer name=\"").dropFirst().map {
      String($0.prefix { $0 != "\"" })
    }
    // She in the middle sits farthest back.
    #expect(names.first == "merged" && Array(names.suffix(2)) == ["middle", "base"])
    #expect(Set(names[1...2]) == ["left", "right"])
    _ = try run("again.ora")
    #expect(merging.runner.bytes("again.ora") == merging.runner.bytes("layers.ora"))
  }

  @Test func matchedColoursAreTheBases() throws {
    let merging = try Merging()
    try merging.picture("female.png", RGB8(160, 120, 90), noise: 1)
    try merging.picture("male.png", RGB8(60, 120, 150), noise: 2)
    let outcome = try merging.runner.run(
      "merge", window, "--base", "female.png", "male=male.png", "--match", "--feather", "0")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    // Both are of one colour all over: matched by the background, he is as she is.
    let merged = try merging.image("merged.png")
    let (owners, _) = try merging.seen(in: window, ["female", "male"])
    let his = owners.indices.filter { owners[$0] == "male" }.map { merged.pixels[$0] }
    func mean(_ channel: (RGB8) -> UInt8) -> Double {
      Double(his.reduce(0) { $0 + Int(channel($1)) }) / Double(his.count)
    }
    #expect(abs(mean(\.red) - 160) < 3 && abs(mean(\.green) - 120) < 3)
    #expect(abs(mean(\.blue) - 90) < 3)
  }
}

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
