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
  sidecar TEXT NOT NULL, -- the editor's FILE.toml, as it is
  stamp TEXT NOT NULL -- of the file as it was read; empty where it cannot tell that nothing changed
) STRICT, WITHOUT ROWID;
CREATE INDEX file_bytes ON file (sha256);

CREATE TABLE agreement (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL REFERENCES file (path) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  key TEXT NOT NULL UNIQUE, wish TEXT NOT NULL, -- its identity, and the one that it has where no other file claims it
  slug TEXT UNIQUE,
  kind TEXT NOT NULL,
  title TEXT, date TEXT,
  issuer TEXT, issuer_key TEXT, issuer_cik TEXT,
  issuer_identity TEXT, -- whose page its name stands on: the key of the printed name, unless a person decided otherwise
  first_party TEXT, schedule TEXT,
  accession TEXT, filed TEXT,
  text_sha256 TEXT NOT NULL,
  parties INTEGER NOT NULL, signers INTEGER NOT NULL,
  words TEXT NOT NULL, facts TEXT, -- equal in two readings of one agreement
  home TEXT, published INTEGER, -- the key that its address was first published for, and its place in the ledger
  copy_of TEXT -- slug of the agreement that is counted in its stead
) STRICT;
CREATE INDEX agreement_path ON agreement (path);
CREATE INDEX agreement_issuer ON agreement (issuer_key);
CREATE INDEX agreement_issuer_identity ON agreement (issuer_identity);
CREATE INDEX agreement_text ON agreement (text_sha256);
CREATE INDEX agreement_wish ON agreement (wish);
CREATE INDEX agreement_words ON agreement (words);
CREATE INDEX agreement_facts ON agreement (facts);
CREATE INDEX agreement_copy ON agreement (copy_of);

