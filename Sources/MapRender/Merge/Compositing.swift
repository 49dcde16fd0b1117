extension Image<RGB8> {
  /// Returns this picture over another of its size, with opacity `opacity`, 0 to 255; rounded.
  public func over(_ below: Image<RGB8>, opacity: Image<UInt8>) -> Image<RGB8> {
    precondition(
      below.pixels.count == pixels.count && opacity.pixels.count == pixels.count,
      "Image: pictures of one size")
    func mixed(_ upper: UInt8, _ lower: UInt8, _ opacity: Int) -> UInt8 {
      UInt8((Int(upper) * opacity + Int(lower) * (255 - opacity) + 127) / 255)
    }
    var result = self
    for index in pixels.indices where opacity.pixels[index] != 255 {
      let (upper, lower, share) = (
        pixels[index], below.pixels[index], Int(opacity.pixels[index])
      )
      result.pixels[index] = RGB8(
        mixed(upper.red, lower.red, share), mixed(upper.green, lower.green, share),
        mixed(upper.blue, lower.blue, share))
    }
    return result
  }
}
