/// The objects of an FBX file and their connections.
///
/// Everything is found by connections and ids: names have no meaning, and two objects can share
/// one.
struct FBXObjects {
  /// An object: a node, a mesh, a curve.
  struct Object {
    /// The class, such as "Model" or "Geometry".
    var kind: String
    /// The name without its class.
    var name: String
    /// The subclass, such as "LimbNode" or "Shape".
    var subkind: String
    /// The object's record.
    var record: FBXRecord
  }

  /// A connection, from the perspective of one end.
  struct Link {
    /// The index of the object at the other end; −1 for the root of the scene.
    var object: Int
    /// The property of the parent that the child animates; nil for a plain connection.
    var property: String?
  }

  /// The file.
  let file: FBXFile
  /// The objects in the file's order.
  let objects: [Object]
  /// The links from each object to its children, in the file's order.
  let children: [[Link]]
  /// The links from each object to its parents, in the file's order.
  let parents: [[Link]]
  /// The default properties of the objects of a class.
  private let templates: [String: FBXRecord]
  private let indices: [Int64: Int]

  init(_ file: FBXFile) {
    self.file = file
    var objects: [Object] = []
    var indices: [Int64: Int] = [:]
    for record in file.records where record.name == "Objects" {
      for child in record.children {
        guard let id = child.integer(0), id != 0, indices[id] == nil else { continue }
        indices[id] = objects.count
        objects.append(
          Object(
            kind: child.name, name: Self.name(child.text(1) ?? ""), subkind: child.text(2) ?? "",
            record: child))
      }
    }
    self.objects = objects
    self.indices = indices
    var children = [[Link]](repeating: [], count: objects.count)
    var parents = children
    for record in file.records where record.name == "Connections" {
      for link in record.children where link.name == "C" || link.name == "Connect" {
        guard let kind = link.text(0), kind == "OO" || kind == "OP",
          let child = link.integer(1).flatMap({ indices[$0] }), let above = link.integer(2)
        else { continue }
        guard let parent = above == 0 ? -1 : indices[above] else { continue }
        let property = kind == "OP" ? link.text(3) ?? "" : nil
        parents[child].append(Link(object: parent, property: property))
        if parent >= 0 { children[parent].append(Link(object: child, property: property)) }
      }
    }
    self.children = children
    self.parents = parents
    templates = Self.templates(file)
  }

  /// Returns the object with an id.
  func object(id: Int64) -> Int? { indices[id] }

  /// Returns the indices of all objects of a class, in the file's order.
  func all(_ kind: String, _ subkinds: String...) -> [Int] {
    objects.indices.filter {
      objects[$0].kind == kind && (subkinds.isEmpty || subkinds.contains(objects[$0].subkind))
    }
  }

  /// Returns the objects of a class that are connected to another by a plain connection.
  func children(of object: Int, _ kind: String, _ subkinds: String...) -> [Int] {
    children[object].compactMap { link in
      let child = objects[link.object]
      let fits = child.kind == kind && (subkinds.isEmpty || subkinds.contains(child.subkind))
      return fits && link.property == nil ? link.object : nil
    }
  }

  // MARK: Properties

  /// Returns the entry of a property of an object, or of its class's template.
  func property(_ object: Int, _ name: String) -> FBXRecord? {
    let object = objects[object]
    return Self.entry(name, object.record)
      ?? templates[object.kind].flatMap { Self.entry(name, $0) }
  }

  /// Returns the number of a property.
  func number(_ object: Int, _ name: String) -> Double? {
    property(object, name).flatMap { $0.number(4) }
  }

  /// Returns the integer, choice or flag of a property.
  func integer(_ object: Int, _ name: String) -> Int? {
    property(object, name).flatMap { $0.integer(4) }.flatMap { Int(exactly: $0) }
  }

  /// Returns the entry of a property in a record itself.
  static func entry(_ name: String, _ record: FBXRecord) -> FBXRecord? {
    guard let properties = record.first("Properties70") else { return nil }
    return properties.children.last { $0.text(0) == name }
  }

  private static func templates(_ file: FBXFile) -> [String: FBXRecord] {
    var templates: [String: FBXRecord] = [:]
    for type in file.first("Definitions")?.all("ObjectType") ?? [] {
      guard let kind = type.text(0), templates[kind] == nil,
        let template = type.first("PropertyTemplate")
      else { continue }
      templates[kind] = template
    }
    return templates
  }

  /// Returns a name without its class: "Cube" from "Model::Cube" in text, and from
  /// "Cube\0\u{1}Model" in binary.
  private static func name(_ name: String) -> String {
    if let end = name.firstRange(of: "\0\u{1}") { return String(name[..<end.lowerBound]) }
    if let start = name.firstRange(of: "::") { return String(name[start.upperBound...]) }
    return name
  }
}
