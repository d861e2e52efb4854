-- What the person at this computer has seen and reviewed, and noted for themselves. Nothing of it is sent
-- anywhere; it goes with an erasure.
ALTER TABLE interactions ADD COLUMN seen_ms INTEGER;
ALTER TABLE interactions ADD COLUMN reviewed_ms INTEGER;
ALTER TABLE interactions ADD COLUMN note TEXT;

-- Whether a message could not be delivered; derived like has_anomaly.
ALTER TABLE interactions ADD COLUMN has_failed INTEGER NOT NULL DEFAULT 0;
UPDATE interactions SET has_failed = 1 WHERE id IN
  (SELECT id >> 16 FROM messages WHERE shape_id IN (SELECT id FROM message_shapes WHERE delivery = 'FAILED'));

-- Whether a review gave less than half of what its form can give; derived like has_review.
ALTER TABLE interactions ADD COLUMN has_low_review INTEGER NOT NULL DEFAULT 0;
UPDATE interactions SET has_low_review = 1 WHERE id IN
  (SELECT r.activity_id >> 8 FROM qa_reviews r JOIN qa_forms f ON f.name = r.form_name WHERE r.score * 2 < f.initial_score +
    (SELECT ifnull(sum(iif(q.value ->> 'type' = 'CHECKBOX',
      (SELECT sum(max(o.value ->> 'points', 0)) FROM json_each(q.value, '$.options') o),
      (SELECT max(max(o.value ->> 'points'), 0) FROM json_each(q.value, '$.options') o))), 0) FROM json_each(f.questions) q));
