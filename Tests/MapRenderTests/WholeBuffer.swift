import MapRender

extension GBuffer {
  /// The same with a place for every pixel of the picture.
  var whole: GBuffer { spread(over: PixelBounds(width: width, height: height)) }
}
