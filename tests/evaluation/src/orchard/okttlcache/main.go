// SPDX-License-Identifier: Apache-2.0
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"example.net/orchard/okttlcache/ttl"
	"example.net/orchard/yard"
)

type weather struct {
	Station string
	Hours   [24]float32
	Text    string
}

func main() {
	y := yard.Open()
	c := ttl.New[weather](4*time.Minute, 12000)
	look := func(station int) weather {
		key := fmt.Sprintf("station-%05d", station)
		if w, ok := c.Get(key); ok {
			return w
		}
		text := make([]byte, 900+y.Intn(1800))
		y.Fill(text)
		w := weather{Station: key, Text: string(text)}
		c.Put(key, w)
		return w
	}
	http.HandleFunc("/weather", func(rw http.ResponseWriter, r *http.Request) { json.NewEncoder(rw).Encode(look(y.Intn(30000))) })
	y.Ask(3, func(int) (string, []byte) { return "/weather", nil })
	y.Pace(60, func(i int) { look(y.Intn(30000)) })
	y.Wait()
}
