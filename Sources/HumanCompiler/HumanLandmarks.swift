/// Named points of MakeHuman's base mesh, by vertex number.
enum HumanLandmarks {
  static let vertices: [String: Int] = [:]
}
