"""Converts the field to an even mesh, finer at head, hands and feet."""
from __future__ import annotations

import numpy as np
import pymeshlab
from skimage.measure import marching_cubes

from body import Mannequin, sample
from field import Grid

# Edge lengths in meters.
BODY_EDGE, FACE_EDGE, HAND_EDGE, FOOT_EDGE = 0.0165, 0.0048, 0.0051, 0.0080


def steps(spans: list[tuple[float, float, float]]) -> np.ndarray:
    """Return samples over consecutive (from, to, step) spans."""
    pieces = [np.arange(a, b - step * 0.5, step) for a, b, step in spans]
    return np.concatenate(pieces + [[spans[-1][1]]])


def grid_for(m: Mannequin, coarse: float, fine: float) -> Grid:
    wrist, chin, reach = m.joints["leftHand"], m.joints["head"][1] - 0.01, m.tips["Middle"][0] + 0.015
    shoulder, top = m.joints["leftUpperArm"][1], m.joints["head"][1] + 0.26
    xs = steps([(-3 * coarse, wrist[0] - 0.02, coarse), (wrist[0] - 0.02, reach, fine)])
    ys = steps([(-0.012, 0.05, fine), (0.05, shoulder - 0.06, coarse), (shoulder - 0.06, top, fine)])
    return Grid(xs, ys, steps([(-0.2, 0.26, fine)]))


def surface(m: Mannequin, coarse: float = 0.004, fine: float = 0.0026) -> tuple[np.ndarray, np.ndarray]:
    """Return vertices and triangles of the whole, symmetric body."""
    grid = grid_for(m, coarse, fine)
    values = sample(m, grid)
    xs = grid.axes[0]
    first = np.searchsorted(xs, -1e-9)
    xs, values = xs[first:], values[first:]
    if xs[0] > 1e-6 or abs(xs[0]) > 1e-6:
        xs = xs - xs[0]
    full_x = np.concatenate([-xs[:0:-1], xs])
    full = np.concatenate([values[:0:-1], values])
    vertices, faces, _, _ = marching_cubes(full, 0.0, gradient_direction="descent")
    axes = (full_x, grid.axes[1], grid.axes[2])
    vertices = np.stack([np.interp(vertices[:, k], np.arange(len(axes[k])), axes[k]) for k in range(3)], 1)
    return vertices, faces


def _seams(m: Mannequin) -> list[tuple[str, int]]:
    """Return where parts meet under the jaw, at the nape and over the shoulders: regions, and how often to smooth
    each."""
    eye, chin, center = m.face["eye"][1], m.face["chin"][1], m.face["center"][2]
    shoulder, neck = m.joints["leftUpperArm"], m.joints["neck"][1]
    return [
        (f"(y > {chin - 0.07}) && (y < {eye - 0.062}) && (z < {center + 0.048}) && (abs(x) < 0.12)", 10),
        (f"(y > {chin - 0.02}) && (y < {eye + 0.015}) && (z < {center - 0.042}) && (abs(x) < 0.1)", 12),
        (f"(y > {shoulder[1] - 0.02}) && (y < {neck + 0.03}) && (abs(x) < {shoulder[0] + 0.03})", 8),
    ]


def remesh(m: Mannequin, vertices: np.ndarray, faces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    meshes = pymeshlab.MeshSet(verbose=False)
    meshes.add_mesh(pymeshlab.Mesh(vertices, faces))
    meshes.meshing_remove_connected_component_by_diameter(mincomponentdiag=pymeshlab.PercentageValue(20))
    meshes.apply_coord_taubin_smoothing(stepsmoothnum=3)

    def even(condition: str | None, edge: float, iterations: int) -> None:
        if condition:
            meshes.compute_selection_by_condition_per_vertex(condselect=condition)
            meshes.compute_selection_transfer_vertex_to_face(inclusive=True)
        meshes.meshing_isotropic_explicit_remeshing(
            iterations=iterations, selectedonly=bool(condition), targetlen=pymeshlab.PureValue(edge),
            featuredeg=60, checksurfdist=False)

    wrist, neck, ankle = m.joints["leftHand"][0], m.joints["head"][1] - 0.02, m.joints["leftFoot"][1]
    even(None, FACE_EDGE, 4)
    for condition, times in _seams(m):
        meshes.compute_selection_by_condition_per_vertex(condselect=condition)
        meshes.apply_coord_laplacian_smoothing(stepsmoothnum=times, cotangentweight=False, selected=True)
    hand, foot, head = f"abs(x) > {wrist - 0.015}", f"y < {ankle - 0.01}", f"y > {neck}"
    even(f"(abs(x) <= {wrist - 0.015}) && (y >= {ankle - 0.01}) && (y <= {neck})", BODY_EDGE, 8)
    even(hand, HAND_EDGE, 6)
    even(foot, FOOT_EDGE, 6)
    for condition, middle in ((f"abs(x) > {wrist - 0.045} && abs(x) < {wrist - 0.005}", 0.008),
                              (f"y > {neck - 0.03} && y < {neck + 0.008}", 0.009),
                              (f"y > {ankle - 0.02} && y < {ankle + 0.02}", 0.0095)):
        even(condition, middle, 4)
    mesh = meshes.current_mesh()
    return mesh.vertex_matrix(), mesh.face_matrix()
