"""Files: the formats that are written, and writing whole files or none."""
