/// The class of a prop, in ADE20K's terms.
public enum SceneClass: String, CaseIterable, Sendable {
  case wall, building, floor, tree, ceiling, road, bed, windowpane, grass, cabinet, sidewalk
  case earth, door, table, plant, curtain, chair, car, water, painting, sofa, shelf, mirror, rug
  case armchair, seat, fence, desk, rock, lamp, railing, cushion, box, column, stairs
  // In the order of their introduction, which determines whose edge is drawn where two props touch.
  case bench, stool, bottle, bag, ball, book, glass, bicycle, computer, flower, light, pole
  case plaything, canopy
}
