import Foundation
import PoseRig
import TestSupport
import Testing

/// The JSON Schemas that editors use must say what the reader says.
@Suite struct SchemaTests {
  private func schema(_ name: String) throws -> [String: Any] {
    let path = "\(CommandRunner.repository)/docs/schema/\(name).schema.json"
    let data = try #require(FileManager.default.contents(atPath: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func object(_ value: Any?, _ path: String...) throws -> [String: Any] {
    var current = value
    for key in path { current = (current as? [String: Any])?[key] }
    return try #require(current as? [String: Any], "\(path)")
  }

  @Test func thePoseSchemaKnowsEveryJointAndAngle() throws {
    let schema = try schema("pose")
    let joints = try object(schema, "properties", "joints", "properties")
    #expect(Set(joints.keys) == Set(JointName.allCases.map(\.rawValue)))
    let definitions = try object(schema, "$defs")
    for joint in JointName.allCases {
      let forms = try object(definitions[joint.kind])["anyOf"] as? [[String: Any]]
      let angles = try object(forms?.first, "properties").keys
      #expect(Set(angles) == Set(Anatomy.of(joint).degreesOfFreedom.map(\.name)), "\(joint)")
    }
  }

  @Test func theSceneSchemaKnowsEveryBody() throws {
    let items = try object(try schema("scene"), "properties", "characters", "items", "properties")
    #expect(try object(items["body"])["enum"] as? [String] == BodyLibrary.names)
  }
}
