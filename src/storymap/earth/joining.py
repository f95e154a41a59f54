"""Lines that were cut at the 180th meridian, put together again."""

from __future__ import annotations

from collections import Counter

import numpy as np
import shapely

from storymap.earth.ellipsoid import Floats


def joined_at_180(lines: shapely.MultiLineString) -> shapely.LineString | shapely.MultiLineString:
    """Return lines as one if they meet end to end at 180 or -180, else unchanged; longitudes run on without a jump.

    Args:
        lines: lon, lat in degrees; ends that meet elsewhere are joined already.
    """
    parts = [shapely.get_coordinates(line) for line in lines.geoms if not line.is_empty]
    meeting = Counter(float(part[k, 1]) for part in parts for k in (0, -1) if _on_seam(part[k]))
    whole = parts.pop(0)
    while parts:
        # At its start or its end the line goes on in some part, forward or backward, if just these two end there.
        found = [
            (k, turn_whole, turn_part)
            for turn_whole in (1, -1)
            for k, part in enumerate(parts)
            for turn_part in (1, -1)
            if _goes_on(whole[::turn_whole], part[::turn_part]) and meeting[float(whole[::turn_whole][-1, 1])] == 2
        ]
        if not found:
            return lines
        k, turn_whole, turn_part = found[0]
        before, after = whole[::turn_whole], parts.pop(k)[::turn_part]
        run_on = np.stack([after[:, 0] + (before[-1, 0] - after[0, 0]), after[:, 1]], axis=1)
        whole = np.concatenate([before, run_on[1:]])
    return shapely.LineString(whole)


def _goes_on(one: Floats, other: Floats) -> bool:
    return _on_seam(one[-1]) and _on_seam(other[0]) and bool(one[-1, 1] == other[0, 1])


def _on_seam(place_deg: Floats) -> bool:
    return bool(place_deg[0] % 360.0 == 180.0)
