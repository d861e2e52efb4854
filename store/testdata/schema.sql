-- index activities_of_contact
CREATE INDEX activities_of_contact ON activities (contact_id) WHERE contact_id IS NOT NULL
-- index activities_of_ticket
CREATE INDEX activities_of_ticket ON activities (ticket_id) WHERE ticket_id IS NOT NULL
-- index activities_users
CREATE INDEX activities_users ON activities (id, user_id)
-- index contacts_of_account
CREATE INDEX contacts_of_account ON contacts (account_id) WHERE account_id IS NOT NULL
-- index interactions_by_time
CREATE INDEX interactions_by_time ON interactions (time_ms, queue_id, user_id)
-- index interactions_missed
CREATE INDEX interactions_missed ON interactions (id) WHERE missed = 'YES'
-- index interactions_of_contact
CREATE INDEX interactions_of_contact ON interactions (contact_id, time_ms) WHERE contact_id IS NOT NULL
-- index interactions_of_external_contact
CREATE INDEX interactions_of_external_contact ON interactions (external_contact_id) WHERE external_contact_id IS NOT NULL
-- index interactions_open
CREATE INDEX interactions_open ON interactions (id) WHERE is_open
-- index interactions_routing
CREATE INDEX interactions_routing ON interactions (id) WHERE state = 'ROUTING'
-- index outbox_of_interaction
CREATE INDEX outbox_of_interaction ON outbox (interaction_id)
-- index qa_reviews_of_activity
CREATE INDEX qa_reviews_of_activity ON qa_reviews (activity_id)
-- index tickets_of_contact
CREATE INDEX tickets_of_contact ON tickets (contact_id) WHERE contact_id IS NOT NULL
-- table accesses
CREATE TABLE accesses (
  module TEXT NOT NULL CONSTRAINT accesses_key PRIMARY KEY,
  bits   INTEGER NOT NULL
) STRICT, WITHOUT ROWID
-- table accounts
CREATE TABLE accounts (
  id             INTEGER PRIMARY KEY,
  name           TEXT NOT NULL CONSTRAINT accounts_name UNIQUE,
  title          TEXT NOT NULL,
  database_name  TEXT,
  database_title TEXT,
  user_id        INTEGER CONSTRAINT accounts_user REFERENCES users,
  description    TEXT,
  created_ms     INTEGER,
  edited_ms      INTEGER
) STRICT
-- table activities
CREATE TABLE activities (
  id                INTEGER PRIMARY KEY,
  name              TEXT NOT NULL CONSTRAINT activities_name UNIQUE,
  type              TEXT,
  action            TEXT,
  title             TEXT,
  description       TEXT,
  important         INTEGER NOT NULL DEFAULT 0,
  priority          INTEGER NOT NULL DEFAULT 0,
  queue_id          INTEGER CONSTRAINT activities_queue REFERENCES queues,
  user_id           INTEGER CONSTRAINT activities_user REFERENCES users,
  created_by_id     INTEGER CONSTRAINT activities_created_by REFERENCES users,
  contact_id        INTEGER CONSTRAINT activities_contact REFERENCES contacts,
  ticket_id         INTEGER CONSTRAINT activities_ticket REFERENCES tickets,
  time_text         TEXT,
  time_ms           INTEGER,
  time_wait_ms      INTEGER,
  time_open_ms      INTEGER,
  time_close_ms     INTEGER,
  before_s          INTEGER,
  after_s           INTEGER,
  duration_s        INTEGER,
  ringing_s         INTEGER,
  focus_s           INTEGER,
  focus_disruptions INTEGER,
  anonymised        INTEGER NOT NULL DEFAULT 0,
  custom_fields     TEXT,
  hash              INTEGER NOT NULL
) STRICT
-- table activity_statuses
CREATE TABLE activity_statuses (
  activity_id INTEGER NOT NULL CONSTRAINT activity_statuses_activity REFERENCES activities ON DELETE CASCADE,
  place       INTEGER NOT NULL,
  status_id   INTEGER NOT NULL CONSTRAINT activity_statuses_status REFERENCES statuses,
  CONSTRAINT activity_statuses_key PRIMARY KEY (activity_id, place)
) STRICT, WITHOUT ROWID
-- table attachments
CREATE TABLE attachments (
  interaction_id INTEGER NOT NULL CONSTRAINT attachments_interaction REFERENCES interactions ON DELETE CASCADE,
  origin         TEXT NOT NULL,
  place          INTEGER NOT NULL,
  file           TEXT NOT NULL,
  message_name   TEXT,
  title          TEXT,
  mime_type      TEXT,
  size_bytes     INTEGER,
  duration_s     INTEGER,
  path           TEXT,
  CONSTRAINT attachments_key PRIMARY KEY (interaction_id, origin, place)
) STRICT, WITHOUT ROWID
-- table connectors
CREATE TABLE connectors (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL CONSTRAINT connectors_name UNIQUE,
  title TEXT NOT NULL
) STRICT
-- table contacts
CREATE TABLE contacts (
  id             INTEGER PRIMARY KEY,
  name           TEXT NOT NULL CONSTRAINT contacts_name UNIQUE,
  title          TEXT NOT NULL,
  first_name     TEXT,
  last_name      TEXT,
  database_name  TEXT,
  database_title TEXT,
  account_id     INTEGER CONSTRAINT contacts_account REFERENCES accounts,
  user_id        INTEGER CONSTRAINT contacts_user REFERENCES users,
  description    TEXT,
  numbers        TEXT,
  emails         TEXT,
  created_ms     INTEGER,
  edited_ms      INTEGER,
  custom_fields  TEXT,
  -- made here and not yet known to the contact centre
  local          INTEGER NOT NULL DEFAULT 0
) STRICT
-- table coverage
CREATE TABLE coverage (
  from_ms INTEGER PRIMARY KEY,
  to_ms   INTEGER NOT NULL
) STRICT
-- table crm_databases
CREATE TABLE crm_databases (
  name  TEXT NOT NULL CONSTRAINT crm_databases_key PRIMARY KEY,
  title TEXT NOT NULL
) STRICT, WITHOUT ROWID
-- table cursors
CREATE TABLE cursors (
  key   TEXT NOT NULL CONSTRAINT cursors_key PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID
-- table doomed_files
CREATE TABLE doomed_files (
  path TEXT NOT NULL CONSTRAINT doomed_files_key PRIMARY KEY
) STRICT, WITHOUT ROWID
-- table erased_records
CREATE TABLE erased_records (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  CONSTRAINT erased_records_key PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID
-- table erasures
CREATE TABLE erasures (
  name  TEXT NOT NULL CONSTRAINT erasures_key PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  login TEXT
, cause TEXT, interaction_id INTEGER, time_ms INTEGER, queue_name TEXT, filter TEXT, messages INTEGER, files INTEGER, contacts INTEGER, changes INTEGER, upstream TEXT, upstream_ms INTEGER) STRICT, WITHOUT ROWID
-- table exports
CREATE TABLE exports (
  id              INTEGER PRIMARY KEY,
  at_ms           INTEGER NOT NULL,
  path            TEXT NOT NULL,
  format          TEXT NOT NULL,
  filter          TEXT,
  rows            INTEGER NOT NULL,
  login           TEXT,
  interaction_ids BLOB NOT NULL
) STRICT
-- table external_contacts
CREATE TABLE external_contacts (
  id           INTEGER PRIMARY KEY,
  external_id  TEXT NOT NULL CONSTRAINT external_contacts_external_id UNIQUE,
  full_name    TEXT,
  number       TEXT,
  contact_name TEXT
) STRICT
-- table given_statuses
CREATE TABLE given_statuses (
  interaction_id INTEGER NOT NULL CONSTRAINT given_statuses_interaction REFERENCES interactions ON DELETE CASCADE,
  place          INTEGER NOT NULL,
  status_id      INTEGER NOT NULL CONSTRAINT given_statuses_status REFERENCES statuses,
  CONSTRAINT given_statuses_key PRIMARY KEY (interaction_id, place)
) STRICT, WITHOUT ROWID
-- table group_members
CREATE TABLE group_members (
  group_id INTEGER NOT NULL CONSTRAINT group_members_group REFERENCES groups ON DELETE CASCADE,
  member   TEXT NOT NULL,
  CONSTRAINT group_members_key PRIMARY KEY (group_id, member)
) STRICT, WITHOUT ROWID
-- table groups
CREATE TABLE groups (
  id    INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL,
  name  TEXT NOT NULL,
  title TEXT NOT NULL,
  CONSTRAINT groups_name UNIQUE (kind, name)
) STRICT
-- table interactions
CREATE TABLE interactions (
  id                  INTEGER PRIMARY KEY AUTOINCREMENT,
  name                TEXT NOT NULL CONSTRAINT interactions_name UNIQUE,
  title               TEXT,
  state               TEXT,
  time_text           TEXT,
  time_ms             INTEGER,
  queue_id            INTEGER CONSTRAINT interactions_queue REFERENCES queues,
  user_id             INTEGER CONSTRAINT interactions_user REFERENCES users,
  contact_id          INTEGER CONSTRAINT interactions_contact REFERENCES contacts,
  connector_id        INTEGER CONSTRAINT interactions_connector REFERENCES connectors,
  external_contact_id INTEGER CONSTRAINT interactions_external_contact REFERENCES external_contacts,
  sender              TEXT,
  answered            INTEGER,
  wait_s              INTEGER,
  duration_s          INTEGER,
  direction           TEXT,
  disconnection       TEXT,
  missed              TEXT,
  missed_time_text    TEXT,
  missed_time_ms      INTEGER,
  options             TEXT,
  anonymised          INTEGER NOT NULL DEFAULT 0,
  gone_ms             INTEGER,
  -- of the row as it was read, of the transcript and of the process: what did not change is not written
  hash                INTEGER NOT NULL,
  messages_hash       INTEGER,
  process_hash        INTEGER,
  messages_read_ms    INTEGER,
  process_read_ms     INTEGER,
  -- derived in figures.go, can be worked out again
  is_open             INTEGER NOT NULL DEFAULT 0,
  has_anomaly         INTEGER NOT NULL DEFAULT 0,
  has_review          INTEGER NOT NULL DEFAULT 0,
  activity_count      INTEGER NOT NULL DEFAULT 0,
  message_count       INTEGER,
  focus_s             INTEGER,
  disruptions         INTEGER,
  first_reply_s       INTEGER,
  silence_s           INTEGER
, qa_score INTEGER, seen_ms INTEGER, reviewed_ms INTEGER, note TEXT, has_failed INTEGER NOT NULL DEFAULT 0, has_low_review INTEGER NOT NULL DEFAULT 0, work_wait_s INTEGER, work_first_reply_s INTEGER, work_silence_s INTEGER, work_duration_s INTEGER) STRICT
-- table message_extras
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
) STRICT
-- table message_shapes
CREATE TABLE message_shapes (
  id        INTEGER PRIMARY KEY,
  direction TEXT NOT NULL,
  type      TEXT NOT NULL,
  kind      TEXT NOT NULL,
  delivery  TEXT NOT NULL,
  zone      TEXT NOT NULL,
  CONSTRAINT message_shapes_key UNIQUE (direction, type, kind, delivery, zone)
) STRICT
-- table messages
CREATE TABLE "messages" (
  id        INTEGER PRIMARY KEY,
  name      TEXT,
  shape_id  INTEGER NOT NULL CONSTRAINT messages_shape REFERENCES message_shapes,
  text      TEXT,
  time_ms   INTEGER,
  time_text TEXT,
  user_id   INTEGER CONSTRAINT messages_user REFERENCES users
) STRICT
-- table outbox
CREATE TABLE outbox (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  kind           TEXT NOT NULL,
  target         TEXT NOT NULL,
  interaction_id INTEGER CONSTRAINT outbox_interaction REFERENCES interactions ON DELETE CASCADE,
  contact_name   TEXT,
  state          TEXT NOT NULL,
  code           TEXT,
  reason         TEXT,
  value          TEXT NOT NULL,
  base           TEXT NOT NULL,
  unknown        INTEGER NOT NULL DEFAULT 0,
  attempts       INTEGER NOT NULL DEFAULT 0,
  next_ms        INTEGER NOT NULL DEFAULT 0,
  created_ms     INTEGER NOT NULL,
  updated_ms     INTEGER NOT NULL
, person TEXT) STRICT
-- table process_events
CREATE TABLE process_events (
  id       INTEGER PRIMARY KEY,
  time_ms  INTEGER,
  step     TEXT,
  queue_id INTEGER CONSTRAINT process_events_queue REFERENCES queues,
  user_id  INTEGER CONSTRAINT process_events_user REFERENCES users,
  lasts_s  INTEGER,
  text     TEXT
) STRICT
-- table qa_forms
CREATE TABLE qa_forms (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL CONSTRAINT qa_forms_name UNIQUE,
  title         TEXT NOT NULL,
  description   TEXT,
  initial_score INTEGER NOT NULL DEFAULT 0,
  minimum_score INTEGER,
  questions     TEXT,
  queues        TEXT
) STRICT
-- table qa_reviews
CREATE TABLE qa_reviews (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL CONSTRAINT qa_reviews_name UNIQUE,
  activity_id   INTEGER NOT NULL CONSTRAINT qa_reviews_activity REFERENCES activities ON DELETE CASCADE,
  form_name     TEXT,
  user_id       INTEGER CONSTRAINT qa_reviews_user REFERENCES users,
  created_by_id INTEGER CONSTRAINT qa_reviews_created_by REFERENCES users,
  created_ms    INTEGER,
  edited_ms     INTEGER,
  score         INTEGER,
  answers       TEXT,
  -- made here and not yet known to the contact centre
  local         INTEGER NOT NULL DEFAULT 0
) STRICT
-- table queues
CREATE TABLE queues (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL CONSTRAINT queues_name UNIQUE,
  title       TEXT NOT NULL,
  type        TEXT,
  deactivated INTEGER NOT NULL DEFAULT 0
) STRICT
-- table removals
CREATE TABLE removals (
  id           INTEGER PRIMARY KEY,
  at_ms        INTEGER NOT NULL,
  cause        TEXT NOT NULL,
  before_ms    INTEGER,
  interactions INTEGER NOT NULL
) STRICT
-- table rights
CREATE TABLE rights (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  CONSTRAINT rights_key PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID
-- table saved_views
CREATE TABLE saved_views (
  id    TEXT NOT NULL CONSTRAINT saved_views_key PRIMARY KEY,
  place INTEGER NOT NULL,
  title TEXT NOT NULL,
  body  TEXT NOT NULL
) STRICT, WITHOUT ROWID
-- table search
CREATE VIRTUAL TABLE search USING fts5 (
  text, content = '', columnsize = 0, prefix = '3', tokenize = 'unicode61 remove_diacritics 2'
)
-- table settings
CREATE TABLE settings (
  key   TEXT NOT NULL CONSTRAINT settings_key PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID
-- table statuses
CREATE TABLE statuses (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL CONSTRAINT statuses_name UNIQUE,
  title TEXT NOT NULL,
  color TEXT
) STRICT
-- table sync_runs
CREATE TABLE sync_runs (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  ended_ms   INTEGER,
  code       TEXT,
  read       INTEGER NOT NULL DEFAULT 0,
  stored     INTEGER NOT NULL DEFAULT 0,
  added      INTEGER NOT NULL DEFAULT 0,
  gone       INTEGER NOT NULL DEFAULT 0
) STRICT
-- table tickets
CREATE TABLE tickets (
  id             INTEGER PRIMARY KEY,
  name           TEXT NOT NULL CONSTRAINT tickets_name UNIQUE,
  title          TEXT NOT NULL,
  category_name  TEXT,
  category_title TEXT,
  user_id        INTEGER CONSTRAINT tickets_user REFERENCES users,
  contact_id     INTEGER CONSTRAINT tickets_contact REFERENCES contacts,
  stage          TEXT,
  priority       TEXT,
  merged_to      TEXT,
  created_ms     INTEGER,
  edited_ms      INTEGER
) STRICT
-- table users
CREATE TABLE users (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL CONSTRAINT users_name UNIQUE,
  title       TEXT NOT NULL,
  alias       TEXT,
  deactivated INTEGER NOT NULL DEFAULT 0
) STRICT
