package packaging

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"io"
	"path"
	"time"
)

// Entry is one file of an archive.
type Entry struct {
	Name string // a path with slashes
	Mode int64  // 0o644 or 0o755
	Data []byte
}

// WriteZip writes a .zip of the entries, in their order, within one folder.
func WriteZip(w io.Writer, folder string, made time.Time, entries []Entry) error {
	z := zip.NewWriter(w)
	for _, e := range entries {
		header := &zip.FileHeader{Name: path.Join(folder, e.Name), Method: zip.Deflate, Modified: made.UTC()}
		file, err := z.CreateHeader(header)
		if err != nil {
			return err
		}
		if _, err := file.Write(e.Data); err != nil {
			return err
		}
	}
	return z.Close()
}

// WriteTarGz writes a .tar.gz of the entries, in their order, within one folder.
func WriteTarGz(w io.Writer, folder string, made time.Time, entries []Entry) error {
	g, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	t := tar.NewWriter(g)
	for _, e := range entries {
		header := &tar.Header{
			Typeflag: tar.TypeReg, Name: path.Join(folder, e.Name), Mode: e.Mode, Size: int64(len(e.Data)), ModTime: made.UTC(), Format: tar.FormatPAX,
		}
		if err := t.WriteHeader(header); err != nil {
			return err
		}
		if _, err := t.Write(e.Data); err != nil {
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	return g.Close()
}

// Gzip compresses a file for a package, without its name and time.
func Gzip(w io.Writer, data []byte) error {
	g, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := g.Write(data); err != nil {
		return err
	}
	return g.Close()
}
