package packaging

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"

	"golang.org/x/image/draw"
)

// picture is the icon of 1024 pixels, drawn from frontend/public/icon.svg.
//
//go:embed icon.png
var picture []byte

// IconSizes are the sides in pixels of the icons that desktops of Linux look for.
func IconSizes() []int { return []int{16, 24, 32, 48, 64, 128, 256, 512} }

// scaled is the icon with sides of so many pixels.
func scaled(side int) (*image.NRGBA, error) {
	source, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, fmt.Errorf("read the icon: %w", err)
	}
	target := image.NewNRGBA(image.Rect(0, 0, side, side))
	draw.CatmullRom.Scale(target, target.Bounds(), source, source.Bounds(), draw.Src, nil)
	return target, nil
}

// PNG is the icon with sides of so many pixels.
func PNG(side int) ([]byte, error) {
	img, err := scaled(side)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img)
	return b.Bytes(), err
}

// ICO is the icon for Windows in all sizes that it shows. Only the largest is a PNG, since the installer's
// own program reads no other so.
func ICO() ([]byte, error) {
	sides := []int{16, 20, 24, 32, 40, 48, 64, 256}
	var pictures [][]byte
	for _, side := range sides {
		one, err := PNG(side)
		if side < 256 && err == nil {
			one, err = bitmap(side)
		}
		if err != nil {
			return nil, err
		}
		pictures = append(pictures, one)
	}
	var b bytes.Buffer
	put := func(values ...any) {
		for _, v := range values {
			_ = binary.Write(&b, binary.LittleEndian, v) // a buffer takes everything
		}
	}
	put([]uint16{0, 1, uint16(len(sides))})
	at := 6 + 16*len(sides)
	for i, side := range sides {
		put([]byte{byte(side), byte(side), 0, 0}, []uint16{1, 32}, []uint32{uint32(len(pictures[i])), uint32(at)}) // 256 is written as 0
		at += len(pictures[i])
	}
	for _, one := range pictures {
		b.Write(one)
	}
	return b.Bytes(), nil
}

// IconPictures are the pictures in an icon for Windows, in no order: tools that write one change it.
func IconPictures(ico []byte) [][]byte {
	var pictures [][]byte
	for i := range int(binary.LittleEndian.Uint16(ico[4:])) {
		entry := ico[6+16*i:]
		length, at := binary.LittleEndian.Uint32(entry[8:]), binary.LittleEndian.Uint32(entry[12:])
		pictures = append(pictures, ico[at:at+length])
	}
	return pictures
}

// bitmap is the icon as an icon file of Windows holds it: rows from the bottom, blue first, and a mask that
// nothing needs since the pixels have their own transparency.
func bitmap(side int) ([]byte, error) {
	img, err := scaled(side)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	head := []uint32{40, uint32(side), uint32(2 * side), 1 | 32<<16, 0, uint32(4 * side * side), 0, 0, 0, 0}
	_ = binary.Write(&b, binary.LittleEndian, head) // a buffer takes everything
	for y := side - 1; y >= 0; y-- {
		for x := range side {
			c := img.NRGBAAt(x, y)
			b.Write([]byte{c.B, c.G, c.R, c.A})
		}
	}
	b.Write(make([]byte, (side+31)/32*4*side))
	return b.Bytes(), nil
}

// ICNS is the icon for macOS.
func ICNS() ([]byte, error) {
	var b bytes.Buffer
	for _, one := range []struct {
		kind string
		side int
	}{{"icp4", 16}, {"icp5", 32}, {"ic07", 128}, {"ic08", 256}, {"ic09", 512}, {"ic10", 1024}, {"ic11", 32}, {"ic12", 64}, {"ic13", 256}, {"ic14", 512}} {
		data, err := PNG(one.side)
		if err != nil {
			return nil, err
		}
		b.WriteString(one.kind)
		_ = binary.Write(&b, binary.BigEndian, uint32(8+len(data)))
		b.Write(data)
	}
	head := binary.BigEndian.AppendUint32([]byte("icns"), uint32(8+b.Len()))
	return append(head, b.Bytes()...), nil
}
