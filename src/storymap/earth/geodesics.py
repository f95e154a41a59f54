"""The geodesic problems for whole arrays: how far (inverse) and where to (direct), good to some nanometres.

The method is that of C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013) 43-55,
doi 10.1007/s00190-012-0578-z; its series are in `series`. Names follow the paper: beta reduced latitude, alp azimuth,
sig arc on the auxiliary sphere, omg its longitude, lam longitude on the ellipsoid, eps the expansion parameter, s- and
c- sine and cosine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from storymap.earth import series
from storymap.earth.ellipsoid import A_M, B_M, E2, EP2, F, Floats, wrapped_deg

_TINY = 1e-150
_EPS = float(np.finfo(np.float64).eps)
_SHORT = 0.1 * _EPS**0.5 / max(E2**0.5, 0.1)  # arcs below this need no iteration (eq. 51 and after)
_MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Ways:
    """Geodesics from first points to second ones: lengths, azimuths in degrees at the first and at the second."""

    length_m: Floats
    azimuth_deg: Floats
    arrival_deg: Floats


def ways(start_deg: Floats, end_deg: Floats) -> Ways:
    """Return the shortest geodesics between positions (n, 2), lon and lat in degrees.

    Where two are equally short (points exactly opposite), the one by the north or the east is given.
    """
    start_deg, end_deg = np.broadcast_arrays(start_deg, end_deg)
    shape = start_deg.shape[:-1]
    lon12 = wrapped_deg(end_deg[..., 0].ravel() - start_deg[..., 0].ravel())
    east = np.where(lon12 < 0, -1.0, 1.0)
    lon12 = np.abs(lon12)
    lat1, lat2 = start_deg[..., 1].ravel() + 0.0, end_deg[..., 1].ravel() + 0.0  # no -0, whose sign counts below
    # Turn every pair so that -90 <= lat1 <= 0, |lat2| <= -lat1 and 0 <= lon12 <= 180; undone at the end.
    swap = np.abs(lat1) < np.abs(lat2)
    lat1, lat2 = np.where(swap, lat2, lat1), np.where(swap, lat1, lat2)
    north = np.where(lat1 < 0, 1.0, -1.0)
    lat1, lat2 = lat1 * north, lat2 * north

    sbet1, cbet1 = _reduced(lat1)
    sbet2, cbet2 = _reduced(lat2)
    # Where one of sine and cosine says that the latitudes are equal, the other, blunter there, must say so too.
    steep = cbet1 < -sbet1
    sbet2 = np.where(steep & (cbet2 == cbet1), np.copysign(sbet1, sbet2), sbet2)
    cbet2 = np.where(~steep & (np.abs(sbet2) == -sbet1), cbet1, cbet2)
    dn1, dn2 = np.sqrt(1 + EP2 * sbet1**2), np.sqrt(1 + EP2 * sbet2**2)
    # The sine of a long way round is taken from the small angle to 180.
    slam12 = np.sin(np.radians(np.where(lon12 > 90, 180 - lon12, lon12)))
    clam12 = np.cos(np.radians(lon12))
    slam12 = np.where(lon12 == 180, 0.0, slam12)

    length = np.zeros_like(lon12)
    salp1, calp1, salp2, calp2 = (np.zeros_like(lon12) for _ in range(4))
    done = np.zeros_like(lon12, dtype=bool)

    meridian = (lat1 == -90) | (slam12 == 0)
    if meridian.any():
        m = np.flatnonzero(meridian)
        csig1, csig2 = clam12[m] * cbet1[m], cbet2[m]
        sig12 = _between(sbet1[m], csig1, sbet2[m], csig2)
        eps = series.expansion(np.full(m.size, EP2))
        s, reduced = _lengths(eps, sig12, sbet1[m], csig1, dn1[m], sbet2[m], csig2, dn2[m])
        good = (sig12 < 1) | (reduced >= 0)
        g = m[good]
        length[g], done[g] = s[good] * B_M, True
        salp1[g], calp1[g], salp2[g], calp2[g] = slam12[g], clam12[g], 0.0, 1.0

    equator = ~done & (sbet1 == 0) & (lon12 <= 180 * (1 - F))
    length[equator] = A_M * np.radians(lon12[equator])
    salp1[equator] = salp2[equator] = 1.0
    done |= equator

    rest = np.flatnonzero(~done)
    if rest.size:
        found = _solve(
            sbet1[rest], cbet1[rest], dn1[rest], sbet2[rest], cbet2[rest], dn2[rest], slam12[rest], clam12[rest],
            np.radians(lon12[rest]),
        )  # fmt: skip
        length[rest], salp1[rest], calp1[rest], salp2[rest], calp2[rest] = found

    if not (length >= 0).all():
        raise AssertionError("a way is shorter than nothing, or no number: no search for the least would end")
    # Where the points were swapped, the way was found backwards: north turns to south, but east stays east, as the
    # longitude was turned with the points.
    turned = north * np.where(swap, -1.0, 1.0)
    leave = np.where(swap, salp2, salp1) * east, np.where(swap, calp2, calp1) * turned
    arrive = np.where(swap, salp1, salp2) * east, np.where(swap, calp1, calp2) * turned
    return Ways(
        length.reshape(shape), *(np.degrees(np.arctan2(*azimuth)).reshape(shape) for azimuth in (leave, arrive))
    )


def goals(start_deg: Floats, azimuth_deg: Floats, length_m: Floats) -> Floats:
    """Return the positions (n, 2) that lie `length_m` from `start_deg` (n, 2) along geodesics at these azimuths.

    Longitudes are continuous with the start's: they may leave -180..180.
    """
    alp1 = np.radians(azimuth_deg)
    salp1, calp1 = np.sin(alp1), np.cos(alp1)
    sbet1, cbet1 = _reduced(start_deg[..., 1])
    salp0, calp0 = salp1 * cbet1, np.hypot(calp1, salp1 * sbet1)
    somg1 = salp0 * sbet1
    csig1 = np.where((sbet1 != 0) | (calp1 != 0), cbet1 * calp1, 1.0)
    comg1 = csig1
    ssig1, csig1 = _unit(sbet1, csig1)
    k2 = calp0**2 * EP2
    eps = series.expansion(k2)
    a1, c1 = 1 + series.a1m1(eps), series.c1(eps)
    b11 = series.sines(ssig1, csig1, c1)
    stau1 = ssig1 * np.cos(b11) + csig1 * np.sin(b11)
    ctau1 = csig1 * np.cos(b11) - ssig1 * np.sin(b11)
    tau12 = length_m / (B_M * a1)
    s, c = np.sin(tau12), np.cos(tau12)
    b12 = -series.sines(stau1 * c + ctau1 * s, ctau1 * c - stau1 * s, series.c1_reversed(eps))
    sig12 = tau12 - (b12 - b11)
    s, c = np.sin(sig12), np.cos(sig12)
    ssig2, csig2 = ssig1 * c + csig1 * s, csig1 * c - ssig1 * s
    sbet2 = calp0 * ssig2
    cbet2 = np.maximum(np.hypot(salp0, calp0 * csig2), _TINY)
    side = np.where(np.signbit(salp0), -1.0, 1.0)
    omg12 = side * (
        sig12
        - (np.arctan2(ssig2, csig2) - np.arctan2(ssig1, csig1))
        + (np.arctan2(side * salp0 * ssig2, csig2) - np.arctan2(side * somg1, comg1))
    )
    c3 = series.c3(eps)
    b312 = series.sines(ssig2, csig2, c3) - series.sines(ssig1, csig1, c3)
    lam12 = omg12 - F * series.a3(eps) * salp0 * (sig12 + b312)
    return np.stack([start_deg[..., 0] + np.degrees(lam12), np.degrees(np.arctan2(sbet2, (1 - F) * cbet2))], axis=-1)


def _solve(
    sbet1: Floats, cbet1: Floats, dn1: Floats, sbet2: Floats, cbet2: Floats, dn2: Floats,
    slam12: Floats, clam12: Floats, lam12: Floats,
) -> tuple[Floats, Floats, Floats, Floats, Floats]:  # fmt: skip
    """Find the azimuth at the first point that meets the second: Newton's method, kept in a shrinking bracket."""
    # First guess: a great circle of the auxiliary sphere, its longitude stretched by the mean latitude (eq. 48-51).
    sbetm2 = (sbet1 + sbet2) ** 2
    sbetm2 = sbetm2 / np.maximum(sbetm2 + (cbet1 + cbet2) ** 2, _TINY)
    dnm = np.sqrt(1 + EP2 * sbetm2)
    omg12 = lam12 / ((1 - F) * dnm)
    sbet12 = sbet2 * cbet1 - cbet2 * sbet1
    close = (cbet2 * cbet1 + sbet2 * sbet1 >= 0) & (sbet12 < 0.5) & (cbet2 * lam12 < 0.5)
    somg, comg = np.where(close, np.sin(omg12), slam12), np.where(close, np.cos(omg12), clam12)
    salp1 = cbet2 * somg
    # 1 - cos of a longitude difference under a right angle, without loss of digits.
    versin = np.where(comg >= 0, somg**2 / (1 + np.abs(comg)), 1 - comg)
    calp1 = np.where(
        comg >= 0, sbet12 + cbet2 * sbet1 * versin, sbet2 * cbet1 + cbet2 * sbet1 - cbet2 * sbet1 * (1 + comg)
    )
    ssig = np.hypot(salp1, calp1)
    csig = sbet1 * sbet2 + cbet1 * cbet2 * comg
    short = close & (ssig < _SHORT)
    # Two points in one place have no azimuth: north, as good as any.
    calp1 = np.where(ssig == 0, 1.0, calp1)
    s_short = np.arctan2(ssig, csig) * B_M * dnm
    salp2 = cbet1 * somg
    calp2 = sbet12 - cbet1 * sbet2 * np.where(comg >= 0, versin, 1 - comg)
    calp2 = np.where(ssig == 0, 1.0, calp2)
    salp1, calp1 = _unit(np.maximum(salp1, _TINY), calp1)
    salp2, calp2 = _unit(salp2, calp2)
    length = s_short

    todo = np.flatnonzero(~short)
    near = np.zeros(lam12.size, dtype=bool)
    low = np.stack([np.full(lam12.size, _TINY), np.ones(lam12.size)])  # alp1 just east of north ...
    high = np.stack([np.full(lam12.size, _TINY), -np.ones(lam12.size)])  # ... and just east of south
    for step in range(_MOST_STEPS):
        if not todo.size:
            break
        t = todo
        sa, ca = salp1[t], calp1[t]
        error, slope, sa2, ca2, part = _miss(
            sa, ca, sbet1[t], cbet1[t], dn1[t], sbet2[t], cbet2[t], dn2[t], slam12[t], clam12[t]
        )
        over = error > 0
        tight = np.where(over, ca / sa > high[1, t] / high[0, t], ca / sa < low[1, t] / low[0, t])
        for bracket, mine in ((high, over & tight), (low, (error < 0) & tight)):
            bracket[0, t[mine]], bracket[1, t[mine]] = sa[mine], ca[mine]
        turn = -error / np.where(slope > 0, slope, np.inf)
        sa_new = sa * np.cos(turn) + ca * np.sin(turn)
        ca_new = ca * np.cos(turn) - sa * np.sin(turn)
        newton = (slope > 0) & (np.abs(turn) < np.pi) & (sa_new > 0)
        # Rounding leaves an error of a few eps: once within sixteen, half of that is the end.
        ended = (np.abs(error) < np.where(near[t], 8, 1) * _EPS) | (step == _MOST_STEPS - 1)
        near[t] = newton & (np.abs(error) <= 16 * _EPS)
        if ended.any():
            e = t[ended]
            length[e] = B_M * _lengths(*(x[ended] for x in part))[0]
            salp2[e], calp2[e] = sa2[ended], ca2[ended]
        middle = _unit((low[0, t] + high[0, t]) / 2, (low[1, t] + high[1, t]) / 2)
        sa_new, ca_new = _unit(np.where(newton, sa_new, middle[0]), np.where(newton, ca_new, middle[1]))
        go = ~ended
        salp1[t[go]], calp1[t[go]] = sa_new[go], ca_new[go]
        todo = t[go]
    return length, salp1, calp1, salp2, calp2


