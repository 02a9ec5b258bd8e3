"""A sentence names parameters; each front end spells them."""

import pytest

from conv_anim.cli.parameters import spelled as on_the_command_line
from conv_anim.core.parse import shown
from conv_anim.errors import InputError
from conv_anim.gallery.asked import spelled as in_a_spec

SPELLINGS = {
    "name alone": ("‹max_frames›", "max_frames", "--max-frames", "max-frames"),
    "number": ("‹op=1›", "op=1", "--op 1", "op = 1"),
    "text": ("‹p=0:1›", "p='0:1'", "--p 0:1", "p = '0:1'"),
    "flag": ("‹shade=True›", "shade=True", "--shade", "shade = true"),
    "no flag": ("‹values=False›", "values=False", "--no-values", "no-values = true"),
    "own negation": ("‹loop=False›", "loop=False", "--once", "once = true"),
    "number of a word": ("‹loop=3›", "loop=3", "--loop 3", "loop = 3"),
    "floor": ("‹ceil=False›", "ceil=False", "--floor", "floor = true"),
    "two words": ("‹values›", "values", "--values", "values"),
    "blank": ("‹input=a b›", "input='a b'", "--input 'a b'", "input = 'a b'"),
    "in no table": ("‹jobs=2›", "jobs=2", "--jobs 2", "jobs = 2"),
    "axes": ("‹ndim›", "ndim", "--1d", "1d"),
    "one axis": ("‹ndim=1›", "ndim=1", "--1d", "1d = true"),
}


@pytest.mark.parametrize(
    ("marked", "in_python", "option", "word"), SPELLINGS.values(), ids=SPELLINGS
)
def test_front_ends_spell_parameters(marked: str, in_python: str, option: str, word: str) -> None:
    error = InputError(f"it is so: give {marked}")
    assert str(error) == f"it is so: give {in_python}"
    assert error.spelled(on_the_command_line) == f"it is so: give {option}"
    assert error.spelled(in_a_spec) == f"it is so: give {word}"


def test_what_a_user_gave_is_quoted_as_it_is() -> None:
    sentence = f"‹k› is {shown('--k --p')}: lower ‹k›"
    assert InputError(sentence).spelled(in_a_spec) == "k is '--k --p': lower k"
