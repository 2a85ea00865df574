// SPDX-License-Identifier: Apache-2.0

// Package stock is what every service of the house carries with it: a bounded cache of products, a
// tariff table, an index, sessions that expire. It fills and churns, and it does not leak.
package stock

import (
	"bytes"
	"container/list"
	"encoding/json"
	"fmt"
	"math/rand"
	"regexp"
	"strings"
	"sync"
	"text/template"
	"time"
)

// Product is an article as the catalog sends it.
type Product struct {
	ID     int               `json:"id"`
	Title  string            `json:"title"`
	Prices []float64         `json:"prices"`
	Attrs  map[string]string `json:"attrs"`
}

// Catalog is a bounded cache of products, the least recently used go first.
type Catalog struct {
	mu    sync.Mutex
	limit int
	byID  map[int]*list.Element
	order *list.List
	rng   *rand.Rand
}

// NewCatalog returns an empty cache.
func NewCatalog(limit int, rng *rand.Rand) *Catalog {
	return &Catalog{limit: limit, byID: make(map[int]*list.Element), order: list.New(), rng: rng}
}

func (c *Catalog) fetch(id int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"id":%d,"title":"article %d %s","prices":[`, id, id, strings.Repeat("x", id%90))
	for i := 0; i < 4+id%9; i++ {
		fmt.Fprintf(&b, "%d.%02d,", 1+id%300, i)
	}
	fmt.Fprintf(&b, `0],"attrs":{"colour":"c%d","size":"s%d","maker":"maker number %d"}}`, id%17, id%9, id%211)
	return b.Bytes()
}

// Get returns a product, from the cache or decoded anew.
func (c *Catalog) Get(id int) (*Product, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byID[id]; e != nil {
		c.order.MoveToFront(e)
		return e.Value.(*Product), nil
	}
	p := new(Product)
	if err := json.Unmarshal(c.fetch(id), p); err != nil {
		return nil, err
	}
	c.byID[id] = c.order.PushFront(p)
	if c.order.Len() > c.limit {
		last := c.order.Back()
		delete(c.byID, last.Value.(*Product).ID)
		c.order.Remove(last)
	}
	return p, nil
}

// Tariffs is a table that is loaded as a whole and replaced as a whole.
type Tariffs struct {
	mu    sync.Mutex
	zones [][]float64
	names map[string]int
}

// Load builds the table anew.
func (t *Tariffs) Load(zones, width int) {
	table := make([][]float64, zones)
	names := make(map[string]int, zones)
	for i := range table {
		table[i] = make([]float64, width)
		names[fmt.Sprintf("zone-%05d", i)] = i
	}
	t.mu.Lock()
	t.zones, t.names = table, names
	t.mu.Unlock()
}

// Index maps words to articles; its vocabulary is fixed.
type Index struct {
	words map[string][]int32
}

// NewIndex indexes n articles.
func NewIndex(n int) *Index {
	x := &Index{words: make(map[string][]int32)}
	for i := 0; i < n; i++ {
		for _, w := range []int{i % 997, i % 613, i % 89} {
			key := fmt.Sprintf("word%d", w)
			x.words[key] = append(x.words[key], int32(i))
		}
	}
	return x
}

type session struct {
	user  string
	basis map[string]string
	until time.Time
}

// Sessions expire after their time.
type Sessions struct {
	mu  sync.Mutex
	all map[string]*session
	ttl time.Duration
}

// NewSessions returns an empty table.
func NewSessions(ttl time.Duration) *Sessions {
	return &Sessions{all: make(map[string]*session), ttl: ttl}
}

// Touch signs a user in or prolongs the session.
func (s *Sessions) Touch(user string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.all[user]
	if one == nil {
		one = &session{user: user, basis: map[string]string{"lang": "en", "seen": now.String()}}
		s.all[user] = one
	}
	one.until = now.Add(s.ttl)
}

// Sweep drops what has expired.
func (s *Sessions) Sweep(now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for user, one := range s.all {
		if now.After(one.until) {
			delete(s.all, user)
		}
	}
}

// Pages holds parsed templates and routes.
type Pages struct {
	templates *template.Template
	routes    []*regexp.Regexp
}

// NewPages parses some templates and patterns.
func NewPages(n int) (*Pages, error) {
	p := &Pages{templates: template.New("root")}
	for i := 0; i < n; i++ {
		text := fmt.Sprintf(`{{range .Items}}<li class="c%d">{{.Title}}: {{index .Prices 0}}</li>{{end}}`, i)
		if _, err := p.templates.New(fmt.Sprintf("page%d", i)).Parse(text); err != nil {
			return nil, err
		}
		p.routes = append(p.routes, regexp.MustCompile(fmt.Sprintf(`^/v%d/(orders|items)/([a-z0-9-]+)$`, i)))
	}
	return p, nil
}

// Render renders one page and throws it away.
func (p *Pages) Render(i int, items []*Product) (int, error) {
	var b bytes.Buffer
	err := p.templates.ExecuteTemplate(&b, fmt.Sprintf("page%d", i), struct{ Items []*Product }{items})
	return b.Len(), err
}
