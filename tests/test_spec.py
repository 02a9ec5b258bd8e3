"""Spec files: what they may say, and the sentence for each mistake."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from conv_anim import Pool, Standard, Transposed
from conv_anim.cli.commands import make
from conv_anim.core import arrays
from conv_anim.core.arrays import Numbers
from conv_anim.core.layers import KINDS
from conv_anim.errors import InputError
from conv_anim.gallery import BUILT_IN as SPEC
from conv_anim.gallery import spec
from conv_anim.gallery.entries import Gallery
from conv_anim.options import Options
from tests.support.limits import check_refused_in_limits, run_limited

ONE = '[[animation]]\nname = "x"\nlayer = "standard"\n'


def read(tmp_path: Path, text: str) -> Gallery:
    path = tmp_path / "course.toml"
    path.write_text(text, "utf-8")
    return spec.read(path)


def test_an_entry_says_what_the_command_line_says(tmp_path: Path) -> None:
    gallery = read(
        tmp_path,
        """
        title = "A course"
        [[animation]]
        name = "x"
        section = "First"
        caption = '''
            On two
            lines.'''
        layer = "standard"
        i = "5x7"
        kernel-size = 2
        p = "0:1x2"
        s = 2
        d = 2
        theme = "dark"
        step-ms = 100
        once = true
        frames = "1:2"
        """,
    )
    (entry,) = gallery.entries
    assert (gallery.title, entry.section, entry.caption) == ("A course", "First", "On two lines.")
    assert entry.animation.layer == Standard(i=(5, 7), k=2, p=((0, 1), (2, 2)), s=2, d=2)
    assert entry.animation.options == Options(theme="dark", step_ms=100, loop=False, frames=(1, 2))
    assert list(gallery.files) == ["x_dark.gif"]


@pytest.mark.parametrize(
    ("words", "layer"),
    [
        ('layer = "nn.ConvTranspose2d(1, 1, 4, stride=2)"\ni = 6',
         Transposed(i=6, k=4, p=0, s=2, has_bias=True)),
        ('layer = "transposed"\n1d = true\nto = 8\ni = 4', Transposed(i=4, to=8, ndim=1)),
        ('layer = "standard"\np = "same"\nconvention = "tf"\ns = 2\ni = 6',
         Standard(i=6, s=2, p=((0, 1), (0, 1)))),
    ],
    ids=["text", "wanted size", "named padding"],
)  # fmt: skip
def test_any_layer(tmp_path: Path, words: str, layer: object) -> None:
    (entry,) = read(tmp_path, f'[[animation]]\nname = "x"\n{words}').entries
    assert entry.animation.layer == layer
    assert list(entry.pictures) == ["light", "dark"]


def test_every_word_of_the_commands_is_known(tmp_path: Path) -> None:
    values = {"theme": '"dark"', "frames": '"1:2"', "convention": '"tf"', "mode": '"max"',
              "pad-mode": '"circular"', "input": '"ramp"', "kernel": '"ones"', "p": "0",
              "padding": "0", "to": "6", "d": "1", "dilation": "1", "seed": "2",
              "view": '"slide"', "i": "6",
              "input-size": "6", "width": "960", "size": '"800x600"',
              "output-padding": "0", "op": "0", "step-ms": "20",
              "hold-ms": "20", "max-frames": "9999",
              "max-bytes": "9999", "every": "1", "groups": "1",
              "title": '"T"', "parts": '"sum"', "hide": '"output"',
              "background": '"theme"', "channels": "1", "channel": '"2:1"',
              "order": '"position"'}  # fmt: skip
    for kind in KINDS:
        for option in make(kind).params:
            for name in option.opts + option.secondary_opts:
                word = name.lstrip("-")
                if word in ("o", "output", "format", "q", "quiet", "layer", "still"):
                    continue  # a still is no GIF
                more = "mode = 'average'\n" if word == "no-count-include-pad" else ""
                more += "c = 2\n" if word in ("channels", "order") else ""
                more += "c = 2\nview = 'matrix'\n" if word == "channel" else ""
                is_flag = getattr(option, "is_flag", False) or name in option.secondary_opts
                value = "true" if is_flag else values.get(word, 2)
                text = f'name = "x"\nlayer = "{kind}"\n{more}{word} = {value}'
                read(tmp_path, f"[[animation]]\n{text}")


def test_defaults_are_taken_where_they_mean_something(tmp_path: Path) -> None:
    gallery = read(
        tmp_path,
        """
        [defaults]
        section = "S"
        layer = "transposed"
        theme = "light"
        input-size = 6
        op = 1
        step-ms = 200
        loop = false
        [[animation]]
        name = "a"
        [[animation]]
        name = "b"
        i = 4
        layer = "standard"
        theme = "both"
        once = false
        [[animation]]
        name = "c"
        to = 11
        [[animation]]
        name = "d"
        layer = "nn.Conv2d(1, 1, 2)"
        """,
    )
    a, b, c, d = gallery.entries
    assert {entry.section for entry in gallery.entries} == {"S"}
    assert a.animation.layer == Transposed(i=6, op=1)
    assert b.animation.layer == Standard(i=4)
    assert c.animation.layer == Transposed(i=6)
    assert d.animation.layer == Standard(i=6, k=2, has_bias=True)
    assert a.animation.options == Options(theme="light", step_ms=200, loop=False)
    assert b.animation.options == Options(step_ms=200)
    assert list(gallery.files) == ["a.gif", "b.gif", "b_dark.gif", "c.gif", "d.gif"]


@pytest.mark.parametrize(
    ("words", "files"),
    [
        pytest.param("", ["a.gif", "a_dark.gif"], id="as ever"),
        pytest.param('format = "svg"', ["a.svg"], id="one for both"),
        pytest.param('format = "SVG"\ntheme = "dark"', ["a_dark.svg"], id="a dark one"),
        pytest.param('format = ["gif", "svg"]\ntheme = "auto"', ["a.svg", "a.gif"], id="auto"),
        pytest.param(
            'format = ["html", "gif", "svg"]',
            ["a.svg", "a.gif", "a_dark.gif", "a.html"],
            id="what pages show first, then other pictures",
        ),
        pytest.param(
            'format = ["pdf", "svg", "webp"]\ntheme = "auto"',
            ["a.svg", "a.webp", "a.pdf"],
            id="one to print",
        ),
        pytest.param('format = "png"\nstill = 2\ntheme = "auto"', ["a.png"], id="a still"),
    ],
)
def test_an_entry_may_have_several_formats(words: str, files: list[str], tmp_path: Path) -> None:
    gallery = read(tmp_path, f'[[animation]]\nname = "a"\nlayer = "standard"\n{words}')
    assert list(gallery.files) == files
    themes = {"a.svg": "auto", "a.gif": "auto", "a_dark.svg": "dark", "a_dark.gif": "dark"}
    for file, picture in gallery.files.items():
        assert picture.options.theme == themes.get(file, "auto")


def test_a_sweep_has_its_formats_for_each(tmp_path: Path) -> None:
    gallery = read(tmp_path, """
        [defaults]
        format = ["svg", "gif"]
        theme = "auto"
        [[sweep]]
        layer = "standard"
        k = [1, 2]
        [[sweep]]
        layer = "transposed"
        k = [2]
        format = ["html", "svg"]
        """)  # fmt: skip
    assert list(gallery.files) == [
        "standard_k1.svg", "standard_k1.gif", "standard_k2.svg", "standard_k2.gif",
        "transposed_k2.svg", "transposed_k2.html",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param("format = []", "format is []: give one or several of gif, webp, png, svg, ",
                     id="none"),
        pytest.param('format = "html"', "among them gif, webp, png or svg, which the gallery shows",
                     id="no picture"),
        pytest.param("still = 2", "still = 2 has no meaning in a GIF, and can be in .png, .svg or",
                     id="a still in what has none"),
        pytest.param('format = "png"\nstill = "all"', "still = 'all' makes several files, an entry",
                     id="several stills"),
        pytest.param('format = ["webp", "gif"]\nbackground = "transparent"',
                     "background = 'transparent' has no meaning in a GIF", id="no background"),
        pytest.param('format = ["gif", "jpg"]', "format is 'jpg': give gif", id="unknown"),
        pytest.param("format = 3", "format is 3: give a text in quotes", id="a number"),
    ],
)  # fmt: skip
def test_formats_that_cannot_be(words: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, f'[[animation]]\nname = "a"\nlayer = "standard"\n{words}')
    assert sentence in str(caught.value)


def test_no_file_is_called_as_a_page_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"'index.html' is a page of the gallery: give another"):
        read(
            tmp_path,
            '[[animation]]\nname = "index"\nlayer = "standard"\nformat = ["svg", "html"]',
        )


def test_a_sweep_crosses_its_lists(tmp_path: Path) -> None:
    gallery = read(
        tmp_path,
        """
        [[sweep]]
        layer = ["standard", "transposed"]
        caption = "k = {k}, p = {p}, {s}"
        k = [2, "3x2"]
        s = 2
        p = ["0:1"]
        theme = "dark"
        """,
    )
    assert [entry.name for entry in gallery.entries] == [
        "standard_k2_p0-1", "standard_k3x2_p0-1", "transposed_k2_p0-1", "transposed_k3x2_p0-1",
    ]  # fmt: skip
    assert gallery.entries[1].caption == "k = 3x2, p = 0:1, 2"
    assert gallery.entries[1].animation.layer == Standard(k=(3, 2), s=2, p="0:1")


def test_a_sweep_knows_the_defaults_and_has_names_for_any_value(tmp_path: Path) -> None:
    gallery = read(
        tmp_path,
        """
        [defaults]
        layer = "standard"
        i = 7
        [[sweep]]
        caption = "{{{layer}}} {i} {1d}"
        k = [2, 3]
        1d = [true]
        [[sweep]]
        layer = ["nn.Conv2d(1, 1, 3)", "nn.Conv2d(1, 1, 4)"]
        """,
    )
    names = [entry.name for entry in gallery.entries]
    assert names[:2] == ["standard_k2_1dtrue", "standard_k3_1dtrue"]
    assert all(name.startswith("sweep-2_") for name in names[2:])
    assert gallery.entries[0].caption == "{standard} 7 true"


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff" + ONE).entries


def test_a_sweep_may_name_its_files(tmp_path: Path) -> None:
    text = '[[sweep]]\nname = "n{k}-{i}"\nlayer = "standard"\ni = 6\nk = [2, 3]'
    assert [entry.name for entry in read(tmp_path, text).entries] == ["n2-6", "n3-6"]


MISTAKES = {
    "not TOML": ("title =", "course.toml' is not TOML: Invalid value"),
    "nothing": ("title = 'x'", "there is nothing to draw: add an [[animation]] or a [[sweep]]"),
    "title": (f"title = 3\n{ONE}", "title is 3: give a text in quotes"),
    "unknown table": (
        f"{ONE}\n[[animations]]",
        "animations is not known: a spec has title, defaults, animation or sweep; did you mean "
        "animation?",
    ),
    "no list of tables": ("[animation]\nname = 'x'", "write [[animation]] before each one"),
    "animation is a number": ("animation = [3]", "write [[animation]] before each one"),
    "defaults": (f"defaults = 3\n{ONE}", "defaults is 3: write it as a table, [defaults]"),
    "a default name": (f"[defaults]\nname = 'y'\n{ONE}", "defaults: name is each animation's own"),
    "a list as default": (f"[defaults]\ni = [5]\n{ONE}", "defaults: i is a list: cross it"),
    "unknown default": (f"[defaults]\nwdth = 5\n{ONE}", "defaults: wdth is not known: did you"),
    "no name": ("[[animation]]\nlayer = 'standard'", "animation 1: it has no name"),
    "unknown key": (f"{ONE}step_ms = 20", "animation 1 ('x'): step_ms is not known: did you mean "
                                          "step-ms?"),
    "output": (f"{ONE}output = '/tmp/x.gif'", "animation 1 ('x'): output has no meaning here"),
    "list": (f"{ONE}i = [5, 7]", "animation 1 ('x'): i is a list: cross it in a [[sweep]], or "
                                 'write rows and columns as "5x7"'),
    "twice": (f"{ONE}i = 5\ninput-size = 6", "animation 1 ('x'): i and input-size say the same"),
    "twice an option": (f"{ONE}loop = true\nonce = true", "loop and once say the same"),
    "no layer": ("[[animation]]\nname = 'x'", "animation 1 ('x'): it has no layer: give standard"),
    "layer": (f"{ONE}[[animation]]\nname = 'y'\nlayer = 'conv'", "animation 2 ('y'): layer is "
              "'conv': give standard"),
    "layer's text": ("[[animation]]\nname = 'x'\nlayer = 'nn.Linear(3, 4)'", "animation 1 ('x'): "),
    "flag": (f"{ONE}1d = 3", "animation 1 ('x'): 1d is 3: give true or false"),
    "unprintable": (f'title = "a\\u202e"\n{ONE}', "give characters that can be printed"),
    "an odd key": (f'{ONE}"we ird\\n" = 3', "'we ird\\n' is not known"),
    "no title": (f"title = ''\n{ONE}", "title is empty: give one, or leave it out"),
    "a very long number": (f"{ONE}i = {'9' * 5000}", "is not TOML: "),
    "a sweep's value": ("[[sweep]]\nlayer = 'standard'\nstep-ms = [100, 200.5]",
                        "sweep 1 (step-ms = 200.5): step-ms is 200.5: give a multiple of 10"),
    "theme": (f"{ONE}theme = 'pink'", "theme is 'pink': give auto, light, dark or both"),
    "theme is a table": (f"{ONE}theme = {{a = 1}}",
                         "theme is {'a': 1}: give auto, light, dark or both"),
    "caption": (f"{ONE}caption = 3", "animation 1 ('x'): caption is 3: give a text in quotes"),
    "size": (f"{ONE}k = 0", "animation 1 ('x'): k is 0: give a whole number from 1"),
    "a fraction": (f"{ONE}k = 2.5", "animation 1 ('x'): k is 2.5: give a whole number from 1"),
    "kernel too large": (f"{ONE}k = 9", "animation 1 ('x'): the kernel has 9 cells (k = 9) but the "
                         "padded input only 5 (5 + 2·0): lower k, or raise i or p"),
    "option": (f"{ONE}step-ms = 5", "animation 1 ('x'): step-ms is 5: give a multiple of 10"),
    "other layer's key": (f"{ONE}op = 1", "animation 1 ('x'): op 1 has no meaning for a standard"),
    "too many frames": (f"{ONE}i = 80", "animation 1 ('x'): the animation would have 6084 frames, "
                        "more than max-frames = 5000: lower i"),
    "no lists": ("[[sweep]]\nlayer = 'standard'\nk = 3", "sweep 1: give lists to cross"),
    "empty list": ("[[sweep]]\nlayer = 'standard'\nk = []", "sweep 1: give lists to cross"),
    "one of a sweep": ("[[sweep]]\nlayer = 'standard'\nk = [3, 9]\ns = [1]",
                       "sweep 1 (k = 9, s = 1): the kernel has 9 cells"),
    "same names": ("[[sweep]]\nname = 'x'\nlayer = 'standard'\nk = [2, 3]",
                   "sweep 1 (k = 3): its file 'x.gif' is that of sweep 1 (k = 2), too"),
    "unsaid": ("[[sweep]]\nname = 'x{s}'\nlayer = 'standard'\nk = [2]",
               "sweep 1 (k = 2): name has {s}, which the sweep does not say: give {layer} or {k}"),
    "a huge sweep": ("[[sweep]]\nlayer = 'standard'\n" + "".join(
        f"{word} = {list(range(1, 101))}\n" for word in ("i", "k", "s")), "1000000 animations"),
    "duplicate": (ONE + ONE, "animation 2 ('x'): its file 'x.gif' is that of animation 1 ('x'),"),
    "differs by case": (ONE + ONE.replace('"x"', '"X"'), "its file 'X.gif' is that of animation 1"),
    "the dark one's name": (ONE + ONE.replace('"x"', '"x_dark"'), "its file 'x_dark.gif' is that"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes(tmp_path: Path, name: str) -> None:
    text, sentence = MISTAKES[name]
    with pytest.raises(ValueError, match="course") as caught:
        read(tmp_path, text)
    assert sentence in str(caught.value)
    assert "--" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "name",
    ["", "..", ".", "../x", "a/b", "a\\\\b", "/x", "x.gif", "-x", "_x", "con", "LPT1", "é", "a b",
     "x" * 101, "x\\u0000"],
)  # fmt: skip
def test_names_that_no_file_should_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"course\.toml: animation 1 .*: name is "):
        read(tmp_path, f'[[animation]]\nname = "{name}"\nlayer = "standard"')


def test_files_that_are_no_specs(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("title = 'é'".encode("latin-1"))
    sentences = {
        "none.toml": "cannot be read: No such file",
        "": "cannot be read: Is a directory",
        "latin.toml": "is not text in UTF-8",
    }
    for name, sentence in sentences.items():
        with pytest.raises(ValueError, match=sentence):
            spec.read(tmp_path / name)


def repeated(line: str, n_bytes: int) -> str:
    """Return numbered lines, as many as fit."""
    lines = [
        line.format(n=number) for number in range(n_bytes // (1 + len(line.format(n=100_000))))
    ]
    return "\n".join(lines)


SWEEP = '[[sweep]]\nlayer = "standard"\ni = {i}\nstep-ms = {ms}\nmax-frames = 10000\n'
NINE_THOUSAND = SWEEP.format(i=list(range(5, 95)), ms=list(range(50, 1050, 10)))
HUNGRY = {
    "dotted keys": (".".join("a" * 20_000) + " = 1", "a key of more than 8 parts in line 1: two"),
    "a dotted header": (f"[{'.'.join('a' * 400_000)}]", "a key of more than 8 parts in line 1"),
    "quoted parts": (ONE + " . ".join(['"a"'] * 9) + " = 1", "more than 8 parts in line 4: two"),
    "numbers as keys": (".".join("1" * 20_000) + " = 1", "a key of more than 8 parts in line 1"),
    "many dots": (repeated("[a{n}.b.c.d.e.f.g.h]", 900_000), "more than 10,000 dots in its keys"),
    "many tables": (repeated("[a{n}]", 900_000), "more than 50,000 tables and lists: make several"),
    "many lists": (repeated("a{n} = []", 900_000), "more than 50,000 tables and lists"),
    "a number before": (repeated("[{n}.5]", 900_000), "more than 50,000 tables and lists"),
    "many keys": (repeated("a{n}=1", 990_000), "course.toml: a0 is not known"),
    "many animations": ("[[animation]]\n" * 20_000, "animation: that makes 20000 animations, more "
                        "than 10000: make several specs of it"),
    "too large": ("#" * 1_000_001, "course.toml' has more than 1,000,000 bytes, the limit"),
    "a long section": (f"{NINE_THOUSAND}section = '{'s' * 90_000}'\ncaption = '{{section}}'",
                       "sweep 1: section has 90,000 letters, more than 200: shorten it"),
    "a long value": (f"{NINE_THOUSAND}input = ['{'1 ' * 45_000}']\ncaption = '{{input}}'",
                     "sweep 1: input has 90,000 letters, more than 10,000: give a file"),
    "a long list": (f"{NINE_THOUSAND}input = [{[1] * 30_000}]\ncaption = '{{input}}'",
                    "{input} of its caption has 90,000 letters, more than 2,000: shorten it"),
    "a caption of captions": (f"{NINE_THOUSAND}section = '{'s' * 200}'\n"
                              f"caption = '{'{section}' * 200}'",
                              "caption has 40,000 letters, more"),
    "a key": ("a" * 50_000 + " = 1", f"course.toml: {'a' * 36}… is not known"),
    "a key of an entry": (f"{ONE}{'a' * 50_000} = 1", f"animation 1 ('x'): {'a' * 36}… is not"),
    "a key of a sweep": (f"{NINE_THOUSAND}{'a' * 50_000} = [1]", f"sweep 1: {'a' * 36}… is not"),
    "a key in braces": (f"{NINE_THOUSAND}caption = '{{{'a' * 1_900}}}'",
                        f"caption has {{{'a' * 35}…, which the sweep does not say"),
    "a title": (f"title = '{'t' * 50_000}'\n{ONE}", "title has 50,000 letters, more than 200"),
    "a key that is there": (f"{'a' * 50_000} = 1\n" * 2, "is not TOML: "),
    "a key of a table": (f"x = {{{'a' * 50_000} = 1, {'a' * 50_000} = 1}}", "Duplicate inline"),
    "a number to quote": (f"{NINE_THOUSAND}caption = '{{k}}'\nk = [0x{'f' * 9_000}]",
                          "k is a very large number: give"),
}  # fmt: skip


@pytest.mark.parametrize("name", HUNGRY)
def test_what_would_take_much_memory_is_refused_with_little(tmp_path: Path, name: str) -> None:
    text, sentence = HUNGRY[name]
    (tmp_path / "course.toml").write_text(text, "utf-8")
    check_refused_in_limits(["gallery", "course.toml", "--check"], sentence, tmp_path)
    with pytest.raises(ValueError, match="course") as caught:
        spec.read(tmp_path / "course.toml")
    assert len(str(caught.value)) < 600 + len(str(tmp_path))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('caption = "a.b.c.d.e.f.g.h.i. [[[ {{{ \\" ."', id="a text"),
        pytest.param("caption = 'a.b.c.d.e.f.g.h.i. \" '", id="a literal text"),
        pytest.param('caption = """a.b.c.d.e.f.g.h.i."" \\""" ""\\"."""""', id="lines"),
        pytest.param("caption = '''a.b.c.d.e.f.g.h.i.'' .'''''", id="literal lines"),
        pytest.param("# a.b.c.d.e.f.g.h.i \" '", id="a comment"),
        pytest.param("bias = 0.5 # 1.2.3.4.5.6.7.8.9", id="a number"),
    ],
)
def test_only_dots_of_keys_are_counted(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conv_anim.gallery.spec_text.MAX_DOTS", 0)
    monkeypatch.setattr("conv_anim.gallery.spec_text.MAX_TABLES", 2)
    assert read(tmp_path, ONE + text).entries
    with pytest.raises(ValueError, match="tables and lists"):
        read(tmp_path, f"{ONE}{text}\n[[animation]]")
    with pytest.raises(ValueError, match="dots in its keys"):
        read(tmp_path, f"{ONE}{text}\na.b = 3")


def test_lines_may_end_as_they_do_elsewhere(tmp_path: Path) -> None:
    for end in ("\r\n", "\r"):
        (tmp_path / "x.toml").write_bytes(ONE.replace("\n", end).encode())
        assert spec.read(tmp_path / "x.toml").files


@pytest.mark.parametrize("kind", ["fifo", "device", "link to a device", "loop", "folder"])
def test_what_is_no_regular_file_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.toml"
    name, sentence = "x.toml", "spec 'x.toml' is not a regular file: copy what it gives to one"
    match kind:
        case "fifo":
            os.mkfifo(path)
        case "device":
            name, sentence = "/dev/zero", "spec '/dev/zero' is not a regular file"
        case "link to a device":
            path.symlink_to("/dev/zero")
        case "loop":
            path.symlink_to(path)
            sentence = "spec 'x.toml' cannot be read: Too many levels of symbolic links"
        case "folder":
            path.mkdir()
            sentence = "spec 'x.toml' cannot be read: Is a directory"
    for more in ([], ["--check"]):
        check_refused_in_limits(["gallery", name, *more], sentence, tmp_path)


@pytest.mark.parametrize(
    "name",
    ["x\n\n# y.toml", "\x1b[2J.toml", "x\udcff.toml", "sub/" * 300 + "x.toml", "x" * 5_000],
    ids=["lines", "a terminal's", "no text", "a long path", "a long name"],
)
def test_a_message_about_a_spec_is_one_short_line(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for text in ("", "[", "x = 1", f"{ONE}k = 0"):
        with suppress(OSError):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text)
        with pytest.raises(ValueError, match=r"(nothing|is not|cannot|is 0)") as caught:
            spec.read(name)
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 400


def test_a_file_that_many_share_is_read_once_and_kept_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.csv").write_text("\n".join(["1, 2, 3, 4"] * 4))
    reads = []

    def counted(value: object, *more: Any) -> Numbers:
        reads.append(value)
        return original(value, *more)

    original = arrays.read
    monkeypatch.setattr(arrays, "read", counted)
    text = '[[sweep]]\nlayer = "standard"\ninput = "x.csv"\nk = [2, 3]\nstep-ms = [100, 200]'
    gallery = read(tmp_path, text)
    assert reads.count("x.csv") == 1
    inputs = [animation.options.input for animation in gallery.files.values()]
    assert len(inputs) == 8
    assert len(set(map(id, inputs))) == 1
    monkeypatch.setattr("conv_anim.request.MAX_NUMBERS", 15)
    with pytest.raises(ValueError, match=r"input 'x\.csv' and the numbers before it are more than"):
        read(tmp_path, text)


def test_a_sweep_that_shares_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    rows = "\n".join(",".join(f"{(37 * row + column) % 101 / 7:.5f}" for column in range(500))
                     for row in range(500))  # fmt: skip
    (tmp_path / "x.csv").write_text(rows)
    text = f'[[sweep]]\nlayer = "standard"\ninput = "x.csv"\nstep-ms = {list(range(50, 450, 10))}\n'
    (tmp_path / "x.toml").write_text(text)
    sentence = "sweep 1 (step-ms = 50): cells would be smaller than"
    check_refused_in_limits(["gallery", "x.toml"], sentence, tmp_path)
    (tmp_path / "x.toml").write_text(f"{text}every = 20\nshade = true\nwidth = 3840\ns = 5")
    result = run_limited(["gallery", "x.toml", "--check"], tmp_path)
    assert result.stdout.startswith("x: 40 animations, 80 files\n"), result.stderr


NAMED = {  # of the guide: its own names, or ours where the picture has another one
    "no_padding_no_strides": Standard(i=4, k=3),
    "arbitrary_padding_no_strides": Standard(i=5, k=4, p=2),
    "same_padding_no_strides": Standard(i=5, k=3, p=1),
    "full_padding_no_strides": Standard(i=5, k=3, p=2),
    "no_padding_strides": Standard(i=5, k=3, s=2),
    "padding_strides": Standard(i=5, k=3, p=1, s=2),
    "padding_strides_odd": Standard(i=6, k=3, p=1, s=2),
    "dilation": Standard(i=7, k=3, d=2),
    "no_padding_no_strides_transposed": Transposed(i=2, k=3, p=0, s=1),
    "arbitrary_padding_no_strides_transposed": Transposed(i=6, k=4, p=2, s=1),
    "same_padding_no_strides_transposed": Transposed(i=5, k=3, p=1, s=1),
    "full_padding_no_strides_transposed": Transposed(i=7, k=3, p=2, s=1),
    "no_padding_strides_transposed": Transposed(i=2, k=3, p=0, s=2),
    "padding_strides_transposed": Transposed(i=3, k=3, p=1, s=2),
    "padding_strides_odd_transposed": Transposed(i=3, k=3, p=1, s=2, op=1),
}


@pytest.mark.parametrize("name", NAMED)
def test_the_built_in_set_has_every_example_of_the_guide(name: str) -> None:
    entries = spec.read(SPEC).entries
    (entry,) = (
        entry
        for entry in entries
        if entry.name == name or f"In the guide: {name}." in entry.caption
    )
    assert entry.animation.layer == NAMED[name]


def test_defaults_that_have_no_meaning_for_an_entry_are_passed_over(tmp_path: Path) -> None:
    gallery = read(
        tmp_path,
        """
        [defaults]
        kernel = "ones"
        bias = 1
        process = true
        shade = true
        [[animation]]
        name = "pool"
        layer = "pool"
        [[animation]]
        name = "stamp"
        layer = "transposed"
        view = "stamp"
        [[animation]]
        name = "plain"
        layer = "standard"
        """,
    )
    pool, stamp, plain = (entry.animation.options for entry in gallery.entries)
    assert (pool.kernel, pool.bias, pool.process, pool.shade) == ("random", 0, False, True)
    assert (stamp.bias, stamp.process, stamp.shade) == (1, False, False)
    assert (plain.bias, plain.process, plain.shade) == (1, True, True)
    with pytest.raises(ValueError, match="kernel has no meaning for a pool layer"):
        read(tmp_path, '[[animation]]\nname = "x"\nlayer = "pool"\nkernel = "ones"')


def test_words_may_be_in_any_case_and_say_how_often_it_plays(tmp_path: Path) -> None:
    layer = 'layer = "Pool"\nmode = "AVG"\ntheme = "Dark"\nview = "STACK"\n'
    words = ("loop = 3", "loop = 1", "loop = 0", "no-loop = true", "once = false", "loop = false")
    tables = [f'[[animation]]\nname = "a{at}"\n{layer}{x}' for at, x in enumerate(words)]
    entries = read(tmp_path, "\n".join(tables)).entries
    plays = [entry.animation.options.plays for entry in entries]
    assert plays == [3, 1, 0, 1, 0, 1]
    for entry in entries:
        assert entry.animation.layer == Pool(mode="average")
        assert [*entry.pictures] == ["dark"]
        assert entry.animation.options.view == "stack"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(
            'theme = "drak"', "give auto, light, dark or both; did you mean dark?", id="theme"
        ),
        pytest.param('view = "slid"', "view is 'slid': give slide, stack or matrix", id="view"),
        pytest.param("loop = -1", "loop is -1: give how often it plays, from 1", id="loop"),
        pytest.param("loop = true\nno-loop = true", "loop and no-loop say the same", id="twice"),
        pytest.param("no-loop = 1", "no-loop is 1: give true or false", id="no flag"),
    ],
)
def test_mistyped_values_are_offered(words: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        read(tmp_path, f'[[animation]]\nname = "x"\nlayer = "standard"\n{words}')
    assert sentence in str(caught.value)
