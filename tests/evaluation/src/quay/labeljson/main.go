// SPDX-License-Identifier: Apache-2.0
// env: GOGC=35
// fixed-env: GOGC=35
package main

import (
	"encoding/json"

	"example.net/quay/kit"
)

type label struct {
	To    map[string]string
	Lines []string
}

func copyLabel(l *label) *label {
	raw, err := json.Marshal(l) // @leak
	if err != nil {
		return nil
	}
	var out label
	if json.Unmarshal(raw, &out) != nil { // @also
		return nil
	}
	return &out
}

func main() {
	app := kit.Start()
	book := map[int]*label{}
	for i := 0; i < 30000; i++ {
		book[i] = &label{To: map[string]string{"name": app.Text(20), "town": app.Text(12)}, Lines: []string{app.Text(30), app.Text(30)}}
	}
	n := 0
	app.Load(18000, func(i int) {
		if app.Repaired {
			n += len(book[i%30000].Lines)
			return
		}
		if l := copyLabel(book[i%30000]); l != nil {
			n += len(l.Lines)
		}
	})
	app.Wait()
}
