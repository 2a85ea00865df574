// SPDX-License-Identifier: Apache-2.0

// Command shutdown shuts its server down and waits for a handler that waits for something else.
package main

import (
	"context"
	"net"
	"net/http"
	"time"

	"example.com/bench/rig"
)

type api struct{ ready chan bool }

func (a *api) report(w http.ResponseWriter, r *http.Request) {
	if rig.Repaired {
		select {
		case <-a.ready:
		case <-time.After(50 * time.Millisecond):
		}
		return
	}
	<-a.ready // <- here
	w.Write([]byte("ready"))
}

func scenario() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	a := &api{ready: make(chan bool)}
	server := &http.Server{Handler: http.HandlerFunc(a.report)}
	go server.Serve(listener)
	go func() {
		answer, err := http.Get("http://" + listener.Addr().String())
		if err == nil {
			answer.Body.Close()
		}
	}()
	time.Sleep(50 * time.Millisecond)
	server.Shutdown(context.Background())
	http.DefaultClient.CloseIdleConnections()
}

func main() {
	rig.Run(scenario)
}
