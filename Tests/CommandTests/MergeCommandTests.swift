import Export
import Foundation
import MapRender
import TestSupport
import Testing

private let window = Merging.window
private let table = Merging.table

/// The note about a character without a picture.
private func missing(_ id: String) -> String {
  "posemap: note: no picture shows \(id); the base is used where \(id) is visible"
}

@Suite struct MergeCommandTests {
  @Test(arguments: [nil, 3] as [UInt64?]) func awayFromSeamsEveryPixelBelongsToTheVisibleCharacter(
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
    for index in isHis.indices where !isNearSeam(index, isHis, isSure, merging.width, feather) {
      compared += 1
      unsure += isSure[index] ? 0 : 1
      wrong += merged.pixels[index] == (isHis[index] ? him : her).pixels[index] ? 0 : 1
    }
    #expect(wrong == 0 && unsure == 0 && compared > isHis.count * 3 / 4)
    #expect(isSure.count { !$0 } < 100)
  }

  /// Returns whether a pixel of another character, or of someone unknown, is within half the
  /// feather plus one pixel.
  private func isNearSeam(
    _ index: Int, _ isHis: [Bool], _ isSure: [Bool], _ width: Int, _ feather: Int
  ) -> Bool {
    let reach = feather / 2 + 1
    let (x, y) = (index % width, index / width)
    for row in max(0, y - reach)...min(isHis.count / width - 1, y + reach) {
      for column in max(0, x - reach)...min(width - 1, x + reach) {
        let (dx, dy) = (Double(column - x), Double(row - y))
        let other = row * width + column
        if (dx * dx + dy * dy).squareRoot() - 0.5 <= Double(feather) / 2,
          isHis[other] != isHis[index] || !isSure[other]
        {
          return true
        }
      }
    }
    return false
  }

  @Test func threeCharactersAreOrderedByDepthAndFileNamesIdentifyTheBase() throws {
    let merging = try Merging(336, 192)
    let colors = [
      "left": RGB8(250, 0, 0), "middle": RGB8(0, 250, 0), "right": RGB8(0, 0, 250),
    ]
    for (id, color) in colors { try merging.picture("\(id).png", color) }
    let outcome = try merging.runner.run(
      "merge", table, "--base", "middle.png", "right=right.png", "left=left.png", "--feather", "0")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let merged = try merging.image("merged.png")
    let (owners, isSure) = try merging.seen(in: table, ["left", "middle", "right"])
    let wrong = owners.indices.filter { index in
      isSure[index] && merged.pixels[index] != colors[owners[index] ?? "middle"]
    }
    #expect(wrong.isEmpty && Set(merged.pixels).count == 3)
    // Neither the order of the pictures nor another base that shows the same character changes
    // anything.
    let again = try merging.runner.run(
      "merge", table, "left=left.png", "right=right.png", "--base", "middle=middle.png",
      "--feather",
      "0", "-o", "again.png")
    #expect(again.code == 0)
    #expect(merging.runner.bytes("again.png") == merging.runner.bytes("merged.png"))
  }

  @Test func anUnlabeledBaseCanShowNobodyOrOneOfTheOthers() throws {
    let merging = try Merging(336, 192)
    for name in ["plate", "left", "middle", "right"] {
      try merging.picture("\(name).png", RGB8(gray: UInt8(name.utf8.count * 20)))
    }
    let plate = try merging.runner.run(
      "merge", table, "--base", "plate.png", "left=left.png", "middle=middle.png",
      "right=right.png")
    #expect(plate.code == 0 && plate.errors.isEmpty, "\(plate.errors)")
    let two = try merging.runner.run(
      "merge", table, "--base", "middle.png", "left=left.png", "-o", "two.png")
    #expect(two.code == 0 && two.errorLines == [missing("right")])
  }

