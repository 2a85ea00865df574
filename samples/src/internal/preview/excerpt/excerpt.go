// SPDX-License-Identifier: Apache-2.0

// Package excerpt keeps the opening lines of the newest text documents.
package excerpt

import (
	"bytes"
	"sync"
	"time"
)

const excerptBytes = 240

// Excerpt is what a listing shows of a document.
type Excerpt struct {
	Document string
	Text     []byte
	Added    time.Time
}

// Index holds the excerpts of the newest documents, up to a fixed number.
type Index struct {
	max int

	mu    sync.RWMutex
	byDoc map[string]*Excerpt
	order []string // documents, oldest first
}

// NewIndex returns an index of at most max documents.
func NewIndex(max int) *Index {
	return &Index{max: max, byDoc: make(map[string]*Excerpt)}
}

// Add cuts the excerpt of a document out of its body.
func (x *Index) Add(document string, body []byte) *Excerpt {
	e := &Excerpt{Document: document, Text: opening(body), Added: time.Now()}
	x.mu.Lock()
	defer x.mu.Unlock()
	if _, ok := x.byDoc[document]; !ok {
		x.order = append(x.order, document)
	}
	x.byDoc[document] = e
	for len(x.order) > x.max {
		delete(x.byDoc, x.order[0])
		x.order = x.order[1:]
	}
	return e
}

// Find returns the excerpt of a document.
func (x *Index) Find(document string) (*Excerpt, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	e, ok := x.byDoc[document]
	return e, ok
}

// Usage returns the number of excerpts and the bytes of text they show.
func (x *Index) Usage() (excerpts, text int) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, e := range x.byDoc {
		text += len(e.Text)
	}
	return len(x.byDoc), text
}

// opening returns the first paragraph of body that is not a heading.
func opening(body []byte) []byte {
	for len(body) > 0 {
		end := bytes.Index(body, []byte("\n\n"))
		if end < 0 {
			end = len(body)
		}
		paragraph := bytes.TrimSpace(body[:end])
		if len(paragraph) > 0 && paragraph[0] != '#' {
			if len(paragraph) > excerptBytes {
				paragraph = paragraph[:excerptBytes]
			}
			return paragraph
		}
		body = bytes.TrimPrefix(body[end:], []byte("\n\n"))
	}
	return nil
}
