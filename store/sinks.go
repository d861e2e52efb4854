package store

import (
	"database/sql/driver"
	"errors"
	"slices"
	"sync"

	"modernc.org/sqlite"
)

// Bulk reads leave SQLite through an aggregate function: it sees whole rows without
// database/sql in between, which halves the time (listing/ENGINE.md). A query names the
// receiver of its rows by a number.

const eachRow = "wapdesk_each_row"

// sink receives the values of one row. Texts point into SQLite's memory and are valid during
// the call only.
type sink func(values []driver.Value) error

type sinks struct {
	mu   sync.Mutex
	open []sink // by number; nil is free
}

func newSinks() *sinks { return &sinks{} }

func (s *sinks) register(drv *sqlite.Driver) error {
	return drv.RegisterFunction(eachRow, &sqlite.FunctionImpl{
		NArgs:        -1,
		VolatileArgs: true,
		MakeAggregate: func(sqlite.FunctionContext) (sqlite.AggregateFunction, error) {
			return &rowAggregate{sinks: s}, nil
		},
	})
}

// add returns the number of a receiver until done is called: the lowest that is free, since Go
// hands small numbers over with every row without taking memory for them.
func (s *sinks) add(to sink) (number int64, done func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.IndexFunc(s.open, func(other sink) bool { return other == nil })
	if at < 0 {
		at = len(s.open)
		s.open = append(s.open, nil)
	}
	s.open[at] = to
	return int64(at), func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.open[at] = nil
	}
}

func (s *sinks) get(number int64) sink {
	s.mu.Lock()
	defer s.mu.Unlock()
	if number < 0 || number >= int64(len(s.open)) {
		return nil
	}
	return s.open[number]
}

var (
	errNoSink   = errors.New("rows without a receiver")
	errNoWindow = errors.New("not a window function")
)

// rowAggregate hands each row to its receiver.
type rowAggregate struct {
	sinks *sinks
	to    sink
}

// Step is called by SQLite for each row: the receiver's number, then the values.
func (a *rowAggregate) Step(_ *sqlite.FunctionContext, values []driver.Value) error {
	if a.to == nil {
		number, ok := values[0].(int64)
		if ok {
			a.to = a.sinks.get(number)
		}
		if a.to == nil {
			return errNoSink
		}
	}
	return a.to(values[1:])
}

// WindowInverse has no meaning here.
func (a *rowAggregate) WindowInverse(*sqlite.FunctionContext, []driver.Value) error {
	return errNoWindow
}

// WindowValue is the result of the aggregate, which nobody reads.
func (a *rowAggregate) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	return int64(0), nil
}

// Final ends the aggregate.
func (a *rowAggregate) Final(*sqlite.FunctionContext) {}
