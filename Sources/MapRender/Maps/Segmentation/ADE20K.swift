internal import PoseRig

/// The colors that segmentation annotators assign to ADE20K's classes (OneFormer and UPerNet in
/// ControlNet 1.1).
enum ADE20K {
  /// The color of class 12, person.
  static let person = RGB8(150, 5, 61)

  /// The colors of the classes that a prop can have.
  static let colors: [SceneClass: RGB8] = [
    .wall: RGB8(120, 120, 120), .building: RGB8(180, 120, 120), .floor: RGB8(80, 50, 50),
    .tree: RGB8(4, 200, 3), .ceiling: RGB8(120, 120, 80), .road: RGB8(140, 140, 140),
    .bed: RGB8(204, 5, 255), .windowpane: RGB8(230, 230, 230), .grass: RGB8(4, 250, 7),
    .cabinet: RGB8(224, 5, 255), .sidewalk: RGB8(235, 255, 7), .earth: RGB8(120, 120, 70),
    .door: RGB8(8, 255, 51), .table: RGB8(255, 6, 82), .plant: RGB8(204, 255, 4),
    .curtain: RGB8(255, 51, 7), .chair: RGB8(204, 70, 3), .car: RGB8(0, 102, 200),
    .water: RGB8(61, 230, 250), .painting: RGB8(255, 6, 51), .sofa: RGB8(11, 102, 255),
    .shelf: RGB8(255, 7, 71), .mirror: RGB8(220, 220, 220), .rug: RGB8(255, 9, 92),
    .armchair: RGB8(8, 255, 214), .seat: RGB8(7, 255, 224), .fence: RGB8(255, 184, 6),
    .desk: RGB8(10, 255, 71), .rock: RGB8(255, 41, 10), .lamp: RGB8(224, 255, 8),
    .railing: RGB8(255, 61, 6), .cushion: RGB8(255, 194, 7), .box: RGB8(0, 255, 20),
    .column: RGB8(255, 8, 41), .stairs: RGB8(255, 224, 0), .bench: RGB8(194, 255, 0),
    .stool: RGB8(0, 214, 255), .bottle: RGB8(0, 255, 10), .bag: RGB8(70, 184, 160),
    .ball: RGB8(255, 0, 163), .book: RGB8(255, 163, 0), .glass: RGB8(25, 194, 194),
    .bicycle: RGB8(255, 245, 0), .computer: RGB8(0, 255, 173), .flower: RGB8(255, 0, 0),
    .light: RGB8(255, 173, 0), .pole: RGB8(51, 0, 255), .plaything: RGB8(255, 0, 31),
    .canopy: RGB8(0, 255, 92),
  ]
}
