extension String {
  /// Returns the text with blanks behind it, so that all texts of a column are as wide; a longer one
  /// is left as it is.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
