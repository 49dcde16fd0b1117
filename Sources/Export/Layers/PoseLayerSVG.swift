public import MapRender
internal import SceneFiles

/// Skeletons as vector shapes, in the form of Krita AI Diffusion's pose layers, in which users drag
/// joints (`ai_diffusion/pose.py`, August 2026).
///
/// The plugin recognizes shapes by their ids: `P00_J04` is joint 4 of person 0 in COCO's order, a
/// circle, and `P00_B03` is bone 3, a line. It adds its own radius to a circle's corner to find the
/// middle, so circles must have that radius.
public enum PoseLayerSVG {
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
      for (bone, joints) in OpenPoseTables.limbs.enumerated() {
        guard let a = point(joints.0, of: person), let b = point(joints.1, of: person) else {
          continue
        }
        lines.append(
          #"<line id="\#(id)_B\#(twoDigits(bone))" x1="\#(number(a.x))" y1="\#(number(a.y))" x2="\#(number(b.x))" y2="\#(number(b.y))" stroke="\#(color(bone))" stroke-width="\#(radius)" stroke-opacity="0.6"/>"#
        )
      }
    }
    for (index, person) in people.enumerated() {
      for joint in OpenPoseTables.bodyColors.indices {
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

  /// Returns OpenPose's color of a limb or joint.
  private static func color(_ index: Int) -> String {
    let color = OpenPoseTables.bodyColors[index]
    return "#" + FileHash.hexadecimal([color.red, color.green, color.blue])
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// Returns a number with at most three decimals.
  private static func number(_ value: Double) -> String { DecimalText.rounded(value, 3) }
}
