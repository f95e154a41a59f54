"""Links the client's ES modules into one inline script, in a subset it can prove: named imports and exports only.

Each module becomes a function scope of its own, in the order of its imports, and is made small there (`shortening`).
Anything else is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from storymap.page.script_tokens import ShortenError
from storymap.page.shortening import shorten

_IMPORT = re.compile(r'^import \{ (\w+(?:, \w+)*) \} from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_LEFTOVER = re.compile(r"^\s*(?:import|export)\b.*$|\bimport\s*[(.]", re.MULTILINE)
_COMMENT = re.compile(r"^\s*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)


class LinkError(Exception):
    """A module uses something that the linker does not understand."""


def link(entry: str, read: Callable[[str], str], extras: Sequence[str] | None = None) -> str:
    """Return one script that runs the module `entry` and leaves its exports in the constant `$$entry`.

    Args:
        entry: the module's name, without `.js`.
        read: returns the source text of a module by name.
        extras: modules whose exports the constant `$$extras` lists, for `entry` to start; None where it asks for none.

    Raises:
        LinkError: a default, star or renamed import, a re-export, a dynamic import, `import.meta`, a cycle, a name
            that the other module does not export, a template literal over lines, or what `shorten` refuses.
    """
    linked: dict[str, tuple[str, list[str]]] = {}
    doors = (entry, *(extras or ()))  # their exports are asked for by name
    for name in doors:
        _link(name, read, linked, (), doors)
    listed = [] if extras is None else [f"const $$extras=[{','.join(f'$${name}' for name in extras)}];"]
    return "\n".join(['"use strict";', *(text for text, _ in linked.values()), *listed])


def _link(
    name: str,
    read: Callable[[str], str],
    linked: dict[str, tuple[str, list[str]]],
    above: tuple[str, ...],
    doors: Sequence[str],
) -> None:
    if name in above:
        raise LinkError(f"modules import each other in a circle: {' → '.join((*above, name))}")
    if name in linked:
        return
    source = _COMMENT.sub("", read(name).replace("\r\n", "\n"))
    imports: list[tuple[str, str]] = _IMPORT.findall(source)
    needs = []
    for names, other in imports:
        _link(other, read, linked, (*above, name), doors)
        offered = linked[other][1]
        if strange := set(names.split(", ")) - set(offered):
            raise LinkError(f"{name}.js: {other}.js does not export {', '.join(sorted(strange))}")
        # Exports go from module to module by their number: a name is longer.
        wanted = f"{{ {names} }}" if other in doors else f"[{', '.join(_in_place(names.split(', '), offered))}]"
        needs.append(f"const {wanted} = $${other};")
    exports: list[str] = _EXPORT.findall(source)
    body = _EXPORT.sub("", _IMPORT.sub("", source))
    if leftover := _LEFTOVER.search(body):
        raise LinkError(f"{name}.js: cannot link '{leftover.group().strip()}'")
    if any(line.count("`") % 2 for line in body.split("\n")):
        raise LinkError(f"{name}.js: a template literal runs over lines")
    gives = f"{{ {', '.join(exports)} }}" if name in doors else f"[{', '.join(exports)}]"
    try:
        text = shorten(f"const $${name} = (() => {{{''.join(needs)}\n{body}\nreturn {gives}; }})();")
    except ShortenError as error:
        raise LinkError(f"{name}.js: {error}") from error
    linked[name] = text, exports


def _in_place(names: Sequence[str], offered: Sequence[str]) -> list[str]:
    """Return the names where they stand among those that are offered, and nothing in the other places."""
    last = max(map(offered.index, names))
    return [name if name in names else "" for name in offered[: last + 1]]
