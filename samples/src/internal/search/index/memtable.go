// SPDX-License-Identifier: Apache-2.0

package index

import "strings"

// Document is what gets indexed.
type Document struct {
	ID    uint64 `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

type posting struct {
	doc  uint32 // position in docs
	hits uint16
}

// memtable is the part of the index that still takes documents.
type memtable struct {
	postings map[string][]posting
	docs     []Document
	bytes    int
}

const (
	bytesPerPosting = 12
	bytesPerTerm    = 80
	bytesPerDoc     = 64
)

func newMemtable() *memtable {
	return &memtable{postings: make(map[string][]posting)}
}

func (m *memtable) add(d Document) {
	n := uint32(len(m.docs))
	m.docs = append(m.docs, d)
	m.bytes += bytesPerDoc + len(d.Title) + len(d.Text)
	for term, hits := range termsOf(d.Text) {
		list, ok := m.postings[term]
		if !ok {
			term = strings.Clone(term)
			m.bytes += bytesPerTerm + len(term)
		}
		m.postings[term] = append(list, posting{doc: n, hits: hits})
		m.bytes += bytesPerPosting
	}
}

func (m *memtable) search(term string, visit func(d *Document, hits uint16)) {
	for _, p := range m.postings[term] {
		visit(&m.docs[p.doc], p.hits)
	}
}

// termsOf counts the words of text. The keys share the memory of text.
func termsOf(text string) map[string]uint16 {
	terms := make(map[string]uint16, 64)
	for _, word := range strings.FieldsFunc(text, isSeparator) {
		terms[word]++
	}
	return terms
}

func isSeparator(r rune) bool {
	return r == ' ' || r == '.' || r == ',' || r == '\n'
}
