"""The series of the geodesic problems, at this ellipsoid and to sixth order (Karney 2013, see `geodesics`)."""

from __future__ import annotations

import numpy as np

from storymap.earth.ellipsoid import F, Floats

_N = F / (2 - F)
# Coefficients of A3 and C3, lowest power of eps first.
_A3 = (1.0, -(1 - _N) / 2, -(1 / 4 + _N / 8 - 3 * _N**2 / 8), -(1 + 3 * _N + _N**2) / 16, -(3 + 2 * _N) / 64, -3 / 128)
_C3 = (
    (0, (1 - _N) / 4, (1 - _N**2) / 8, (3 + 3 * _N - _N**2) / 64, (5 + 2 * _N) / 128, 3 / 128),
    (0, 0, (2 - 3 * _N + _N**2) / 32, (3 - 2 * _N - 3 * _N**2) / 64, (3 + _N) / 128, 5 / 256),
    (0, 0, 0, (5 - 9 * _N + 5 * _N**2) / 192, (9 - 10 * _N) / 384, 7 / 512),
    (0, 0, 0, 0, (7 - 14 * _N) / 512, 7 / 512),
    (0, 0, 0, 0, 0, 21 / 2560),
)


def expansion(k2: Floats) -> Floats:
    """Return eps of k² (eq. 16)."""
    eps: Floats = k2 / (2 * (1 + np.sqrt(1 + k2)) + k2)
    return eps


def poly(coefficients: tuple[float, ...], x: Floats) -> Floats:
    """Return the polynomial with these coefficients, lowest power first."""
    total = np.full_like(x, coefficients[-1])
    for c in coefficients[-2::-1]:
        total = total * x + c
    return total


def sines(s: Floats, c: Floats, coefficients: tuple[Floats, ...]) -> Floats:
    """Return the sum of coefficients[k] * sin(2 (k + 1) angle), by Clenshaw's recurrence."""
    twice = 2 * (c - s) * (c + s)
    y1, y0 = np.zeros_like(s), np.zeros_like(s)
    for k in range(len(coefficients) - 1, -1, -1):
        y0, y1 = twice * y0 - y1 + coefficients[k], y0
    return 2 * s * c * y0


def a1m1(eps: Floats) -> Floats:
    """Return A1 - 1 (eq. 17)."""
    e2 = eps * eps
    return (e2 * (e2 * (e2 + 4) + 64) / 256 + eps) / (1 - eps)


def a2m1(eps: Floats) -> Floats:
    """Return A2 - 1 (eq. 42)."""
    e2 = eps * eps
    return (e2 * (e2 * (-11 * e2 - 28) - 192) / 256 - eps) / (1 + eps)


def c1(eps: Floats) -> tuple[Floats, ...]:
    """Return the coefficients C1 (eq. 18)."""
    e2 = eps * eps
    return (
        eps * ((6 - e2) * e2 - 16) / 32,
        e2 * ((64 - 9 * e2) * e2 - 128) / 2048,
        eps**3 * (9 * e2 - 16) / 768,
        e2**2 * (3 * e2 - 5) / 512,
        -7 * eps**5 / 1280,
        -7 * e2**3 / 2048,
    )


def c1_reversed(eps: Floats) -> tuple[Floats, ...]:
    """Return the coefficients C1' (eq. 21)."""
    e2 = eps * eps
    return (
        eps * (e2 * (205 * e2 - 432) + 768) / 1536,
        e2 * (e2 * (4005 * e2 - 4736) + 3840) / 12288,
        eps**3 * (116 - 225 * e2) / 384,
        e2**2 * (2695 - 7173 * e2) / 7680,
        3467 * eps**5 / 7680,
        38081 * e2**3 / 61440,
    )


def c2(eps: Floats) -> tuple[Floats, ...]:
    """Return the coefficients C2 (eq. 43)."""
    e2 = eps * eps
    return (
        eps * (e2 * (e2 + 2) + 16) / 32,
        e2 * (e2 * (35 * e2 + 64) + 384) / 2048,
        eps**3 * (15 * e2 + 80) / 768,
        e2**2 * (7 * e2 + 35) / 512,
        63 * eps**5 / 1280,
        77 * e2**3 / 2048,
    )


def a3(eps: Floats) -> Floats:
    """Return A3 (eq. 24)."""
    return poly(_A3, eps)


def c3(eps: Floats) -> tuple[Floats, ...]:
    """Return the coefficients C3 (eq. 25)."""
    return tuple(poly(c, eps) for c in _C3)
