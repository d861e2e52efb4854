package daktela

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Paths are the addresses of relations that no published description
// confirms for WhatsApp; an administrator can change them. {name} stands for
// the unique name. Relations are below the API root and without suffix.
type Paths struct {
	Messages              string // an interaction's transcript
	Flow                  string // an interaction's way through the contact centre
	InteractionActivities string // an interaction's activities
	ActivityAttachments   string // an activity's files
	ActivityReviews       string // an activity's QA reviews
	UserGroups            string
	QueueGroups           string
	QueueForms            string
	Download              string // from the root of the host
	DownloadMapper        string // the mapper of an interaction's files and of its messages'
	ActivityMapper        string // the mapper of an activity's files
}

// DefaultPaths are what sibling channels and other clients use.
func DefaultPaths() Paths {
	return Paths{
		Messages:              "activitiesWap/{name}/messages",
		Flow:                  "activitiesWap/{name}/flow",
		InteractionActivities: "activitiesWap/{name}/activities",
		ActivityAttachments:   "activities/{name}/attachments",
		ActivityReviews:       "activities/{name}/qaReviews",
		UserGroups:            "users/{name}/groups",
		QueueGroups:           "queues/{name}/groups",
		QueueForms:            "queues/{name}/qaforms",
		Download:              "/file/download.php",
		DownloadMapper:        "activitiesWap",
		ActivityMapper:        "activitiesComment",
	}
}

var errPath = errors.New("not a path of a relation")

// merge replaces the paths that are set in other.
func (p Paths) merge(other Paths) (Paths, error) {
	relations := []struct{ into, from *string }{
		{&p.Messages, &other.Messages}, {&p.Flow, &other.Flow},
		{&p.InteractionActivities, &other.InteractionActivities},
		{&p.ActivityAttachments, &other.ActivityAttachments}, {&p.ActivityReviews, &other.ActivityReviews},
		{&p.UserGroups, &other.UserGroups}, {&p.QueueGroups, &other.QueueGroups}, {&p.QueueForms, &other.QueueForms},
	}
	for _, r := range relations {
		if *r.from == "" {
			continue
		}
		clean := strings.TrimSuffix(strings.TrimPrefix(*r.from, "/"), ".json")
		if strings.Count(clean, "{name}") != 1 || strings.ContainsAny(clean, "?#:\\ ") || strings.Contains(clean, "..") {
			return p, fmt.Errorf("relation: %w", errPath)
		}
		*r.into = clean
	}
	if other.Download != "" {
		if !strings.HasPrefix(other.Download, "/") || strings.ContainsAny(other.Download, "?#:\\ ") {
			return p, fmt.Errorf("download: %w", errPath)
		}
		p.Download = other.Download
	}
	if other.DownloadMapper != "" {
		p.DownloadMapper = other.DownloadMapper
	}
	if other.ActivityMapper != "" {
		p.ActivityMapper = other.ActivityMapper
	}
	return p, nil
}

// fill returns the path for a name and the same with the name masked.
func fill(template string, name Name) (path, op string) {
	return strings.Replace(template, "{name}", url.PathEscape(string(name)), 1),
		strings.Replace(template, "{name}", "*", 1)
}
