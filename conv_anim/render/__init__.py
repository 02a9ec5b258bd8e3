"""From a scene that is laid out to patches of palette indexes."""
