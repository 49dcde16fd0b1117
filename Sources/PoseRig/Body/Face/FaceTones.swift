/// The tones of a face: the brightness of its skin, independent of lighting.
///
/// Lids, eyebrows, lips and irises are visible by their tone more than by their shape. Tones appear
/// in shaded pictures, and so in Canny maps; distances and normals ignore them.
public struct FaceTones: Equatable, Sendable {
  /// The brightest tone, which the texture's levels are relative to; 1 is bare skin.
  public static let brightest = ToneCanvas.brightest
  /// The number of texels per pixel at which tones begin to fade: 1.2 millimeters of an adult.
  package static let fadesFrom: Float = 3.6
  /// The number of texels per pixel at which tones have faded out: 2.4 millimeters.
  package static let fadesTo: Float = 7.2

  /// The texture with the levels.
  public let texture: OpacityTexture
  /// The texture coordinates of each vertex, with (0, 0) in the upper left.
  public let coordinates: [SIMD2<Float>]
  /// The texture in an array, created once so that all poses share it.
  private let textures: [OpacityTexture]
  /// The face without irises, if these are part of the skin and drawn for each gaze; nil if
  /// eyeballs rotate.
  private let blank: BlankEyes?

  /// A face without irises.
  private struct BlankEyes: Equatable {
    var canvas: ToneCanvas
    var features: FaceFeatures

    /// Returns the face with irises for a gaze.
    func drawn(_ gaze: FaceFeatures.EyeShifts) -> ToneCanvas {
      var canvas = canvas
      features.drawIrises(on: &canvas, gaze: gaze)
      return canvas
    }
  }

  private init(_ canvas: ToneCanvas, points: [SIMD2<Float>], blank: BlankEyes? = nil) {
    texture = canvas.texture
    textures = [texture]
    coordinates = points.map(canvas.coordinate)
    self.blank = blank
  }

  /// Returns the look of a surface with a number of triangles, all of this skin.
  ///
  /// - Parameter posedRig: the joints, with the eyes that the irises follow.
  func look(
    triangles: Int, doubleSided: Bool = false, posedRig: PosedRig
  ) -> SurfaceLook {
    var shown = textures
    if let blank {
      let gaze = Self.gaze(of: posedRig)
      if gaze != .ahead { shown = [blank.drawn(gaze).texture] }
    }
    return SurfaceLook(
      materials: [
        SurfaceMaterial(triangles: 0..<triangles, doubleSided: doubleSided, tones: 0)
      ], textures: shown, textureCoordinates: coordinates)
  }

  /// The radius of an eyeball, in millimeters.
  private static let ball = 12.0
  /// The largest offset of an iris from the middle of its eye, where the lids' corner hides it.
  private static let farthest = SIMD2<Float>(8, 5)

  private static func gaze(of posedRig: PosedRig) -> FaceFeatures.EyeShifts {
    let head = posedRig.modelFromJoint[JointName.head.index].rotation.inverse
    func shift(_ eye: JointName) -> SIMD2<Float> {
      let ahead = (head * posedRig.modelFromJoint[eye.index].rotation).rotate(Vector3(0, 0, 1))
      return SIMD2(Float(ahead.x * ball), Float(ahead.y * ball))
        .clamped(lowerBound: -farthest, upperBound: farthest)
    }
    return .init(left: shift(.leftEye), right: shift(.rightEye))
  }
}

extension FaceTones {
  /// Calculates the tones of a mannequin's face; nil if the landmarks of a face are missing.
  public init?(mannequin body: Body) {
    let surface = body.surface
    func landmark(_ name: LandmarkName) -> SIMD3<Float>? {
      body.landmarks[name].map { $0.position(on: surface.positions, surface.triangles) }
    }
    guard let plane = FacePlane(landmark: landmark) else { return nil }
    var canvas = ToneCanvas(low: FacePlane.low, high: FacePlane.high)
    let features = FaceFeatures(plane.points)
    features.drawJaw(on: &canvas)
    features.drawBrows(on: &canvas)
    features.drawClosedForms(on: &canvas)
    let blank = BlankEyes(canvas: canvas, features: features)
    self.init(blank.drawn(.ahead), points: surface.positions.map(plane.project), blank: blank)
  }

  /// Calculates the tones of the human's face; nil if the landmarks of a face are missing.
  init?(human template: HumanTemplate) {
    guard
      let plane = FacePlane(landmark: { name in
        template.landmarks[name].map { template.positions[$0] }
      })
    else { return nil }
    let features = FaceFeatures(plane.points)
    let surface = template.positions.prefix(template.surfaceVertices)
    var points = surface.map(plane.project)
    // Below the face there is room for parts that are not skin.
    let floor = FacePlane.low.y - 18
    let (eyePlate, mouthPlate) = (SIMD2<Float>(-50, floor), SIMD2<Float>(0, floor))
    let toothPlate = SIMD2<Float>(50, floor)
    let eyes = template.eyeballs
    for (vertex, tissue) in template.tissues.prefix(surface.count).enumerated() {
      switch tissue {
      case .skin, .lidEdge, .lipEdge, .socket: break
      case .tooth: points[vertex] = toothPlate
      case .mouth: points[vertex] = mouthPlate
      case .eyeball:
        let point = surface[vertex]
        guard let eye = eyes.first(where: { $0.isOnSide(of: point) }) else { break }
        points[vertex] = eyePlate + eye.project(point)
      }
    }
    let edges = Side.both.map { side in
      template.tissues.indices.filter {
        template.tissues[$0] == .lidEdge && (surface[$0].x > 0) == (side == .left)
      }.map { points[$0] }
    }
    var canvas = ToneCanvas(low: FacePlane.low - SIMD2(0, 36), high: FacePlane.high)
    features.drawBrows(on: &canvas)
    features.drawLidEdges(along: edges, on: &canvas)
    features.drawLips(on: &canvas)
    FaceFeatures.drawEye(on: &canvas, at: eyePlate)
    canvas.disc(toothPlate, radius: 5, tone: 1.12)
    canvas.disc(mouthPlate, radius: 5, tone: 0.5)
    self.init(canvas, points: points)
  }
}
