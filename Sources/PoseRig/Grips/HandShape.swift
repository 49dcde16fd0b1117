/// The angles of a hand's fingers, in degrees.
struct HandShape: Equatable {
  /// The thumb's base: the angles across the palm, off the palm, and of its pad toward the fingers.
  var thumb: Vector3
  /// The bends of the thumb's other two joints.
  var thumbBends: SIMD2<Double>
  /// The bends of the three joints of each finger, from the index on.
  var bends: [Vector3]
  /// The spread of each finger, from the index on.
  var spread: [Double]

  /// Applies the fingers to a pose.
  func apply(to pose: inout Pose, _ hand: JointName) {
    for finger in Finger.allCases.indices { apply(finger: finger, to: &pose, hand) }
  }

  /// Applies one finger, counted from the thumb.
  func apply(finger: Int, to pose: inout Pose, _ hand: JointName) {
    let joints = Finger.allCases[finger].joints.map { JointName($0, hand.side) }
    for (index, joint) in joints.enumerated() {
      let degrees: [Double] =
        switch (finger, index) {
        case (0, 0): [thumb.x, thumb.y, thumb.z]
        case (0, _): [thumbBends[index - 1]]
        case (_, 0): [bends[finger - 1].x, spread[finger - 1]]
        default: [bends[finger - 1][index]]
        }
      pose[joint] = Anatomy.of(joint).rotation(degreesInOrder: degrees, side: hand.side)
    }
  }

  /// The open hand from which fingers close around something.
  static let open = HandShape(
    thumb: Vector3(-10, 40, 20), thumbBends: SIMD2(0, 0),
    bends: [Vector3](repeating: Vector3(-6, 2, 2), count: 4), spread: [2, 0, 0, 2])
  /// The bent hand that goes through a loop, like that of a bag or a shield.
  static let hooked = HandShape(
    thumb: Vector3(-10, 40, 20), thumbBends: SIMD2(0, 0),
    bends: [Vector3](repeating: Vector3(35, 85, 35), count: 4), spread: [0, 0, 0, 0])
  /// The hand that holds a pen.
  static let pen = HandShape(
    thumb: Vector3(20, 42, 42), thumbBends: SIMD2(22, 18),
    bends: [Vector3(45, 40, 15), Vector3(52, 52, 25), Vector3(62, 70, 38), Vector3(66, 74, 40)],
    spread: [0, 0, 0, 0])
  /// The hand that is about to take a pen.
  static let penOpened = HandShape(
    thumb: Vector3(-10, 42, 42), thumbBends: SIMD2(5, 5),
    bends: [Vector3(10, 30, 10), Vector3(15, 40, 18), Vector3(58, 70, 38), Vector3(62, 74, 40)],
    spread: [0, 0, 0, 0])
  /// The flat hand under a tray.
  static let flat = HandShape(
    thumb: Vector3(-20, 25, 0), thumbBends: SIMD2(-8, -8),
    bends: [Vector3](repeating: Vector3(-20, -4, -4), count: 4), spread: [8, 2, 4, 10])
}
