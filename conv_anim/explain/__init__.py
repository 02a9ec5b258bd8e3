"""The arithmetic of layers in words, tables and JSON."""
