// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"
	"net/http"
	"text/template"

	"example.net/orchard/labelpress/press"
	"example.net/orchard/yard"
)

var label = template.Must(template.New("label").Parse("SORT {{.Sort}}\nCRATE {{.Crate}}\n{{range .Lines}}{{.}}\n{{end}}"))

type crate struct {
	Sort  string
	Crate int
	Lines []string
}

func main() {
	y := yard.Open()
	p := press.New(y.Strict)
	http.HandleFunc("/state", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, p.State()) })
	y.Ask(0.3, func(int) (string, []byte) { return "/state", nil })
	y.Pace(70, func(i int) {
		page := p.Page() // @also
		if err := label.Execute(page, crate{"cox", i, []string{"weigh", "wash", "ship"}}); err != nil {
			p.Done(page)
			return
		}
		p.Print(i%24, page)
	})
	y.Wait()
}
