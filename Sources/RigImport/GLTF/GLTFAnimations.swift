internal import PoseRig

extension GLTFReader {
  private static let maximumKeys = 1 << 24

  /// Returns an animation as a clip.
  func clip(
    _ animation: GLTFDocument.Animation, _ index: Int
  ) throws(ForeignModelError) -> ForeignModel.Clip {
    var tracks: [ForeignModel.Track] = []
    var keys = 0
    for channel in animation.channels {
      guard let node = channel.target.node, let property = Self.property(channel.target.path) else {
        continue
      }
      guard model.nodes.indices.contains(node) else {
        throw .damaged("its animation \(index) moves node \(node), which does not exist")
      }
      guard let sampler = animation.samplers[checked: channel.sampler] else {
        throw .damaged(
          "its animation \(index) uses sampler \(channel.sampler), which does not exist")
      }
      guard let track = try track(sampler, node: node, property: property, animation: index) else {
        continue
      }
      keys += track.values.count
      guard keys <= Self.maximumKeys else {
        throw .overLimit("its animation \(index) has more than sixteen million numbers")
      }
      tracks.append(track)
    }
    let duration = tracks.compactMap(\.times.last).max() ?? 0
    return .init(name: animation.name ?? "", duration: Double(max(0, duration)), tracks: tracks)
  }

  private static func property(_ path: String) -> ForeignModel.Track.Property? {
    switch path {
    case "translation": .translation
    case "rotation": .rotation
    case "scale": .scale
    case "weights": .morphWeights
    default: nil
    }
  }

  private func track(
    _ sampler: GLTFDocument.Animation.Sampler, node: Int,
    property: ForeignModel.Track.Property, animation: Int
  ) throws(ForeignModelError) -> ForeignModel.Track? {
    let interpolation: ForeignModel.Track.Interpolation
    switch sampler.interpolation ?? "LINEAR" {
    case "STEP": interpolation = .step
    case "CUBICSPLINE": interpolation = .cubic
    default: interpolation = .linear
    }
    let times = try accessors.floats(sampler.input, width: 1)
    guard !times.isEmpty else { return nil }
    guard zip(times, times.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw .damaged("the times of its animation \(animation) do not increase")
    }
    let perKey = interpolation == .cubic ? 3 : 1
    let width: Int
    let values: [Float]
    switch property {
    case .rotation:
      width = 4
      values = try accessors.floats(sampler.output, width: 4)
    case .translation, .scale:
      width = 3
      values = try accessors.floats(sampler.output, width: 3)
    case .morphWeights:
      values = try accessors.floats(sampler.output, width: 1)
      width = values.count / (times.count * perKey)
    }
    guard width > 0, values.count == times.count * perKey * width else {
      throw .damaged(
        "its animation \(animation) has \(times.count) times and \(values.count) values for them")
    }
    return .init(
      node: node, property: property, interpolation: interpolation, times: times, values: values)
  }
}
