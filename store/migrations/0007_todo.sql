-- Whom a change is about: the unique name of a contact, which outlives its erasure. What is to be done in the
-- contact centre by hand stands together by it.
ALTER TABLE outbox ADD COLUMN person TEXT;
