import Foundation
import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

/// The JSON Schemas that editors use must agree with the reader.
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
      let forms = try object(definitions[joint.kind.name])["anyOf"] as? [[String: Any]]
      let angles = try object(forms?.first, "properties").keys
      #expect(
        Set(angles) == Set(Anatomy.of(joint).degreesOfFreedom.map(\.name.rawValue)), "\(joint)")
    }
  }

  @Test func theSceneSchemaKnowsEveryMapSettingProfileAndClass() throws {
    let schema = try schema("scene")
    let maps = try object(schema, "properties", "maps", "properties")
    func choices(_ key: String) throws -> [String] {
      try #require(try object(maps[key])["enum"] as? [String])
    }
    #expect(try choices("openpose") == OpenPoseStyleName.allCases.map(\.rawValue))
    #expect(try choices("occluded") == OccludedPolicy.allCases.map(\.rawValue))
    #expect(try choices("depth") == DepthCurve.allCases.map(\.rawValue))
    #expect(try choices("normal") == NormalAxes.allCases.map(\.rawValue))
    #expect(try choices("canny") == CannySource.allCases.map(\.rawValue))
    #expect(try choices("openposeDiscs") == OpenPoseDiscs.allCases.map(\.rawValue))
    #expect(try choices("identityGround") == IdentityGround.allCases.map(\.rawValue))
    #expect(try choices("lines") == LineColors.allCases.map(\.rawValue))
    let ranges = try object(maps["depthRange"])["anyOf"] as? [[String: Any]]
    #expect(ranges?.first?["enum"] as? [String] == ["characters", "scene", "character"])
    #expect(try choices("lineart") == LineColors.allCases.map(\.rawValue))
    #expect(try choices("segmentation") == SegmentationPalette.allCases.map(\.rawValue))
    #expect(try choices("densepose") == DensePosePalette.allCases.map(\.rawValue))
    // The reader accepts everything in the schema: an unknown key would be reported.
    for key in maps.keys {
      let found = Fixture.read(Fixture.scene(keys: #""maps": {"\#(key)": null}"#))?.diagnostics
      #expect(found?.contains { $0.message.contains("unknown key") } == false, "\(key)")
    }
    let character = try object(schema, "properties", "characters", "items", "properties")
    for key in ["prompt", "negative"] {
      #expect(character[key] != nil)
      #expect(try object(schema, "properties")[key] != nil)
    }
    for key in ["hide", "show"] {
      let list = try object(character["keypoints"], "properties", key, "items")
      #expect(list["enum"] as? [String] == KeypointSet.names)
    }
    let seed = try object(schema, "properties", "seed")
    #expect(seed["maximum"] as? Int == Prompt.seeds.upperBound)
    let profile = try object(schema, "properties", "profile")["enum"] as? [String]
    #expect(profile == Profile.names)
    let prop = try object(schema, "properties", "props", "items", "properties", "class")
    #expect(prop["enum"] as? [String] == SceneClass.allCases.map(\.rawValue))
  }

  @Test func theSchemasKnowEveryPhenotypeKeyAndExpression() throws {
    let items = try object(try schema("scene"), "properties", "characters", "items", "properties")
    let phenotype = try object(items["phenotype"], "properties")
    for modifier in Phenotype.Modifier.all {
      #expect(phenotype[modifier.name] != nil, "\(modifier.name)")
    }
    for key in phenotype.keys {
      let text = """
        {"canvas": [64, 64], "characters": [{"id": "a", "body": "human", "phenotype": {"\(key)": null}}]}
        """
      #expect(
        Fixture.read(text)?.diagnostics.contains { $0.message.contains("unknown key") } == false)
    }
    let forms = try object(try schema("pose"), "properties", "face")["anyOf"] as? [[String: Any]]
    let face = try object(forms?.first, "properties")
    #expect(Set(face.keys) == Set(FaceExpression.all.map(\.name)))
  }

  @Test func theSceneSchemaKnowsEveryBody() throws {
    let items = try object(try schema("scene"), "properties", "characters", "items", "properties")
    #expect(try object(items["body"])["enum"] as? [String] == BodyLibrary.names)
  }
}
