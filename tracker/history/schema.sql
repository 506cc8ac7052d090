-- The history: every look at every document, and what came of it. Times are ISO 8601 in UTC. Nothing is ever deleted by the product.

-- Who is watched, and where each document stands.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,           -- its identity: "sonoff/privacy"
    vendor TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- privacy, cookies, terms…
    url TEXT,                            -- null: no address yet
    host TEXT,
    language TEXT,
    region TEXT,
    definition TEXT NOT NULL,            -- JSON: the rest of what the registry says of it
    watched INTEGER NOT NULL DEFAULT 1,  -- 0: no longer in the registry; its history stays
    added TEXT NOT NULL,
    -- where it stands
    version INTEGER REFERENCES versions(id),   -- in force
    told INTEGER REFERENCES versions(id),      -- what subscribers last heard of
    observation INTEGER REFERENCES observations(id),  -- the last look
    failures INTEGER NOT NULL DEFAULT 0,       -- bad looks in a row
    failing_since TEXT,
    broken TEXT,                               -- the state that was told as broken, until it recovers
    revision INTEGER NOT NULL DEFAULT 0,       -- goes up with every write below; a decision taken on an older one is taken again
    -- work to do
    next_due TEXT,
    requested TEXT,                            -- a recrawl was asked for
    lease TEXT,
    lease_until TEXT
) STRICT;
CREATE INDEX documents_due ON documents(next_due) WHERE watched AND url IS NOT NULL;
CREATE INDEX documents_host ON documents(host);
CREATE INDEX documents_lease ON documents(lease) WHERE lease IS NOT NULL;

-- Politeness: who may ask a host, and from when on.
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    next_allowed TEXT,
    lease TEXT,
    lease_until TEXT
) STRICT;

-- The bytes that came back, each stored once. data is zstd; where base is set, it is a delta against that snapshot's bytes.
CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    base INTEGER REFERENCES snapshots(id),
    depth INTEGER NOT NULL,              -- deltas between it and a full copy
    data BLOB NOT NULL
) STRICT;

-- One row for each look, also the unchanged, refused and failed ones.
CREATE TABLE observations (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents(id),
    at TEXT NOT NULL,
    outcome TEXT NOT NULL,               -- first, unchanged, reformatted, changed, returned, quarantined, refused, failed
    state TEXT NOT NULL,                 -- ok, or why this was no policy
    why TEXT NOT NULL,                   -- the outcome's reason in a line
    version INTEGER REFERENCES versions(id),     -- the version that this look saw
    snapshot INTEGER REFERENCES snapshots(id),   -- the bytes that this look saw
    fingerprint TEXT,                    -- of the visible text
    text_hash TEXT,                      -- of the canonical text
    evidence TEXT,                       -- JSON: what decided the state
    url TEXT NOT NULL,
    final_url TEXT,
    redirects TEXT,                      -- JSON: the hops, each with its status
    status INTEGER,
    headers TEXT,                        -- JSON, as the server sent them
    content_type TEXT,                   -- as what the bytes were read; after a 304, as what the server sent them before
    seconds REAL,
    address TEXT,
    source TEXT NOT NULL
) STRICT;
CREATE INDEX observations_document ON observations(document, at);
CREATE INDEX observations_at ON observations(at);

-- What a server gave us to ask "has it changed since?" with, for each document and URL on its way.
CREATE TABLE validators (
    document INTEGER NOT NULL REFERENCES documents(id),
    url TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    content_type TEXT,
    snapshot INTEGER NOT NULL REFERENCES snapshots(id),   -- the body they belong to
    PRIMARY KEY (document, url)
) STRICT, WITHOUT ROWID;

-- The distinct texts of each document. Returning to an old text is the old version again.
CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents(id),
    number INTEGER NOT NULL,             -- 1, 2, 3… within the document
    text_hash TEXT NOT NULL,             -- of the canonical text
    wording_hash TEXT NOT NULL,          -- of the wording: case, punctuation, quotes and whitespace folded
    title TEXT,
    language TEXT,
    effective TEXT,                      -- stated dates, to the precision stated
    updated TEXT,
    dates TEXT NOT NULL,                 -- JSON: every stated date with its words
    hints TEXT NOT NULL,                 -- JSON: weaker dates that the text does not state
    words INTEGER NOT NULL,
    snapshot INTEGER REFERENCES snapshots(id),   -- first seen in
    extractor TEXT NOT NULL,             -- editions of extractor and rules, and a hash of the rules of its document
    superseded INTEGER REFERENCES versions(id),  -- the same bytes, extracted anew
    UNIQUE (document, text_hash),
    UNIQUE (document, number)
) STRICT;

-- Clauses by content: a clause that stands in many versions is stored once.
CREATE TABLE clauses (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,                  -- heading, paragraph, item, row
    label TEXT,
    text TEXT NOT NULL
) STRICT;

