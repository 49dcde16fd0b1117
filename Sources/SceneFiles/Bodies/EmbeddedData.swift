internal import CRigs

/// The files of `Rigs/` and `docs/schema/`, embedded so that the command works wherever it is
/// copied.
package enum EmbeddedData {
  package static var limits: [UInt8] { bytes(posemap_limits_json()) }
  package static var female: [UInt8] { bytes(posemap_female_body()) }
  package static var male: [UInt8] { bytes(posemap_male_body()) }
  package static var sceneSchema: [UInt8] { bytes(posemap_scene_schema()) }
  package static var poseSchema: [UInt8] { bytes(posemap_pose_schema()) }
  package static var clipSchema: [UInt8] { bytes(posemap_clip_schema()) }
  package static var bonesSchema: [UInt8] { bytes(posemap_bones_schema()) }
  package static var propSchema: [UInt8] { bytes(posemap_prop_schema()) }
  package static var hairSchema: [UInt8] { bytes(posemap_hair_schema()) }
  package static var garmentSchema: [UInt8] { bytes(posemap_garment_schema()) }

  private static func bytes(_ blob: posemap_blob) -> [UInt8] {
    Array(UnsafeBufferPointer(start: blob.bytes, count: Int(blob.size)))
  }
}
