"""What the grids of a separable convolution are called, of which two layers share some."""

BETWEEN, MIXING = "between", "mixing"
"""What the roles begin with of the planes that the first layer fills, and of the 1×1 kernels."""


def of_first(grid: str) -> str:
    """Return the role that a grid of the first layer has in the whole."""
    return grid.replace("output", BETWEEN)


def of_second(grid: str) -> str:
    """Return the role that a grid of the second layer has in the whole."""
    return grid.replace("input", BETWEEN).replace("kernel", MIXING)
