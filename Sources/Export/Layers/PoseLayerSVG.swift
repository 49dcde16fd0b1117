public import MapRender

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Skeletons as vector shapes, in the form of Krita AI Diffusion's pose layers, in which users drag
/// joints (`ai_diffusion/pose.py`, August 2026).
///
/// The plugin recognizes shapes by their ids: `P00_J04` is joint 4 of person 0 in COCO's order, a
/// circle, and `P00_B03` is bone 3, a line. It adds its own radius to a circle's corner to find the
/// middle, so circles must have that radius.
public enum PoseLayerSVG {
  /// The joints that bones connect, in the plugin's order, which is that of OpenPose's pairs.
  private static let bones = [
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10), (1, 11), (11, 12),
    (12, 13), (1, 0), (0, 14), (14, 16), (0, 15), (15, 17),
  ]

  /// The greatest number of people: ids have two digits.
  public static let mostPeople = 100

  /// Returns the file of the people drawn on a canvas, ending in a line feed.
  ///
  /// - Precondition: there are at most ``mostPeople``.
  public static func encode(_ people: [OpenPosePerson], width: Int, height: Int) -> [UInt8] {
    precondition(people.count <= mostPeople, "PoseLayerSVG: ids have two digits")
    let (w, h) = (Double(width), Double(height))
    let radius = number(4 + max(0, (w * w + h * h).squareRoot() / 250 - 4))
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(width)" height="\#(height)" viewBox="0 0 \#(width) \#(height)">"#
    ]
    for (index, person) in people.enumerated() {
      let id = "P" + twoDigits(index)
      for (bone, joints) in bones.enumerated() {
        guard let a = point(joints.0, of: person), let b = point(joints.1, of: person) else {
          continue
        }
        lines.append(
          #"<line id="\#(id)_B\#(twoDigits(bone))" x1="\#(number(a.x))" y1="\#(number(a.y))" x2="\#(number(b.x))" y2="\#(number(b.y))" stroke="\#(color(bone))" stroke-width="\#(radius)" stroke-opacity="0.6"/>"#
        )
      }
    }
    for (index, person) in people.enumerated() {
      for joint in 0..<18 {
        guard let point = point(joint, of: person) else { continue }
        lines.append(
          #"<circle id="P\#(twoDigits(index))_J\#(twoDigits(joint))" cx="\#(number(point.x))" cy="\#(number(point.y))" r="\#(radius)" fill="\#(color(joint))"/>"#
        )
      }
    }
    lines.append("</svg>\n")
    return Array(lines.joined(separator: "\n").utf8)
  }

  private static func point(_ joint: Int, of person: OpenPosePerson) -> SIMD2<Double>? {
    person.body.indices.contains(joint) ? person.body[joint] : nil
  }

  /// Returns OpenPose's color of a limb or joint: 18 hues around the circle, from red.
  private static func color(_ index: Int) -> String {
    // Each step of the hue moves one channel by a third.
    let (sector, step) = (index / 3, index % 3)
    let (rise, fall) = (85 * step, 255 - 85 * step)
    let (red, green, blue) =
      switch sector {
      case 0: (255, rise, 0)
      case 1: (fall, 255, 0)
      case 2: (0, 255, rise)
      case 3: (0, fall, 255)
      case 4: (rise, 0, 255)
      default: (255, 0, fall)
      }
    return "#"
      + [red, green, blue].map { byte in
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
      }.joined()
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// Returns a number with at most three decimals.
  private static func number(_ value: Double) -> String {
    let thousandths = (value * 1000).rounded()
    return thousandths.truncatingRemainder(dividingBy: 1000) == 0
      ? String(Int(thousandths / 1000)) : String(thousandths / 1000)
  }
}