def _miss(
    salp1: Floats, calp1: Floats, sbet1: Floats, cbet1: Floats, dn1: Floats, sbet2: Floats, cbet2: Floats, dn2: Floats,
    slam120: Floats, clam120: Floats,
) -> tuple[Floats, Floats, Floats, Floats, tuple[Floats, ...]]:  # fmt: skip
    """Return by how much longitude a geodesic misses, the slope of that, azimuth 2, and what `_lengths` needs."""
    calp1 = np.where((sbet1 == 0) & (calp1 == 0), -_TINY, calp1)
    salp0, calp0 = salp1 * cbet1, np.hypot(calp1, salp1 * sbet1)
    comg1 = calp1 * cbet1
    somg1 = salp0 * sbet1
    ssig1, csig1 = _unit(sbet1, comg1)
    same = (cbet2 == cbet1) & (np.abs(sbet2) == -sbet1)
    salp2 = np.where(cbet2 != cbet1, salp0 / cbet2, salp1)
    gap = np.where(cbet1 < -sbet1, (cbet2 - cbet1) * (cbet1 + cbet2), (sbet1 - sbet2) * (sbet1 + sbet2))
    calp2 = np.where(same, np.abs(calp1), np.sqrt(np.maximum((calp1 * cbet1) ** 2 + gap, 0)) / cbet2)
    somg2, comg2 = salp0 * sbet2, calp2 * cbet2
    ssig2, csig2 = _unit(sbet2, comg2)
    sig12 = _between(ssig1, csig1, ssig2, csig2)
    somg12 = np.maximum(0.0, comg1 * somg2 - somg1 * comg2) + 0.0  # the greater of 0 and -0 may be either
    comg12 = comg1 * comg2 + somg1 * somg2
    eta = np.arctan2(somg12 * clam120 - comg12 * slam120, comg12 * clam120 + somg12 * slam120)
    k2 = calp0**2 * EP2
    eps = series.expansion(k2)
    c3 = series.c3(eps)
    b312 = series.sines(ssig2, csig2, c3) - series.sines(ssig1, csig1, c3)
    error = eta - F * series.a3(eps) * salp0 * (sig12 + b312)
    part = (eps, sig12, ssig1, csig1, dn1, ssig2, csig2, dn2)
    flat = calp2 == 0
    slope = np.where(
        flat,
        -2 * (1 - F) * dn1 / np.where(sbet1 == 0, -_TINY, sbet1),
        _lengths(*part)[1] * (1 - F) / np.where(flat, 1.0, calp2 * cbet2),
    )
    return error, slope, salp2, calp2, part


