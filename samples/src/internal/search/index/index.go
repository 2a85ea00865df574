// SPDX-License-Identifier: Apache-2.0

// Package index is an in-memory full text index over the newest documents. It
// collects documents in a memtable, seals that into a packed segment when it
// has grown to its limit, and forgets the oldest segment.
package index

import (
	"log"
	"sort"
	"strings"
	"sync"
)

// Index is safe for concurrent use.
type Index struct {
	memBytes int
	maxSegs  int

	mu       sync.RWMutex
	mem      *memtable
	segments []*segment // oldest first
}

// New returns an index whose memtable is sealed at memBytes.
func New(memBytes, maxSegments int) *Index {
	return &Index{memBytes: memBytes, maxSegs: maxSegments, mem: newMemtable()}
}

// Add indexes a batch of documents.
func (x *Index) Add(docs []Document) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, d := range docs {
		x.mem.add(d)
	}
	if x.mem.bytes < x.memBytes {
		return
	}
	full := x.mem
	x.mem = newMemtable()
	x.segments = append(x.segments, seal(full))
	if over := len(x.segments) - x.maxSegs; over > 0 {
		x.segments = append([]*segment(nil), x.segments[over:]...)
	}
	log.Printf("sealed %d documents with %d terms, %d segments", len(full.docs), len(full.postings), len(x.segments))
}

// Hit is a found document. Documents that are still in the memtable come with
// the beginning of their text.
type Hit struct {
	ID      uint64  `json:"id"`
	Title   string  `json:"title"`
	Snippet string  `json:"snippet,omitempty"`
	Score   float64 `json:"score"`
}

// Search returns the n best documents that have any of the terms.
func (x *Index) Search(terms []string, n int) []Hit {
	hits := make(map[uint64]*Hit)
	x.mu.RLock()
	for i, term := range terms {
		weight := 1 / float64(i+1)
		visit := func(d *Document, count uint16) {
			h := hits[d.ID]
			if h == nil {
				h = &Hit{ID: d.ID, Title: d.Title, Snippet: snippet(d.Text)}
				hits[d.ID] = h
			}
			h.Score += weight * float64(count)
		}
		x.mem.search(term, visit)
		for _, s := range x.segments {
			s.search(term, visit)
		}
	}
	x.mu.RUnlock()

	best := make([]Hit, 0, len(hits))
	for _, h := range hits {
		best = append(best, *h)
	}
	sort.Slice(best, func(i, j int) bool {
		if best[i].Score != best[j].Score {
			return best[i].Score > best[j].Score
		}
		return best[i].ID > best[j].ID
	})
	if len(best) > n {
		best = append([]Hit(nil), best[:n]...)
	}
	return best
}

const snippetBytes = 120

// snippet copies the beginning of text, so that a hit does not hold on to all
// of it.
func snippet(text string) string {
	if len(text) > snippetBytes {
		text = text[:snippetBytes]
	}
	return strings.Clone(text)
}
