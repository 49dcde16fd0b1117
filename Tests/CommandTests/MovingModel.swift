import Foundation

/// Models of sixteen bones as glTF, with heads that turn until a given time.
enum MovingModel {
  /// The text of a model that moves for some seconds; `name` is the head's name, `generator` the
  /// program's, and `uri` that of a second buffer, if there is one.
  /// program's, `uri` that of a second buffer, if there is one.
  static func gltf(
    lasting seconds: Float, head name: String = "Head", generator: String = "", uri: String? = nil
  ) throws -> String {
    let turns: [Float] = [0, 0, 0, 1, 0, 0.0998, 0, 0.995]
    var bytes = Data()
    for number in [0, seconds] + turns {
      withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    var buffers: [[String: Any]] = [
      [
        "byteLength": bytes.count,
        "uri": "data:application/octet-stream;base64," + bytes.base64EncodedString(),
      ]
    ]
    if let uri { buffers.append(["byteLength": 4, "uri": uri]) }
    let document: [String: Any] = [
      "asset": ["version": "2.0", "generator": generator],
      "nodes": nodes(head: name), "buffers": buffers,
      "bufferViews": [
        ["buffer": 0, "byteOffset": 0, "byteLength": 8],
        ["buffer": 0, "byteOffset": 8, "byteLength": 32],
      ],
      "accessors": [
        ["bufferView": 0, "componentType": 5126, "count": 2, "type": "SCALAR"],
        ["bufferView": 1, "componentType": 5126, "count": 2, "type": "VEC4"],
      ],
      "animations": [
        [
          "name": "Turn", "samplers": [["input": 0, "output": 1]],
          "channels": [["sampler": 0, "target": ["node": 3, "path": "rotation"]]],
        ]
      ],
    ]
    let data = try JSONSerialization.data(withJSONObject: document, options: .sortedKeys)
    return String(decoding: data, as: UTF8.self)
  }

  private static func nodes(head: String) -> [[String: Any]] {
    let bones: [(String, [Double], [Int])] = [
      ("Hips", [0, 0.95, 0], [1, 10, 13]), ("Spine", [0, 0.1, 0], [2, 4, 7]),
      ("Neck", [0, 0.38, 0], [3]), (head, [0, 0.09, 0], []),
      ("LeftArm", [0.17, 0.3, 0], [5]), ("LeftForeArm", [0.26, 0, 0], [6]),
      ("LeftHand", [0.25, 0, 0], []), ("RightArm", [-0.17, 0.3, 0], [8]),
      ("RightForeArm", [-0.26, 0, 0], [9]), ("RightHand", [-0.25, 0, 0], []),
      ("LeftUpLeg", [0.09, -0.05, 0], [11]), ("LeftLeg", [0, -0.42, 0], [12]),
      ("LeftFoot", [0, -0.4, 0], []), ("RightUpLeg", [-0.09, -0.05, 0], [14]),
      ("RightLeg", [0, -0.42, 0], [15]), ("RightFoot", [0, -0.4, 0], []),
    ]
    return bones.map { name, offset, children in
      var node: [String: Any] = ["name": name, "translation": offset]
      if !children.isEmpty { node["children"] = children }
      return node
    }
  }
}
