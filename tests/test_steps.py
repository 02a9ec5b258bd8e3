"""The core's cells and taps, against loops over cells."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conv_anim.core import steps
from conv_anim.core.layer import Layer
from conv_anim.core.standard import Standard
from conv_anim.core.transposed import Transposed
from conv_anim.scene.states import State
from conv_anim.views import cell_states
from tests.support.slow import (
    all_layers,
    layers,
    slow_outputs,
    slow_states,
    slow_windows,
    standard_layers,
)


@given(all_layers)
def test_resting_states_are_those_of_the_rules(layer: Layer) -> None:
    np.testing.assert_array_equal(cell_states.resting_states(layer), slow_states(layer))


@given(all_layers)
def test_output_states_are_those_of_the_rules(layer: Layer) -> None:
    before, after = (states.ravel().tolist() for states in cell_states.output_states(layer))
    assert (before, after) == slow_outputs(layer)


@given(layers)
def test_taps_are_the_cells_under_the_kernel(layer: Layer) -> None:
    rows, columns = (steps.taps(axis) for axis in layer.axes)
    fast = [{(int(y), int(x)) for y in row for x in column} for row in rows for column in columns]
    assert fast == [set(window.taps) for window in slow_windows(layer)]
    assert len(fast) == layer.n_steps


@given(layers, st.integers(0, 5), st.integers(1, 4))
def test_counts_are_those_of_the_chosen_windows(layer: Layer, first: int, every: int) -> None:
    chosen = range(first % layer.n_steps, layer.n_steps, every)
    read = steps.times_read(layer, chosen)
    expected = np.zeros_like(read)
    windows = slow_windows(layer)
    for step in chosen:
        for cell in windows[step].taps:
            expected[cell] += 1
    np.testing.assert_array_equal(read, expected)


@given(layers)
def test_readings_count_the_windows_over_each_cell(layer: Layer) -> None:
    rows, columns = (steps.readings(axis) for axis in layer.axes)
    counts = np.zeros((len(rows), len(columns)), int)
    for window in slow_windows(layer):
        for cell in window.taps:
            counts[cell] += 1
    np.testing.assert_array_equal(np.multiply.outer(rows, columns), counts)


def connections(layer: Layer) -> set[tuple[int, int, int]]:
    """Return (input cell, tap, output cell) along the rows, as the picture shows them."""
    axis = layer.axes[0]
    kinds = steps.kinds(axis)
    number = np.cumsum(kinds == State.INPUT) - 1
    return {
        (int(number[cell]), tap, output)
        for output, cells in enumerate(steps.taps(axis))
        for tap, cell in enumerate(cells)
        if kinds[cell] == State.INPUT
    }


@given(standard_layers())
def test_transposed_connections_are_the_standard_ones_read_the_other_way(layer: Standard) -> None:
    # The transposed layer has the standard one's output as its input; the taps are turned.
    # With what the stride leaves over as output padding, the way back is exact.
    op = [(axis.size - axis.span) % axis.stride for axis in layer.axes]
    back = Transposed(i=layer.output_size, k=layer.k, p=layer.p, s=layer.s, d=layer.d, op=op)
    assert back.output_size == layer.i
    k = layer.k[0]
    assert connections(back) == {
        (output, k - 1 - tap, cell) for cell, tap, output in connections(layer)
    }


@given(layers)
def test_positions_go_row_by_row(layer: Layer) -> None:
    rows, columns = layer.output_size
    expected = [[row, column] for row in range(rows) for column in range(columns)]
    assert steps.positions(layer).tolist() == expected


@pytest.mark.parametrize(
    ("layer", "unread"),
    [
        pytest.param(Standard(i=6, k=3, p=1, s=2), 15, id="last padded row and column"),
        pytest.param(Standard(i=6, k=3, p=0, s=2), 11, id="last row and column of the input"),
        pytest.param(Standard(i=7, k=2, p=0, s=3), 49 - 16, id="between windows and after"),
        pytest.param(Standard(i=5, k=3, p=1, s=1), 0, id="everything is read"),
    ],
)
def test_cells_that_no_step_reads(layer: Standard, unread: int) -> None:
    states = cell_states.resting_states(layer)
    never = [State.UNREAD_INPUT, State.UNREAD_ZERO, State.UNREAD_PADDING]
    assert np.isin(states, never).sum() == unread


def test_a_negative_padding_crops_one_ring() -> None:
    states = cell_states.resting_states(Transposed(i=3, k=2, p=2, s=3))
    gone = np.isin(states, [State.CROPPED_INPUT, State.CROPPED_ZERO])
    ring = np.ones((7, 7), bool)
    ring[1:-1, 1:-1] = False
    np.testing.assert_array_equal(gone, ring)
    assert (states == State.CROPPED_INPUT).sum() == 8
