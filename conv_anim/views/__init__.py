"""Ways of looking at a layer: each module has one function from a layer to a scene."""
