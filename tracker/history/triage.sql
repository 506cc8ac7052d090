-- What people said of changes, documents and rules. A mark is never altered or deleted: another one follows it, and the last one counts.
CREATE TABLE marks (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,                   -- who is signed in, or the user of the machine
    mark TEXT NOT NULL,                  -- of a change: reviewed, wrong (a wrong alert), open (again), note; of a document or rule: muted, unmuted
    note TEXT NOT NULL,                  -- their own words, or nothing
    document INTEGER REFERENCES documents(id),   -- the one marked, or the one whose change is
    digest TEXT,                         -- of the change: its two texts, so that it stays marked where it is derived anew
    rule TEXT,                           -- the one marked, wherever it fires
    judged TEXT,                         -- JSON: the change as it was when it was marked, its clauses too
    CHECK ((document IS NULL) = (rule IS NOT NULL)),
    CHECK ((digest IS NULL) = (mark IN ('muted', 'unmuted'))),
    CHECK (digest IS NULL OR rule IS NULL)
) STRICT;
CREATE INDEX marks_change ON marks(document, digest) WHERE digest IS NOT NULL;
CREATE INDEX marks_document ON marks(document) WHERE digest IS NULL AND document IS NOT NULL;
CREATE INDEX marks_rule ON marks(rule) WHERE rule IS NOT NULL;
CREATE TRIGGER marks_stay_as_they_are BEFORE UPDATE ON marks BEGIN SELECT raise(ABORT, 'a mark is never altered'); END;
CREATE TRIGGER marks_stay BEFORE DELETE ON marks BEGIN SELECT raise(ABORT, 'a mark is never deleted'); END;
