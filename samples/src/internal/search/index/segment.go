// SPDX-License-Identifier: Apache-2.0

package index

import (
	"encoding/binary"
	"sort"
	"strings"
)

// segment is a closed part of the index: terms are sorted, posting lists are
// packed as varints, and only the titles of the documents are kept.
type segment struct {
	terms   []string
	offsets []uint32 // of the posting list of each term in packed
	packed  []byte
	docs    []Document
}

func seal(m *memtable) *segment {
	s := &segment{
		terms:   make([]string, 0, len(m.postings)),
		offsets: make([]uint32, 0, len(m.postings)+1),
		docs:    make([]Document, len(m.docs)),
	}
	for term := range m.postings {
		s.terms = append(s.terms, term)
	}
	sort.Strings(s.terms)
	for _, term := range s.terms {
		s.offsets = append(s.offsets, uint32(len(s.packed)))
		last := uint32(0)
		for _, p := range m.postings[term] {
			s.packed = binary.AppendUvarint(s.packed, uint64(p.doc-last))
			s.packed = binary.AppendUvarint(s.packed, uint64(p.hits))
			last = p.doc
		}
	}
	s.offsets = append(s.offsets, uint32(len(s.packed)))
	for i, d := range m.docs {
		s.docs[i] = Document{ID: d.ID, Title: strings.Clone(d.Title)}
	}
	return s
}

func (s *segment) search(term string, visit func(d *Document, hits uint16)) {
	i := sort.SearchStrings(s.terms, term)
	if i == len(s.terms) || s.terms[i] != term {
		return
	}
	doc := uint64(0)
	for list := s.packed[s.offsets[i]:s.offsets[i+1]]; len(list) > 0; {
		delta, n := binary.Uvarint(list)
		hits, k := binary.Uvarint(list[n:])
		list = list[n+k:]
		doc += delta
		visit(&s.docs[doc], uint16(hits))
	}
}
