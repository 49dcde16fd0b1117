internal import CLoops

/// The pixels on ridges of the gradient, and those of them that belong to an edge.
struct RidgeMarks {
  private enum Mark {
    static let none: UInt8 = 0
    static let candidate: UInt8 = 1
    static let edge: UInt8 = 255
  }

  private let width: Int
  private let height: Int
  private let stride: Int
  /// One mark per pixel, with a margin of one `none` on all four sides.
  private var marks: [UInt8]
  /// Edge pixels with neighbors that have not been examined yet.
  private var pending: [Int] = []

  /// Thins the gradient to ridges one pixel wide (non-maximum suppression). A value above `high` is
  /// an edge immediately, a value above `low` a candidate.
  init(of field: GradientField, low: Int32, high: Int32) {
    (width, height, stride) = (field.width, field.height, field.stride)
    marks = Array(repeating: Mark.none, count: field.gradients.count)
    let gradients = field.gradients.span
    for row in 0..<height {
      let base = (row + 1) * stride + 1
      // Where nothing changes, nothing exceeds a threshold, except for a negative one, and that is
      // not a ridge.
      let extent = field.extents[row]
      for index in base + extent.lowerBound..<base + extent.upperBound
      where gradients[index].magnitude > low {
        guard Self.isRidge(at: index, in: gradients, stride: stride) else { continue }
        let isEdge = gradients[index].magnitude > high
        marks[index] = isEdge ? Mark.edge : Mark.candidate
        if isEdge {
          pending.append(index)
        }
      }
    }
  }

  /// Turns every candidate that touches an edge, directly or through others, into an edge
  /// (hysteresis).
  mutating func connect() {
    let neighbors = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1]
    while let index = pending.popLast() {
      for neighbor in neighbors where marks[index + neighbor] == Mark.candidate {
        marks[index + neighbor] = Mark.edge
        pending.append(index + neighbor)
      }
    }
  }

  /// The picture of the edges: 255 on an edge, 0 elsewhere.
  var edges: Image<UInt8> {
    var image = Image<UInt8>(width: width, height: height, filling: 0)
    for row in 0..<height {
      let base = (row + 1) * stride + 1
      for x in 0..<width where marks[base + x] == Mark.edge {
        image.pixels[row * width + x] = 255
      }
    }
    return image
  }

  /// Returns whether the gradient at `index` is larger than on either side, across the edge.
  ///
  /// The direction is one of four, separated at 22.5° and 67.5° in 1.15 fixed point. Ties go to the
  /// right and lower pixel along the axes, and to neither on the diagonals.
  @inline(__always)
  private static func isRidge(
    at index: Int, in gradients: Span<Gradient>, stride: Int
  ) -> Bool {
    let here = gradients[index]
    let (dx, dy) = (Int(here.dx), Int(here.dy))
    let tangent22 = 13573  // tan 22.5° · 2^15
    let x = abs(dx)
    let y = abs(dy) << 15
    let y22 = x * tangent22
    if y < y22 {
      return here.magnitude > gradients[index - 1].magnitude
        && here.magnitude >= gradients[index + 1].magnitude
    }
    let y67 = y22 + (x << 16)  // tan 67.5° = tan 22.5° + 2
    if y > y67 {
      return here.magnitude > gradients[index - stride].magnitude
        && here.magnitude >= gradients[index + stride].magnitude
    }
    let slant = (dx ^ dy) < 0 ? -1 : 1
    return here.magnitude > gradients[index - stride - slant].magnitude
      && here.magnitude > gradients[index + stride + slant].magnitude
  }
}
