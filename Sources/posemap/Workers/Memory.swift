internal import CMalloc
internal import PoseRig

/// The allocator of a process that draws.
enum Memory {
  /// The G-buffer's targets, then pictures.
  private static let bytesPerPixel = 60

  /// Takes as much memory at once as pictures of a size need.
  static func prepare(for canvas: Canvas) {
    posemap_prepare_memory(canvas.width * canvas.height * bytesPerPixel)
  }
}
