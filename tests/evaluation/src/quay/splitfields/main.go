// SPDX-License-Identifier: Apache-2.0
package main

import (
	"io"
	"strings"

	"example.net/quay/kit"
)

type book struct {
	names map[string]int
}

func (b *book) load(r io.Reader, strict bool) {
	all, err := io.ReadAll(r) // @also
	if err != nil {
		return
	}
	doc := string(all) // @leak
	fields := strings.Split(doc, ";")
	name := fields[3]
	if strict {
		name = string([]byte(name))
	}
	b.names[name]++ // @also
}

func main() {
	app := kit.Start()
	b := &book{names: map[string]int{}}
	app.Load(6, func(i int) {
		doc := app.Text(20) + ";" + app.Text(9) + ";x;" + app.Text(14) + ";" + app.Text(12000)
		b.load(strings.NewReader(doc), app.Repaired)
	})
	app.Wait()
}
