package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
)

// downloadPath serves attachments.
const downloadPath = "/file/download.php"

// filesEach is how many file numbers belong to an interaction; those from activityFiles on
// are files of its activities, those from itemFiles on belong to the interaction alone, the
// others to its messages.
const (
	filesEach     = 10_000
	activityFiles = 9_000
	itemFiles     = 8_000
)

// Mappers of downloads: a file of an interaction or of its messages, and one of an activity.
const (
	mapperItem     = "activitiesWap"
	mapperActivity = "activitiesComment"
)

// ownFiles are files that only the interaction names: every so many has one.
func (i *Interaction) ownFiles() []File {
	if i.Anonymised || i.ID%9 != 4 {
		return nil
	}
	return []File{{
		ID: fileID(i.ID, itemFiles), Title: "smlouva-" + i.Sender + ".pdf", MimeType: "application/pdf", Size: 2048, Duration: Unknown, Time: i.Time,
	}}
}

// inlineFiles are pictures inside the interaction, which few have.
func (i *Interaction) inlineFiles() []File {
	if i.Anonymised || i.ID%27 != 4 {
		return nil
	}
	return []File{{
		ID: fileID(i.ID, itemFiles+1), Title: "podpis.png", MimeType: "image/png", Size: 900, Duration: Unknown, Inline: true, Time: i.Time,
	}}
}

func fileID(interaction int64, place int) int64 { return interaction*filesEach + int64(place) }

// download answers with the bytes of an attachment, to GET and POST alike.
func (s *Server) download(w http.ResponseWriter, r *http.Request) {
	q := s.ask(r)
	if q.viewer == nil {
		q.refuse(w, http.StatusUnauthorized)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		q.refuse(w, http.StatusMethodNotAllowed)
		return
	}
	query := r.URL.Query()
	id, err := strconv.ParseInt(query.Get("name"), 10, 64)
	if err != nil || query.Get("mapper") != mapperOf(id) {
		q.refuse(w, http.StatusNotFound)
		return
	}
	s.mu.RLock()
	file := q.file(id)
	s.mu.RUnlock()
	if file == nil {
		q.refuse(w, http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", file.MimeType)
	w.Header().Set("Content-Length", number(file.Size))
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Title}))
	_ = file.write(w) // a client that has gone does not matter here
}

// mapperOf is the mapper that a file is downloaded by; another one finds nothing.
func mapperOf(id int64) string {
	if id%filesEach >= activityFiles {
		return mapperActivity
	}
	return mapperItem
}

// file finds an attachment within the viewer's rights.
func (q *ask) file(id int64) *File {
	rows := q.world.interactions.rows
	place := slices.IndexFunc(rows, func(i *Interaction) bool { return i.ID == id/filesEach })
	if place < 0 || !q.viewer.sees(rows[place].Queue, rows[place].User) {
		return nil
	}
	i := rows[place]
	files := append(q.filesOf(i), i.inlineFiles()...)
	for _, a := range q.activitiesOf(i) {
		files = append(files, a.Files...)
	}
	at := slices.IndexFunc(files, func(f File) bool { return f.ID == id })
	if at < 0 {
		return nil
	}
	return &files[at]
}

// write sends the content: a real picture or a plausible beginning, filled up to the size.
func (f *File) write(w io.Writer) error {
	head := f.head()
	if int64(len(head)) > f.Size {
		head = head[:f.Size]
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	_, err := io.CopyN(w, filler{}, f.Size-int64(len(head)))
	return err
}

// filler is an endless run of line feeds.
type filler struct{}

func (filler) Read(p []byte) (int, error) {
	for n := range p {
		p[n] = '\n'
	}
	return len(p), nil
}

func (f *File) head() []byte {
	if f.Content != nil {
		return f.Content
	}
	switch f.MimeType {
	case "image/jpeg", "image/png":
		return f.picture()
	case "application/pdf":
		return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
			"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\n" +
			"trailer<</Root 1 0 R>>\n%%EOF\n")
	case "audio/ogg":
		return []byte("OggS\x00\x02")
	case "audio/mpeg":
		return []byte("ID3\x04\x00\x00\x00\x00\x00\x00")
	case "video/mp4":
		return []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom")
	case "image/webp":
		return []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")
	}
	return nil
}

// picture draws a small gradient whose colour depends on the file.
func (f *File) picture() []byte {
	const width, height = 320, 240
	canvas := image.NewRGBA(image.Rect(0, 0, width, height))
	tint := uint8(mix(uint64(f.ID)))
	for y := range height {
		for x := range width {
			canvas.SetRGBA(x, y, color.RGBA{R: tint, G: uint8(x * 255 / width), B: uint8(y * 255 / height), A: 255})
		}
	}
	var out bytes.Buffer
	if f.MimeType == "image/png" {
		_ = png.Encode(&out, canvas) // neither a fixed picture nor a buffer can fail
	} else {
		_ = jpeg.Encode(&out, canvas, nil)
	}
	return out.Bytes()
}
