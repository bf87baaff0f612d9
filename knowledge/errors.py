"""Errors of the knowledge layer.

KnowledgeError                  every message may be shown to a user
├── LoadError                   a file or an address cannot be read as a policy document
├── EmbeddingError              the embedding model cannot be prepared or loaded
├── CatalogError                the catalogue cannot be opened or written
│   ├── CatalogLockedError      another process is writing
│   └── ModelMismatchError      the catalogue was built with another embedding model
└── SearchIndexError            an index cannot be opened, built or searched
"""

from __future__ import annotations


class KnowledgeError(Exception):
    """A failure whose message says what is wrong and what to do.

    `message_zh` is shown to users of the Chinese interface, `message_en` to the others.
    """

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(message_zh)
        self.message_zh = message_zh
        self.message_en = message_en

    def message(self, language: str = "zh") -> str:
        """The sentence in `language`: "zh" or "en"."""
        return self.message_en if language == "en" else self.message_zh


class LoadError(KnowledgeError):
    """A file or an address that cannot be read as a policy document."""


class EmbeddingError(KnowledgeError):
    """The embedding model cannot be prepared, loaded or run."""


class CatalogError(KnowledgeError):
    """The catalogue cannot be opened, read or written."""


class CatalogLockedError(CatalogError):
    """Another process is writing to the catalogue."""


class ModelMismatchError(CatalogError):
    """The catalogue holds vectors of another embedding model."""


class SearchIndexError(KnowledgeError):
    """A search index cannot be opened, built or searched."""
