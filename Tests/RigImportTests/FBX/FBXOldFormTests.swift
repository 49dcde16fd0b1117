import PoseRig
import Testing

@testable import RigImport

/// FBX 6.1 as written by Maya: names as ids, the mesh in its node, motion in a take.
private let old = """
  ; FBX 6.1.0 project file
  FBXHeaderExtension:  {
    FBXVersion: 6100
  }
  Objects:  {
    Model: "Model::body", "Mesh" {
      Properties60:  {
        Property: "Lcl Translation", "Lcl Translation", "A",5,0,0
        Property: "smile", "Number", "A",0
      }
      Vertices: 0,0,0,1,0,0
      ,1,1,0,0,1,0
      PolygonVertexIndex: 0,1,2,-4
      Shape: "smile" {
        Indexes: 2
        Vertices: 0,0,1
      }
    }
    Model: "Model::hips", "LimbNode" {
      Properties60:  {
        Property: "Lcl Translation", "Lcl Translation", "A",0,1,0
        Property: "PreRotation", "Vector3D", "",90,0,0
        Property: "RotationActive", "bool", "",1
      }
    }
    Deformer: "Deformer::skin", "Skin" {
    }
    Deformer: "SubDeformer::cluster", "Cluster" {
      Indexes: 0,1,2,3
      Weights: 1,1,1,1
      Transform: 1,0,0,0,0,1,0,0,0,0,1,0,0,-1,0,1
      TransformLink: 1,0,0,0,0,1,0,0,0,0,1,0,0,1,0,1
    }
    GlobalSettings:  {
      Properties60:  {
        Property: "UnitScaleFactor", "double", "",100
        Property: "TimeMode", "enum", "",10
      }
    }
  }
  Connections:  {
    Connect: "OO", "Model::body", "Model::Scene"
    Connect: "OO", "Model::hips", "Model::Scene"
    Connect: "OO", "Deformer::skin", "Model::body"
    Connect: "OO", "SubDeformer::cluster", "Deformer::skin"
    Connect: "OO", "Model::hips", "SubDeformer::cluster"
  }
  Takes:  {
    Take: "walk" {
      LocalTime: 0,46186158000
      Model: "Model::hips" {
        Channel: "Transform" {
          Channel: "R" {
            Channel: "Z" {
              Default: 0
              KeyVer: 4005
              KeyCount: 3
              Key: 0,0,U,s,40,-20,n,23093079000,20,C,n
                ,46186158000,60,L
            }
          }
        }
      }
      Model: "Model::body" {
        Channel: "smile" {
          KeyVer: 4005
          KeyCount: 2
          Key: 0,0,L,46186158000,100,L
        }
      }
    }
  }
  """

@Suite struct FBXOldFormTests {
  @Test func nodesSkinsAndMotionOfFBX6AreReadLikeThoseOfFBX7() throws {
    let model = try ModelReader.read(Array(old.utf8), path: "old.fbx")
    let clip = try #require(model.clips.first)
    #expect(clip.name == "walk" && clip.frameRate == 25 && clip.duration == 1)
    func turned(_ degrees: Double) -> Matrix4 {
      Chain.moved(.unitY) * Chain.turned(Vector3(90, 0, 0), "XYZ")
        * Chain.turned(Vector3(0, 0, degrees), "XYZ")
    }
    #expect(difference(try model.world("hips"), turned(0)) < 1e-9)
    // Between the first keys is a curve with slopes of 40 and −20, then immediately the next key's
    // value.
    let half = 20 * 0.5 + (40.0 - -20) / 8 * 0.5
    for (time, degrees) in [(0.25, half), (0.5, 20), (0.6, 60), (1, 60)] {
      #expect(difference(try model.world("hips", at: time), turned(degrees)) < 1e-3)
    }
    let bent = turned(half) * Chain.moved(Vector3(0, -1, 0))
    let expected = [Vector3.zero, .unitX, Vector3(1, 1, 0.25), .unitY].map(bent.apply)
    for (found, point) in zip(model.vertices(of: 0, at: 0.25), expected) {
      #expect((found - point).length < 1e-3)
    }
  }
}
