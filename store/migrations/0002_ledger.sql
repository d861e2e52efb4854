-- What the ledger says of an erasure besides its tombstone. interaction_id outlives the row: the
-- log of exports names interactions by it. NULL means unknown, as for erasures older than this.
ALTER TABLE erasures ADD COLUMN cause TEXT;
ALTER TABLE erasures ADD COLUMN interaction_id INTEGER;
ALTER TABLE erasures ADD COLUMN time_ms INTEGER;
ALTER TABLE erasures ADD COLUMN queue_name TEXT;
ALTER TABLE erasures ADD COLUMN filter TEXT;
ALTER TABLE erasures ADD COLUMN messages INTEGER;
ALTER TABLE erasures ADD COLUMN files INTEGER;
ALTER TABLE erasures ADD COLUMN contacts INTEGER;
ALTER TABLE erasures ADD COLUMN changes INTEGER;
ALTER TABLE erasures ADD COLUMN upstream TEXT;
ALTER TABLE erasures ADD COLUMN upstream_ms INTEGER;

-- Interactions that left this computer without a tombstone: counted, not named.
CREATE TABLE removals (
  id           INTEGER PRIMARY KEY,
  at_ms        INTEGER NOT NULL,
  cause        TEXT NOT NULL,
  before_ms    INTEGER,
  interactions INTEGER NOT NULL
) STRICT;
