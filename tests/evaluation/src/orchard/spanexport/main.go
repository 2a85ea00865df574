// SPDX-License-Identifier: Apache-2.0
package main

import (
	"encoding/json"
	"net/http"
	"time"

	"example.net/orchard/spanexport/export"
	"example.net/orchard/yard"
)

// collect stands for the collector: it refuses a page in which a span ends before it begins.
func collect(w http.ResponseWriter, r *http.Request) {
	var page []export.Span
	if err := json.NewDecoder(r.Body).Decode(&page); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	for _, s := range page {
		if s.End < s.Begin {
			http.Error(w, "span ends before it begins", http.StatusBadRequest)
			return
		}
	}
	w.WriteHeader(http.StatusAccepted)
}

func main() {
	y := yard.Open()
	http.HandleFunc("/v1/spans", collect)
	e := export.New("http://"+y.Addr+"/v1/spans", y.Strict)
	y.Pace(240, func(i int) {
		now := time.Now().UnixNano()
		s := export.Span{Trace: [2]uint64{uint64(now), uint64(i)}, ID: uint64(i), Begin: now, End: now + int64(y.Intn(5000000))}
		copy(s.Name[:], "press/turn")
		if i%20000 == 15000 { // a clock that was set back
			s.End = now - 1
		}
		e.Add(s)
	})
	go e.Run()
	y.Wait()
}
