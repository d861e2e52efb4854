package intake

import (
	"context"
	"io"
)

// patient reads until its context ends, so that no loop over a file has to look: a gigabyte of empty
// rows is left as soon as somebody presses Ctrl+C. It lives as long as the call that made it.
type patient struct {
	ctx context.Context
	io.Reader
}

func (p patient) Read(buf []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.Reader.Read(buf)
}
