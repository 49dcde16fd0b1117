import MapRender

/// A person waving in a canvas of 96 × 128, with a left hand and a face of a few points.
enum MadeUpPerson {
  static let body: [SIMD2<Double>?] = [
    SIMD2(48.5, 22.5), SIMD2(48, 36.5), SIMD2(35.5, 37), SIMD2(26.2, 52.7), SIMD2(20.4, 66.1),
    SIMD2(60.5, 36), SIMD2(73.8, 30.3), SIMD2(79.6, 14.9), SIMD2(41.5, 68.5), SIMD2(39.7, 92.2),
    SIMD2(38.1, 116.4), SIMD2(54.5, 68.5), SIMD2(58.3, 91.6), SIMD2(57.9, 131.2),
    SIMD2(45.6, 19.6), SIMD2(51.6, 19.4), SIMD2(41.9, 21.2), nil,
  ]

  static let leftHand: [SIMD2<Double>?] = (0..<21).map { index in
    let finger = Double((index + 3) / 4)
    let joint = index == 0 ? 0 : Double((index - 1) % 4 + 1)
    return SIMD2<Double>(79.6 + (finger - 3) * joint * 0.9, 14.9 - joint * 2.7)
  }

  static let face: [SIMD2<Double>?] = (0..<70).map { index in
    guard index.isMultiple(of: 9) else { return nil }
    return SIMD2<Double>(44 + Double(index) / 7, 26.5 + Double(index % 4))
  }

  static let whole = OpenPosePerson(body: body, leftHand: leftHand, face: face)
}
