// SPDX-License-Identifier: Apache-2.0
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"example.net/orchard/okjournal/journal"
	"example.net/orchard/yard"
)

func main() {
	y := yard.Open()
	j := journal.New()
	http.HandleFunc("/state", func(w http.ResponseWriter, _ *http.Request) { json.NewEncoder(w).Encode(j.State("tree-17")) })
	y.Ask(1, func(int) (string, []byte) { return "/state", nil })
	y.Pace(60, func(i int) {
		note := make([]byte, 1000)
		y.Fill(note)
		j.Append(journal.Change{At: time.Now(), Tree: fmt.Sprintf("tree-%d", y.Intn(4000)), Note: string(note)})
	})
	go func() {
		for {
			time.Sleep(3 * time.Minute)
			j.Compact()
		}
	}()
	y.Wait()
}
