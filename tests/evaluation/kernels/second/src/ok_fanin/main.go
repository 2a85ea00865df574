// SPDX-License-Identifier: Apache-2.0

// Command ok_fanin joins feeds of the network, and somebody waits for the last of them to close the result.
//
// expect none
package main

import (
	"bufio"
	"fmt"
	"net"
	"sync"
	"time"

	"example.org/ferry/watch"
)

func feed(on net.Listener) {
	for {
		c, err := on.Accept()
		if err != nil {
			return
		}
		go func() {
			for i := 0; ; i++ {
				if _, err := fmt.Fprintln(c, i); err != nil {
					return
				}
				time.Sleep(time.Second)
			}
		}()
	}
}

func join(at string, n int) <-chan string {
	out := make(chan string)
	var open sync.WaitGroup
	open.Add(n)
	for i := 0; i < n; i++ {
		go func() {
			defer open.Done()
			c, err := net.Dial("tcp", at)
			if err != nil {
				return
			}
			for s := bufio.NewScanner(c); s.Scan(); {
				out <- s.Text()
			}
		}()
	}
	go func() {
		open.Wait()
		close(out)
	}()
	return out
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go feed(on)
	made := make(chan (<-chan string))
	go func() { made <- join(on.Addr().String(), 4) }()
	lines := <-made
	go func() {
		for range lines {
		}
	}()
	watch.Forever()
}
