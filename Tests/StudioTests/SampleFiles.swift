import SceneFiles
import Studio

/// A scene of three characters and a pose file of one of them, for tests of edits.
let sampleScene = """
  {
    "canvas": [832, 1216],
    "camera": {"position": [0, 1, 4], "target": [0, 1, 0]},
    "characters": [
      {
        "id": "ana",
        "body": "female",
        "pose": {
          "base": "sit-ledge",
          "joints": {
            "leftLowerArm": {"flexion": 40}
          },
          "reach": {"rightHand": {"at": "ben.leftHand"}},
          "look": "ben.head"
        }
      },
      {
        "id": "ben",
        "body": "male",
        "pose": "contrapposto"
      },
      {
        "id": "eva",
        "pose": "wave.pose.json"
      }
    ],
    "props": [
      {"id": "sill", "shape": "box", "size": [2, 0.5, 0.4]}
    ]
  }

  """
let samplePose = """
  {
    "base": "stand",
    "look": "ben"
  }

  """

/// The files of the sample, in a folder `scenes`.
func sampleFiles() throws -> EditedFiles {
  EditedFiles(
    scene: try Document(Array(sampleScene.utf8), file: "scenes/scene.json"),
    poses: [try Document(Array(samplePose.utf8), file: "scenes/wave.pose.json")])
}
