"""The vocabulary of what there is to see, without pixels and without colours."""
