"""Who may import whom, and what stays unloaded until it is needed."""

import ast
import subprocess
import sys
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from types import ModuleType

import pytest

import conv_anim
import conv_anim.gallery

PACKAGE = Path(conv_anim.__file__).parent


@dataclass(frozen=True)
class May:
    """What a wing, or a module at the top, may import besides the standard library and itself."""

    ours: str
    """Wings and modules of ours."""
    others: str = ""
    """Other packages."""


# Data goes one way: from the command line at the top of this table down to the layers.
WINGS = {
    "__main__": May("cli core.signals drawing.own_settings"),
    "cli": May(
        "gallery explain request animation option_table formats drawing views frameworks core "
        "errors version",
        "click",
    ),
    "__init__": May("animation core version"),
    "gallery": May(
        "request animation options option_table formats render drawing views frameworks core "
        "errors version",
        "jinja2 distributed",
    ),
    "request": May("animation options frameworks core errors"),
    "animation": May(
        "options option_table formats render drawing views scene core errors version",
        "matplotlib numpy",
    ),
    "options": May("option_table drawing views core errors"),
    "option_table": May("drawing views scene core errors"),
    "formats": May("render drawing scene core errors", "av imageio PIL numpy jinja2"),
    "render": May("drawing scene errors", "matplotlib numpy"),
    "drawing": May("scene errors", "matplotlib numpy"),
    "explain": May("frameworks core errors", "numpy"),
    "views": May("core scene errors", "numpy"),
    "scene": May("errors", "numpy"),
    "frameworks": May("core errors"),
    "core": May("errors", "numpy PIL"),
    "errors": May(""),
    "version": May(""),
}

# Within the gallery, what works and what keeps records know nothing of what they work for.
STRANGERS = {
    "gallery.executors": "animation request gallery",
    "gallery.page": "gallery.spec gallery.build",
    "gallery.manifest": "animation request gallery.spec gallery.build",
}

KNOWN_EXCEPTIONS: set[tuple[str, str]] = set()
"""Pairs of modules, the first of which imports the second against the table, for now."""


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


class Run(ast.NodeTransformer):
    """Leaves out what is read by type checkers alone."""

    def visit_If(self, node: ast.If) -> ast.If | None:
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else node


def imports(path: Path, *, types: bool = True) -> tuple[set[str], set[str]]:
    """Return (other packages, our modules) that a module imports, wherever in its text.

    Unless *types*, that is without what it imports for type checkers alone.
    """
    others, ours = set(), set()
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree if types else Run().visit(tree)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            found = [f"{module}.{alias.name}" for alias in node.names]
            # A package gives its own names and its modules.
            names = [
                name if name.removeprefix("conv_anim.") in MODULES else module for name in found
            ]
        for name in names:
            top, _, rest = name.partition(".")
            if top == "conv_anim":
                ours.add(rest or "__init__")
            else:
                others.add(top)
    return others - set(sys.stdlib_module_names), ours


def wing_of(module: str) -> str:
    return module.partition(".")[0]


def is_within(module: str, names: str) -> bool:
    """Return whether a module is one of *names*, or in one of these wings."""
    return bool({module, wing_of(module)} & set(names.split()))


def against_the_table() -> set[tuple[str, str]]:
    """Return each import of ours that the tables don't allow, as (module, what it imports)."""
    return {
        (name, other)
        for name, path in MODULES.items()
        for other in imports(path)[1]
        if (wing_of(other) != wing_of(name) and not is_within(other, WINGS[wing_of(name)].ours))
        or is_within(other, STRANGERS.get(name, ""))
    }


def test_nothing_but_wings_and_the_modules_named_is_at_the_top() -> None:
    assert {wing_of(name) for name in MODULES} == set(WINGS)
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == {wing_of(name) for name in MODULES if "." in name}


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_may_use_only_those_below_it(wing: str) -> None:
    below = list(WINGS)[list(WINGS).index(wing) + 1 :]
    assert {wing_of(name) for name in WINGS[wing].ours.split()} <= set(below)


def test_modules_import_only_what_their_wing_may() -> None:
    assert against_the_table() == KNOWN_EXCEPTIONS


