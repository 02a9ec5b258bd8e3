"""Who may import whom, and what stays unloaded until it is needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import conv_anim

PACKAGE = Path(conv_anim.__file__).parent

# Each module knows only those further down this list, besides the packages named with it.
HOUSE = {
    "__main__": set(),
    "cli.__init__": {"click"},
    "cli.commands": {"click"},
    "cli.gallery": {"click"},
    "cli.parameters": {"click"},
    "cli.shell": {"click"},
    "__init__": set(),
    "executors": {"distributed"},
    "gallery": set(),
    "page": set(),
    "spec": set(),
    "spec_text": set(),
    "entries": set(),
    "request": set(),
    "animation": {"numpy"},
    "files": {"imageio", "PIL", "numpy"},
    "manifest": set(),
    "render": {"numpy"},
    "sprites": {"matplotlib", "numpy"},
    "palette": {"matplotlib", "numpy"},
    "typeset": {"numpy"},
    "layout": set(),
    "stand": set(),
    "pen": set(),
    "brush": {"matplotlib", "numpy"},
    "lettering": {"matplotlib"},
    "stream": {"numpy"},
    "compare": set(),
    "explain": {"numpy"},
    "views.process": {"numpy"},
    "views.both": {"numpy"},
    "views.stack": set(),
    "views.matrix": {"numpy"},
    "views.slide": {"numpy"},
    "views.stamp": {"numpy"},
    "views.stamped": {"numpy"},
    "views.figures": {"numpy"},
    "views.strings": {"numpy"},
    "views.legends": set(),
    "views.words": set(),
    "scene": {"numpy"},
    "values": {"numpy"},
    "filters": {"numpy"},
    "unrolled": {"numpy"},
    "steps": {"numpy"},
    "frameworks": set(),
    "options": set(),
    "sources": set(),
    "images": {"numpy", "PIL"},
    "pixels": {"PIL"},
    "arrays": {"numpy"},
    "tables": set(),
    "rows": set(),
    "paths": set(),
    "views.__init__": set(),
    "views.arrange": set(),
    "pace": set(),
    "stages": set(),
    "fit": set(),
    "tile": set(),
    "arrangement": set(),
    "numerals": set(),
    "theme": set(),
    "cells": set(),
    "build": set(),
    "torch_text": set(),
    "standard": set(),
    "transposed": set(),
    "pool": set(),
    "layer": set(),
    "sliding": set(),
    "padding": set(),
    "parse": set(),
    "errors": set(),
    "version": set(),
}

# What is written and what is drawn know nothing of layers; what is seen knows no colours.
LAYERS = {"layer", "standard", "transposed", "pool"}
STRANGERS = {
    "executors": {"gallery", "spec", "animation"},
    "page": {"spec"},
    "manifest": {*LAYERS, "spec", "animation"},
    "files": {*LAYERS, "scene", "theme", "render", "layout"},
    "render": {*LAYERS, "steps", "values", "views", "files"},
    "sprites": {*LAYERS, "steps", "values", "views", "files"},
    "typeset": {*LAYERS, "steps", "scene", "views", "files"},
    "brush": {*LAYERS, "steps", "scene", "views", "files"},
    "layout": {*LAYERS, "steps", "views", "files"},
    **{
        f"views.{name}": {"theme", "layout", "pen", "tile", "render", "sprites", "options", "cli"}
        for name in (
            "slide",
            "stack",
            "stamp",
            "stamped",
            "both",
            "matrix",
            "process",
            "figures",
            "words",
        )
    },
    "pen": {*LAYERS, "steps", "views", "files"},
    "stand": {*LAYERS, "steps", "views", "files"},
    "tile": {*LAYERS, "scene", "theme"},
    "arrangement": {*LAYERS, "views"},
    "stages": {"scene", "theme", "views"},
    "pace": {"scene", "theme", "views"},
    "unrolled": {"scene", "theme", "views"},
    "values": {"scene", "theme", "views"},
    "steps": {"scene", "theme"},
    "scene": {*LAYERS, "theme"},
}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def imports(name: str) -> tuple[set[str], set[str]]:
    """Return (other packages, our modules) that a module imports, wherever in its text."""
    tree = ast.parse((PACKAGE / Path(*name.split("."))).with_suffix(".py").read_text("utf-8"))
    others, ours = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            others |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "conv_anim":
            named = {alias.name for alias in node.names}
            ours |= {"views.__init__" if name == "views" else name for name in named}
        elif isinstance(node, ast.ImportFrom) and node.module:
            top, _, rest = node.module.partition(".")
            if top != "conv_anim":
                others.add(top)
            elif rest == "views":
                named = {f"views.{alias.name}" for alias in node.names}
                ours |= {name if name in HOUSE else "views.__init__" for name in named}
            elif rest == "cli":
                ours.add("cli.__init__")
            else:
                ours.add(rest)
    return others - set(sys.stdlib_module_names), ours


def test_every_module_has_its_place() -> None:
    assert {name_of(path) for path in PACKAGE.rglob("*.py")} == set(HOUSE)


@pytest.mark.parametrize("name", HOUSE)
def test_modules_import_only_what_they_may(name: str) -> None:
    others, ours = imports(name)
    below = list(HOUSE)[list(HOUSE).index(name) + 1 :]
    assert others <= HOUSE[name]
    assert ours <= set(below)
    assert not {module for module in ours if module.split(".")[0] in STRANGERS.get(name, set())}


def loaded_after(code: str) -> set[str]:
    """Return the packages loaded after running *code* in a fresh interpreter."""
    program = f"import sys\n{code}\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def run(*arguments: str) -> str:
    return (
        f"from conv_anim.cli import cli\n"
        f"try: cli({list(arguments)!r}, prog_name='conv-anim')\n"
        f"except SystemExit as end: pass"
    )


HEAVY = {"numpy", "matplotlib", "imageio", "PIL"}


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import conv_anim", id="import conv_anim"),
        pytest.param("from conv_anim import Standard, animate; animate(Standard())", id="animate"),
        pytest.param(run("--help"), id="help"),
        pytest.param(run("--version"), id="version"),
        pytest.param(run("standard", "--help"), id="help of a command"),
        pytest.param(run("standard", "--nonsense"), id="unknown option"),
        pytest.param(run("standard", "--k", "9"), id="kernel too large"),
        pytest.param(run("standard", "--i", "3000"), id="cells too small"),
        pytest.param(run("standard", "--theme", "pink"), id="unknown theme"),
        pytest.param(run("explain", "standard", "--i", "0"), id="nothing to explain"),
        pytest.param(run("standard", "-o", "no/such/folder.gif"), id="no such folder"),
        pytest.param(run("gallery", "none.toml"), id="no such spec"),
    ],
)
def test_nothing_heavy_is_loaded_for(code: str) -> None:
    assert not loaded_after(code) & HEAVY


def test_an_import_loads_the_standard_library_alone() -> None:
    ours = loaded_after("import conv_anim") - set(sys.stdlib_module_names)
    without = loaded_after("") - set(sys.stdlib_module_names)
    assert ours - without == {"conv_anim"}


def test_names_are_listed_and_unknown_ones_refused() -> None:
    assert {"Standard", "Transposed", "animate"} <= set(dir(conv_anim))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        conv_anim.nonsense  # noqa: B018 - asking is the test


TESTS = Path(__file__).parent
MODULES = sorted(TESTS.rglob("*.py"))
each_module = pytest.mark.parametrize(
    "path", MODULES, ids=[path.relative_to(TESTS).as_posix() for path in MODULES]
)


@each_module
def test_no_module_of_tests_imports_tests(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        named = [alias.name for alias in getattr(node, "names", []) if isinstance(alias, ast.alias)]
        if isinstance(node, ast.ImportFrom):
            named.append(node.module or "")
        assert not [name for name in named if name.split(".")[-1].startswith("test_")]


def private_names_of_animations() -> set[str]:
    (tree,) = (
        node
        for node in ast.parse((PACKAGE / "animation.py").read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name == "Animation"
    )
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return {name for name in names if name.startswith("_") and not name.endswith("_")}


@each_module
def test_no_module_of_tests_reaches_into_an_animation(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not used & private_names_of_animations()
