// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"example.net/orchard/yard"
)

func main() {
	y := yard.Open()
	t := &tables{strict: y.Strict}
	if err := t.load(rawTable(y, false)); err != nil {
		panic(err)
	}
	// the table comes again every minute; the fifth is cut
	go func() {
		for i := 1; ; i++ {
			time.Sleep(50 * time.Second)
			if err := t.load(rawTable(y, i == 5)); err != nil {
				fmt.Println(err)
			}
		}
	}()
	http.HandleFunc("/tariff", func(w http.ResponseWriter, r *http.Request) {
		z := gzip.NewWriter(w)
		json.NewEncoder(z).Encode(t.some(y.Intn(3000), 400))
		z.Close()
	})
	y.Ask(4, func(int) (string, []byte) { return "/tariff", nil })
	y.Wait()
}

func rawTable(y *yard.Yard, cut bool) []byte {
	var all []tariff
	for i := 0; i < 4000; i++ {
		text := make([]byte, 120)
		y.Fill(text)
		all = append(all, tariff{i, string(text), []int{i, i + 1, i + 2}})
	}
	var b bytes.Buffer
	json.NewEncoder(&b).Encode(all)
	if cut {
		return b.Bytes()[:b.Len()/2]
	}
	return b.Bytes()
}
