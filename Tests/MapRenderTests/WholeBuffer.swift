import MapRender

extension GBuffer {
  /// Returns the buffer with an entry for every pixel of the picture.
  var whole: GBuffer { spread(over: PixelBounds(width: width, height: height)) }
}
