"""Layers, axes, steps and values: the arithmetic and the numbers, no pictures."""
