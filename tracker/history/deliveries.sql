-- Who wants to be told, as the registry says. Addresses and secrets are not kept here.
CREATE TABLE subscriptions (
    name TEXT PRIMARY KEY,
    definition TEXT NOT NULL,            -- JSON: channel, filters, when its digests go out
    active INTEGER NOT NULL DEFAULT 1,   -- 0: no longer in the registry
    disabled TEXT,                       -- since when nothing is sent any more, because its receiver said so
    why TEXT                             -- what it said
) STRICT;

-- What is to be sent and what was, one row for each event and subscription. It is written together with the event, and sent after.
CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,                 -- derived from both: receivers know a repetition by it
    subscription TEXT NOT NULL REFERENCES subscriptions(name),
    event TEXT NOT NULL REFERENCES events(id),
    state TEXT NOT NULL,                 -- waiting, sent, given up
    wanted TEXT NOT NULL,                -- when it was to be sent
    due TEXT,                            -- when it is tried next; empty: sent or given up
    message TEXT,                        -- what it is sent in: the deliveries of a digest share one
    tries INTEGER NOT NULL DEFAULT 0,
    tried TEXT,                          -- the last time
    why TEXT                             -- what came of that
) STRICT;
CREATE INDEX deliveries_due ON deliveries(subscription, due) WHERE due IS NOT NULL;
CREATE INDEX deliveries_message ON deliveries(message) WHERE message IS NOT NULL;
CREATE INDEX deliveries_event ON deliveries(event);
