package serve

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"

	"wapdesk/app"
)

// maxCall bounds the body of one call; the largest is a selection of names.
const maxCall = 8 << 20

type callRequest struct {
	Args []json.RawMessage `json:"args"`
}

type callReply struct {
	Result any        `json:"result"`
	Error  *app.Error `json:"error,omitempty"`
}

// call runs one bound method: POST /call/Struct.Method with {"args": […]}.
func (s *Server) call(w http.ResponseWriter, r *http.Request) {
	if ct := r.Header.Get("Content-Type"); !strings.HasPrefix(ct, "application/json") {
		http.Error(w, "want application/json", http.StatusUnsupportedMediaType)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCall))
	if err != nil {
		http.Error(w, "call too large", http.StatusRequestEntityTooLarge)
		return
	}
	var req callRequest
	if err := json.Unmarshal(body, &req); err != nil {
		http.Error(w, "want {\"args\": […]}", http.StatusBadRequest)
		return
	}
	structName, method, ok := strings.Cut(r.PathValue("method"), ".")
	target, known := s.bound[structName]
	if !ok || !known {
		http.NotFound(w, r)
		return
	}
	fn := reflect.ValueOf(target).MethodByName(method)
	if !fn.IsValid() {
		http.NotFound(w, r)
		return
	}
	args, err := decodeArgs(fn.Type(), req.Args)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	writeReply(w, fn.Call(args))
}

var errArgs = errors.New("arguments do not fit the method")

func decodeArgs(t reflect.Type, raw []json.RawMessage) ([]reflect.Value, error) {
	if len(raw) != t.NumIn() {
		return nil, errArgs
	}
	args := make([]reflect.Value, len(raw))
	for i, r := range raw {
		v := reflect.New(t.In(i))
		if err := json.Unmarshal(r, v.Interface()); err != nil {
			return nil, errArgs
		}
		args[i] = v.Elem()
	}
	return args, nil
}

// writeReply turns (T, error) or (error) into the reply the page's transport reads.
func writeReply(w http.ResponseWriter, out []reflect.Value) {
	var reply callReply
	if err, ok := out[len(out)-1].Interface().(error); ok && err != nil {
		reply.Error = app.AsError(err)
	} else if len(out) > 1 {
		reply.Result = out[0].Interface()
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if err := json.NewEncoder(w).Encode(reply); err != nil {
		return // the browser went away
	}
}
