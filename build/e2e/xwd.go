package e2e

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
)

// xwdHeader holds the fields of an X window dump's header that a true-colour screen needs,
// by their index among its 32-bit words (X11/XWDFile.h, version 7).
const (
	xwdHeaderSize   = 0
	xwdVersion      = 1
	xwdWidth        = 4
	xwdHeight       = 5
	xwdByteOrder    = 7 // 0 is little endian
	xwdBitsPerPixel = 11
	xwdBytesPerLine = 12
	xwdColors       = 19
	xwdWords        = 25
	xwdColorSize    = 12 // bytes of one colour-map entry
)

// decodeXWD reads the picture that "Xvfb -fbdir" keeps: a window dump with 32 bits a pixel.
func decodeXWD(data []byte) (*image.RGBA, error) {
	if len(data) < 4*xwdWords {
		return nil, errors.New("window dump: too short for its header")
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(data[4*i:])) }
	if word(xwdVersion) != 7 || word(xwdBitsPerPixel) != 32 || word(xwdByteOrder) != 0 {
		return nil, fmt.Errorf("window dump: version %d, %d bits, byte order %d is not one this reads",
			word(xwdVersion), word(xwdBitsPerPixel), word(xwdByteOrder))
	}
	width, height, stride := word(xwdWidth), word(xwdHeight), word(xwdBytesPerLine)
	start := word(xwdHeaderSize) + xwdColorSize*word(xwdColors)
	if stride < 4*width || len(data) < start+stride*height {
		return nil, errors.New("window dump: too short for its picture")
	}
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		row := data[start+y*stride:]
		for x := range width {
			p := row[4*x:]
			picture.SetRGBA(x, y, color.RGBA{R: p[2], G: p[1], B: p[0], A: 255})
		}
	}
	return picture, nil
}

// colors counts the different colours of a picture.
func colors(picture *image.RGBA) int {
	seen := map[color.RGBA]struct{}{}
	for y := picture.Rect.Min.Y; y < picture.Rect.Max.Y; y++ {
		for x := picture.Rect.Min.X; x < picture.Rect.Max.X; x++ {
			seen[picture.RGBAAt(x, y)] = struct{}{}
		}
	}
	return len(seen)
}
