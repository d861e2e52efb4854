package app

import (
	"time"

	"wapdesk/app/profile"
)

// SyncStatus is the state of the sync pill; it also arrives as the event EventSync.
type SyncStatus struct {
	State         string             `json:"state"` // idle, syncing, offline, paused, signin, problem, demo, file
	Phase         string             `json:"phase"` // directory, contacts, interactions, messages, changes, preparing
	Done          int64              `json:"done"`
	Expected      int64              `json:"expected"` // 0 when unknown
	Rate          float64            `json:"rate"`     // done in a second, 0 when unknown
	LeftS         int                `json:"leftS"`    // what the phase takes at this rate, 0 when unknown
	Metered       string             `json:"metered"`  // what waits because the network is metered: new, asked, "" for nothing
	Paused        bool               `json:"paused"`
	RereadDown    string             `json:"rereadDown"` // the day down to which everything stored is being read again, "" when it is not
	WaitS         int                `json:"waitS"`      // the contact centre asked to wait this long
	LastMs        int64              `json:"lastMs"`     // end of the last successful sync, 0 never
	NextMs        int64              `json:"nextMs"`     // 0 when not planned
	Stored        int                `json:"stored"`     // interactions on this computer
	Coverage      []profile.DayRange `json:"coverage"`   // stored days, oldest first
	Waiting       int                `json:"waiting"`    // changes to send
	Refused       int                `json:"refused"`    // changes refused or in conflict
	Todo          int                `json:"todo"`       // changes to be done in the contact centre by hand
	ErrorCode     string             `json:"errorCode"`  // of the last run, "" when it went well
	ErrorParams   map[string]string  `json:"errorParams"`
	Unread        []string           `json:"unread"`      // lists the last whole sync was not given
	NeverListed   []string           `json:"neverListed"` // users or queues, which the role forbids to list and always did
	NewRows       int                `json:"newRows"`     // added by the last run
	ZoneUnknown   string             `json:"zoneUnknown"` // the time zone the contact centre names and nobody knows, "" for none
	ZoneUsed      string             `json:"zoneUsed"`    // the one that times are read in instead
	Doubted       int                `json:"doubted"`     // interactions of which less was sent than is stored
	CompactionDue bool               `json:"compactionDue"`
}

// States of the sync pill.
const (
	syncIdle    = "idle"
	syncRunning = "syncing"
	syncOffline = "offline"
	syncPaused  = "paused"
	syncSignIn  = "signin"
	syncProblem = "problem"
	syncFile    = "file"
	syncDemo    = "demo"
)

// syncStatus shows how far the sync is.
func syncStatus(s profile.Status) SyncStatus {
	out := SyncStatus{
		State: stateOf(s), Phase: s.Phase, Done: s.Done, Expected: s.Expected, WaitS: int(s.Wait.Round(time.Second).Seconds()),
		LastMs: s.LastMs, NextMs: s.NextMs, Stored: s.Stored, Coverage: s.Coverage, Waiting: s.Waiting, Refused: s.Refused, Todo: s.Todo,
		ErrorParams: map[string]string{}, Unread: s.Unread, NeverListed: s.NeverListed, NewRows: s.Added, CompactionDue: s.CompactionDue,
		ZoneUnknown: s.ZoneUnknown, ZoneUsed: s.ZoneUsed, Doubted: s.Doubted,
		Rate: s.Rate, LeftS: int(s.Left.Round(time.Second).Seconds()), Metered: s.Metered, Paused: s.Paused, RereadDown: s.RereadDown,
	}
	if coded := AsErrorOrNil(s.Err); coded != nil {
		out.ErrorCode, out.ErrorParams = coded.Code, nonNilMap(coded.Params)
	}
	return out
}

func stateOf(s profile.Status) string {
	switch {
	case s.File:
		return syncFile
	case s.Running:
		return syncRunning
	case s.Paused:
		return syncPaused
	case s.Err != nil:
		switch AsError(s.Err).Code {
		case "unreachable":
			return syncOffline
		case "wrong_credentials", "sign_in":
			return syncSignIn
		}
		return syncProblem
	case s.Demo:
		return syncDemo
	}
	return syncIdle
}

// RightsInfo is what the token's user may see.
type RightsInfo struct {
	Users  []NamedRef `json:"users"`
	Queues []NamedRef `json:"queues"`
	Where  string     `json:"where"` // "Manage → Users → Rights"
}

// rightsPlace is where an administrator sets rights in Daktela, in its own words.
const rightsPlace = "Manage → Users → Rights"

// RightsOf shows what a user may see.
func RightsOf(v profile.Visible) RightsInfo {
	return RightsInfo{Users: namedRefs(v.Users), Queues: namedRefs(v.Queues), Where: rightsPlace}
}
