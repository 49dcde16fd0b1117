extension PoseGoals {
  /// The part of a hand that touches its goal.
  public enum HandPart: String, CaseIterable, Sendable {
    /// The middle of the palm.
    case palm
    /// The middle of the back of the hand.
    case backOfHand
    /// The tip of the middle finger.
    case fingertips
    /// The tip of the index finger.
    case indexTip
    /// The tip of the thumb.
    case thumbTip
    /// The front of a fist, between the knuckles of index and middle finger.
    case knuckles
    /// The side of the hand with the thumb; for a fist, the hole that it forms.
    case thumbSide
    /// The edge of the hand on the side of the little finger.
    case littleSide
  }

  /// The pressure of a hand or foot that touches.
  public enum Pressure: String, CaseIterable, Sendable {
    /// A thin layer of air remains.
    case light
    /// The skin gives way slightly.
    case firm

    /// The height above the touched skin, in meters; negative below it.
    var height: Double {
      switch self {
      case .light: 0.004
      case .firm: -0.007
      }
    }
  }
}

/// The touching skin of a hand: a point in the hand's frame, and the direction that it faces.
struct HandContact {
  var tip: Vector3
  var normal: Vector3
}

extension PosedCharacter {
  /// Returns the skin of a part of a hand, for the current fingers.
  func contact(of hand: JointName, _ part: PoseGoals.HandPart) -> HandContact {
    let out = hand.side == .left ? Vector3.unitX : -.unitX
    switch part {
    case .palm: return HandContact(tip: palm(of: hand), normal: -.unitY)
    case .backOfHand: return side(of: hand, .unitY)
    case .thumbSide: return side(of: hand, .unitZ)
    case .littleSide: return side(of: hand, -.unitZ)
    case .knuckles:
      let knuckles = [JointKind.indexProximal, .middleProximal].map {
        position(of: JointName($0, hand.side))
      }
      let middle = frame(of: hand).inverse.apply((knuckles[0] + knuckles[1]) / 2)
      return skin(of: hand, from: middle, along: out)
    case .fingertips: return tip(of: JointName(.middleDistal, hand.side), hand)
    case .indexTip: return tip(of: JointName(.indexDistal, hand.side), hand)
    case .thumbTip: return tip(of: JointName(.thumbDistal, hand.side), hand)
    }
  }

  /// Returns the skin at the middle of a side of the hand.
  private func side(of hand: JointName, _ way: Vector3) -> HandContact {
    skin(of: hand, from: LimbSolver.tip(of: hand, body.rig), along: way)
  }

  /// Returns the tip of a finger, which faces between the finger's direction and the palm's.
  private func tip(of distal: JointName, _ hand: JointName) -> HandContact {
    let toHand = frame(of: hand).inverse
    let bone = toHand * frame(of: distal)
    let out = hand.side == .left ? Vector3.unitX : -.unitX
    let way = bone.rotation.rotate(out)
    var contact = skin(of: hand, from: bone.translation, along: way)
    contact.normal = (way + bone.rotation.rotate(-.unitY)).normalized ?? way
    return contact
  }

  /// Returns where a ray in the hand's frame leaves the skin; without skin, a point at a hand's
  /// thickness.
  private func skin(of hand: JointName, from inside: Vector3, along way: Vector3) -> HandContact {
    let frame = frame(of: hand)
    let (start, direction) = (frame.apply(inside), frame.rotation.rotate(way))
    let skin = bodySurface.exit(from: start, along: direction, within: 0.12 * body.rig.size)
    let depth = skin.map { ($0.point - start).length } ?? 0.015 * body.rig.size
    return HandContact(tip: inside + way * depth, normal: way)
  }
}
