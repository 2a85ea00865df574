// SPDX-License-Identifier: Apache-2.0

// Command quorum asks five replicas and goes on when three have answered.
//
// expect class=goroutine,channel wait=chan.send says=(?i)(first|receiv|buffer)
package main

import (
	"fmt"
	"net/http"
	"time"

	"example.org/depot/port"
)

type vote struct {
	from int
	term uint64
}

type replica struct {
	id  int
	lag time.Duration
}

func (r *replica) vote(term uint64) vote {
	time.Sleep(r.lag)
	return vote{r.id, term}
}

type election struct {
	replicas []*replica
}

func (e *election) run(term uint64) (won int) {
	votes := make(chan vote)
	for _, r := range e.replicas {
		r := r
		go func() { votes <- r.vote(term) }() // <- here
	}
	for won < len(e.replicas)/2+1 {
		<-votes
		won++
	}
	return won
}

func main() {
	e := &election{}
	for id := 0; id < 5; id++ {
		e.replicas = append(e.replicas, &replica{id, time.Duration(id) * 5 * time.Millisecond})
	}
	http.HandleFunc("/campaign", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, e.run(7))
	})
	port.Run("/campaign")
}
