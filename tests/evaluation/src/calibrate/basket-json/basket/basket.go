// SPDX-License-Identifier: Apache-2.0

// Package basket writes the whole basket as JSON whenever one line of it is asked for.
package basket

import (
	"encoding/json"
	"fmt"
	"net/http"

	"example.com/harbor/internal/web"
)

type item struct {
	SKU      string            `json:"sku"`
	Count    int               `json:"count"`
	Options  map[string]string `json:"options"`
	Comments []string          `json:"comments"`
}

type basket struct {
	app   *web.App
	lines []item
	bytes int
}

// New returns the service.
func New(app *web.App) web.Service {
	b := &basket{app: app}
	for i := 0; i < 60; i++ {
		b.lines = append(b.lines, item{SKU: fmt.Sprint("sku-", i), Count: i, Comments: []string{"gift", "fragile"},
			Options: map[string]string{"colour": "blue", "size": fmt.Sprint(i % 7)}})
	}
	app.Handle("/line", func(w http.ResponseWriter, r *http.Request) { b.line(w) })
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*6; i++ {
			app.Call("GET", "/line?sku=sku-7", "")
		}
	}}
}

func (b *basket) line(w http.ResponseWriter) {
	if b.app.Fixed {
		b.answer(w, b.lines[7:8])
		return
	}
	all := b.snapshot()
	b.answer(w, all[7:8])
}

// snapshot copies deeply, because somebody once changed a line while it was being written.
func (b *basket) snapshot() []item {
	text, err := json.Marshal(b.lines) // @also
	if err != nil {
		panic(err)
	}
	var all []item
	if err := json.Unmarshal(text, &all); err != nil { // @leak
		panic(err)
	}
	return all
}

func (b *basket) answer(w http.ResponseWriter, lines []item) {
	if err := json.NewEncoder(w).Encode(lines); err == nil {
		b.bytes++
	}
}