@pytest.mark.parametrize("name", MODULES)
def test_modules_import_only_packages_that_their_wing_may(name: str) -> None:
    assert imports(MODULES[name])[0] <= set(WINGS[wing_of(name)].others.split())


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {name: imports(path, types=False)[1] for name, path in MODULES.items()}
    list(TopologicalSorter(graph).static_order())  # raises CycleError


def loaded_after(code: str) -> set[str]:
    """Return the packages loaded after running *code* in a fresh interpreter."""
    program = f"import sys\n{code}\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def run(*arguments: str) -> str:
    return (
        f"from conv_anim.cli.group import cli\n"
        f"try: cli({list(arguments)!r}, prog_name='conv-anim')\n"
        f"except SystemExit as end: pass"
    )


def complete(*words: str) -> str:
    return (
        f"import os; os.environ.update(_CONV_ANIM_COMPLETE='bash_complete', "
        f"COMP_WORDS={' '.join(['conv-anim', *words])!r}, COMP_CWORD='{len(words)}')\n{run()}"
    )


HEAVY = {"numpy", "matplotlib", "imageio", "PIL", "jinja2"}


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import conv_anim", id="import conv_anim"),
        pytest.param("import conv_anim.gallery", id="import conv_anim.gallery"),
        pytest.param("from conv_anim import Standard, animate; animate(Standard())", id="animate"),
        pytest.param(run("--help"), id="help"),
        pytest.param(run("--version"), id="version"),
        pytest.param(run("standard", "--help"), id="help of a command"),
        pytest.param(run("standard", "--nonsense"), id="unknown option"),
        pytest.param(run("standard", "--k", "9"), id="kernel too large"),
        pytest.param(run("standard", "--i", "3000"), id="cells too small"),
        pytest.param(run("standard", "--theme", "pink"), id="unknown theme"),
        pytest.param(run("explain", "standard", "--i", "0"), id="nothing to explain"),
        pytest.param(run("explain", "network", "standard k=3"), id="a network explained"),
        pytest.param(run("network", "standard k=9", "--i", "5"), id="a network without output"),
        pytest.param(run("network", *["standard k=1"] * 99), id="too many layers"),
        pytest.param(run("standard", "-o", "no/such/folder.gif"), id="no such folder"),
        pytest.param(run("gallery", "none.toml"), id="no such spec"),
        pytest.param(complete("st"), id="completing a command"),
        pytest.param(complete("standard", "--view", "s"), id="completing a view"),
    ],
)
def test_nothing_heavy_is_loaded_for(code: str) -> None:
    assert not loaded_after(code) & HEAVY


def test_completing_a_command_loads_none() -> None:
    code = complete("st") + "\nassert 'conv_anim.cli.commands' not in sys.modules"
    assert "click" in loaded_after(code)


def test_pages_are_what_loads_their_templates() -> None:
    assert "jinja2" not in loaded_after(run("gallery", "--check"))
    assert "jinja2" not in loaded_after("import conv_anim.gallery as x; x.make, x.read")


def test_an_import_loads_the_standard_library_alone() -> None:
    ours = loaded_after("import conv_anim") - set(sys.stdlib_module_names)
    without = loaded_after("") - set(sys.stdlib_module_names)
    assert ours - without == {"conv_anim"}


@pytest.mark.parametrize(
    ("package", "names"),
    [
        pytest.param(conv_anim, {"Standard", "Transposed", "animate"}, id="conv_anim"),
        pytest.param(conv_anim.gallery, {"BUILT_IN", "make", "read"}, id="conv_anim.gallery"),
    ],
)
def test_names_are_listed_and_unknown_ones_refused(package: ModuleType, names: set[str]) -> None:
    assert names <= set(package.__all__) <= set(dir(package))
    assert all(hasattr(package, name) for name in package.__all__)
    with pytest.raises(AttributeError, match=f"'{package.__name__}' has no attribute 'nonsense'"):
        package.nonsense  # noqa: B018 - asking is the test


TESTS = Path(__file__).parent
TEST_MODULES = sorted(TESTS.rglob("*.py"))
each_module = pytest.mark.parametrize(
    "path", TEST_MODULES, ids=[path.relative_to(TESTS).as_posix() for path in TEST_MODULES]
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
        for node in ast.parse((PACKAGE / "animation" / "animation.py").read_text("utf-8")).body
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
