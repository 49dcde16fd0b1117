"""Cross-sections of a reference body: the distance of its skin from an axis, station by station, all around."""
from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from reference import Reference


def hits(origins: np.ndarray, directions: np.ndarray, corners: np.ndarray, last: bool) -> np.ndarray:
    """Return the distance of the first (or last) hit of each ray on triangles (n, 3, 3), NaN where there is none."""
    a = corners[:, 0].astype(np.float32)
    e1 = corners[:, 1].astype(np.float32) - a
    e2 = corners[:, 2].astype(np.float32) - a
    out = np.full(len(origins), np.nan)
    for i, (o, d) in enumerate(zip(origins.astype(np.float32), directions.astype(np.float32))):
        p = np.cross(d, e2)
        det = (e1 * p).sum(1)
        ok = np.abs(det) > 1e-14
        inv = np.where(ok, 1 / np.where(ok, det, 1), 0)
        t0 = o - a
        u = (t0 * p).sum(1) * inv
        q = np.cross(t0, e1)
        v = (q @ d) * inv
        t = (e2 * q).sum(1) * inv
        found = t[ok & (u >= -1e-5) & (v >= -1e-5) & (u + v <= 1 + 1e-5) & (t > 1e-4)]
        if len(found):
            out[i] = found.max() if last else found.min()
    return out


def triangles_of(reference: Reference, bones: set[str]) -> np.ndarray:
    """Return the corners (n, 3, 3) of the triangles whose vertices all follow one of `bones`."""
    wanted = np.array([b in bones for b in reference.bones])[reference.bone_of_vertex]
    chosen = reference.triangles[wanted[reference.triangles].all(1)]
    return reference.vertices[chosen]


def angles(count: int) -> np.ndarray:
    return np.arange(count) * 2 * np.pi / count


def sections(
    centers: np.ndarray, axis_a: np.ndarray, axis_b: np.ndarray, corners: np.ndarray, count: int, last: bool = False
) -> np.ndarray:
    """Return radii (stations, count): angle 0 along `axis_a`, a quarter turn along `axis_b` (each (stations, 3))."""
    theta = angles(count)
    directions = np.cos(theta)[None, :, None] * axis_a[:, None] + np.sin(theta)[None, :, None] * axis_b[:, None]
    origins = np.repeat(centers[:, None], count, 1)
    return hits(origins.reshape(-1, 3), directions.reshape(-1, 3), corners, last).reshape(len(centers), count)


def filled(radii: np.ndarray, limit: float = np.inf) -> np.ndarray:
    """Return radii with gaps closed from neighbors around, then along the axis; none beyond `limit`."""
    result = np.where(radii > limit, np.nan, radii)
    for row in result:
        good = np.flatnonzero(~np.isnan(row))
        if len(good) >= 3:
            n = len(row)
            x = np.concatenate([good - n, good, good + n])
            row[:] = np.interp(np.arange(n), x, np.tile(row[good], 3))
    for column in result.T:
        good = np.flatnonzero(~np.isnan(column))
        column[:] = np.interp(np.arange(len(column)), good, column[good])
    return result


def smoothed(radii: np.ndarray, along: float, around: float) -> np.ndarray:
    """Return Gaussian smoothing in units of stations and of angle steps."""
    if around > 0:
        radii = gaussian_filter1d(radii, around, axis=1, mode="wrap")
    return gaussian_filter1d(radii, along, axis=0, mode="nearest") if along > 0 else radii


def mirror_symmetric(radii: np.ndarray) -> np.ndarray:
    """Return the mean of radii and their mirror image at the plane of angle ±90°."""
    count = radii.shape[1]
    mirrored = radii[:, (count // 2 - np.arange(count)) % count]
    return (radii + mirrored) / 2
