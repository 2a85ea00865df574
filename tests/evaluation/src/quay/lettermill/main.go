// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bytes"
	"fmt"
	"html/template"

	"example.net/quay/kit"
)

var root = template.Must(template.New("frame").Parse(`{{define "frame"}}<main>{{.}}</main>{{end}}`))

const body = `<h1>{{.Title}}</h1>{{range .Lines}}<p class="{{.}}">{{.}}</p>{{else}}<p>nothing</p>{{end}}<a href="/x?{{.Title}}">go</a>`

type letter struct {
	Title string
	Lines []string
}

func render(name string, l letter, strict bool) (string, error) {
	set := root
	if strict {
		set = template.New("one")
	}
	t, err := set.New(name).Parse(body) // @leak
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	if strict {
		err = t.Execute(&out, l)
	}
	return out.String(), err
}

func main() {
	app := kit.Start()
	app.Load(9, func(i int) {
		render(fmt.Sprintf("letter-%d", i), letter{app.Text(10), []string{"a", "b"}}, app.Repaired)
	})
	app.Wait()
}
