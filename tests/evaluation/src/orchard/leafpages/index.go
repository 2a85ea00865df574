// SPDX-License-Identifier: Apache-2.0
package main

import (
	"io"
	"net/http"
	"regexp"
	"sync"
)

var title = regexp.MustCompile(`<title>([^<]*)</title>`)

type entry struct {
	path  string
	title []byte
}

type index struct {
	base    string
	strict  bool
	mu      sync.Mutex
	entries []entry
}

// visit reads a page and keeps its title.
func (x *index) visit(path string) error {
	res, err := http.Get(x.base + path)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body) // @leak
	if err != nil {
		return err
	}
	m := title.FindSubmatch(body)
	if m == nil {
		return nil
	}
	e := entry{path, m[1]}
	if x.strict {
		e.title = append([]byte(nil), m[1]...)
	}
	x.mu.Lock()
	x.entries = append(x.entries, e) // @also
	x.mu.Unlock()
	return nil
}

func (x *index) count() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.entries)
}
