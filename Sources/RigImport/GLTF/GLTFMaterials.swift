internal import PoseRig

#if canImport(Glibc)
  internal import Glibc
#endif

extension GLTFReader {
  /// Reads the properties that determine which pixels of a surface are visible: culling and
  /// opacity.
  mutating func readMaterials() throws(ForeignModelError) {
    // Nil for a texture that cannot be read.
    var textures: [Int: Int?] = [:]
    for material in document.materials ?? [] {
      var result = ForeignModel.Material(
        name: material.name ?? "", doubleSided: material.doubleSided ?? false)
      switch material.alphaMode ?? "OPAQUE" {
      case "MASK": result.alphaCutoff = material.alphaCutoff ?? 0.5
      // Maps of shapes have no translucent pixels, so draw those that are more than half opaque.
      case "BLEND": result.alphaCutoff = 0.5
      default: break
      }
      result.alphaFactor = material.pbrMetallicRoughness?.baseColorFactor?[checked: 3] ?? 1
      if !result.alphaFactor.isFinite { result.alphaFactor = 1 }
      if result.alphaCutoff?.isFinite == false { result.alphaCutoff = 0.5 }
      if result.alphaCutoff != nil,
        let texture = material.pbrMetallicRoughness?.baseColorTexture?.index
      {
        if textures[texture] == nil {
          let read = try alphaTexture(texture)
          textures[texture] = .some(read == nil ? nil : model.alphaTextures.count)
          model.alphaTextures += [read].compactMap(\.self)
        }
        result.alphaTexture = textures[texture] ?? nil
      }
      model.materials.append(result)
    }
  }

  /// Returns the opacity of a texture; nil if it has no opacity that can be read.
  private mutating func alphaTexture(
    _ index: Int
  ) throws(ForeignModelError) -> ForeignModel.AlphaTexture? {
    guard let texture = document.textures?[checked: index] else { return nil }
    guard let source = texture.extensions?.webP?.source ?? texture.source else {
      if texture.extensions?.basis != nil {
        model.warnings.append(
          "its texture \(index) is Basis (KTX2), whose transparency posemap cannot read, so what it should cut away is drawn; export it with PNG"
        )
      }
      return nil
    }
    guard let bytes = try buffers.image(source) else { return nil }
    // JPEG has no opacity.
    if bytes.starts(with: [0xFF, 0xD8]) { return nil }
    guard let image = AlphaImage.decode(bytes) else {
      model.warnings.append(
        "its image \(source) is not a readable PNG or WebP, so what it should cut away is drawn; export it with PNG"
      )
      return nil
    }
    let sampler = texture.sampler.flatMap { document.samplers?[checked: $0] }
    func wrap(_ mode: Int?) -> ForeignModel.AlphaTexture.Wrap {
      switch mode {
      case 33_071: .clamp
      case 33_648: .mirror
      default: .repeat
      }
    }
    return .init(
      width: image.width, height: image.height,
      wrap: [wrap(sampler?.wrapS), wrap(sampler?.wrapT)], alpha: image.alpha)
  }
}

extension GLTFDocument.TextureTransform {
  /// Returns a point after `KHR_texture_transform`: scaled, rotated, translated.
  func apply(_ point: SIMD2<Float>) -> SIMD2<Float> {
    let size = SIMD2(scale?[checked: 0] ?? 1, scale?[checked: 1] ?? 1)
    let move = SIMD2(offset?[checked: 0] ?? 0, offset?[checked: 1] ?? 0)
    let (s, c) = (sin(rotation ?? 0), cos(rotation ?? 0))
    let p = point * size
    return SIMD2(c * p.x + s * p.y, c * p.y - s * p.x) + move
  }
}
