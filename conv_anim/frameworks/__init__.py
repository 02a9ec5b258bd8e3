"""A layer's text in each framework's words, read and written."""