  @Test func transparentPixelsBelongToTheBase() throws {
    let merging = try Merging()
    let her = try merging.picture("female.png", RGB8(200, 120, 90), noise: 1)
    let him = try merging.picture("whole.png", RGB8(40, 90, 160))
    let whole = try merging.runner.run(
      "merge", window, "--base", "female.png", "male=whole.png", "--feather", "0", "--grow", "12")
    #expect(whole.code == 0, "\(whole.errors)")
    let expected = try merging.image("merged.png")
    // The man is cut out along his silhouette, with black, transparent surroundings.
    let owners = try merging.seen(in: window, ["female", "male"]).owners
    let cut = owners.indices.map { index in
      owners[index] == "male"
        ? RGBA8(him.pixels[index], opacity: 255) : RGBA8(.black, opacity: 0)
    }
    let picture = Image(width: her.width, height: her.height, pixels: cut)
    try merging.write(try PNGFile.encode(picture), to: "male.png")
    let outcome = try merging.runner.run(
      "merge", window, "--base", "female.png", "male=male.png", "--feather", "0", "--grow", "12")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let merged = try merging.image("merged.png")
    var gained = 0
    for index in owners.indices where owners[index] != "male" {
      #expect(merged.pixels[index] == her.pixels[index])
      gained += expected.pixels[index] == her.pixels[index] ? 0 : 1
    }
    #expect(gained > 100, "without transparency his surroundings show")
    let base = try merging.runner.run(
      "merge", window, "--base", "male=male.png", "female=female.png")
    #expect(
      base.errorLines == [
        "male.png: note: the base is transparent in places; there it is black"
      ])
  }

  @Test func aBackgroundShowsNobodyAndFoldersIdentifyCharacters() throws {
    let merging = try Merging(336, 192)
    for name in ["plate", "left"] { try merging.picture("\(name).png", RGB8(gray: 90)) }
    let plate = try merging.runner.run(
      "merge", table, "--background", "plate.png", "left=left.png", "-q")
    #expect(plate.code == 0 && plate.output.isEmpty, "\(plate.errors)")
    #expect(plate.errorLines == [missing("middle"), missing("right")])
    try merging.runner.write("", to: "comfyui/middle/generated/x")
    try merging.picture("comfyui/middle/generated/face.png", RGB8(gray: 90))
    let made = try merging.runner.run(
      "merge", table, "--base", "comfyui/middle/generated/face.png", "left=left.png")
    #expect(made.code == 0, "\(made.errors)")
    #expect(made.errorLines == [missing("right")])
  }

  @Test func anUnusedPictureIsReported() throws {
    let merging = try Merging()
    for name in ["female", "male"] { try merging.picture("\(name).png", RGB8(gray: 90)) }
    let outcome = try merging.runner.run(
      "merge", window, "--base", "female.png", "male=male.png", "--grow", "-256")
    #expect(outcome.code == 0)
    #expect(
      outcome.errorLines == [
        "posemap: note: male's picture is not used: male is not visible in the scene, or --grow took it all"
      ])
  }

  @Test func largerPicturesWithEqualProportionsAreMergedAtTheirSize() throws {
    // 832×1216 times 0.3001, with each side rounded.
    let merging = try Merging(250, 365)
    try merging.picture("female.png", RGB8(200, 120, 90))
    try merging.picture("male.png", RGB8(40, 90, 160))
    let outcome = try merging.runner.run(
      "merge", window, "--base", "female.png", "male=male.png", "--feather", "0")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let merged = try merging.image("merged.png")
    #expect(merged.width == 250 && merged.height == 365)
    let (owners, isSure) = try merging.seen(in: window, ["female", "male"])
    let wrong = owners.indices.filter { index in
      isSure[index] && (merged.pixels[index].red == 40) != (owners[index] == "male")
    }
    #expect(wrong.isEmpty)
  }

  @Test func layersAreWrittenFromFarToNear() throws {
    let merging = try Merging(336, 192)
    for name in ["plate", "left", "middle", "right"] {
      try merging.picture("\(name).png", RGB8(gray: UInt8(name.utf8.count * 20)))
    }
    let run = { (name: String) in
      try merging.runner.run(
        "merge", table, "--base", "plate.png", "left=left.png", "middle=middle.png",
        "right=right.png", "--ora", name)
    }
    let outcome = try run("layers.ora")
    #expect(outcome.code == 0 && outcome.output == "layers.ora\nmerged.png\n")
    let text = String(decoding: try #require(merging.runner.bytes("layers.ora")), as: UTF8.self)
    let names = text.split(separator: #"<layer name=""#).dropFirst().map {
      String($0.prefix { $0 != #"""# })
    }
    // The woman in the middle sits farthest back.
    #expect(names.first == "merged" && Array(names.suffix(2)) == ["middle", "base"])
    #expect(Set(names[1...2]) == ["left", "right"])
    _ = try run("again.ora")
    #expect(merging.runner.bytes("again.ora") == merging.runner.bytes("layers.ora"))
  }

  @Test func matchedColorsEqualTheBases() throws {
    let merging = try Merging()
    try merging.picture("female.png", RGB8(160, 120, 90), noise: 1)
    try merging.picture("male.png", RGB8(60, 120, 150), noise: 2)
    let outcome = try merging.runner.run(
      "merge", window, "--base", "female.png", "male=male.png", "--match", "--feather", "0")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    // Both pictures are of one color: matched by the background, his equals hers.
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
