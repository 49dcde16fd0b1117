"""The implicit surface: negative inside, approximately in meters. Its parts are lofts and a polar head, smoothly
united."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import map_coordinates


def _periodic(table: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Interpolate cubically in a table with columns that wrap around."""
    pad = 4
    padded = np.concatenate([table[:, -pad:], table, table[:, :pad]], 1)
    return map_coordinates(padded, [rows, columns + pad], order=3, mode="nearest")


@dataclass
class Loft:
    """Cross-sections stacked along an axis.

    `origin` and `basis` (columns: along, angle 0, angle 90°) place it; `stations` (n) are lengths along the axis in
    meters, `centers` (n, 2) and `radii` (n, m) the sections, angle 0 along the second column. Ends are rounded by `cap`.
    """

    origin: np.ndarray
    basis: np.ndarray
    stations: np.ndarray
    centers: np.ndarray
    radii: np.ndarray
    cap: float = 0.004

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        reach = self.radii.max() + np.abs(self.centers).max()
        low = np.array([self.stations[0], -reach, -reach])
        high = np.array([self.stations[-1], reach, reach])
        corners = np.array([[(low, high)[i >> k & 1][k] for k in range(3)] for i in range(8)])
        world = corners @ self.basis.T + self.origin
        return world.min(0), world.max(0)

    def __call__(self, points: np.ndarray) -> np.ndarray:
        local = (points - self.origin) @ self.basis
        t = local[:, 0]
        row = np.interp(t, self.stations, np.arange(len(self.stations)))
        a = local[:, 1] - np.interp(t, self.stations, self.centers[:, 0])
        b = local[:, 2] - np.interp(t, self.stations, self.centers[:, 1])
        count = self.radii.shape[1]
        column = np.arctan2(b, a) / (2 * np.pi) * count % count
        side = np.hypot(a, b) - _periodic(self.radii, row, column)
        end = np.maximum(self.stations[0] - t, t - self.stations[-1])
        side, end = side + self.cap, end + self.cap
        outside = np.hypot(np.maximum(side, 0), np.maximum(end, 0))
        return outside + np.minimum(np.maximum(side, end), 0) - self.cap


@dataclass
class Polar:
    """A star-shaped solid: distance from `center` by direction, rows from +Y down, columns around from +X over +Z."""

    center: np.ndarray
    radii: np.ndarray

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        return self.center - self.radii.max(), self.center + self.radii.max()

    def __call__(self, points: np.ndarray) -> np.ndarray:
        local = points - self.center
        distance = np.linalg.norm(local, axis=1) + 1e-9
        rows, columns = self.radii.shape
        row = np.arccos(np.clip(local[:, 1] / distance, -1, 1)) / np.pi * (rows - 1)
        column = np.arctan2(local[:, 2], local[:, 0]) / (2 * np.pi) * columns % columns
        return (distance - _periodic(self.radii, row, column)) * 0.9


@dataclass
class Ball:
    """An ellipsoid with half axes along the world's."""

    center: np.ndarray
    half: np.ndarray

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        return self.center - self.half, self.center + self.half

    def __call__(self, points: np.ndarray) -> np.ndarray:
        scaled = np.linalg.norm((points - self.center) / self.half, axis=1)
        return (scaled - 1) * self.half.min()


@dataclass
class Capsule:
    """A tapered capsule between two balls."""

    start: np.ndarray
    end: np.ndarray
    radius_start: float
    radius_end: float

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        r = max(self.radius_start, self.radius_end)
        return np.minimum(self.start, self.end) - r, np.maximum(self.start, self.end) + r

    def __call__(self, points: np.ndarray) -> np.ndarray:
        along = self.end - self.start
        t = np.clip((points - self.start) @ along / (along @ along), 0, 1)
        nearest = self.start + t[:, None] * along
        return np.linalg.norm(points - nearest, axis=1) - (self.radius_start + t * (self.radius_end - self.radius_start))


FAR = 0.06


class Grid:
    """A box of samples with steps that can differ per axis; x ≥ 0 only, because bodies are symmetric."""

    def __init__(self, xs: np.ndarray, ys: np.ndarray, zs: np.ndarray):
        self.axes = (xs, ys, zs)
        self.shape = (len(xs), len(ys), len(zs))

    def sample(self, part) -> np.ndarray:
        """Return the part's field, cut off at FAR outside the box around it."""
        low, high = part.bounds()
        slices = tuple(
            slice(max(np.searchsorted(axis, l - FAR) - 1, 0), np.searchsorted(axis, h + FAR) + 1)
            for axis, l, h in zip(self.axes, low, high))
        values = np.full(self.shape, FAR, np.float32)
        box = [axis[s] for axis, s in zip(self.axes, slices)]
        if all(len(b) for b in box):
            points = np.stack(np.meshgrid(*box, indexing="ij"), -1)
            inside = part(points.reshape(-1, 3)).reshape(points.shape[:3])
            values[slices] = np.minimum(inside, FAR)
        return values

    def normal(self, values: np.ndarray) -> list[np.ndarray]:
        gradient = [g.astype(np.float32) for g in np.gradient(values, *self.axes)]
        length = np.sqrt(sum(g * g for g in gradient)) + 1e-6
        return [g / length for g in gradient]

    def union(self, a: np.ndarray, b: np.ndarray, k: float, gain: float = 0.8) -> np.ndarray:
        """The smooth union over a width `k`, which fills creases but, where two parts share one surface (their
        normals agree), adds nothing; a higher `gain` fills shallow creases too."""
        near = np.maximum(k - np.abs(a - b), 0) / k
        agree = sum(m * n for m, n in zip(self.normal(a), self.normal(b)))
        crease = np.clip((1 - agree) * gain, 0, 1)
        return np.minimum(a, b) - near * near * k / 4 * crease
