import Foundation
import MapRender
import TestSupport
import Testing

@testable import PoseRig
@testable import RigImport
@testable import SceneFiles

/// Skin under clothes in MakeHuman's format, in five eighths of the library's poses: testing all
/// would take minutes.
@Suite(.enabled(if: InstalledHuman.isThere)) struct GarmentSkinTests {
  private static let repository = CommandRunner.repository
  /// The folder with MakeHuman's own garments, if it exists.
  private static let files = [
    "female_casualsuit01", "male_casualsuit04", "male_casualsuit05", "female_elegantsuit01",
  ].map { "\(repository)/../shared/corpus/mhclo/\($0)/\($0).mhclo" }
    .filter { FileManager.default.fileExists(atPath: $0) }
  private static let poses =
    (try? FileManager.default.contentsOfDirectory(atPath: "\(repository)/Rigs/poses"))?
    .filter { $0.hasSuffix(".pose.json") && NameHash.of($0, below: 8) < 5 }.sorted() ?? []
  private static let canvas = Canvas(width: 192, height: 288)

  /// Of the skin that is drawn and lies under cloth in the rest pose, next to nothing protrudes in
  /// any pose; with only the files' own hidden faces, twice as much does.
  @Test(arguments: files) func noSkinShowsThrough(_ path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let garment = try GarmentReader.read(bytes, path: path).garment
    let phenotype = Phenotype.typical(male: path.contains("/male"))
    let bodies = BodyStore(human: InstalledHuman.template)
    let bare = try #require(
      InstalledHuman.template?.body(phenotype, face: [:], wear: [garment]))
    let cover = try #require(SkinCover(bare))
    let isCovered = cover.covered(bare.surface.triangles)
    var (all, before, after) = (0, 0, 0)
    var (pixels, shown) = (0, 0)
    for name in Self.poses {
      let file = try PoseFile.read(
        "\(Self.repository)/Rigs/poses/\(name)", loader: Fixture.libraryLoader()
      ).get()
      var character = Character(
        id: "a", figure: .human(phenotype), pose: try #require(file.pose))
      character.wear = [garment]
      var posed = try #require(SceneSolver.pose(character, bodies))
      posed.dress(character, bodies, wind: .zero)
      var plain = posed
      plain.body = bare
      all += cover.all.count
      before += Self.standingOut(cover, of: plain)
      after += Self.standingOut(cover, of: posed)
      let count = try Self.shown(posed, isCovered)
      pixels += count.all
      shown += count.shown
    }
    func percent(_ count: Int, of all: Int) -> Double { Double(count) / Double(max(all, 1)) * 100 }
    print(
      "skin out of \(path.split(separator: "/").last ?? ""): \(percent(before, of: all)) % before, "
        + "\(percent(after, of: all)) %; in pixels, sleeves and hems included: "
        + "\(percent(shown, of: pixels)) %")
    #expect(all > 10_000 && before > 0 && after * 2 <= before)
    #expect(percent(after, of: all) < 0.25)
    #expect(pixels > 50_000 && percent(shown, of: pixels) < 0.3)
  }

  /// Returns how many points of the drawn skin protrude more than half a millimeter from the cloth
  /// above them.
  private static func standingOut(_ cover: SkinCover, of posed: PosedCharacter) -> Int {
    let seen = posed.seenBody
    var isDrawn = [Bool](repeating: false, count: seen.positions.count)
    for corners in seen.triangles {
      for corner in 0..<3 { isDrawn[Int(corners[corner])] = true }
    }
    return cover.all.count { tuck in
      isDrawn[tuck.vertex]
        && tuck.height(
          of: seen.positions[tuck.vertex], over: posed.otherSurfaces[tuck.worn].surface
        ).height > 0.0005
    }
  }

  /// Returns how many pixels of covered skin there are, and how many of them show skin.
  private static func shown(
    _ posed: PosedCharacter, _ covered: [Bool]
  ) throws -> (all: Int, shown: Int) {
    var marked = posed.bodySurface
    for index in marked.labels.indices where covered[index] {
      marked.labels[index] = SurfaceLabel(.held)
    }
    let pass = try GeometryPass(canvas: canvas)
    var count = (all: 0, shown: 0)
    for angle in [0.0, 90, 180, 270] {
      let scene = Scene(
        canvas: canvas,
        camera: CameraDescription(
          placement: .framing(character: nil, angle: angle, elevation: 5, margin: 0.02)),
        characters: [Character(id: "a", figure: .human(Phenotype()))])
      let camera = SceneSolver.camera(scene, holding: [posed.points])
      let whole = PixelBounds(width: canvas.width, height: canvas.height)
      let skin = try pass.draw([marked], camera: camera).spread(over: whole)
      let drawn = try pass.draw(posed.surfaces, camera: camera).spread(over: whole)
      for pixel in 0..<canvas.width * canvas.height where skin.label(pixel)?.kind == .held {
        count.all += 1
        if drawn.label(pixel)?.kind == .body { count.shown += 1 }
      }
    }
    return count
  }
}
