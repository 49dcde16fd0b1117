import PoseRig
import SceneFiles
import TestSupport
import Testing

/// Returns whether two lists share their memory, which proves that nothing was made again.
private func isShared<Element>(_ one: [Element], _ other: [Element]) -> Bool {
  one.withUnsafeBufferPointer { first in
    other.withUnsafeBufferPointer { first.baseAddress == $0.baseAddress }
  }
}

@Suite struct BodyStoreTests {
  @Test func aProportionedMannequinIsMadeOnce() throws {
    var tall = Proportions()
    tall.height = 2
    let store = BodyStore()
    let body = try #require(store.body(of: .mannequin(.female, tall)))
    #expect(body == Mannequin.female.body.proportioned(tall))
    let again = try #require(store.body(of: .mannequin(.female, tall)))
    #expect(isShared(body.surface.positions, again.surface.positions))
    tall.height = 1.5
    #expect(store.body(of: .mannequin(.female, tall)) != body)
    #expect(store.body(of: .mannequin(.male, Proportions())) == Mannequin.male.body)
  }

  @Test func aHumanIsMadeOncePerFace() throws {
    #expect(BodyStore().body(of: .human(Phenotype())) == nil)
    let template = try #require(InstalledHuman.template)
    let store = BodyStore(human: template)
    let phenotype = Phenotype.typical(male: true)
    let body = try #require(store.body(of: .human(phenotype)))
    #expect(body == template.body(phenotype))
    let again = try #require(store.body(of: .human(phenotype)))
    #expect(isShared(body.surface.positions, again.surface.positions))
    let smiling = try #require(store.body(of: .human(phenotype), face: ["mouthSmile": 1]))
    #expect(smiling == template.body(phenotype, face: ["mouthSmile": 1]))
    #expect(smiling != body)
  }

  @Test func bodiesBeyondTheCacheLimitAreStillRight() throws {
    let store = BodyStore()
    func body(_ step: Int) -> (Body?, Body) {
      var proportions = Proportions()
      proportions.legLength = 1 + Double(step) / 100
      return (
        store.body(of: .mannequin(.female, proportions)),
        Mannequin.female.body.proportioned(proportions)
      )
    }
    for step in [1, 2, 3] + Array(1...20) + [1, 2] {
      let (kept, made) = body(step)
      #expect(kept == made)
    }
  }
}
