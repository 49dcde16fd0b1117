import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

/// Faces in close-ups of 768 pixels, as drawn by Canny and lineart.
@Suite struct FaceTonesTests {
  /// A close-up of a character's face from the front.
  private struct CloseUp {
    let shaded: Image<RGB8>
    let canny: Image<UInt8>
    let lineart: Image<UInt8>
    let buffer: GBuffer
    let face: [SIMD2<Double>]

    init?(
      _ character: String, eyes height: Double, distance: Double = 1.6, yaw: Double = 0
    ) throws {
      let text = """
        {"canvas": [768, 768], "characters": [{"id": "her", "yaw": \(yaw), \(character)}],
         "camera": {"position": [0, \(height), \(distance)], "target": [0, \(height), 0], "fovY": 11}}
        """
      let loader = Fixture.libraryLoader(["scene.json": text])
      guard let scene = try SceneReader.read("scene.json", loader: loader).get().scene,
        let posed = SceneSolver.solve(scene)
      else { return nil }
      buffer = try CharacterBuffers(posed).buffer(of: 0)
      let points = KeypointProjection.keypoints(
        of: posed.characters[0], camera: posed.camera, in: buffer)
      face = points.face.map(\.position)
      let picture = ShadedMap.draw(buffer, camera: posed.camera)
      shaded = picture.image
      canny = CannyMap.detect(picture).image
      lineart = LineMaps(buffer, camera: posed.camera).lineart()
    }

    /// Returns how many lines each column between two of the 300-W points crosses, within some
    /// pixels above and below them.
    func lines(of picture: Image<UInt8>, from: Int, to: Int, within reach: Int) -> [Int] {
      let (a, b) = (face[from], face[to])
      return (Int(a.x) + 3..<Int(b.x) - 3).map { x in
        let y = Int(a.y + (b.y - a.y) * (Double(x) - a.x) / (b.x - a.x))
        let column = (y - reach...y + reach).map { picture[x, $0] > 100 }
        return zip(column, column.dropFirst()).count { !$0 && $1 }
      }
    }

    /// Returns the position of the darkest pixels between an eye's corners, from 0 at the left of
    /// the picture to 1.
    var iris: Double {
      let (a, b) = (face[42], face[45])
      var (sum, weight) = (0.0, 0.0)
      for x in Int(a.x)..<Int(b.x) {
        let level = shaded[x, Int((a.y + b.y) / 2)].green
        guard level < 100 else { continue }
        sum += (Double(x) - a.x) / (b.x - a.x)
        weight += 1
      }
      return sum / weight
    }
  }

  @Test(arguments: [("female", 1.5), ("male", 1.62)])
  func aMannequinsMouthIsOneLine(body: String, height: Double) throws {
    let face = try #require(try CloseUp("\"body\": \"\(body)\"", eyes: height))
    for (name, picture) in [("canny", face.canny), ("lineart", face.lineart)] {
      let lines = face.lines(of: picture, from: 48, to: 54, within: 10)
      #expect(lines.count > 60)
      let single = lines.count { $0 == 1 }
      #expect(single * 10 >= lines.count * 9, "\(name): \(lines)")
    }
  }

  @Test(arguments: [("female", 1.5), ("male", 1.62)])
  func aMannequinsEyesHaveTwoLids(body: String, height: Double) throws {
    let face = try #require(try CloseUp("\"body\": \"\(body)\"", eyes: height))
    for corners in [(36, 39), (42, 45)] {
      let lines = face.lines(of: face.canny, from: corners.0, to: corners.1, within: 25)
      // Where the iris starts and ends, its line is a third one.
      #expect(lines.count { $0 == 2 || $0 == 3 } * 10 >= lines.count * 8, "\(lines)")
    }
  }

