extension StudioDesk {
  func plate() -> [UInt8]? { nil }
}