CREATE TABLE party (
  agreement INTEGER NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,
  cik TEXT, alias TEXT,
  identity TEXT NOT NULL,
  PRIMARY KEY (agreement, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_key ON party (key);
CREATE INDEX party_identity ON party (identity);

CREATE TABLE block (
  agreement INTEGER NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  party TEXT NOT NULL, party_key TEXT NOT NULL, party_kind TEXT NOT NULL,
  signer TEXT, signer_key TEXT, title TEXT, attorney INTEGER NOT NULL,
  party_identity TEXT NOT NULL, signer_identity TEXT,
  PRIMARY KEY (agreement, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_party ON block (party_key);
CREATE INDEX block_signer ON block (signer_key);
CREATE INDEX block_signer_identity ON block (signer_identity);
CREATE INDEX block_party_identity ON block (party_identity);

CREATE TABLE link (
  agreement INTEGER NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
  block INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  name TEXT NOT NULL, key TEXT NOT NULL, capacity TEXT,
  identity TEXT NOT NULL,
  PRIMARY KEY (agreement, block, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_key ON link (key);
CREATE INDEX link_identity ON link (identity);

-- Lines that nothing accounts for, and the first words of them.
CREATE TABLE unread (
  agreement INTEGER NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
  first_line INTEGER NOT NULL, last_line INTEGER NOT NULL, words TEXT NOT NULL,
  PRIMARY KEY (agreement, first_line)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL REFERENCES file (path) ON DELETE CASCADE,
  agreement INTEGER REFERENCES agreement (id) ON DELETE CASCADE,
  rank INTEGER NOT NULL, -- its place among those of the reading; those that all documents together raise stand last
  code TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL,
  start INTEGER, "end" INTEGER,
  first_line INTEGER, last_line INTEGER
) STRICT;
CREATE INDEX finding_agreement ON finding (agreement);
CREATE INDEX finding_path ON finding (path);
CREATE INDEX finding_code ON finding (code);

-- What the settings silence, and the findings that it fits.
CREATE TABLE silence (
  number INTEGER PRIMARY KEY,
  path TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL,
  fitting INTEGER NOT NULL
) STRICT;
CREATE TABLE silenced (
  finding INTEGER PRIMARY KEY REFERENCES finding (id) ON DELETE CASCADE,
  number INTEGER NOT NULL
) STRICT;
CREATE VIEW standing AS SELECT * FROM finding WHERE id NOT IN (SELECT finding FROM silenced);

-- Identities: one row a page of a name, made from the mentions above, the ledger and what people decided.
CREATE TABLE name (
  section TEXT NOT NULL, identity TEXT NOT NULL,
  slug TEXT NOT NULL,
  name TEXT NOT NULL, kind TEXT NOT NULL,
  stem TEXT NOT NULL, sort TEXT NOT NULL,
  PRIMARY KEY (section, identity),
  UNIQUE (section, slug)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_stem ON name (section, stem, sort, slug);
CREATE INDEX name_identity ON name (identity);

-- Who is one person: the anchor of the group that a person's name belongs to in an agreement.
CREATE TABLE person (
  identity TEXT NOT NULL, agreement TEXT NOT NULL, -- its slug
  anchor TEXT NOT NULL,
  PRIMARY KEY (identity, agreement)
) STRICT, WITHOUT ROWID;

-- What people decided, from content/identities.toml, and the identities that it is about.
CREATE TABLE decision (number INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT;
CREATE TABLE decided (
  identity TEXT NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY (identity, number)
) STRICT, WITHOUT ROWID;
-- Printed names that a person joined under one identity.
CREATE TABLE spelling (key TEXT PRIMARY KEY, identity TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Pairs of names that a reader should decide on, and what they were found for.
CREATE TABLE proposal (
  number INTEGER PRIMARY KEY,
  one TEXT NOT NULL, other TEXT NOT NULL, reason TEXT NOT NULL, one_word TEXT NOT NULL, other_word TEXT NOT NULL
) STRICT;
CREATE TABLE proposed (of TEXT NOT NULL) STRICT;

-- What pages of the whole site gather from all names, kept name by name (summaries.py), in JSON.
CREATE TABLE summary (
  kind TEXT NOT NULL, identity TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (kind, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX summary_identity ON summary (identity);

-- Every address ever published, from content/permalinks/.
CREATE TABLE address (
  section TEXT NOT NULL, slug TEXT NOT NULL, key TEXT NOT NULL, text TEXT,
  PRIMARY KEY (section, slug, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX address_key ON address (key);
CREATE INDEX address_text ON address (text);

-- The content folder that the addresses above are of.
CREATE TABLE addressed (content TEXT NOT NULL) STRICT;

-- The ledger's lines in their order, so that few are read when few are asked for.
CREATE TABLE line (
  section TEXT NOT NULL, number INTEGER NOT NULL,
  slug TEXT NOT NULL, key TEXT NOT NULL, text TEXT, added TEXT NOT NULL,
  PRIMARY KEY (section, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX line_slug ON line (section, slug);
CREATE INDEX line_key ON line (section, key);
CREATE INDEX line_text ON line (section, text) WHERE text IS NOT NULL;

-- What the ledger of that folder was when it was read.
CREATE TABLE ledger (section TEXT PRIMARY KEY, sha256 TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Files below an output folder that sitegen made, or was about to make: only these are ever deleted.
CREATE TABLE output (
  folder TEXT NOT NULL, path TEXT NOT NULL,
  kind TEXT NOT NULL, key TEXT NOT NULL, -- the page that the file belongs to
  about TEXT NOT NULL, -- the subject that the page shows
  sha256 TEXT, size INTEGER, modified INTEGER, -- as it was written; null until then
  made_of TEXT, -- digest of what the page was made of, where it tells
  PRIMARY KEY (folder, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX output_about ON output (folder, kind, about);
CREATE INDEX output_page ON output (folder, kind, key);

-- Pages whose files may not be what the catalogue says; a row leaves once they are.
CREATE TABLE dirty (
  kind TEXT NOT NULL, key TEXT NOT NULL,
  cause TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

-- What each kind of page was made with, besides the catalogue: folder, settings, code and templates.
CREATE TABLE made (kind TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) STRICT, WITHOUT ROWID;
