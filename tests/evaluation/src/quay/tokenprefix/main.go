// SPDX-License-Identifier: Apache-2.0
package main

import (
	"strings"

	"example.net/quay/kit"
)

type seen struct {
	prefix []string
	strict bool
}

func (s *seen) note(token string) {
	p := token[:12]
	if s.strict {
		p = strings.Clone(p)
	}
	s.prefix = append(s.prefix, p) // @also
}

func issue(app *kit.App) string {
	var b strings.Builder
	for i := 0; i < 30; i++ {
		b.WriteString(app.Text(64)) // @leak
		b.WriteByte('.')            // @also
	}
	return b.String()
}

func main() {
	app := kit.Start()
	s := &seen{strict: app.Repaired}
	app.Load(30, func(i int) { s.note(issue(app)) })
	app.Wait()
}