-- Which clauses a version consists of, in its order.
CREATE TABLE version_clauses (
    version INTEGER NOT NULL REFERENCES versions(id),
    position INTEGER NOT NULL,           -- from 0
    clause INTEGER NOT NULL REFERENCES clauses(id),
    depth INTEGER NOT NULL,
    trail TEXT NOT NULL,                 -- JSON: the headings above it
    links TEXT,                          -- JSON: [text, url]
    PRIMARY KEY (version, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_clauses_clause ON version_clauses(clause);

-- What each version says, read out of its clauses.
CREATE TABLE facts (
    version INTEGER NOT NULL REFERENCES versions(id),
    position INTEGER NOT NULL,           -- of the clause it stands in
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    modality TEXT NOT NULL,
    negated INTEGER NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX facts_version ON facts(version);
CREATE INDEX facts_kind ON facts(kind, value);

-- The comparison of two versions of a document, once for each pair that was compared and each edition of the rules.
CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,                -- derived from the two texts
    document INTEGER NOT NULL REFERENCES documents(id),
    old INTEGER NOT NULL REFERENCES versions(id),
    new INTEGER NOT NULL REFERENCES versions(id),
    kind TEXT NOT NULL,                  -- none, cosmetic, editorial, substantive
    level TEXT NOT NULL,                 -- none, low, medium, high, critical
    summary TEXT NOT NULL,
    silent INTEGER,                      -- 1: wording changed, stated date did not; null: no date is stated
    reasons TEXT NOT NULL,               -- JSON
    dates TEXT NOT NULL,                 -- JSON
    kept TEXT NOT NULL,                  -- JSON: runs [old, new, length] of the clauses that stand unchanged
    complete INTEGER NOT NULL,
    ruleset TEXT NOT NULL,
    UNIQUE (old, new, ruleset)
) STRICT;
CREATE INDEX changes_document ON changes(document);

-- What became of each clause that did not stand unchanged.
CREATE TABLE clause_changes (
    change INTEGER NOT NULL REFERENCES changes(id),
    number INTEGER NOT NULL,             -- from 1, in the order of the comparison
    op TEXT NOT NULL,                    -- added, removed, modified, moved, split, merged, renumbered, reformatted, links, date
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    moved INTEGER NOT NULL,
    section TEXT NOT NULL,               -- the headings above it, for reading
    old_text TEXT,
    new_text TEXT,
    old_at TEXT NOT NULL,                -- JSON: positions in the old version
    new_at TEXT NOT NULL,                -- JSON: positions in the new version
    words TEXT NOT NULL,                 -- JSON: the redline
    similarity REAL NOT NULL,
    topics TEXT NOT NULL,                -- JSON
    reasons TEXT NOT NULL,               -- JSON
    facts TEXT NOT NULL,                 -- JSON
    PRIMARY KEY (change, number)
) STRICT, WITHOUT ROWID;

-- Stretches of time in which a version was observed in force.
CREATE TABLE reigns (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents(id),
    version INTEGER NOT NULL REFERENCES versions(id),
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    before TEXT,                         -- the last look at the document before first_seen: it came between the two
    after TEXT,                          -- the first look after last_seen that saw another version: it went between the two
    change INTEGER REFERENCES changes(id)   -- from the version in force before
) STRICT;
CREATE INDEX reigns_document ON reigns(document, first_seen);
CREATE INDEX reigns_change ON reigns(change) WHERE change IS NOT NULL;
CREATE INDEX reigns_first_seen ON reigns(first_seen);
CREATE UNIQUE INDEX reigns_open ON reigns(document) WHERE after IS NULL;

-- A doubtful text that waits for a second look or a person.
CREATE TABLE quarantine (
    document INTEGER PRIMARY KEY REFERENCES documents(id),
    since TEXT NOT NULL,
    state TEXT NOT NULL,                 -- wrong_language, truncated, replaced
    text_hash TEXT NOT NULL,
    snapshot INTEGER NOT NULL REFERENCES snapshots(id),
    observation INTEGER NOT NULL REFERENCES observations(id)
) STRICT;

-- What a person decided about a doubtful text.
CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents(id),
    at TEXT NOT NULL,
    verdict TEXT NOT NULL,               -- accepted, rejected
    text_hash TEXT NOT NULL,
    observation INTEGER NOT NULL REFERENCES observations(id)
) STRICT;
CREATE INDEX verdicts_text ON verdicts(document, text_hash);

-- What subscribers are told. The payload is frozen.
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,                  -- first, changed, dates, broken, recovered
    at TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents(id),
    observation INTEGER REFERENCES observations(id),
    change INTEGER REFERENCES changes(id),
    level TEXT NOT NULL,
    summary TEXT NOT NULL,
    payload TEXT NOT NULL                -- JSON
) STRICT;
CREATE INDEX events_at ON events(at);
CREATE INDEX events_document ON events(document, at);

-- The daemon's heartbeat.
CREATE TABLE daemon (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    owner TEXT NOT NULL,
    started TEXT NOT NULL,
    beat TEXT NOT NULL
) STRICT;
