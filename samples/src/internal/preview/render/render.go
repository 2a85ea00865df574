// SPDX-License-Identifier: Apache-2.0

// Package render draws previews as grey-scale pages.
package render

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"
	"time"

	"example.com/fleet/internal/platform/lru"
)

const (
	width  = 240
	height = 320
)

// Renderer draws previews and caches them.
type Renderer struct {
	glyphs [256][64]byte
	pages  *lru.Cache[string, []byte]
	idle   sync.Pool // of *flate.Writer, which are big
}

// New returns a renderer with a cache of at most cacheBytes.
func New(cacheBytes int64, ttl time.Duration) *Renderer {
	r := &Renderer{pages: lru.New[string, []byte](cacheBytes, ttl)}
	for c := range r.glyphs {
		for i := range r.glyphs[c] {
			r.glyphs[c][i] = byte(c * (i + 7) % 251)
		}
	}
	return r
}

// Page returns the preview of text, drawing it when it is not in the cache.
func (r *Renderer) Page(key string, text []byte) ([]byte, error) {
	if page, ok := r.pages.Get(key); ok {
		return page, nil
	}
	page, err := r.draw(text)
	if err != nil {
		return nil, err
	}
	r.pages.Put(key, page, int64(len(page)))
	return page, nil
}

// Sweep drops pages that have aged out.
func (r *Renderer) Sweep(now time.Time) { r.pages.Sweep(now) }

func (r *Renderer) draw(text []byte) ([]byte, error) {
	pixels := make([]byte, width*height)
	for i := range pixels {
		pixels[i] = 0xff
	}
	const columns = width / 8
	for i, c := range text {
		row, col := i/columns, i%columns
		if (row+1)*8 > height {
			break
		}
		for y := 0; y < 8; y++ {
			copy(pixels[(row*8+y)*width+col*8:], r.glyphs[c][y*8:y*8+8])
		}
	}
	var out bytes.Buffer
	w, err := r.compressor(&out)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(pixels); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	r.idle.Put(w)
	return out.Bytes(), nil
}

func (r *Renderer) compressor(out io.Writer) (*flate.Writer, error) {
	if w, ok := r.idle.Get().(*flate.Writer); ok {
		w.Reset(out)
		return w, nil
	}
	return flate.NewWriter(out, flate.HuffmanOnly)
}
