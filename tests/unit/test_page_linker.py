"""The client's modules become one script; what the linker does not understand it refuses, and never drops silently."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

import pytest

from storymap.page.linker import LinkError, code_of, link
from storymap.page.scripts import EXTRAS


def linked(modules: Mapping[str, str]) -> str:
    return link("main", lambda name: modules[name])


def test_modules_stand_in_the_order_of_their_imports_and_each_once() -> None:
    text = linked(
        {
            "main": 'import { a } from "./one.js";\nimport { b } from "./two.js";\nexport const c = a + b;\n',
            "one": 'import { b } from "./two.js";\nexport const a = b;\n',
            "two": "export const b = 1;\n",
        }
    )
    assert [line.split(" = ")[0] for line in text.split("\n") if line.startswith("const $$")] == [
        "const $$two",
        "const $$one",
        "const $$main",
    ]


def test_a_module_gets_what_it_imports_and_gives_what_it_exports() -> None:
    text = linked(
        {
            "main": 'import { a, b } from "./one.js";\nexport function start() {\n  return a + b();\n}\n',
            "one": "export const a = 1;\nexport async function b() {}\nconst hidden = 2;\n",
        }
    )
    assert text == (
        '"use strict";\n'
        "const $$one = (() => {\nconst a=1;\nasync function b(){}\nconst hidden=2;\nreturn { a, b }; })();\n"
        "const $$main = (() => {const { a, b } = $$one;\n"
        "function start(){\nreturn a+b();\n}\nreturn { start }; })();"
    )


@pytest.mark.parametrize(
    "line",
    [
        'import a from "./one.js";',
        'import * as one from "./one.js";',
        'import { a as b } from "./one.js";',
        'import a, { b } from "./one.js";',
        'import "./one.js";',
        "import { a } from './one.js';",
        'import { a } from "./one.js"',
        'import { a } from "../one.js";',
        'import { a } from "leaflet";',
        'import { a } from "https://example.org/one.js";',
        'export { a } from "./one.js";',
        'export * from "./one.js";',
        "export default function () {}",
        "export { a };",
        "export let a = 1;",
        "export const { a } = b;",
        "export function* a() {}",
        'const a = await import("./one.js");',
        'const a = await import ("./one.js");',
        "const a = import.meta.url;",
        "const a = `over\ntwo lines`;",
    ],
)
def test_anything_but_named_imports_and_exports_is_refused(line: str) -> None:
    with pytest.raises(LinkError, match=r"main\.js"):
        linked({"main": f"{line}\n", "one": "export const a = 1;\nexport const b = 2;\n"})


def test_a_circle_of_modules_is_refused_and_named() -> None:
    with pytest.raises(LinkError, match="main → one → main"):
        linked({"main": 'import { a } from "./one.js";\n', "one": 'import { b } from "./main.js";\n'})


def test_a_name_that_is_not_exported_is_refused() -> None:
    with pytest.raises(LinkError, match=r"main\.js: one\.js does not export b, c"):
        linked({"main": 'import { a, b, c } from "./one.js";\n', "one": "export const a = 1;\nconst b = 2;\n"})


def test_comments_go_and_no_code_goes_with_them() -> None:
    source = (
        '/**\n * A module.\n */\n// a line\nconst a = 1; // one\nconst e = "a; // b";\n'
        "/** @type {number} */ const b = 2;\nconst c = 3;\n/** Says more. */\nconst d = 4;\n"
    )
    text = linked({"main": source})
    assert [line for line in text.split("\n") if line.startswith(("const ", "/")) and "$$" not in line] == [
        "const a=1;",
        'const e="a; // b";',
        "const b=2;",
        "const c=3;",
        "const d=4;",
    ]


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("  if (a === b) return { a, b };", "if(a===b)return{a,b};"),
        ('const text = "one , two";', 'const text="one , two";'),
        ("const text = `${a} ${b ? c : d}, e`;", "const text=`${a} ${b ? c : d}, e`;"),
        ("x = a + +b - -c - d++ + e;", "x=a + +b - -c-d++ + e;"),
        ("const found = d.match(/ ( )/g) ?? [];", "const found = d.match(/ ( )/g) ?? [];"),
        ("y = a / b * c;", "y=a / b*c;"),
        ("const at = /** @type {Point} */ (list[0]); // the first", "const at=(list[0]);"),
    ],
)
def test_room_goes_where_it_means_nothing(line: str, short: str) -> None:
    assert code_of(line) == short


def test_line_ends_do_not_matter() -> None:
    one = 'import { a } from "./one.js";\nexport const b = a;\n'
    modules = {"main": one, "one": "export const a = 1;\n"}
    assert linked({name: text.replace("\n", "\r\n") for name, text in modules.items()}) == linked(modules)


def test_every_statement_of_the_client_is_in_its_scripts() -> None:
    """The modules' lines that are neither import nor comment stand in a linked script; tiles have one of their own."""
    folder = files("storymap.page").joinpath("client")

    def read(name: str) -> str:
        return folder.joinpath(f"{name}.js").read_text(encoding="utf-8")

    text = link("main", read, EXTRAS) + "\n" + link("tiles", read)
    names = [file.name.removesuffix(".js") for file in folder.iterdir() if file.name.endswith(".js")]
    modules = [name for name in names if name != "boot"]  # boot runs before the first paint, as a script of its own
    assert sorted(modules) == sorted(
        line.split()[1][2:] for line in text.split("\n") if re.match(r"const \$\$\w+ = \(\(\) =>", line)
    )
    for name in modules:
        for line in read(name).split("\n"):
            kept = line.strip().removeprefix("export ")
            if kept and not kept.startswith(("import ", "*", "/**", "//")):
                assert f"\n{code_of(kept)}\n" in text


def test_only_the_camera_the_layers_and_tiles_know_leaflet() -> None:
    """All else can be read, and tried, without a map; another map library would change these modules."""
    client = files("storymap.page").joinpath("client")
    sources = {path.name: path.read_text(encoding="utf-8") for path in client.iterdir() if path.name.endswith(".js")}
    knowing = {name for name, text in sources.items() if re.search(r"\bL\.\w|\bL\b\s*[;,)=]", text)}
    assert knowing - {"main.js", "hand.js"} == {"layers.js", "map.js", "mosaic.js", "tiles.js"}
    types = [re.findall(r"\bL\.[\w.]+", sources[name]) for name in ("main.js", "hand.js")]
    assert types == [["L.Map", "L.Layer"], ["L.Map"]]  # in comments
