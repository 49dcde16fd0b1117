// swift-tools-version: 6.2
import PackageDescription

// Warnings end a CI run, but never a user's build with a newer compiler.
let strictness: [SwiftSetting] =
  Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
  strictness + [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]

// Tests that hardly compute anything themselves take longer to optimize than to run.
let testSettings: [SwiftSetting] = settings + [.unsafeFlags(["-Onone"])]

// `posemap --version` prints the commit; the Makefile asks git for it.
let commit: [CSetting] =
  Context.environment["POSEMAP_COMMIT"].map { [.define("POSEMAP_COMMIT", to: "\"\($0)\"")] } ?? []

let package = Package(
  name: "posemap",
  products: [
    .library(name: "PoseRig", targets: ["PoseRig"]),
    .library(name: "SceneFiles", targets: ["SceneFiles"]),
    .library(name: "MapRender", targets: ["MapRender"]),
    .library(name: "Export", targets: ["Export"]),
    .library(name: "PosemapKit", targets: ["PosemapKit"]),
    .executable(name: "posemap", targets: ["posemap"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CAssimp", pkgConfig: "assimp", providers: [.apt(["libassimp-dev"])]),
    .systemLibrary(name: "CWebP", pkgConfig: "libwebp", providers: [.apt(["libwebp-dev"])]),
    .systemLibrary(name: "CMeshopt", providers: [.apt(["libmeshoptimizer-dev"])]),
    .target(name: "CPNGShim", dependencies: ["CLoops", "CPNG"]),
    .target(name: "CDracoShim", linkerSettings: [.linkedLibrary("draco")]),
    .target(name: "CBuild", cSettings: commit),
    .target(name: "CCurl"),
    .target(name: "COpenGL"),
    .target(name: "CRigs"),
    .target(name: "CResources"),
    .target(name: "CLoops"),
    .target(name: "CMalloc"),
    .target(name: "CSignals"),

    .target(name: "Processes", swiftSettings: settings),
    .target(name: "GitClient", dependencies: ["Processes"], swiftSettings: settings),
    .target(name: "PoseRig", dependencies: ["CLoops"], swiftSettings: settings),
    .target(
      name: "SceneFiles", dependencies: ["CResources", "CRigs", "MapRender", "PoseRig"],
      exclude: ["Resources"], swiftSettings: settings),
    .target(
      name: "HumanCompiler", dependencies: ["PoseRig", "SceneFiles", "CZlib"],
      swiftSettings: settings),
    .target(
      name: "RigImport",
      dependencies: [
        "PoseRig", "Processes", "SceneFiles", "CAssimp", "CDracoShim", "CMeshopt", "CPNG", "CWebP",
        "CZlib",
      ],
      exclude: ["Resources"], swiftSettings: settings),
    .target(
      name: "MapRender", dependencies: ["CLoops", "COpenGL", "PoseRig"],
      swiftSettings: settings,
      plugins: ["MapRegistry"]),
    .plugin(name: "MapRegistry", capability: .buildTool()),
    .target(
      name: "Export",
      dependencies: [
        "MapRender", "PoseRig", "SceneFiles", "COpenSSL", "CPNGShim", "CZlib",
      ],
      exclude: ["Resources"], swiftSettings: settings),
    .target(
      name: "ComfyClient",
      dependencies: [
        "CCurl", "Export", "SceneFiles",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
      ],
      swiftSettings: settings),
    .target(
      name: "PosemapKit",
      dependencies: [
        "Export", "GitClient", "HumanCompiler", "MapRender", "PoseRig", "RigImport", "SceneFiles",
      ],
      swiftSettings: settings),
    .target(
      name: "Studio",
      dependencies: [
        "Export", "MapRender", "PoseRig", "PosemapKit", "Processes", "SceneFiles",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
      ],
      exclude: ["Page", "Resources"], swiftSettings: settings),
    .executableTarget(
      name: "posemap",
      dependencies: [
        "CBuild", "CMalloc", "CSignals", "ComfyClient", "Export", "GitClient", "HumanCompiler",
        "MapRender", "PoseRig", "PosemapKit", "Processes", "RigImport", "SceneFiles", "Studio",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // Compiled with posemap, so that the tests can run it; a package of its own for those who copy it.
    .executableTarget(
      name: "window-scene",
      dependencies: ["Export", "MapRender", "PoseRig", "PosemapKit", "SceneFiles"],
      path: "Examples/swift/Sources/WindowScene", packageAccess: false,
      swiftSettings: settings),

    // In one build with the rest; `make bench` runs it.
    .executableTarget(
      name: "benchmark",
      dependencies: ["Export", "MapRender", "PoseRig", "PosemapKit", "SceneFiles", "Studio"],
      path: "Benchmarks/Sources/Benchmark", swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["CZlib", "Export", "MapRender", "PoseRig", "SceneFiles"],
      path: "Tests/TestSupport", swiftSettings: settings),
    .target(
      name: "MergeProperties", dependencies: ["PoseRig", "SceneFiles"],
      path: "Tests/MergeProperties", swiftSettings: settings),
    .executableTarget(
      name: "conformance-tool",
      dependencies: [
        "Export", "MapRender", "MergeProperties", "PoseRig", "PosemapKit", "RigImport",
        "SceneFiles",
      ],
      path: "Tests/ConformanceTool", swiftSettings: settings),
    .testTarget(
      name: "ProcessesTests", dependencies: ["Processes"], swiftSettings: testSettings),
    .testTarget(
      name: "GitClientTests", dependencies: ["GitClient", "Processes"], swiftSettings: testSettings),
    .testTarget(
      name: "HumanCompilerTests", dependencies: ["HumanCompiler", "PoseRig", "SceneFiles"],
      swiftSettings: testSettings),
    .testTarget(
      name: "RigImportTests", dependencies: ["PoseRig", "RigImport", "SceneFiles", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "PoseRigTests", dependencies: ["MapRender", "PoseRig", "SceneFiles", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "SceneFilesTests",
      dependencies: ["MapRender", "MergeProperties", "PoseRig", "SceneFiles", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "MapRenderTests",
      dependencies: ["Export", "MapRender", "PoseRig", "SceneFiles", "TestSupport"],
      exclude: ["Golden"], swiftSettings: settings),
    .testTarget(
      name: "ExportTests",
      dependencies: ["Export", "MapRender", "PoseRig", "SceneFiles", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "PosemapKitTests",
      dependencies: [
        "Export", "MapRender", "PoseRig", "PosemapKit", "RigImport", "SceneFiles", "TestSupport",
      ],
      swiftSettings: testSettings),
    .testTarget(
      name: "StudioTests",
      dependencies: [
        "Export", "MapRender", "PoseRig", "PosemapKit", "SceneFiles", "Studio", "TestSupport",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
      ],
      swiftSettings: testSettings),
    .testTarget(
      name: "CommandTests",
      dependencies: ["posemap", "Export", "MapRender", "SceneFiles", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "ComfyClientTests",
      dependencies: [
        "COpenSSL", "ComfyClient", "Export", "MapRender", "SceneFiles",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: testSettings),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
