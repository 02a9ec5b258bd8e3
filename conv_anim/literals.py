"""What stands in the text of a layer for itself: literals, and whole numbers worked out of some.

Nothing is evaluated; numbers are bounded, so that none of them takes long.
"""

import ast
import operator
import warnings
from collections.abc import Callable

_MOST = 10**9
_MOST_EXPONENT = 64
_DEEPEST = 50
_OPERATIONS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_PLAIN = (ast.Constant, ast.UnaryOp, ast.BinOp, ast.Tuple, ast.List)


def parsed(source: str) -> ast.expr | None:
    """Return an expression of Python's as a tree, or None if it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Python, about what others have written
            return ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def value(node: ast.expr) -> object:
    """Return a literal's value, with sums and the like of whole numbers worked out.

    None stands for itself and for anything else.
    """
    try:
        return _value(node)
    except RecursionError:
        return None


def _value(node: ast.expr) -> object:
    if isinstance(node, ast.Tuple | ast.List):
        return tuple(_value(part) for part in node.elts)
    if isinstance(node, ast.Constant):
        return node.value
    return _number(node)


def _number(node: ast.expr, deep: int = 0) -> int | None:
    """Return what whole numbers come to, if that is a whole number, and not a very large one."""
    if deep > _DEEPEST:
        return None
    number: int | None = None
    if isinstance(node, ast.Constant) and type(node.value) is int:
        number = node.value
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.UAdd | ast.USub):
        inner = _number(node.operand, deep + 1)
        number = -inner if inner is not None and isinstance(node.op, ast.USub) else inner
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        left, right = _number(node.left, deep + 1), _number(node.right, deep + 1)
        if left is None or right is None:
            return None
        if isinstance(node.op, ast.Pow) and not 0 <= right <= _MOST_EXPONENT:
            return None
        if isinstance(node.op, ast.FloorDiv | ast.Mod) and right == 0:
            return None
        number = _OPERATIONS[type(node.op)](left, right)
    return number if number is not None and abs(number) <= _MOST else None


def stands_for_itself(node: ast.expr) -> bool:
    """Return whether there are no names in an expression, whose values are unknown."""
    return all(isinstance(part, _PLAIN) for part in ast.walk(node) if isinstance(part, ast.expr))


def word(node: ast.expr) -> object:
    """Return a literal's value, or a bare name: a printed layer's words have no quotes."""
    return node.id if isinstance(node, ast.Name) else value(node)


def source(node: ast.expr) -> str:
    """Return how an expression is written, cut if it is long."""
    try:
        return ast.unparse(node)[:40]
    except RecursionError:
        return "an argument"
