import PoseRig
import PosemapKit
import SceneFiles

/// The scene of `Examples/window/scene.json`, made of values instead of a file.
enum WindowScene {
  /// A woman sits on a window sill, a man stands before her, and they hold hands.
  static func scene() throws -> Scene {
    Scene(
      canvas: Canvas(width: 832, height: 1216),
      camera: CameraDescription(
        placement: .at(position: Vector3(0.1, 1.15, 4.2), target: Vector3(0.05, 0.84, 0)),
        lens: .focalLength(74)),
      characters: [try woman(), try man()],
      props: [
        Prop(
          id: "sill", shape: .box(size: Vector3(1.3, 0.55, 0.45)),
          position: Vector3(-0.55, 0, -0.2), rotation: Vector3(0, 30, 0), sceneClass: .seat),
        Prop(
          id: "wall", shape: .box(size: Vector3(3, 2.6, 0.1)),
          position: Vector3(-0.7, 0, -0.5), rotation: Vector3(0, 30, 0), sceneClass: .wall),
        Prop(id: "floor", shape: .plane(width: 4, depth: 1.5)),
      ])
  }

  private static func woman() throws -> Character {
    var pose = try PoseLibrary.pose(named: "sit-ledge")
    // Her hands do not prop her up here: without this her shoulders would stay shrugged.
    pose.freeCollarBone(of: .leftHand)
    pose.freeCollarBone(of: .rightHand)
    pose.goals.seat = .named(owner: "props", part: "sill.top", offset: Vector3(0.1, 0, 0.06))
    pose.goals.reach = [
      .leftHand: .init(
        at: .named(owner: "props", part: "sill.top", offset: Vector3(0.35, 0, -0.12))),
      .rightHand: .init(at: .named(owner: "male", part: "leftHand", offset: .zero)),
    ]
    pose.goals.look = .named(owner: "male", part: "head", offset: .zero)
    return Character(
      id: "female", figure: .mannequin(.female, Proportions()), pose: pose, yaw: 58)
  }

  private static func man() throws -> Character {
    var pose = try PoseLibrary.pose(named: "contrapposto")
    pose.freeCollarBone(of: .leftHand)
    pose.goals.reach = [
      .leftHand: .init(
        at: .fixed(Vector3(0.1, 1.06, 0.08)), pole: Vector3(1, -1, 0),
        palm: .fixed(Vector3(-0.3, 1, 0.2)), fingers: .fixed(Vector3(-0.9, -0.1, 0.25)))
    ]
    pose.goals.look = .named(owner: "female", part: "head", offset: .zero)
    return Character(
      id: "male", figure: .mannequin(.male, Proportions()), pose: pose,
      position: Vector3(0.52, 0, -0.2), yaw: -62)
  }
}
