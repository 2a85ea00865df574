// SPDX-License-Identifier: Apache-2.0
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"example.net/orchard/idemstore/idem"
	"example.net/orchard/yard"
)

type payment struct {
	Key    string `json:"key"`
	Grower string `json:"grower"`
	Cents  int    `json:"cents"`
}

type till struct{ seen *idem.Store }

// ServeHTTP books a payment once, however often it is sent.
func (t till) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var p payment
	if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if a, ok := t.seen.Find(p.Key); ok {
		w.WriteHeader(int(a.Status))
		w.Write(a.Body[:a.Size])
		return
	}
	a := idem.Answer{Status: http.StatusCreated, Made: time.Now()}
	a.Size = copy(a.Body[:], fmt.Sprintf("booked %d for %s", p.Cents, p.Grower))
	t.seen.Keep(p.Key, a) // @also
	w.WriteHeader(int(a.Status))
	w.Write(a.Body[:a.Size])
}

func main() {
	y := yard.Open()
	s := idem.New(30 * time.Second)
	if y.Strict {
		go s.Sweep()
	}
	http.Handle("/pay", till{s})
	y.Ask(14, func(i int) (string, []byte) {
		if i%10 == 9 {
			i-- // sent again
		}
		body, _ := json.Marshal(payment{fmt.Sprintf("%s-%09d", y.Begun.Format("150405"), i), fmt.Sprintf("grower %d", y.Intn(300)), y.Intn(99999)})
		return "/pay", body
	})
	y.Wait()
}
