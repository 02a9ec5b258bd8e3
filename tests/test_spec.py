"""Spec files: what they may say, and the sentence for each mistake."""

from pathlib import Path

import pytest

from conv_anim import Standard, Transposed, paths, spec
from conv_anim.build import KINDS
from conv_anim.cli.commands import make
from conv_anim.entries import Gallery
from conv_anim.options import Options

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
              "input-size": "6", "width": "960",
              "output-padding": "0", "op": "0", "step-ms": "20",
              "hold-ms": "20", "max-frames": "9999", "every": "1", "groups": "1"}  # fmt: skip
    for kind in KINDS:
        for option in make(kind).params:
            for name in option.opts + option.secondary_opts:
                word = name.lstrip("-")
                if word in ("o", "output", "q", "quiet", "layer"):
                    continue
                more = "mode = 'average'\n" if word == "no-count-include-pad" else ""
                value = "true" if getattr(option, "is_flag", False) else values.get(word, 2)
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
    assert a.animation.options == Options(step_ms=200, loop=False)
    assert b.animation.options == Options(step_ms=200)
    assert list(gallery.files) == ["a.gif", "b.gif", "b_dark.gif", "c.gif", "d.gif"]


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
    "unknown table": (f"{ONE}\n[[animations]]", "animations is not known: did you mean animation?"),
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
    "theme": (f"{ONE}theme = 'pink'", "theme is 'pink': give light, dark or both"),
    "theme is a table": (f"{ONE}theme = {{a = 1}}", "theme is {'a': 1}: give light, dark or both"),
    "caption": (f"{ONE}caption = 3", "animation 1 ('x'): caption is 3: give a text in quotes"),
    "size": (f"{ONE}k = 0", "animation 1 ('x'): k is 0: give a whole number from 1"),
    "a fraction": (f"{ONE}k = 2.5", "animation 1 ('x'): k is 2.5: give a whole number from 1"),
    "kernel too large": (f"{ONE}k = 9", "animation 1 ('x'): the kernel has 9 cells (k 9) but the "
                         "padded input only 5 (5 + 2·0): lower k, or raise i or p"),
    "option": (f"{ONE}step-ms = 5", "animation 1 ('x'): step-ms is 5: give a multiple of 10"),
    "other layer's key": (f"{ONE}op = 1", "animation 1 ('x'): op 1 has no meaning for a standard"),
    "too many frames": (f"{ONE}i = 80", "animation 1 ('x'): the animation would have 6084 frames, "
                        "more than max-frames 5000: lower i"),
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
    entries = spec.read(paths.BUILT_IN).entries
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
