-- Who had an activity of an interaction, read for all of them when the list is loaded.
CREATE INDEX activities_users ON activities (id, user_id);

-- The mean of the scores of its reviews; derived like has_review.
ALTER TABLE interactions ADD COLUMN qa_score INTEGER;
UPDATE interactions SET qa_score = (SELECT CAST(round(avg(r.score)) AS INTEGER) FROM qa_reviews r
  WHERE r.activity_id BETWEEN interactions.id << 8 AND (interactions.id << 8) + 255) WHERE has_review;
