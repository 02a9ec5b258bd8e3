"""Files: how they are written, and put in place whole or not at all."""
