package store

// sensitivity says whether a column may hold something of a person. Agents are persons too, but
// their names and titles are what the figures are about, and stay (ERASURE.md).
type sensitivity bool

const (
	plain    sensitivity = false
	personal sensitivity = true
)

// sensitivities declares every column of the schema. A test compares it with the file; a
// column that is missing here fails it. What is personal about a customer goes with an erasure: see
// eraseStored and erasePerson.
func sensitivities() map[string]map[string]sensitivity {
	return map[string]map[string]sensitivity{
		"settings":      {"key": plain, "value": personal},
		"cursors":       all(plain, "key", "value"),
		"users":         {"id": plain, "name": personal, "title": personal, "alias": personal, "deactivated": plain},
		"queues":        all(plain, "id", "name", "title", "type", "deactivated"),
		"groups":        all(plain, "id", "kind", "name", "title"),
		"group_members": {"group_id": plain, "member": personal},
		"connectors":    all(plain, "id", "name", "title"),
		"statuses":      all(plain, "id", "name", "title", "color"),
		"crm_databases": all(plain, "name", "title"),
		"rights":        {"kind": plain, "name": personal},
		"accesses":      all(plain, "module", "bits"),
		"accounts": join(all(plain, "id", "name", "database_name", "database_title", "user_id", "created_ms", "edited_ms"),
			all(personal, "title", "description")),
		"contacts": join(all(plain, "id", "name", "database_name", "database_title", "account_id", "user_id", "created_ms", "edited_ms", "local"),
			all(personal, "title", "first_name", "last_name", "description", "numbers", "emails", "custom_fields")),
		"external_contacts": join(all(plain, "id", "external_id", "contact_name"), all(personal, "full_name", "number")),
		"tickets": join(all(plain, "id", "name", "category_name", "category_title", "user_id", "contact_id", "stage", "priority", "merged_to", "created_ms", "edited_ms"),
			all(personal, "title")),
		"interactions": join(all(plain, "id", "name", "state", "time_text", "time_ms", "queue_id", "user_id", "contact_id", "connector_id",
			"external_contact_id", "answered", "wait_s", "duration_s", "direction", "disconnection", "missed", "missed_time_text",
			"missed_time_ms", "anonymised", "gone_ms", "hash", "messages_hash", "process_hash", "messages_read_ms", "process_read_ms",
			"is_open", "has_anomaly", "has_review", "activity_count", "message_count", "focus_s", "disruptions", "first_reply_s", "silence_s", "qa_score",
			"has_failed", "has_low_review", "seen_ms", "reviewed_ms", "work_wait_s", "work_first_reply_s", "work_silence_s", "work_duration_s"),
			all(personal, "title", "sender", "options", "note")),
		"activities": join(all(plain, "id", "name", "type", "action", "important", "priority", "queue_id", "user_id", "created_by_id", "contact_id",
			"ticket_id", "time_text", "time_ms", "time_wait_ms", "time_open_ms", "time_close_ms", "before_s", "after_s", "duration_s",
			"ringing_s", "focus_s", "focus_disruptions", "anonymised", "hash"),
			all(personal, "title", "description", "custom_fields")),
		"activity_statuses": all(plain, "activity_id", "place", "status_id"),
		"given_statuses":    all(plain, "interaction_id", "place", "status_id"),
		"messages":          join(all(plain, "id", "name", "shape_id", "time_text", "time_ms", "user_id"), all(personal, "text")),
		"message_shapes":    all(plain, "id", "direction", "type", "kind", "delivery", "zone"),
		"message_extras": join(all(plain, "id", "quoted_name"),
			all(personal, "original_text", "sender", "reason", "reactions", "template", "latitude", "longitude", "place", "card_name", "card_number")),
		"attachments":    join(all(plain, "interaction_id", "origin", "place", "file", "message_name", "mime_type", "size_bytes", "duration_s", "path"), all(personal, "title")),
		"doomed_files":   all(plain, "path"),
		"process_events": join(all(plain, "id", "time_ms", "step", "queue_id", "user_id", "lasts_s"), all(personal, "text")),
		"qa_forms":       all(plain, "id", "name", "title", "description", "initial_score", "minimum_score", "questions", "queues"),
		"qa_reviews": join(all(plain, "id", "name", "activity_id", "form_name", "user_id", "created_by_id", "created_ms", "edited_ms", "score", "local"),
			all(personal, "answers")),
		"coverage":  all(plain, "from_ms", "to_ms"),
		"sync_runs": all(plain, "id", "kind", "started_ms", "ended_ms", "code", "read", "stored", "added", "gone"),
		"outbox":    join(all(plain, "id", "kind", "target", "interaction_id", "contact_name", "person", "state", "code", "unknown", "attempts", "next_ms", "created_ms", "updated_ms"), all(personal, "reason", "value", "base")),
		"erasures": join(all(plain, "name", "at_ms", "cause", "interaction_id", "time_ms", "queue_name", "filter", "messages", "files", "contacts",
			"changes", "upstream", "upstream_ms"), all(personal, "login")),
		"removals":       all(plain, "id", "at_ms", "cause", "before_ms", "interactions"),
		"erased_records": all(plain, "kind", "name"),
		"exports":        join(all(plain, "id", "at_ms", "format", "rows", "interaction_ids"), all(personal, "path", "filter", "login")),
		"saved_views":    join(all(plain, "id", "place"), all(personal, "title", "body")),
		"search":         all(personal, "text"),
	}
}

func all(s sensitivity, columns ...string) map[string]sensitivity {
	declared := make(map[string]sensitivity, len(columns))
	for _, column := range columns {
		declared[column] = s
	}
	return declared
}

func join(parts ...map[string]sensitivity) map[string]sensitivity {
	joined := map[string]sensitivity{}
	for _, part := range parts {
		for column, s := range part {
			joined[column] = s
		}
	}
	return joined
}
