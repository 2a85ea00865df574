// SPDX-License-Identifier: Apache-2.0

// Package template renders mailings from the tenants' templates.
package template

import (
	"fmt"
	"strings"
	"time"

	"example.com/fleet/internal/platform/lru"
)

// Library caches the parsed templates of the tenants.
type Library struct {
	parsed *lru.Cache[string, *Template]
}

// Template is a parsed mail body: text parts with fields between them.
type Template struct {
	Name   string
	parts  []string
	fields []string
	size   int
}

// NewLibrary returns a library of at most maxBytes.
func NewLibrary(maxBytes int64, ttl time.Duration) *Library {
	return &Library{parsed: lru.New[string, *Template](maxBytes, ttl)}
}

// Find returns a tenant's template, parsing it again when it has aged out.
func (l *Library) Find(tenant, name string) *Template {
	key := tenant + "/" + name
	if t, ok := l.parsed.Get(key); ok {
		return t
	}
	t := parse(key, source(tenant, name))
	l.parsed.Put(key, t, int64(t.size))
	return t
}

// Sweep drops templates that have aged out.
func (l *Library) Sweep(now time.Time) { l.parsed.Sweep(now) }

// source stands for the object store the templates live in.
func source(tenant, name string) string {
	var b strings.Builder
	paragraphs := 40 + len(tenant+name)*3%60
	for i := 0; i < paragraphs; i++ {
		fmt.Fprintf(&b, "<p>%s: dear {{name}}, paragraph %d of %s is about {{topic}}. ", tenant, i, name)
		b.WriteString("Prices include tax where it applies; offers end when stock ends. ")
		b.WriteString("You get this mail because you asked for it at {{source}}.</p>\n")
	}
	return b.String()
}

func parse(name, text string) *Template {
	t := &Template{Name: name, size: len(text)}
	for {
		open := strings.Index(text, "{{")
		if open < 0 {
			t.parts = append(t.parts, text)
			return t
		}
		end := strings.Index(text[open:], "}}")
		if end < 0 {
			t.parts = append(t.parts, text)
			return t
		}
		t.parts = append(t.parts, text[:open])
		t.fields = append(t.fields, text[open+2:open+end])
		text = text[open+end+2:]
	}
}

// Render fills the fields in.
func (t *Template) Render(values map[string]string) []byte {
	out := make([]byte, 0, t.size+t.size/8)
	for i, part := range t.parts {
		out = append(out, part...)
		if i < len(t.fields) {
			out = append(out, values[t.fields[i]]...)
		}
	}
	return out
}
