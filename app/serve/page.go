package serve

import (
	"io/fs"
	"net/http"
	"strings"
)

// pageFiles serves the files of the built page. A folder is not listed and not told from a path
// that does not exist: both are the same 404.
func pageFiles(page fs.FS) http.Handler {
	files := http.FileServerFS(page)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			info, err := fs.Stat(page, strings.TrimPrefix(r.URL.Path, "/"))
			if err != nil || !info.Mode().IsRegular() {
				http.NotFound(w, r)
				return
			}
		}
		files.ServeHTTP(w, r)
	})
}
