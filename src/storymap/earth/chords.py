"""The least distance between straight segments in space, for whole arrays."""

from __future__ import annotations

import numpy as np

from storymap.earth.ellipsoid import Floats


def between_segments(p0: Floats, p1: Floats, q0: Floats, q1: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the distance between segments p and q, and where on each (0..1) it is taken; all ends are (n, 3).

    The least distance is taken at an end of one of them, or where both lines come nearest if that lies inside both.
    All five are tried, so near-parallel segments cost no accuracy.
    """
    along_p, along_q = p1 - p0, q1 - q0
    pp, qq = _dot(along_p, along_p), _dot(along_q, along_q)
    zero, one = np.zeros(len(pp)), np.ones(len(pp))
    if not pp.any():
        u = _foot(p0, q0, along_q, qq)
        return _length(p0 - q0 - u[:, None] * along_q), zero, u
    if not qq.any():
        t = _foot(q0, p0, along_p, pp)
        return _length(p0 + t[:, None] * along_p - q0), t, zero
    r = p0 - q0
    pq, pr, qr = _dot(along_p, along_q), _dot(along_p, r), _dot(along_q, r)
    turned = pp * qq - pq * pq
    with np.errstate(divide="ignore", invalid="ignore"):
        t_in = np.nan_to_num((pq * qr - pr * qq) / turned, posinf=0.0, neginf=0.0).clip(0, 1)
    t = np.stack([zero, one, _foot(q0, p0, along_p, pp), _foot(q1, p0, along_p, pp), t_in])
    u_in = _foot(p0 + t_in[:, None] * along_p, q0, along_q, qq)
    u = np.stack([_foot(p0, q0, along_q, qq), _foot(p1, q0, along_q, qq), zero, one, u_in])
    gap = _length(r + t[..., None] * along_p - u[..., None] * along_q)
    pick = np.argmin(gap, axis=0)
    row = np.arange(len(pp))
    return gap[pick, row], t[pick, row], u[pick, row]


def foot_of(x: Floats, start: Floats, end: Floats) -> Floats:
    """Return where on segments, 0..1, points (n, 3) are nearest."""
    along = end - start
    return _foot(x, start, along, _dot(along, along))


def _foot(x: Floats, start: Floats, along: Floats, square: Floats) -> Floats:
    """Return where on a segment, 0..1, a point is nearest."""
    return (_dot(x - start, along) / np.where(square > 0, square, 1.0)).clip(0, 1)


def _dot(a: Floats, b: Floats) -> Floats:
    product: Floats = np.einsum("...k,...k->...", a, b)
    return product


def _length(a: Floats) -> Floats:
    return np.sqrt(_dot(a, a))
