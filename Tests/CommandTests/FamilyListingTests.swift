import PoseRig
import SceneFiles
import TestSupport
import Testing

/// The command `posemap maps --for`: each map of a family, with the reason and its source.
@Suite struct FamilyListingTests {
  @Test func aFamilysMapsAreListedWithReasons() throws {
    let done = try CommandRunner().run("maps", "--for", "wan-vace")
    #expect(done.code == 0)
    #expect(
      done.output == """
        wan-vace: Wan with VACE: red and blue swapped in the skeleton, no hands
        sizes: 480x832 832x480 720x1280 1280x720; sides are multiples of 16
        source: ali-vilab/VACE: README.md, UserGuide.md
        convention: vace: As the annotators of VACE draw

        openpose  openpose: vace, openposeParts: [body, face]
                  Body and face, no hands, and red and blue are swapped.
                  source: ali-vilab/VACE: vace/annotators/pose.py

        depth     depth: disparity
                  MiDaS estimates the inverse of the distance; near is white.
                  source: ali-vilab/VACE: vace/annotators/depth.py

        lineart   lineart: light-on-dark
                  Its scribbles are the Lineart annotator's and not inverted, so dark lines on light should be closer; nobody has tried them.
                  source: ali-vilab/VACE: vace/annotators/scribble.py

        """)
  }

  @Test func differingSettingsAndComfyUIsNumbersAreListed() throws {
    let done = try CommandRunner().run("maps", "--for", "z-image")
    #expect(done.output.contains("canny     canny: shaded, cannyGrey: true\n"))
    #expect(done.output.contains("          ComfyUI: strength 0.9, applied by default\n"))
    #expect(done.output.contains("          ComfyUI: strength 0.9, applied with --maps\n"))
  }

  @Test(arguments: Profile.names) func everyMapOfEveryFamilyHasASource(_ name: String) throws {
    let done = try CommandRunner().run("maps", "--for", name)
    let family = try #require(Family.of(.builtIn(name)))
    #expect(done.code == 0)
    let sources = done.output.split(separator: "\n").filter { $0.contains("source: ") }
    #expect(sources.count == family.takes.count + 1)
  }

  @Test func anUnknownFamilyIsNamed() throws {
    let done = try CommandRunner().run("maps", "--for", "z-imag")
    #expect(done.code == 64)
    #expect(done.firstError?.contains(#"there is no profile "z-imag"; there are: sd15, "#) == true)
  }
}
