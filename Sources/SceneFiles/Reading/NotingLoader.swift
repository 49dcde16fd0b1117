extension FileLoader {
  /// Returns a loader that reads like this one, and first reports each of a scene's files that it
  /// is about to read.
  ///
  /// The human and the library's lists have no path and are not reported. All members of the loader
  /// that read by path are wrapped here, for every caller that watches files.
  ///
  /// ```swift
  /// import PosemapKit
  ///
  /// var paths: [String] = []
  /// let disk = FileLoader.disk(rigsFolder: nil)
  /// let scene = SceneReader.read("a.scene.json", loader: disk.noting { paths.append($0) })
  /// ```
  ///
  /// - Parameter note: receives the path before the file is read.
  public func noting(_ note: @escaping (_ path: String) -> Void) -> FileLoader {
    let own = self
    var noting = self
    noting.read = { path in
      note(path)
      return own.read(path)
    }
    noting.model = { request in
      ([request.path] + [request.bones].compactMap(\.self)).forEach(note)
      return own.model(request)
    }
    noting.thing = { path in
      note(path)
      return own.thing(path)
    }
    noting.garment = { source in
      if case .file(let path) = source { note(path) }
      return own.garment(source)
    }
    noting.motion = { request in
      ([request.path] + [request.bones].compactMap(\.self)).forEach(note)
      return own.motion(request)
    }
    noting.pictureFault = { path in
      note(path)
      return own.pictureFault(path)
    }
    return noting
  }
}
