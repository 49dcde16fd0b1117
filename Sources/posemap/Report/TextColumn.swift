extension String {
  /// Returns the text padded with spaces to the width of its column; a longer text is returned
  /// unchanged.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
