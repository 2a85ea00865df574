// SPDX-License-Identifier: Apache-2.0

// Package book sends each contact through JSON and back to copy it.
package book

import (
	"encoding/json"
	"fmt"

	"example.com/harbor/internal/web"
)

type contact struct {
	Name, Street, City string
	Phones             []string
	Notes              map[string]string
}

type book struct {
	app      *web.App
	contacts []*contact
	seen     int
}

// New returns the service.
func New(app *web.App) web.Service {
	b := &book{app: app}
	for i := 0; i < 3000; i++ {
		b.contacts = append(b.contacts, &contact{Name: fmt.Sprint("person ", i), Street: "Harbour street",
			City: "Port", Phones: []string{"1", "22", "333"}, Notes: map[string]string{"vip": "no", "tax": "none"}})
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*1100; i++ {
			b.seen += len(b.copyOf(b.contacts[i%len(b.contacts)]).Name)
		}
	}}
}

func (b *book) copyOf(c *contact) *contact {
	if b.app.Fixed {
		return c
	}
	text, err := json.Marshal(c) // @also
	if err != nil {
		return c
	}
	again := new(contact)
	if err := json.Unmarshal(text, again); err != nil { // @leak
		return c
	}
	return again
}
