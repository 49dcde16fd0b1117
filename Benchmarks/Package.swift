// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "posemap", path: "..")],
  targets: [
    .executableTarget(
      name: "benchmark",
      dependencies: [
        .product(name: "Export", package: "posemap"),
        .product(name: "MapRender", package: "posemap"),
        .product(name: "PoseRig", package: "posemap"),
        .product(name: "SceneFiles", package: "posemap"),
      ],
      path: "Sources/Benchmark")
  ],
  swiftLanguageModes: [.v6]
)
