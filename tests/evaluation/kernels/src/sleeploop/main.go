// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=sleep says=(?i)(sleep|poll)
import (
	"net"
	"net/http"
	"time"

	_ "example.com/shop/probe"
)

type job struct{ done bool }

func (j *job) poll() {
	for !j.done {
		time.Sleep(10 * time.Second) // <- here
	}
}

func start() *job {
	j := &job{}
	go j.poll()
	return j
}

func main() {
	for i := 0; i < 300; i++ {
		start()
	}
	ln, _ := net.Listen("tcp", "127.0.0.1:0")
	http.Serve(ln, nil)
}
