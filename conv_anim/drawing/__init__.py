"""Where everything stands and how it looks, before it is pixels."""
