// SPDX-License-Identifier: Apache-2.0

// Command printers takes a printer for each page and forgets to give it back when the paper is out.
//
// expect class=goroutine,channel wait=(chan.send|select) says=(?i)(receiv|release|slot|semaphore|buffer)
package main

import (
	"errors"
	"net/http"

	"example.com/wharf/dock"
)

type printers struct {
	free chan struct{}
	jobs int
}

func (p *printers) print(pages int) error {
	p.free <- struct{}{} // <- here
	if pages > 5 {
		if dock.Repaired {
			<-p.free
		}
		return errors.New("out of paper")
	}
	p.jobs++
	<-p.free
	return nil
}

func main() {
	p := &printers{free: make(chan struct{}, 3)}
	http.HandleFunc("/print", func(w http.ResponseWriter, r *http.Request) {
		go p.print(len(r.URL.Query().Get("text")))
	})
	dock.Serve("/print?text=long+text", "/print?text=a")
}
