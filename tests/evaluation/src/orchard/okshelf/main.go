// SPDX-License-Identifier: Apache-2.0
package main

import (
	"encoding/json"
	"fmt"
	"net/http"

	"example.net/orchard/okshelf/shelf"
	"example.net/orchard/yard"
)

type recipe struct {
	Name  string
	Steps []string
}

func main() {
	y := yard.Open()
	s := shelf.New[string, *recipe](40, 220)
	brew := func(tenant, n int) *recipe {
		t, key := fmt.Sprintf("cidery-%02d", tenant), fmt.Sprintf("recipe-%d", n)
		if r, ok := s.Get(t, key); ok {
			return r
		}
		r := &recipe{Name: key}
		for i := 0; i < 6; i++ {
			b := make([]byte, 100+y.Intn(300))
			y.Fill(b)
			r.Steps = append(r.Steps, string(b))
		}
		s.Put(t, key, r)
		return r
	}
	http.HandleFunc("/recipe", func(w http.ResponseWriter, r *http.Request) { json.NewEncoder(w).Encode(brew(y.Intn(40), y.Intn(300))) })
	y.Ask(4, func(int) (string, []byte) { return "/recipe", nil })
	// ever more cideries come, forty in the end
	y.Pace(70, func(i int) { brew(y.Intn(min(40, 4+int(y.Age().Seconds()/9))), y.Intn(1200)) })
	y.Wait()
}
