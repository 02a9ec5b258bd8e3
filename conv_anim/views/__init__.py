"""Ways of looking at a layer, from a layer to a scene: one file a view, and its row in registry."""
