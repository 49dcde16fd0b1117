"""Make a rigged model, as if from another program, from a body that posemap wrote: the same shape with more vertices.

usage: foreign_model.py body.glb vertices out.glb
The longest edges are halved until there are as many vertices; a middle has the weights of both ends.
"""
import sys

import numpy as np

from glb import Model

KEEPS = 4


def main(source, wanted, target):
    model = Model.read(source)
    surface = model.surface()
    while len(surface["POSITION"]) < wanted:
        surface = refined(surface, wanted - len(surface["POSITION"]))
    model.write(target, surface)


def refined(surface, count):
    """Return the surface with `count` of its longest edges halved, or all of them if there are fewer."""
    triangles, positions = surface["indices"].reshape(-1, 3), surface["POSITION"]
    sides = np.sort(triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    edges, edge_of_side = np.unique(sides, axis=0, return_inverse=True)
    lengths = np.linalg.norm(positions[edges[:, 0]] - positions[edges[:, 1]], axis=1)
    halved = np.argsort(-lengths, kind="stable")[:count]
    middle_of_edge = np.full(len(edges), -1)
    middle_of_edge[halved] = len(positions) + np.arange(len(halved))
    first, second = edges[halved].T
    joints, weights = merged_influences(surface, first, second)
    return {
        "POSITION": np.vstack([positions, (positions[first] + positions[second]) / 2]),
        "NORMAL": np.vstack([surface["NORMAL"], unit(surface["NORMAL"][first] + surface["NORMAL"][second])]),
        "JOINTS_0": np.vstack([surface["JOINTS_0"], joints]),
        "WEIGHTS_0": np.vstack([surface["WEIGHTS_0"], weights]),
        "indices": np.array(split(triangles, middle_of_edge[edge_of_side].reshape(-1, 3)), "u4").reshape(-1),
    }


def unit(vectors):
    return (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)).astype("f4")


def merged_influences(surface, first, second):
    """Return the four strongest joints of two vertices together, for each pair."""
    joints, weights = [], []
    for one, other in zip(first, second):
        sums = {}
        for vertex in (one, other):
            for joint, weight in zip(surface["JOINTS_0"][vertex], surface["WEIGHTS_0"][vertex]):
                sums[joint] = sums.get(joint, 0) + weight
        strongest = sorted(sums.items(), key=lambda item: (-item[1], item[0]))[:KEEPS]
        strongest += [(0, 0)] * (KEEPS - len(strongest))
        total = sum(weight for _, weight in strongest)
        joints.append([joint for joint, _ in strongest])
        weights.append([weight / total for _, weight in strongest])
    return np.array(joints, surface["JOINTS_0"].dtype), np.array(weights, "f4")


def split(triangles, middles):
    """Return triangles between corners and midpoints; -1 is a side that is not halved. No corner is on another's
    side."""
    result = []
    for corners, ends in zip(triangles.tolist(), middles.tolist()):
        count = sum(end >= 0 for end in ends)
        # Rotated so that the halved sides come first: one, two in a row, or all.
        turns = next(n for n in range(3) if all(ends[(n + k) % 3] >= 0 for k in range(count)))
        a, b, c = corners[turns:] + corners[:turns]
        ab, bc, ca = ends[turns:] + ends[:turns]
        result += [
            [(a, b, c)], [(a, ab, c), (ab, b, c)], [(a, ab, c), (ab, bc, c), (ab, b, bc)],
            [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)],
        ][count]
    return result


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
