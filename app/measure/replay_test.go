package measure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"wapdesk/app/demo"
)

// replay is a contact centre that costs hardly anything: it answers lists of interactions and
// activities, transcripts and processes with what the demo server once answered, under other names and at
// other times. Everything else it hands to the demo server.
type replay struct {
	demo  http.Handler
	token string
	n     int
	end   int64 // unix seconds of the last interaction
	step  int64 // seconds between two

	mu           sync.RWMutex
	models       map[string]*replayed
	bodies       map[string][]byte // by relation and place among the patterns
	patternNames []string
}

// replayed are a model's rows without what differs, each opened for it.
type replayed struct{ rows [][]byte }

const (
	replayPrefix   = "wap_r"
	replayPatterns = 1000
)

func newReplay(server *demo.Server, n int, end time.Time, span time.Duration) *replay {
	return &replay{
		demo: server.Handler(), token: server.Token(), n: n, end: end.Unix(), step: max(int64(span.Seconds())/int64(n), 1),
		models: map[string]*replayed{}, bodies: map[string][]byte{},
	}
}

// at is the moment of an interaction, on the wall of a contact centre in UTC.
func (r *replay) at(i int) string {
	return time.Unix(r.end-int64(r.n-1-i)*r.step, 0).UTC().Format(time.DateTime)
}

// first is the first interaction at or after a moment.
func (r *replay) first(text string) int {
	moment, err := time.Parse(time.DateTime, text)
	if err != nil {
		return 0
	}
	behind := r.end - moment.Unix()
	if behind < 0 {
		return r.n
	}
	return max(r.n-1-int(behind/r.step), 0)
}

func (r *replay) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	path := strings.TrimSuffix(strings.TrimPrefix(req.URL.Path, "/api/v6/"), ".json")
	if path == "activitiesWap" || path == "activities" {
		query := req.URL.Query()
		if from, to, timed := between(query); timed {
			r.list(w, path, query, from, to)
			return
		}
	}
	model, rest, _ := strings.Cut(path, "/")
	name, relation, _ := strings.Cut(rest, "/")
	if model == "activitiesWap" && relation != "" && strings.HasPrefix(name, replayPrefix) {
		r.related(w, req, name, relation)
		return
	}
	r.demo.ServeHTTP(w, req)
}

// between reads the bounds of time of a list.
func between(query url.Values) (from, to string, timed bool) {
	for i := 0; ; i++ {
		at := "filter[filters][" + strconv.Itoa(i) + "]"
		if !query.Has(at+"[field]") && !query.Has(at+"[logic]") {
			return from, to, timed
		}
		if query.Get(at+"[field]") != "time" {
			continue
		}
		switch value := query.Get(at + "[value]"); query.Get(at + "[operator]") {
		case "gte":
			from, timed = value, true
		case "lt":
			to, timed = value, true
		}
	}
}

func (r *replay) list(w http.ResponseWriter, model string, query url.Values, from, to string) {
	patterns := r.patterns(model, query)
	first, last := r.first(from), r.n
	if to != "" {
		last = r.first(to)
	}
	total := max(last-first, 0)
	take, _ := strconv.Atoi(query.Get("take"))
	skip, _ := strconv.Atoi(query.Get("skip"))
	body := make([]byte, 0, 1<<20)
	body = append(body, `{"error":[],"result":{"total":`...)
	body = strconv.AppendInt(body, int64(total), 10)
	body = append(body, `,"data":[`...)
	for place := skip; place < min(skip+take, total); place++ {
		if place > skip {
			body = append(body, ',')
		}
		i := last - 1 - place // the newest first
		row := patterns.rows[i%len(patterns.rows)]
		if model == "activities" {
			body = fmt.Appendf(body, `{"name":"activities_r%010d","item":{"name":"%s%010d"},"time":"%s"`, i, replayPrefix, i, r.at(i))
		} else {
			body = fmt.Appendf(body, `{"name":"%s%010d","time":"%s"`, replayPrefix, i, r.at(i))
		}
		body = append(body, row...)
	}
	r.send(w, append(body, "]}"...))
}

func (r *replay) send(w http.ResponseWriter, body []byte) {
	now := time.Now().UTC().Format(time.DateTime)
	body = fmt.Appendf(body, `,"_time":%q,"_timezone":"UTC"}`, now)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}

// ask asks the demo server.
func (r *replay) ask(path string, query url.Values) []byte {
	req := httptest.NewRequest(http.MethodGet, "/api/v6/"+path+".json?"+query.Encode(), http.NoBody)
	req.Header.Set("X-AUTH-TOKEN", r.token)
	w := httptest.NewRecorder()
	r.demo.ServeHTTP(w, req)
	return w.Body.Bytes()
}

// patterns are rows that are complete and closed, so that none is asked for again for another reason.
func (r *replay) patterns(model string, query url.Values) *replayed {
	r.mu.Lock()
	defer r.mu.Unlock()
	if known := r.models[model]; known != nil {
		return known
	}
	asked := url.Values{"take": {strconv.Itoa(replayPatterns)}, "sort[0][field]": {"time"}, "sort[0][dir]": {"desc"}}
	for key, values := range query {
		if strings.HasPrefix(key, "fields[") {
			asked[key] = values
		}
	}
	if model == "activities" {
		asked.Set("filter[field]", "type")
		asked.Set("filter[operator]", "eq")
		asked.Set("filter[value]", "WAP")
	}
	var reply struct {
		Result struct {
			Data []map[string]json.RawMessage `json:"data"`
		} `json:"result"`
	}
	if err := json.Unmarshal(r.ask(model, asked), &reply); err != nil {
		panic(err)
	}
	made := &replayed{}
	for _, row := range reply.Result.Data {
		if model == "activities" && string(row["action"]) != `"CLOSE"` || model == "activitiesWap" && (string(row["answered"]) != "true" || string(row["missed"]) == `"YES"`) {
			continue
		}
		if model == "activitiesWap" {
			r.patternNames = append(r.patternNames, strings.Trim(string(row["name"]), `"`))
		}
		delete(row, "name")
		delete(row, "time")
		delete(row, "item")
		rest, err := json.Marshal(row)
		if err != nil {
			panic(err)
		}
		made.rows = append(made.rows, append([]byte{','}, rest[1:]...))
	}
	r.models[model] = made
	return made
}

// related answers a transcript or a process with a pattern's.
func (r *replay) related(w http.ResponseWriter, req *http.Request, name, relation string) {
	i, err := strconv.Atoi(name[len(replayPrefix):])
	r.mu.RLock()
	names := r.patternNames
	r.mu.RUnlock()
	if err != nil || len(names) == 0 {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	pattern := names[i%len(names)]
	key := relation + "/" + pattern + "/" + req.FormValue("skip") // a long one has pages
	r.mu.RLock()
	body := r.bodies[key]
	r.mu.RUnlock()
	if body == nil {
		body = r.ask("activitiesWap/"+pattern+"/"+relation, req.URL.Query())
		var reply struct {
			Result json.RawMessage `json:"result"`
		}
		if err := json.Unmarshal(body, &reply); err != nil || reply.Result == nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		body = append([]byte(`{"error":[],"result":`), reply.Result...)
		r.mu.Lock()
		r.bodies[key] = body
		r.mu.Unlock()
	}
	r.send(w, bytes.ReplaceAll(body, []byte(pattern), []byte(name)))
}
