internal import Foundation

/// Models from other programs for props in scenes.
public enum TriangleModel {
  /// Returns a triangle with a width and height as glTF.
  public static func gltf(meters: Float) -> String {
    var bytes = Data()
    for number in [0, 0, 0, meters, 0, 0, 0, meters, 0] as [Float] {
      withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return """
      {"asset": {"version": "2.0"}, "nodes": [{"mesh": 0}],
       "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
       "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"}],
       "bufferViews": [{"buffer": 0, "byteLength": 36}],
       "buffers": [{"byteLength": 36,
         "uri": "data:application/octet-stream;base64,\(bytes.base64EncodedString())"}]}
      """
  }
}
