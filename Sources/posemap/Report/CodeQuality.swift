internal import Export
internal import SceneFiles

/// Diagnostics in GitLab's form for merge requests: a code quality report.
///
/// See https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
enum CodeQuality {
  struct Issue: Encodable {
    struct Location: Encodable {
      var path: String
      var lines: Lines
    }
    struct Lines: Encodable { var begin: Int }

    var description: String
    var checkName: String
    var fingerprint: String
    var severity: String
    var location: Location

    enum CodingKeys: String, CodingKey {
      case description, fingerprint, severity, location
      case checkName = "check_name"
    }
  }

  /// Returns the report. An issue keeps its fingerprint if only lines move, so that GitLab can
  /// distinguish new issues from old ones.
  static func report(_ diagnostics: [Diagnostic]) -> [Issue] {
    var counts: [String: Int] = [:]
    return diagnostics.map { diagnostic in
      let path = diagnostic.file
      let parts = [
        path, diagnostic.code.rawValue, diagnostic.path?.description ?? "", diagnostic.message,
      ]
      let identity = parts.joined(separator: "\0")
      let count = counts[identity, default: 0]
      counts[identity] = count + 1
      return Issue(
        description: diagnostic.message, checkName: diagnostic.code.rawValue,
        fingerprint: FileHash.sha256(Array("\(identity)\0\(count)".utf8)),
        severity: diagnostic.severity == .error ? "major" : "minor",
        location: Issue.Location(
          path: path, lines: Issue.Lines(begin: diagnostic.location?.line ?? 1)))
    }
  }
}
