-- What of the wait, the first reply, the longest silence and the duration lies inside working hours, in seconds;
-- derived in inside.go, NULL where it is not counted.
ALTER TABLE interactions ADD COLUMN work_wait_s INTEGER;
ALTER TABLE interactions ADD COLUMN work_first_reply_s INTEGER;
ALTER TABLE interactions ADD COLUMN work_silence_s INTEGER;
ALTER TABLE interactions ADD COLUMN work_duration_s INTEGER;
