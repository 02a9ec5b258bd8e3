"""Speed, size and memory, measured side by side."""
