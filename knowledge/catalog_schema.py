"""The tables of the catalogue, and the steps from each version of them to the next."""

from __future__ import annotations

from collections.abc import Iterator

_TABLES = """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One row for each version of each document. Removed versions stay readable for old answers.
CREATE TABLE version (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL,
    title TEXT NOT NULL,
    issuers TEXT NOT NULL,
    document_number TEXT,
    region TEXT,
    published_on TEXT,
    effective_from TEXT,
    effective_until TEXT,
    status TEXT NOT NULL,
    supersedes TEXT NOT NULL,
    source TEXT NOT NULL,
    source_note TEXT,
    retrieved_at TEXT,
    sha256 TEXT NOT NULL,
    is_current INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    added_generation INTEGER NOT NULL,
    removed_generation INTEGER
);
CREATE INDEX version_document ON version (document_id);
CREATE INDEX version_content ON version (sha256);
CREATE INDEX version_source ON version (source);
-- The database itself guarantees one current version a document.
CREATE UNIQUE INDEX version_current ON version (document_id) WHERE is_current = 1;

-- Apart from `version`, so that listing documents does not read their texts.
CREATE TABLE version_text (
    version INTEGER PRIMARY KEY REFERENCES version,
    text TEXT NOT NULL,
    pages TEXT NOT NULL,
    headings TEXT NOT NULL
);

-- Vectors by the digest of the text they embed: unchanged text is never embedded again.
CREATE TABLE vector (
    text_digest TEXT PRIMARY KEY,
    vector BLOB NOT NULL  -- float16, unit length
) WITHOUT ROWID;

CREATE TABLE passage (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    version INTEGER NOT NULL REFERENCES version,
    document_id TEXT NOT NULL,
    text TEXT NOT NULL,
    lead_in TEXT NOT NULL,
    heading_path TEXT NOT NULL,
    article TEXT,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    page INTEGER,
    text_digest TEXT NOT NULL REFERENCES vector
);
CREATE INDEX passage_version ON passage (version, article);

CREATE TABLE fact (
    version INTEGER NOT NULL REFERENCES version,
    document_id TEXT NOT NULL,
    passage_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    region TEXT,
    subject TEXT NOT NULL,
    statement TEXT NOT NULL,
    figures TEXT NOT NULL,
    deadline TEXT,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL
);
CREATE INDEX fact_version ON fact (version);
"""

_EDITS = """
-- What the user corrected, by document, so that it holds for every later version too.
CREATE TABLE edit (
    document_id TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT,
    edited_at TEXT NOT NULL,
    PRIMARY KEY (document_id, field)
) WITHOUT ROWID;
-- What the source itself says of the fields that an edit changed in this version, as JSON.
ALTER TABLE version ADD COLUMN found TEXT NOT NULL DEFAULT '{}';
-- Generation of the last change of what its passages are searched by.
ALTER TABLE version ADD COLUMN changed_generation INTEGER;
"""

# Step n brings a catalogue of schema n to schema n + 1; a new file takes them all. A step that
# has been released is never changed: add another.
_STEPS = (_TABLES, _EDITS)
SCHEMA_VERSION = len(_STEPS)


def migration(version: int) -> Iterator[str]:
    """The statements that bring a catalogue of schema `version` (0: a new file) up to date."""
    for step in _STEPS[version:]:
        yield from (statement for statement in step.split(";\n") if statement.strip())
    yield f"PRAGMA user_version = {SCHEMA_VERSION}"
