package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
)

// Limits of a workbook. A million interactions with fourteen columns unpack to about a
// gigabyte at one to eight; with all their messages to a few.
const (
	maxParts        = 10_000
	maxUnpacked     = 6 << 30
	maxOtherPart    = 32 << 20 // workbook, styles and relations, which are held in memory
	maxSharedTexts  = 2 << 30
	bombBytes       = 64 << 20 // parts smaller than this may be packed as they like
	bombRatio       = 250      // XML of a sheet packs to a tenth, rarely to a hundredth
	maxElementBytes = maxCellBytes + 64<<10
)

// checkNames refuses archives that readers would understand in different ways, and macros.
func checkNames(z *zip.Reader) error {
	if len(z.File) > maxParts {
		return ErrTooLarge
	}
	names := map[string]bool{}
	for _, f := range z.File {
		name := strings.ToLower(partName(f))
		if names[name] {
			return ErrBroken
		}
		names[name] = true
		if strings.Contains(name, "vbaproject") || strings.HasPrefix(name, "xl/macrosheets/") {
			return ErrMacros
		}
	}
	if !names["[content_types].xml"] {
		return ErrFormat
	}
	return nil
}

// unpack reads a part to its end before anything understands it, and returns its size. The limits are
// held against what really comes out instead of what the directory says, and no piece between two tags
// is larger than a cell, so that an XML reader that keeps pieces in memory needs little.
func unpack(ctx context.Context, f *zip.File, limit int64) (size int64, err error) {
	rc, err := f.Open()
	if err != nil {
		return 0, ErrBroken
	}
	defer func() { _ = rc.Close() }() // only read from
	buf := make([]byte, 64<<10)
	run := 0 // bytes since the last '<'
	for {
		n, err := rc.Read(buf)
		size += int64(n)
		if size > bombBytes && size/bombRatio > int64(f.CompressedSize64) {
			return size, ErrBomb
		}
		if size > limit {
			return size, ErrTooLarge
		}
		for rest := buf[:n]; ; {
			at := bytes.IndexByte(rest, '<')
			if at < 0 {
				run += len(rest)
				break
			}
			if run+at > maxElementBytes {
				return size, ErrCellSize
			}
			run, rest = 0, rest[at+1:]
		}
		if run > maxElementBytes {
			return size, ErrCellSize
		}
		if errors.Is(err, io.EOF) {
			return size, nil
		}
		if err != nil {
			return size, ErrBroken
		}
		if ctx.Err() != nil {
			return size, ctx.Err()
		}
	}
}
