// SPDX-License-Identifier: Apache-2.0

// Command fetchers pulls layers with two workers; when both failed, who hands out the layers waits on.
//
// expect class=goroutine,channel wait=(?i)(chan.send|WaitGroup|semacquire) says=(?i)(receiv|return|consumer|WaitGroup)
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"example.org/depot/port"
	"go.example.net/rack/group"
)

type puller struct {
	layers []string
}

func (p *puller) fetch(layer string) error {
	return errors.New(layer + ": unauthorized")
}

func (p *puller) pull(ctx context.Context) error {
	g, _ := group.New(ctx)
	todo := make(chan string)
	g.Go(func() error {
		defer close(todo)
		for _, layer := range p.layers {
			todo <- layer // <- here
		}
		return nil
	})
	for worker := 0; worker < 2; worker++ {
		g.Go(func() error {
			for layer := range todo {
				if err := p.fetch(layer); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait() // <- here
}

func main() {
	p := &puller{layers: []string{"base", "libs", "app", "conf"}}
	http.HandleFunc("/pull", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, p.pull(r.Context()))
	})
	port.Run("/pull")
}
