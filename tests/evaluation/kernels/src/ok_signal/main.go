// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"os"
	"os/signal"
	"syscall"
	"time"

	_ "example.com/shop/probe"
)

func reload(ch <-chan os.Signal) {
	for range ch {
		time.Sleep(time.Millisecond)
	}
}

func main() {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	go reload(hup)
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM, os.Interrupt)
	<-term
}
