"""Links the client's ES modules into one inline script, in a subset it can prove: named imports and exports only.

Each module becomes a function scope of its own, in the order of its imports. Anything else is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_IMPORT = re.compile(r'^import \{ (\w+(?:, \w+)*) \} from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_LEFTOVER = re.compile(r"^\s*(?:import|export)\b.*$|\bimport\s*[(.]", re.MULTILINE)
_COMMENT = re.compile(r"^\s*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
_TYPE = re.compile(r"/\*\* @type (?:(?!\*/).)*\*/ ?")
_TEXT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)""")
_ROOM = re.compile(r" ?([=*<>?:,&|{}();!\[\]]|=>) ?|(?<![+-]) ([+-]) (?![+-])")  # two signs in a row keep theirs
_REMARK = re.compile(r"(?<=[;,{(\[]) // [^\n]*$")


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
            that the other module does not export, or a template literal over lines.
    """
    linked: dict[str, tuple[str, list[str]]] = {}
    for name in (entry, *(extras or ())):
        _link(name, read, linked, ())
    listed = [] if extras is None else [f"const $$extras = [{', '.join(f'$${name}' for name in extras)}];"]
    return "\n".join(['"use strict";', *(text for text, _ in linked.values()), *listed])


def _link(
    name: str, read: Callable[[str], str], linked: dict[str, tuple[str, list[str]]], above: tuple[str, ...]
) -> None:
    if name in above:
        raise LinkError(f"modules import each other in a circle: {' → '.join((*above, name))}")
    if name in linked:
        return
    source = _COMMENT.sub("", read(name).replace("\r\n", "\n"))
    imports: list[tuple[str, str]] = _IMPORT.findall(source)
    for names, other in imports:
        _link(other, read, linked, (*above, name))
        if strange := set(names.split(", ")) - set(linked[other][1]):
            raise LinkError(f"{name}.js: {other}.js does not export {', '.join(sorted(strange))}")
    exports: list[str] = _EXPORT.findall(source)
    body = _EXPORT.sub("", _IMPORT.sub("", source))
    if leftover := _LEFTOVER.search(body):
        raise LinkError(f"{name}.js: cannot link '{leftover.group().strip()}'")
    if any(line.count("`") % 2 for line in body.split("\n")):
        raise LinkError(f"{name}.js: a template literal runs over lines")
    needs = "".join(f"const {{ {names} }} = $${other};" for names, other in imports)
    lines = [code_of(line) for line in body.split("\n") if line.strip()]
    text = f"const $${name} = (() => {{{needs}\n" + "\n".join(lines) + f"\nreturn {{ {', '.join(exports)} }}; }})();"
    linked[name] = text, exports


def code_of(line: str) -> str:
    """Return a line of a module without types, a remark and room that it can do without; strings stay as they are."""
    line = _TYPE.sub("", line)
    remark = _REMARK.search(line)
    if remark and all(line[: remark.start()].count(mark) % 2 == 0 for mark in "\"'`"):
        line = line[: remark.start()]
    parts = _TEXT.split(line.strip())
    # What may be a regular expression is left as it is.
    if any(re.search(r"/(?! )", part) for part in parts[::2]):
        return line.strip()
    return "".join(part if n % 2 else _ROOM.sub(r"\1\2", part) for n, part in enumerate(parts))
