-- What nearly every message has in common with others is kept once. A message took 168 bytes: words
-- such as PUBLIC, the wall clock's text beside the instant that it follows from, and columns that hardly any
-- message has were a third.

-- direction, type, kind and delivery as they came, "" for none. zone is where a wall clock showed the
-- time as it came at the instant of the message; "" when that time is not to be had from the
-- instant and is kept with the message.
CREATE TABLE message_shapes (
  id        INTEGER PRIMARY KEY,
  direction TEXT NOT NULL,
  type      TEXT NOT NULL,
  kind      TEXT NOT NULL,
  delivery  TEXT NOT NULL,
  zone      TEXT NOT NULL,
  CONSTRAINT message_shapes_key UNIQUE (direction, type, kind, delivery, zone)
) STRICT;

CREATE TABLE new_messages (
  id        INTEGER PRIMARY KEY,
  name      TEXT,
  shape_id  INTEGER NOT NULL CONSTRAINT messages_shape REFERENCES message_shapes,
  text      TEXT,
  time_ms   INTEGER,
  time_text TEXT,
  user_id   INTEGER CONSTRAINT messages_user REFERENCES users
) STRICT;

-- wapdesk_wall_zone is the zone given to it, or "", see wall.go.
CREATE TABLE old_zone AS SELECT ifnull((SELECT value FROM settings WHERE key = '.zone'), 'Europe/Prague') AS zone;

INSERT INTO message_shapes (direction, type, kind, delivery, zone)
  SELECT m.direction, m.type, m.kind, m.delivery, z.zone
  FROM (SELECT DISTINCT ifnull(direction, '') AS direction, ifnull(type, '') AS type, ifnull(kind, '') AS kind, ifnull(delivery, '') AS delivery FROM messages) m
    JOIN (SELECT '' AS zone UNION SELECT zone FROM old_zone) z;

INSERT INTO new_messages (id, name, shape_id, text, time_ms, time_text, user_id)
  SELECT m.id, m.name, s.id, m.text, m.time_ms, CASE WHEN s.zone = '' THEN m.time_text END, m.user_id
  FROM messages m CROSS JOIN old_zone z CROSS JOIN message_shapes s ON s.direction = ifnull(m.direction, '') AND s.type = ifnull(m.type, '')
    AND s.kind = ifnull(m.kind, '') AND s.delivery = ifnull(m.delivery, '') AND s.zone = wapdesk_wall_zone(m.time_text, m.time_ms, z.zone)
  ORDER BY m.id;

CREATE TABLE old_extras AS
  SELECT id, original_text, sender, reason, quoted_name, reactions, template, latitude, longitude, place, card_name, card_number FROM messages
  WHERE coalesce(original_text, sender, reason, quoted_name, reactions, template, latitude, longitude, place, card_name, card_number) IS NOT NULL;

DROP TABLE messages;
ALTER TABLE new_messages RENAME TO messages;

-- What few messages have.
CREATE TABLE message_extras (
  id            INTEGER PRIMARY KEY CONSTRAINT message_extras_message REFERENCES messages ON DELETE CASCADE,
  original_text TEXT,
  sender        TEXT,
  reason        TEXT,
  quoted_name   TEXT,
  reactions     TEXT,
  template      TEXT,
  latitude      REAL,
  longitude     REAL,
  place         TEXT,
  card_name     TEXT,
  card_number   TEXT
) STRICT;
INSERT INTO message_extras (id, original_text, sender, reason, quoted_name, reactions, template, latitude, longitude, place, card_name, card_number)
  SELECT id, original_text, sender, reason, quoted_name, reactions, template, latitude, longitude, place, card_name, card_number FROM old_extras;
DROP TABLE old_extras;
DROP TABLE old_zone;

-- The room of the old table goes back to the disk with a compaction.
INSERT OR REPLACE INTO settings (key, value) SELECT '.compaction_due', 'true' WHERE EXISTS (SELECT 1 FROM messages);
