// SPDX-License-Identifier: Apache-2.0

// Package feed turns each message of a feed into generic maps and back, to add one field.
package feed

import (
	"encoding/json"
	"fmt"
	"strings"

	"example.com/harbor/internal/web"
)

type stamper struct {
	app      *web.App
	messages []string
	sent     int
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &stamper{app: app}
	for i := 0; i < 60; i++ {
		s.messages = append(s.messages, message(i))
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			s.sent += s.stamp(s.messages[i%len(s.messages)], i)
		}
	}}
}

func message(i int) string {
	var b strings.Builder
	for j := 0; j < 40; j++ {
		fmt.Fprintf(&b, `{"sku":"sku-%d","stock":%d,"where":["north","south"],"price":{"sum":%d,"in":"EUR"}},`, i*j, j, i)
	}
	return `{"kind":"stock","items":[` + strings.TrimSuffix(b.String(), ",") + `]}`
}

func (s *stamper) stamp(text string, i int) int {
	if s.app.Fixed {
		return len(text[:len(text)-1]) + len(`,"seen":1}`)
	}
	var all map[string]interface{}
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return 0
	}
	all["seen"] = i
	out, err := json.Marshal(all)
	if err != nil {
		return 0
	}
	return len(out)
}
