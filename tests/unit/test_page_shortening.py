"""The client is made small without changing what it does; what cannot be told for sure is refused."""

from __future__ import annotations

from importlib.resources import files

import pytest

from storymap.page.script_tokens import ShortenError
from storymap.page.shortening import declared, shorten


@pytest.mark.parametrize(
    ("script", "short"),
    [
        ("const one = 1; // the first\nconst two = one;\n", "const a=1;const b=a;"),
        ("/** Says. */\nfunction add(one, two) {\n  return one + two;\n}\n", "function a(a,b){return a+b}"),
        # A key stays as it is written, a variable beside it does not.
        ("const one = 1;\nuse({ one, two: one, [one]: 1 });", "const a=1;use({one:a,two:a,[a]:1});"),
        ("const { one, two: { three }, four = one } = all;", "const{one:a,two:{three:b},four:c=a}=all;"),
        ("const [one, , two] = all; use(one.two, all.one?.two);", "const[a,,b]=all;use(a.two,all.one?.two);"),
        ("const o = { a() { return 1; }, get b() { return 2; } };", "const a={a(){return 1},get b(){return 2}};"),
        # One name in two scopes, one scope inside the other, and letters that a scope does not need from outside.
        ("f((one) => one + 1);\nf((one, two) => two);", "f((a)=>a+1);f((b,a)=>a);"),
        ("const far = 1;\nfunction use(near) { return near; }\nuse(far);", "const a=1;function b(a){return a}b(a);"),
        ("function use(near) { return far + near; }\nconst far = 1;", "function b(b){return a+b}const a=1;"),
        ("const one = 1; { const one = 2; use(one); }", "const a=1;{const a=2;use(a)}"),
        ("for (const one of all) use(one);", "for(const a of all)use(a);"),
        ("for (let i = 0; i < 9; i++) use(i);", "for(let a=0;a<9;a++)use(a);"),
        ("try { go(); } catch (error) { say(error); }", "try{go()}catch(a){say(a)}"),
        ("all.map(one => one.two), one => { one(); };", "all.map(a=>a.two),a=>{a()};"),
        ("function go(one = far, { two = one } = {}) {}", "function a(a=far,{two:b=a}={}){}"),
        # What a browser calls so as well keeps its name, and nothing takes the letters of what is not ours.
        ("const top = 1; const one = a + L.b; parent.go(one);", "const top=1;const b=a+L.b;parent.go(b);"),
        # Texts, patterns and what stands in a template.
        ('const one = "one , // two";', 'const a="one , // two";'),
        ("const one = `one ${one ? `${one} o` : { one }.one} o`;", "const a=`one ${a?`${a} o`:{one:a}.one} o`;"),
        ("const one = two.match(/ one[/`}] /g) ?? [];", "const a=two.match(/ one[/`}] /g)??[];"),
        ("const one = `${{ one: 1 }.one}`;", "const a=`${{one:1}.one}`;"),
        ("one = two / three / four;", "one=two/three/four;"),
        ("a = b + +c - -d + e++ + ++f;", "a=b+ +c- -d+e++ + ++f;"),
        # A line may end a statement, a semicolon may be one.
        ("one()\ntwo()\n", "one()\ntwo()"),
        ("const one = function () {}\ntwo()", "const a=function(){}\ntwo()"),
        ("const one = () => {}\n;[two].go()", "const a=()=>{}\n;[two].go()"),
        ("if (one) { two(); }\nelse { three(); }\nfour();", "if(one){two()}else{three()}four();"),
        ("{ while (one()); }", "{while(one());}"),
        ("switch (a) { case b: { c(); break; } default: d(); }", "switch(a){case b:{c();break}default:d()}"),
    ],
)  # fmt: skip
def test_what_a_script_becomes(script: str, short: str) -> None:
    assert shorten(script) == short


@pytest.mark.parametrize(
    "script",
    [
        "class One {}",
        "var one = 1;",
        "if (one) /two/.test(three);",
        "out: for (;;) break out;",
        "eval(one)",
        "f(arguments)",
        "const one = (",
        "one)",
        'const one = "a\n";',
        "one # two",
    ],
)
def test_what_is_refused(script: str) -> None:
    with pytest.raises(ShortenError):
        shorten(script)


def test_there_are_letters_for_more_names_than_there_are_letters() -> None:
    names = [f"name{n}" for n in range(200)]
    short = shorten("".join(f"const {name} = 1;" for name in names) + f"use({', '.join(names)});")
    given = short.split("use(")[1].removesuffix(");").split(",")
    assert len(set(given)) == 200
    assert max(map(len, given)) == 2
    assert not {"do", "if", "in", "of"} & set(given)


def test_what_is_short_already_stays() -> None:
    for file in files("storymap.page").joinpath("client").iterdir():
        if file.name == "boot.js":
            once = shorten(file.read_text(encoding="utf-8"))
            assert shorten(once) == once


def test_declarations_are_found_wherever_they_stand() -> None:
    script = "const a = 1, b = 2; let { c: { d } } = e; function f(g, [h]) {} i.map(({ j }) => j); k => { let l; };"
    assert declared(script) == set("adfghjkl")  # `b` too is one: it keeps its name
