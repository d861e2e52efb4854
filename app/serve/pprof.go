package serve

import (
	"context"
	"net"
	"net/http"
	"net/http/pprof"
	"time"
)

// Profiles serves Go's profiles until ctx ends, under /debug/pprof/, for who looks for what is
// slow. A heap profile holds no values, a list of goroutines no arguments.
func Profiles(ctx context.Context, l net.Listener) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /debug/pprof/", pprof.Index) // with heap, goroutine, mutex …
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = srv.Close() })
	go func() { _ = srv.Serve(l) }() // its end is the program's
}
