// swift-tools-version: 6.2
import PackageDescription

// Copy this folder, and name posemap's repository instead of the path.
let package = Package(
  name: "window-scene",
  dependencies: [.package(name: "posemap", path: "../..")],
  targets: [
    .executableTarget(
      name: "window-scene",
      dependencies: [
        .product(name: "Export", package: "posemap"),
        .product(name: "MapRender", package: "posemap"),
        .product(name: "PoseRig", package: "posemap"),
        .product(name: "PosemapKit", package: "posemap"),
        .product(name: "SceneFiles", package: "posemap"),
      ],
      path: "Sources/WindowScene")
  ],
  swiftLanguageModes: [.v6]
)
