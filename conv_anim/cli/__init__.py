"""The command line: options become a layer and an animation; commands translate, nothing more."""
