"""SVG files, read: their definitions, their paths, and what their animations say of a time."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

NAMESPACE = "{http://www.w3.org/2000/svg}"

_N_NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "T": 2, "C": 6, "Z": 0}


def parsed(text: str) -> Element:
    return ElementTree.fromstring(text)


def defined(root: Element) -> dict[str, Element]:
    """Return the definitions by what refers to them."""
    return {f"#{part.get('id')}": part for part in root.find(f"{NAMESPACE}defs") or ()}


def numbers(text: str | None) -> list[float]:
    return [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text or "")]


def points(path: str | None) -> list[tuple[float, float]]:
    """Return the points of a path, those between which curves bend too, in order."""
    return [point for found in _parts(path or "") for point in found]


def _parts(path: str) -> Iterator[list[tuple[float, float]]]:
    here = start = (0.0, 0.0)
    bend: tuple[float, float] | None = None
    for letter, text in re.findall("([A-Za-z])([^A-Za-z]*)", path):
        kind, given = letter.upper(), numbers(text)
        own = _N_NUMBERS[kind]
        assert len(given) == own, f"{letter}{text}"
        if kind == "Z":
            here, bend = start, None
            continue
        from_x, from_y = here if letter.islower() else (0.0, 0.0)
        if kind in "HV":
            x, y = here
            found = [(from_x + given[0], y) if kind == "H" else (x, from_y + given[0])]
        else:
            found = [(from_x + x, from_y + y) for x, y in zip(given[::2], given[1::2], strict=True)]
        if kind == "T":
            assert bend
            found.insert(0, (2 * here[0] - bend[0], 2 * here[1] - bend[1]))
        bend = found[0] if kind in "QT" else None
        here = found[-1]
        start = here if kind == "M" else start
        yield found
