-- Views for people who browse and ask: names instead of ids, and the dates beside what happened on them.
-- The comment above a view, and those beside its columns, are what the browser shows as their descriptions.

-- Where every document stands today: what is in force since when, the last look, and what is wrong if something is.
CREATE VIEW document_status AS
SELECT
    d.name AS document,
    d.vendor AS vendor,
    d.kind AS kind,                                -- privacy, cookies, terms…
    d.language AS language,
    d.region AS region,
    d.url AS url,
    CASE
        WHEN NOT d.watched THEN 'unwatched'
        WHEN d.url IS NULL THEN 'no address'
        WHEN q.document IS NOT NULL THEN 'quarantined'
        WHEN d.failures > 0 THEN 'failing'
        WHEN d.version IS NULL THEN 'not seen yet'
        ELSE 'in force'
    END AS standing,                               -- in force, failing, quarantined, not seen yet, no address, unwatched
    o.at AS last_look,
    o.outcome AS last_outcome,                     -- what the last look came to
    o.state AS last_state,                         -- ok, or why the last look saw no policy
    o.why AS last_why,
    d.failures AS failures,                        -- bad looks in a row
    d.failing_since AS failing_since,
    q.state AS quarantined,                        -- why a doubtful text waits for a second look or a person
    q.since AS quarantined_since,
    (SELECT count(*) FROM versions x WHERE x.document = d.id AND x.superseded IS NULL) AS versions,  -- distinct texts so far
    v.number AS number,                            -- the version in force
    r.first_seen AS in_force_since,                -- the first look of this reign
    r.last_seen AS last_seen,                      -- the last look that saw the version in force
    v.effective AS effective,                      -- stated in the text, to the precision stated
    v.updated AS updated,                          -- stated in the text, to the precision stated
    l.first_seen AS last_change_seen,
    l.change AS last_change,
    c.level AS last_change_level,
    c.summary AS last_change_summary,
    d.next_due AS next_due,
    m.since AS muted,                              -- since when nobody is told of it; empty: it is told
    d.id AS id
FROM documents d
LEFT JOIN observations o ON o.id = d.observation
LEFT JOIN versions v ON v.id = d.version
LEFT JOIN reigns r ON r.document = d.id AND r.after IS NULL
LEFT JOIN quarantine q ON q.document = d.id
LEFT JOIN reigns l ON l.id = (
    SELECT x.id FROM reigns x WHERE x.document = d.id AND x.change IS NOT NULL ORDER BY x.first_seen DESC LIMIT 1
)
LEFT JOIN changes c ON c.id = l.change
LEFT JOIN muted m ON m.document = d.name;

-- The policies in force today, each with its stated dates and the time over which this text has been seen.
CREATE VIEW current_policies AS
SELECT
    d.vendor AS vendor,
    d.name AS document,
    d.kind AS kind,                                -- privacy, cookies, terms…
    v.title AS title,
    v.number AS number,                            -- 1, 2, 3… within the document
    v.effective AS effective,                      -- stated in the text, to the precision stated
    v.updated AS updated,                          -- stated in the text, to the precision stated
    r.first_seen AS in_force_since,                -- the first look of this reign
    r.last_seen AS last_seen,                      -- the last look that saw this text
    v.words AS words,                              -- its length
    v.language AS language,
    d.region AS region,
    d.url AS url,
    v.id AS version
FROM documents d
JOIN versions v ON v.id = d.version
LEFT JOIN reigns r ON r.document = d.id AND r.after IS NULL;

-- The clauses of the policies in force today, in their order.
CREATE VIEW current_clauses AS
SELECT
    d.vendor AS vendor,
    d.name AS document,
    vc.position + 1 AS number,                     -- place in the document, from 1
    (SELECT group_concat(value, ' › ') FROM json_each(vc.trail)) AS section,  -- the headings above it
    k.kind AS kind,                                -- heading, paragraph, item, row
    k.text AS text,
    k.id AS clause
FROM documents d  -- CROSS JOIN: read the texts in force, not every text there ever was
CROSS JOIN version_clauses vc ON vc.version = d.version
JOIN clauses k ON k.id = vc.clause;

-- What the policies in force today say, read out of their clauses: data, purposes, recipients, retention, rights…
CREATE VIEW current_facts AS
SELECT
    d.vendor AS vendor,
    d.name AS document,
    f.kind AS kind,                                -- data, purpose, recipient, country, retention, age, right, choice…
    f.value AS value,                              -- normalised
    f.modality AS modality,                        -- does, may, will, must, only with consent
    f.negated AS negated,                          -- 1: the clause says that it is not so
    f.words AS words,                              -- the words that say it
    (SELECT group_concat(value, ' › ') FROM json_each(vc.trail)) AS section,  -- the headings above the clause
    k.text AS clause
FROM documents d  -- CROSS JOIN: read the texts in force, not every text there ever was
CROSS JOIN facts f ON f.version = d.version
JOIN version_clauses vc ON vc.version = f.version AND vc.position = f.position
JOIN clauses k ON k.id = vc.clause;

