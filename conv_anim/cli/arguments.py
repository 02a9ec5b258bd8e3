"""Options and arguments that shells can complete, of whatever command."""

from collections.abc import Iterable
from typing import Any

import click
from click.shell_completion import CompletionItem


class PathOption(click.Option):
    """An option whose value is a path."""

    path_type = "file"

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Let the shell complete it."""
        return [CompletionItem(incomplete, type=self.path_type)]


class FolderOption(PathOption):
    """An option whose value is a folder's path."""

    path_type = "dir"


class WordOption(click.Option):
    """An option whose value is one of some words, which others check."""

    def __init__(self, names: list[str], words: Iterable[str], **how: Any) -> None:
        self.words = tuple(words)
        how = {"metavar": "|".join(self.words), **how, "type": click.UNPROCESSED}
        super().__init__(names, **how)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the words that begin so."""
        return completed(self.words, incomplete)


class WordArgument(click.Argument):
    """An argument that is one of some words, if there is any choice, or else a file."""

    def __init__(self, name: str, words: Iterable[str] = (), **how: Any) -> None:
        super().__init__([name], **how)
        self.words = tuple(words)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the words that begin so, or let the shell complete a file's name."""
        if self.words:
            return completed(self.words, incomplete)
        return [CompletionItem(incomplete, type="file")]


def completed(words: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Return the words that begin so, in any case."""
    return [CompletionItem(word) for word in words if word.lower().startswith(incomplete.lower())]
