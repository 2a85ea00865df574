// SPDX-License-Identifier: Apache-2.0

package shelf

import (
	"container/heap"
	"fmt"
	"math/rand"
	"strings"
	"sync"
	"time"
)

// Fragments is a cache of rendered pieces in two generations: when the young one is full it becomes
// the old one, and what was old goes.
type Fragments struct {
	mu         sync.Mutex
	room       int
	young, old map[uint64][]byte
}

// NewFragments has room for so many in a generation.
func NewFragments(room int) *Fragments {
	return &Fragments{room: room, young: make(map[uint64][]byte)}
}

// Get returns a piece, rendered anew if it is in neither generation.
func (f *Fragments) Get(key uint64, size int) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	if piece := f.young[key]; piece != nil {
		return piece
	}
	piece := f.old[key]
	if piece == nil {
		piece = render(key, size)
	}
	f.young[key] = piece
	if len(f.young) >= f.room {
		f.old, f.young = f.young, make(map[uint64][]byte, f.room/4)
	}
	return piece
}

func render(key uint64, size int) []byte {
	piece := make([]byte, size)
	for i := range piece {
		piece[i] = byte('a' + (key+uint64(i))%26)
	}
	return piece
}

// Draft is a text that somebody works on, with six steps back.
type Draft struct {
	text  string
	steps [6]string
	at    int
}

// Drafts are as many as there are desks.
type Drafts struct {
	mu  sync.Mutex
	all []Draft
}

// NewDrafts returns n empty drafts.
func NewDrafts(n int) *Drafts {
	return &Drafts{all: make([]Draft, n)}
}

// Edit changes one.
func (d *Drafts) Edit(i, length int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	one := &d.all[i%len(d.all)]
	one.steps[one.at%6] = one.text
	one.at++
	one.text = fmt.Sprint("step ", one.at, strings.Repeat(" word", length/5))
}

// Issue comes out when it is due.
type Issue struct {
	due   time.Time
	title string
	body  []byte
}

type queue []*Issue

func (q queue) Len() int            { return len(q) }
func (q queue) Less(i, j int) bool  { return q[i].due.Before(q[j].due) }
func (q queue) Swap(i, j int)       { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x interface{}) { *q = append(*q, x.(*Issue)) }

func (q *queue) Pop() interface{} {
	last := len(*q) - 1
	one := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return one
}

// Plan orders issues by when they are due.
type Plan struct {
	mu sync.Mutex
	q  queue
}

// Add plans an issue. With three thousand of them the next comes out before its time.
func (p *Plan) Add(due time.Time, title string, size int) {
	p.mu.Lock()
	if len(p.q) >= 3000 {
		heap.Pop(&p.q)
	}
	heap.Push(&p.q, &Issue{due: due, title: title, body: make([]byte, size)})
	p.mu.Unlock()
}

// Due takes out what is due.
func (p *Plan) Due(now time.Time) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for len(p.q) > 0 && p.q[0].due.Before(now) {
		heap.Pop(&p.q)
		n++
	}
	return n
}

// Postings says which works a word is in; of long lists the older half goes.
type Postings struct {
	mu    sync.Mutex
	words map[string][]uint32
}

// NewPostings knows a fixed vocabulary.
func NewPostings(n int) *Postings {
	p := &Postings{words: make(map[string][]uint32, n)}
	for i := 0; i < n; i++ {
		p.words[fmt.Sprintf("lemma-%d", i)] = make([]uint32, 4, 16)
	}
	return p
}

// Note adds a work to a word's list.
func (p *Postings) Note(word int, work uint32) {
	key := fmt.Sprintf("lemma-%d", word)
	p.mu.Lock()
	defer p.mu.Unlock()
	list := append(p.words[key], work)
	if len(list) > 64 {
		list = append([]uint32(nil), list[32:]...)
	}
	p.words[key] = list
}

// Audience counts readers in slots of five minutes, for eight hours.
type Audience struct {
	mu    sync.Mutex
	slots [96]map[int32]int32
	last  int64
}

// Count counts one reader.
func (a *Audience) Count(now time.Time, page int32) {
	slot := now.Unix() / 300
	a.mu.Lock()
	defer a.mu.Unlock()
	if slot != a.last {
		a.slots[slot%96] = make(map[int32]int32)
		a.last = slot
	}
	a.slots[slot%96][page]++
}

// Presence knows who was here within the last hour and a half.
type Presence struct {
	shards [16]struct {
		sync.Mutex
		seen map[string]int64
	}
}

// Seen notes a reader.
func (p *Presence) Seen(who string, now time.Time) {
	h := uint32(2166136261)
	for i := 0; i < len(who); i++ {
		h = (h ^ uint32(who[i])) * 16777619
	}
	s := &p.shards[h%16]
	s.Lock()
	defer s.Unlock()
	if s.seen == nil {
		s.seen = make(map[string]int64)
	}
	s.seen[who] = now.Unix()
}

// Sweep forgets who went.
func (p *Presence) Sweep(now time.Time) {
	for i := range p.shards {
		s := &p.shards[i]
		s.Lock()
		for who, at := range s.seen {
			if now.Unix()-at > 5400 {
				delete(s.seen, who)
			}
		}
		s.Unlock()
	}
}

// Letter is a text of some length that differs.
func Letter(rng *rand.Rand, mean int) string {
	return strings.Repeat("lorem ", 1+rng.Intn(mean/3))
}
