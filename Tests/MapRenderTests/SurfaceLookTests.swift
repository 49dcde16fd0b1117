import MapRender
import PoseRig
import Testing

/// A square of 1 m in front of the camera, facing it or turned away.
private func square(facing: Bool, look: SurfaceLook) -> PosedSurface {
  let triangles: [SIMD3<UInt32>] =
    facing ? [SIMD3(0, 1, 2), SIMD3(0, 2, 3)] : [SIMD3(0, 2, 1), SIMD3(0, 3, 2)]
  var surface = PosedSurface(
    positions: [
      SIMD3(-0.5, -0.5, 0), SIMD3(0.5, -0.5, 0), SIMD3(0.5, 0.5, 0), SIMD3(-0.5, 0.5, 0),
    ],
    normals: Array(repeating: SIMD3(0, 0, facing ? 1 : -1), count: 4), triangles: triangles,
    labels: Array(repeating: SurfaceLabel(part: .head), count: 2), isClosed: false)
  surface.look = look
  return surface
}

private func covered(_ surface: PosedSurface) throws -> [Bool] {
  let canvas = Canvas(width: 64, height: 64)
  let camera = Camera(
    worldFromCamera: Transform(rotation: .identity, translation: Vector3(0, 0, 1)), tangentY: 0.5,
    canvas: canvas)
  let buffer = try GeometryPass(canvas: canvas).draw([surface], camera: camera).whole
  return buffer.depth.map { $0 > 0 }
}

private func look(
  doubleSided: Bool = false, cutout: SurfaceMaterial.Cutout? = nil, _ opacity: [UInt8] = []
) -> SurfaceLook {
  SurfaceLook(
    materials: [.init(triangles: 0..<2, doubleSided: doubleSided, cutout: cutout)],
    textures: opacity.isEmpty
      ? [] : [.init(width: 2, height: 2, wrapX: .clamp, wrapY: .clamp, opacity: opacity)],
    // The point (0, 0) is the texture's upper left corner.
    textureCoordinates: opacity.isEmpty ? [] : [SIMD2(0, 1), SIMD2(1, 1), SIMD2(1, 0), SIMD2(0, 0)])
}

@Suite struct SurfaceLookTests {
  @Test func oneSidedSurfacesAreInvisibleFromBehind() throws {
    #expect(try covered(square(facing: true, look: look())).allSatisfy(\.self))
    #expect(try !covered(square(facing: false, look: look())).contains(true))
    #expect(try covered(square(facing: false, look: look(doubleSided: true))).allSatisfy(\.self))
  }

  @Test func transparentSurfacesAreInvisible() throws {
    let cutout = SurfaceMaterial.Cutout(cutoff: 0.5, factor: 1, texture: 0)
    // Opaque only in the upper left quarter.
    let pixels = try covered(square(facing: true, look: look(cutout: cutout, [255, 0, 0, 0])))
    #expect(pixels[8 * 64 + 8] && !pixels[8 * 64 + 56] && !pixels[56 * 64 + 8])
    #expect(!pixels[56 * 64 + 56])
    let faint = SurfaceMaterial.Cutout(cutoff: 0.5, factor: 0.4, texture: nil)
    #expect(try !covered(square(facing: true, look: look(cutout: faint))).contains(true))
    let strong = SurfaceMaterial.Cutout(cutoff: 0.5, factor: 0.6, texture: nil)
    #expect(try covered(square(facing: true, look: look(cutout: strong))).allSatisfy(\.self))
  }
}
