-- Statuses that a file gives of an interaction, whose activities it may not hold.
CREATE TABLE given_statuses (
  interaction_id INTEGER NOT NULL CONSTRAINT given_statuses_interaction REFERENCES interactions ON DELETE CASCADE,
  place          INTEGER NOT NULL,
  status_id      INTEGER NOT NULL CONSTRAINT given_statuses_status REFERENCES statuses,
  CONSTRAINT given_statuses_key PRIMARY KEY (interaction_id, place)
) STRICT, WITHOUT ROWID;
