package demo

import (
	"iter"
	"net/http"
	"net/url"
	"slices"
	"sort"
)

// newModels builds the table of everything the API offers.
func newModels() map[string]*model {
	models := map[string]*model{}
	for _, m := range []*model{
		wapModel(), wapContactModel(), messageModel(), flowModel(), fileModel(attachmentsModel), fileModel("activitiesWapFiles"),
		activityModel(),
		userModel(), queueModel(), groupModel(), connectorModel(), statusModel(), roleModel(), profileModel(),
		databaseModel(), accountModel(), contactModel(),
		ticketModel(), categoryModel(), templateModel(),
		formModel(), reviewModel(),
	} {
		models[m.name] = m
	}
	return models
}

// timed narrows a scan of rows in the order of their time by the bounds.
func timed[T any](table func(*world) *table[T], at func(*T) Stamp, see func(*ask, any) bool, all source) source {
	return func(q *ask, within bounds) iter.Seq[any] {
		if within.names != nil || within.from == 0 && within.to == 0 {
			return all(q, within)
		}
		rows := table(q.world).rows
		first := sort.Search(len(rows), func(i int) bool { return at(rows[i]) >= within.from })
		last := len(rows)
		if within.to != 0 {
			last = sort.Search(len(rows), func(i int) bool { return at(rows[i]) > within.to })
		}
		return func(yield func(any) bool) {
			for _, row := range rows[min(first, last):last] {
				if see(q, row) && !yield(row) {
					return
				}
			}
		}
	}
}

// listOf makes a source of rows that are at hand.
func listOf[T any](rows []*T) source {
	return func(_ *ask, _ bounds) iter.Seq[any] {
		return func(yield func(any) bool) {
			for _, row := range rows {
				if !yield(row) {
					return
				}
			}
		}
	}
}

// relatedList lists the named rows of a model that the viewer may see.
func relatedList(model string, names func(q *ask, row any) []string) relation {
	return func(q *ask, row any, query url.Values) answer {
		m := q.models[model]
		if !q.may(m, rightRead) {
			return refusal(http.StatusForbidden)
		}
		return q.list(m, func(q *ask, _ bounds) iter.Seq[any] {
			return func(yield func(any) bool) {
				for _, name := range names(q, row) {
					r := m.find(q, name)
					if r != nil && m.visible(q, r) && !yield(r) {
						return
					}
				}
			}
		}, query)
	}
}

// attached lists the files of an activity or an interaction.
func attached(files func(q *ask, row any) []*File) relation {
	return func(q *ask, row any, query url.Values) answer {
		return q.list(q.models[attachmentsModel], listOf(files(q, row)), query)
	}
}

// attachmentsModel is the odd name of an activity's files.
const attachmentsModel = `activities\Attachments`

// fileModel is an attachment of an activity or a message; the flags are texts there.
func fileModel(name string) *model {
	return &model{
		name: name,
		attrs: map[string]attr{
			"name":     scalar(func(f *File) int64 { return f.ID }),
			"file":     scalar(func(f *File) string { return number(f.ID) }),
			"inline":   scalar(func(f *File) string { return number(int64(btoi(f.Inline))) }),
			"cid":      constant(nil),
			"title":    scalar(func(f *File) string { return f.Title }),
			"type":     scalar(func(f *File) string { return f.MimeType }),
			"size":     scalar(func(f *File) int64 { return f.Size }),
			"duration": seconds(func(f *File) int64 { return f.Duration }),
			"time":     moment(func(f *File) Stamp { return f.Time }),
		},
		sorts: []string{"time", "title"},
	}
}

func pointers[T any](rows []T) []*T {
	list := make([]*T, len(rows))
	for i := range rows {
		list[i] = &rows[i]
	}
	return list
}

func anyRows[T any](rows []T) []any {
	list := make([]any, len(rows))
	for i := range rows {
		list[i] = &rows[i]
	}
	return list
}

// numbersOf writes numbers as unique names.
func numbersOf(list []int64) []string {
	names := make([]string, len(list))
	for i, n := range list {
		names[i] = number(n)
	}
	return names
}

// visibleOnly keeps the names of activities that the viewer may see.
func (q *ask) visibleOnly(activities []string) []string {
	return slices.DeleteFunc(slices.Clone(activities), func(name string) bool {
		a := q.world.activities.get(name)
		return a == nil || !q.viewer.seesActivity(a)
	})
}
