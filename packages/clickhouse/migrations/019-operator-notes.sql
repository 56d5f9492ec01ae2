-- What operators know of a time and a thing: a ticket about a spike, a code or a rollout. at: when it was written; begins
-- and ends: the time that it is about, ends null for a moment. subject: the code, rollout, party or region that it is
-- about, empty for the network. A note is never changed; one that is withdrawn has a second row, which holds.
CREATE TABLE IF NOT EXISTS ${database}.operator_notes ${on_cluster} (
  id UUID,
  at DateTime64(3, 'UTC') DEFAULT now64(3),
  begins DateTime64(3, 'UTC'),
  ends Nullable(DateTime64(3, 'UTC')),
  kind LowCardinality(String),
  subject String,
  ticket String,
  text String,
  author String,
  withdrawn Bool DEFAULT false
)
ENGINE = ${replicated}ReplacingMergeTree(withdrawn)
ORDER BY id
SETTINGS ${deduplication}, ${durability}, auto_statistics_types = '';

-- Notes that hold and are about a time that touches [from, to), the earliest first.
CREATE OR REPLACE VIEW ${database}.notes ${on_cluster} AS
SELECT id, note.at AS at, note.begins AS begins, note.ends AS ends, kind, subject, ticket, text, author
FROM ${database}.operator_notes AS note FINAL
WHERE NOT withdrawn AND begins < {to:DateTime64(3, 'UTC')}
  AND ifNull(ends, begins) >= {from:DateTime64(3, 'UTC')}
ORDER BY begins, id;
