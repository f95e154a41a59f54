"""The client's modules become one script; what the linker does not understand it refuses, and never drops silently."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files

import pytest

from storymap.page.linker import LinkError, link
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
    assert [line.split("=")[0] for line in text.split("\n") if line.startswith("const $$")] == [
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
        "const $$one=(()=>{const a=1;async function b(){}const c=2;return[a,b]})();\n"
        "const $$main=(()=>{const[a,b]=$$one;function c(){return a+b()}return{start:c}})();"
    )


def test_a_module_may_take_some_of_what_another_gives() -> None:
    text = linked(
        {
            "main": 'import { c, b } from "./one.js";\nexport const d = b + c;\n',
            "one": "export const a = 1;\nexport const b = 2;\nexport const c = 3;\n",
        }
    )
    assert "const $$main=(()=>{const[,a,b]=$$one;const c=a+b;return{d:c}})();" in text


def test_an_extra_is_asked_for_by_name_by_whomever_it_is_asked() -> None:
    modules = {
        "main": "export function start() {\n  for (const extra of $$extras) extra.start();\n}\n",
        "one": "export function start() {}\n",
        "two": 'import { start } from "./one.js";\nstart();\n',
    }
    text = link("main", lambda name: modules[name], ["one", "two"])
    assert "const $$one=(()=>{function a(){}return{start:a}})();" in text
    assert "const{start:a}=$$one;a()" in text
    assert text.endswith("const $$extras=[$$one,$$two];")


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
        "class A {}",
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


def test_line_ends_do_not_matter() -> None:
    one = 'import { a } from "./one.js";\nexport const b = a;\n'
    modules = {"main": one, "one": "export const a = 1;\n"}
    assert linked({name: text.replace("\n", "\r\n") for name, text in modules.items()}) == linked(modules)


def test_every_statement_of_the_client_is_in_its_scripts() -> None:
    """What the modules ask of objects and do stands in a linked script, as often; tiles have one of their own."""
    folder = files("storymap.page").joinpath("client")

    def read(name: str) -> str:
        return folder.joinpath(f"{name}.js").read_text(encoding="utf-8")

    text = link("main", read, EXTRAS) + "\n" + link("tiles", read)
    names = [file.name.removesuffix(".js") for file in folder.iterdir() if file.name.endswith(".js")]
    modules = [name for name in names if name not in ("boot", "narrow")]  # scripts of their own, in the head
    scripts = dict(re.findall(r"^const \$\$(\w+)=(\(\(\)=>.*?\}\)\(\);)$", text, re.MULTILINE | re.DOTALL))
    assert sorted(modules) == sorted(scripts)
    for name in modules:
        source = re.sub(r"/\*.*?\*/|^import .*?$|\s//[^\n]*$", "", read(name), flags=re.DOTALL | re.MULTILINE)
        for piece in (r"(?<!\.)\.[a-z]\w*", r"\b(?:if|for|while|return|await|new|else)\b", r"=>"):
            said = Counter(re.findall(piece, source))
            said["return"] += piece.startswith(r"\b(")  # of what the module gives
            said["=>"] += piece == "=>"
            assert said == Counter(re.findall(piece, scripts[name])), name


def test_only_the_camera_the_layers_and_tiles_know_leaflet() -> None:
    """All else can be read, and tried, without a map; another map library would change these modules."""
    client = files("storymap.page").joinpath("client")
    sources = {path.name: path.read_text(encoding="utf-8") for path in client.iterdir() if path.name.endswith(".js")}
    knowing = {name for name, text in sources.items() if re.search(r"\bL\.\w|\bL\b\s*[;,)=]", text)}
    assert knowing - {"main.js", "hand.js"} == {"layers.js", "map.js", "mosaic.js", "tiles.js"}
    types = [re.findall(r"\bL\.[\w.]+", sources[name]) for name in ("main.js", "hand.js")]
    assert types == [["L.Map", "L.Layer"], ["L.Map"]]  # in comments