-- Every change as it happened: one row for each time that another text came into force.
CREATE VIEW change_log AS
SELECT
    r.first_seen AS seen,                          -- the look that found the new text
    d.vendor AS vendor,
    d.name AS document,
    c.level AS level,                              -- none, low, medium, high, critical
    c.kind AS kind,                                -- none, cosmetic, editorial, substantive
    c.summary AS summary,
    c.silent AS silent,                            -- 1: wording changed, stated date did not; empty: no date is stated
    old.effective AS old_effective,                -- stated in the old text
    new.effective AS new_effective,                -- stated in the new text
    old.updated AS old_updated,                    -- stated in the old text
    new.updated AS new_updated,                    -- stated in the new text
    r.before AS looked_before,                     -- the last look before: the text came between the two
    old.number AS old_number,                      -- version it was
    new.number AS new_number,                      -- version it became
    CASE c.level WHEN 'critical' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' THEN 2 WHEN 'low' THEN 1 ELSE 0 END
        AS level_number,                           -- the level for sorting: 0 none … 4 critical
    coalesce((SELECT m.mark FROM marks m WHERE m.document = c.document AND m.digest = c.digest AND m.mark <> 'note'
              ORDER BY m.id DESC LIMIT 1), 'open') AS triage,  -- what people said of it: open, reviewed, wrong
    (SELECT count(*) FROM marks m WHERE m.document = c.document AND m.digest = c.digest AND m.note <> '')
        AS notes,                                  -- how many they wrote
    CASE
        WHEN EXISTS (SELECT 1 FROM muted m WHERE m.document = d.name) THEN 'document'
        WHEN EXISTS (SELECT 1 FROM muted m WHERE m.rule IS NOT NULL)
            AND EXISTS (SELECT 1 FROM json_each(c.reasons) e JOIN muted m ON m.rule = json_extract(e.value, '$.rule'))
            AND NOT EXISTS (SELECT 1 FROM json_each(c.reasons) e WHERE json_extract(e.value, '$.level') = c.level
                            AND NOT EXISTS (SELECT 1 FROM muted m WHERE m.rule = json_extract(e.value, '$.rule'))) THEN 'rules'
    END AS muted,                                  -- what is muted today: its document, or all rules that give it its level; empty: nothing
    c.id AS change,
    r.id AS reign
FROM reigns r
JOIN changes c ON c.id = r.change
JOIN documents d ON d.id = r.document
JOIN versions old ON old.id = c.old
JOIN versions new ON new.id = c.new;

-- What people said of changes, documents and rules, one row for each mark; the last one counts.
CREATE VIEW triage_log AS
SELECT
    m.at AS at,
    m.who AS who,                                  -- who is signed in, or the user of the machine
    m.mark AS mark,                                -- reviewed, wrong, open, note; muted, unmuted
    m.note AS note,                                -- their own words
    d.vendor AS vendor,
    d.name AS document,
    m.rule AS rule,
    json_extract(m.judged, '$.level') AS level,    -- of the change, when it was marked
    json_extract(m.judged, '$.summary') AS summary,
    (SELECT max(c.id) FROM changes c WHERE c.document = m.document AND c.digest = m.digest) AS change,
    m.id AS id
FROM marks m
LEFT JOIN documents d ON d.id = m.document;

-- The documents of which nobody is told, and the rules whose reasons raise no level in what is told.
CREATE VIEW muted AS
SELECT
    m.at AS since,
    m.who AS who,                                  -- who muted it
    m.note AS note,                                -- why
    d.vendor AS vendor,
    d.name AS document,
    m.rule AS rule,
    m.id AS id                                     -- of the mark
FROM marks m
LEFT JOIN documents d ON d.id = m.document
WHERE m.digest IS NULL AND m.mark = 'muted' AND NOT EXISTS (
    SELECT 1 FROM marks x WHERE x.digest IS NULL AND x.id > m.id AND x.document IS m.document AND x.rule IS m.rule);

-- Changes of wording that left the stated date as it was.
CREATE VIEW silent_edits AS
SELECT seen, vendor, document, level, kind, summary, new_effective AS effective, new_updated AS updated, looked_before, level_number, change
FROM change_log
WHERE silent = 1 AND kind IN ('editorial', 'substantive');

-- What became of each clause that changed, with the old and the new words.
CREATE VIEW clause_log AS
SELECT
    (SELECT min(r.first_seen) FROM reigns r WHERE r.document = c.document AND r.change = c.id) AS seen,  -- first came into force
    d.vendor AS vendor,
    d.name AS document,
    cc.op AS op,                                   -- added, removed, modified, moved, split, merged, renumbered, reformatted, links, date
    cc.level AS level,                             -- none, low, medium, high, critical
    cc.kind AS kind,                               -- none, cosmetic, editorial, substantive
    (SELECT group_concat(value, ', ') FROM json_each(cc.topics)) AS topics,
    (SELECT group_concat(json_extract(value, '$.text'), '; ') FROM json_each(cc.reasons)) AS reasons,  -- why it has this level
    cc.section AS section,                         -- the headings above it
    cc.old_text AS old_text,
    cc.new_text AS new_text,
    cc.change AS change,
    cc.number AS number                            -- from 1, within the change
