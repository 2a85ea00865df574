// SPDX-License-Identifier: Apache-2.0

// Command ok_server serves until a signal comes, and waits for it.
package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"example.com/bench/rig"
)

func serve(listener net.Listener, stopped chan struct{}) {
	server := &http.Server{Handler: http.NotFoundHandler()}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	go func() {
		<-signals
		server.Shutdown(context.Background())
		close(stopped)
	}()
	server.Serve(listener)
	<-stopped
}

func scenario() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go serve(listener, make(chan struct{}))
}

func main() {
	rig.Run(scenario)
}