def _lengths(
    eps: Floats, sig12: Floats, ssig1: Floats, csig1: Floats, dn1: Floats, ssig2: Floats, csig2: Floats, dn2: Floats
) -> tuple[Floats, Floats]:
    """Return the distance and the reduced length, both in units of the semi-minor axis."""
    a1, a2 = 1 + series.a1m1(eps), 1 + series.a2m1(eps)
    c1, c2 = series.c1(eps), series.c2(eps)
    b1 = series.sines(ssig2, csig2, c1) - series.sines(ssig1, csig1, c1)
    b2 = series.sines(ssig2, csig2, c2) - series.sines(ssig1, csig1, c2)
    j12 = (a1 - a2) * sig12 + a1 * b1 - a2 * b2
    return a1 * (sig12 + b1), dn2 * csig1 * ssig2 - dn1 * ssig1 * csig2 - csig1 * csig2 * j12


def _reduced(lat_deg: Floats) -> tuple[Floats, Floats]:
    """Return sine and cosine of the reduced latitude; the cosine never quite zero."""
    lat = np.radians(lat_deg)
    s, c = _unit((1 - F) * np.sin(lat), np.where(np.abs(lat_deg) == 90, 0.0, np.cos(lat)))
    return s, np.maximum(c, _TINY)


def _unit(s: Floats, c: Floats) -> tuple[Floats, Floats]:
    r = np.hypot(s, c)
    r = np.where(r == 0, 1.0, r)
    return s / r, c / r


def _between(ssig1: Floats, csig1: Floats, ssig2: Floats, csig2: Floats) -> Floats:
    angle: Floats = np.arctan2(np.maximum(0.0, csig1 * ssig2 - ssig1 * csig2) + 0.0, csig1 * csig2 + ssig1 * ssig2)
    return angle
