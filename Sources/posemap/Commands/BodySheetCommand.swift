import ArgumentParser
internal import Export
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap body sheet`: draws humans of various phenotypes as a picture.
struct BodySheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet",
    abstract:
      "Draw humans of many phenotypes, from the front and from three quarters, in four maps.")

  @Option(name: .shortAndLong, help: ArgumentHelp("The PNG file to write.", valueName: "file"))
  var output = "bodies.png"

  func validate() throws { try PictureFile.check(output) }

  func run() throws {
    switch HumanStore.load() {
    case .failure(let failure):
      throw Failure(.noInput, "cannot use the human: \(failure.reason)")
    case .success(let human):
      try PictureFile.write(try PhenotypeSheet().draw(human), to: output)
      print(output)
      for (index, row) in PhenotypeSheet.rows.enumerated() {
        print("  row \(index + 1): \(row.name)")
      }
    }
  }
}
