internal import ArgumentParser
internal import Glibc
internal import SceneFiles

/// The choice of when to color output.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// Whether to color standard output: by default on a terminal, unless `NO_COLOR` is set.
  var isOn: Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      isatty(STDOUT_FILENO) == 1 && Self.variable("NO_COLOR").isEmpty
        && Self.variable("TERM") != "dumb"
    }
  }

  private static func variable(_ name: String) -> String {
    getenv(name).map { String(cString: $0) } ?? ""
  }
}

/// A terminal's colors by meaning; hidden characters are made visible first.
struct Palette {
  /// Whether colors are on.
  let isOn: Bool

  /// A title in bold.
  func title(_ text: String) -> String { painted(text, "1") }
  /// A character's name.
  func name(_ text: String) -> String { painted(text, "36") }
  /// A remark.
  func quiet(_ text: String) -> String { painted(text, "2") }

  /// A change, colored by its kind.
  func change(_ line: DifferenceLine) -> String {
    switch line.kind {
    case .added, .better: painted(line.text, "32")
    case .removed: painted(line.text, "31")
    case .worse: painted(line.text, "33")
    case .note: painted(line.text, "2")
    case .changed: painted(line.text, "")
    }
  }

  private func painted(_ text: String, _ code: String) -> String {
    let visible = VisibleText.line(text)
    return isOn && !code.isEmpty ? "\u{1B}[\(code)m\(visible)\u{1B}[0m" : visible
  }
}
