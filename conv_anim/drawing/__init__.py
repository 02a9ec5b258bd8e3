"""Where everything is placed and how it looks, before it is pixels."""