  @Test(arguments: [("female", 1.5), ("male", 1.62)])
  func aMannequinsChinHasAnEdge(body: String, height: Double) throws {
    let face = try #require(try CloseUp("\"body\": \"\(body)\"", eyes: height - 0.05))
    for (name, picture) in [("canny", face.canny), ("lineart", face.lineart)] {
      let lines = face.lines(of: picture, from: 7, to: 9, within: 14)
      #expect(lines.count > 50)
      #expect(lines.count { $0 == 1 } * 10 >= lines.count * 9, "\(name): \(lines)")
    }
  }

  @Test(arguments: [("female", 1.5), ("male", 1.62)])
  func aMannequinsIrisFollowsItsGaze(body: String, height: Double) throws {
    func iris(_ eyes: String) throws -> Double {
      let character = "\"body\": \"\(body)\", \"pose\": {\"joints\": {\(eyes)}}"
      return try #require(try CloseUp(character, eyes: height)).iris
    }
    let ahead = try iris("")
    #expect(abs(ahead - 0.5) < 0.1)
    #expect(try iris(#""leftEye": {"abduction": 20}"#) > ahead + 0.1)
    #expect(try iris(#""leftEye": {"abduction": -20}"#) < ahead - 0.1)
  }

  @Test func noLineRunsOverAShortNeck() throws {
    let face = try #require(try CloseUp("\"body\": \"male\"", eyes: 1.52))
    let chin = face.face[8]
    var lines = 0
    for y in Int(chin.y) + 20..<Int(chin.y) + 130 {
      for x in Int(chin.x) - 90..<Int(chin.x) + 90 where face.canny[x, y] > 0 { lines += 1 }
    }
    #expect(lines == 0)
  }

  @Test(.enabled(if: InstalledHuman.isThere))
  func noPartOfTheMouthIsBlack() throws {
    let character = #""body": "human", "phenotype": {"gender": "female", "height": 1.63}"#
    let face = try #require(try CloseUp(character, eyes: 1.485, yaw: 35))
    var darkest: UInt8 = 255
    for y in Int(face.face[48].y) - 12...Int(face.face[48].y) + 12 {
      for x in Int(face.face[48].x) - 12...Int(face.face[54].x) + 12 {
        darkest = min(darkest, face.shaded[x, y].green)
      }
    }
    #expect(darkest > 50)
  }

  @Test func aDistantFaceHasNoSpecks() throws {
    let face = try #require(try CloseUp("\"body\": \"female\"", eyes: 1.5, distance: 12))
    #expect(face.lines(of: face.canny, from: 48, to: 54, within: 3).allSatisfy { $0 == 0 })
  }

  @Test(.enabled(if: InstalledHuman.isThere))
  func theHumansIrisFollowsItsGaze() throws {
    func iris(_ eyes: String) throws -> Double {
      let character = """
        "body": "human", "phenotype": {"height": 1.66}, "pose": {"joints": {\(eyes)}}
        """
      return try #require(try CloseUp(character, eyes: 1.53)).iris
    }
    let ahead = try iris("")
    #expect(abs(ahead - 0.5) < 0.12)
    let aside = try iris(
      #""leftEye": {"abduction": 20}, "rightEye": {"abduction": -20}"#)
    #expect(aside > ahead + 0.1)
  }

  @Test(.enabled(if: InstalledHuman.isThere))
  func tonesChangeNoDistanceAndNoDirection() throws {
    let template = try #require(InstalledHuman.template)
    let body = template.body(Phenotype())
    var bare = body
    bare.surface.tones = nil
    #expect(body.surface.tones != nil)
    let pose = PosedRig(rig: body.rig, pose: .rest)
    let (toned, plain) = (Skinning.pose(body, pose), Skinning.pose(bare, pose))
    let camera = Camera(
      worldFromCamera: Transform(rotation: .identity, translation: Vector3(0, 1.5, 2)),
      tangentY: 0.15, canvas: Canvas(width: 256, height: 256))
    let pass = try GeometryPass(canvas: camera.canvas)
    let (a, b) = (
      try pass.draw([toned], camera: camera), try pass.draw([plain], camera: camera)
    )
    #expect(a.depth == b.depth)
    #expect(a.normals == b.normals)
    #expect(a.shading != b.shading)
  }
}
