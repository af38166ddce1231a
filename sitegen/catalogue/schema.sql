-- The catalogue: what all documents say together. Safe to delete; a build makes it again.

-- Parse cache: immutable, a function of the bytes, the file's ending and the parser's own version.
CREATE TABLE parsed (
  sha256 TEXT NOT NULL, suffix TEXT NOT NULL, version TEXT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (sha256, suffix, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE text (sha256 TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- The projection: one row per file, and what its documents say.
CREATE TABLE file (
  path TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL, suffix TEXT NOT NULL, version TEXT NOT NULL,
  sidecar TEXT NOT NULL -- the editor's FILE.toml, as it is
) STRICT, WITHOUT ROWID;

CREATE TABLE agreement (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL REFERENCES file (path) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  key TEXT NOT NULL UNIQUE,
  slug TEXT UNIQUE,
  kind TEXT NOT NULL,
  title TEXT, date TEXT,
  issuer TEXT, issuer_key TEXT, issuer_cik TEXT,
  first_party TEXT, schedule TEXT,
  accession TEXT, filed TEXT,
  text_sha256 TEXT NOT NULL,
  parties INTEGER NOT NULL, signers INTEGER NOT NULL
) STRICT;
CREATE INDEX agreement_path ON agreement (path);
CREATE INDEX agreement_issuer ON agreement (issuer_key);
CREATE INDEX agreement_text ON agreement (text_sha256);

CREATE TABLE party (
  agreement INTEGER NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,
  cik TEXT, alias TEXT,
  PRIMARY KEY (agreement, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_key ON party (key);

CREATE TABLE block (
  agreement INTEGER NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  party TEXT NOT NULL, party_key TEXT NOT NULL, party_kind TEXT NOT NULL,
  signer TEXT, signer_key TEXT, title TEXT, attorney INTEGER NOT NULL,
  PRIMARY KEY (agreement, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_signer ON block (signer_key);

CREATE TABLE link (
  agreement INTEGER NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
  block INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  name TEXT NOT NULL, key TEXT NOT NULL, capacity TEXT,
  PRIMARY KEY (agreement, block, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL REFERENCES file (path) ON DELETE CASCADE,
  agreement INTEGER REFERENCES agreement (id) ON DELETE CASCADE,
  code TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL,
  start INTEGER, "end" INTEGER,
  first_line INTEGER, last_line INTEGER
) STRICT;
CREATE INDEX finding_agreement ON finding (agreement);
CREATE INDEX finding_path ON finding (path);

-- Identities: one row a page of a name, made from the mentions above and the ledger.
CREATE TABLE name (
  section TEXT NOT NULL, key TEXT NOT NULL,
  slug TEXT NOT NULL,
  name TEXT NOT NULL, kind TEXT NOT NULL,
  stem TEXT NOT NULL, sort TEXT NOT NULL,
  PRIMARY KEY (section, key),
  UNIQUE (section, slug)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_stem ON name (section, stem);

-- Every address ever published, from content/permalinks/.
CREATE TABLE address (
  section TEXT NOT NULL, slug TEXT NOT NULL, key TEXT NOT NULL,
  PRIMARY KEY (section, slug, key)
) STRICT, WITHOUT ROWID;

-- Files below an output folder that sitegen made, or was about to make: only these are ever deleted.
CREATE TABLE output (folder TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (folder, path)) STRICT, WITHOUT ROWID;