FROM clause_changes cc
JOIN changes c ON c.id = cc.change
JOIN documents d ON d.id = c.document
WHERE EXISTS (SELECT 1 FROM reigns r WHERE r.change = c.id);

-- Clauses whose change leaves the people bound by it with less protection than before.
CREATE VIEW promises_withdrawn AS
SELECT
    (SELECT min(r.first_seen) FROM reigns r WHERE r.change = c.id AND +r.document = c.document) AS seen,  -- first came into force
    d.vendor AS vendor,
    d.name AS document,
    cc.level AS level,                             -- none, low, medium, high, critical
    json_extract(e.value, '$.text') AS reason,     -- what was weakened
    json_extract(e.value, '$.rule') AS rule,       -- the rule that says so
    cc.old_text AS old_text,
    cc.new_text AS new_text,
    cc.section AS section,                         -- the headings above it
    cc.change AS change,
    cc.number AS number                            -- of the clause change, within the change
FROM clause_changes cc
JOIN json_each(cc.reasons) e
JOIN changes c ON c.id = cc.change
JOIN documents d ON d.id = c.document
WHERE instr(cc.reasons, '"weaker"')  -- by the index clause_changes_weaker
AND json_extract(e.value, '$.direction') = 'weaker'
AND EXISTS (SELECT 1 FROM reigns r WHERE r.change = c.id);

-- Stated dates that came, went or moved from one version to the next.
CREATE VIEW date_changes AS
SELECT
    r.first_seen AS seen,                          -- the look that found the new text
    d.vendor AS vendor,
    d.name AS document,
    json_extract(e.value, '$.role') AS role,       -- effective, updated, published, previous
    json_extract(e.value, '$.old') AS old_date,    -- to the precision stated
    json_extract(e.value, '$.new') AS new_date,    -- to the precision stated
    (SELECT group_concat(n.value, ', ') FROM json_each(e.value, '$.notes') n) AS notes,  -- added, removed, forwards, backwards, ahead
    c.kind AS kind,                                -- of the whole change
    c.summary AS summary,
    c.id AS change
FROM changes c
CROSS JOIN reigns r ON r.change = c.id
JOIN documents d ON d.id = r.document
JOIN json_each(c.dates) e
WHERE c.dates <> '[]';

-- Over which time each text was seen in force, and how exactly that is known. Looks are listed in look_log.
CREATE VIEW coverage AS
SELECT
    d.vendor AS vendor,
    d.name AS document,
    v.number AS number,                            -- the version
    r.before AS looked_before,                     -- the last look before first_seen: the text came between the two
    r.first_seen AS first_seen,
    r.last_seen AS last_seen,
    r.after AS looked_after,                       -- the look that saw another text: this one went between last_seen and it. Empty: in force
    (SELECT count(*) FROM observations o WHERE o.document = r.document AND o.at BETWEEN r.first_seen AND r.last_seen)
        AS looks,                                  -- from the first to the last sight, the bad ones too
    round(julianday(r.last_seen) - julianday(r.first_seen), 1) AS days_seen,
    round(julianday(r.first_seen) - julianday(r.before), 1) AS days_unsure,  -- how exactly its coming is known; empty: seen first
    r.id AS reign,
    v.id AS version
FROM reigns r
JOIN documents d ON d.id = r.document
JOIN versions v ON v.id = r.version;

-- Every look at every document and what it came to, also the unchanged, refused and failed ones.
CREATE VIEW look_log AS
SELECT
    o.at AS at,
    d.vendor AS vendor,
    d.name AS document,
    o.outcome AS outcome,                          -- first, unchanged, reformatted, changed, returned, quarantined, refused, failed
    o.state AS state,                              -- ok, or why this was no policy
    o.why AS why,
    v.number AS number,                            -- the version that this look saw
    o.status AS status,                            -- of HTTP
    o.url AS url,
    o.final_url AS final_url,                      -- after redirects
    s.bytes AS bytes,
    s.sha256 AS sha256,                            -- of the bytes that came back
    o.seconds AS seconds,
    o.source AS source,                            -- crawl, browser, or an import with its provenance
    o.id AS observation
FROM observations o
JOIN documents d ON d.id = o.document
LEFT JOIN versions v ON v.id = o.version
LEFT JOIN snapshots s ON s.id = o.snapshot;

-- What subscribers were told.
CREATE VIEW event_log AS
SELECT
    e.at AS at,
    e.type AS type,                                -- first, changed, dates, broken, recovered
    e.level AS level,                              -- none, low, medium, high, critical
    d.vendor AS vendor,
    d.name AS document,
    e.summary AS summary,
    e.change AS change,
    e.id AS event
FROM events e
JOIN documents d ON d.id = e.document;
