// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"sync/atomic"
	"time"

	"example.net/orchard/yard"
)

var served atomic.Int64

// serve has a writer of its own for each probe.
func serve(c net.Conn) {
	defer c.Close()
	out := make(chan string, 4)
	defer close(out)
	go func() {
		for line := range out {
			fmt.Fprintln(c, line)
		}
	}()
	for lines := bufio.NewScanner(c); lines.Scan(); {
		served.Add(1)
		out <- "ok " + lines.Text()
	}
}

// probe measures the soil. After a storm it waits for its turn, with both lines open for a while.
func probe(addr string, storm <-chan struct{}, wait time.Duration) {
	for {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		talk(c, storm)
		next := time.Now().Add(wait)
		go func() { // the old line lingers
			time.Sleep(wait + 50*time.Second)
			c.Close()
		}()
		time.Sleep(time.Until(next))
	}
}

func talk(c net.Conn, storm <-chan struct{}) {
	in := bufio.NewReader(c)
	for {
		select {
		case <-storm:
			return
		case <-time.After(8 * time.Second):
		}
		fmt.Fprintln(c, "moist 31")
		if _, err := in.ReadString('\n'); err != nil {
			return
		}
	}
}

func main() {
	y := yard.Open()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		for {
			if c, err := l.Accept(); err == nil {
				go serve(c)
			}
		}
	}()
	storm := make(chan struct{})
	for i := 0; i < 160; i++ {
		go probe(l.Addr().String(), storm, time.Duration(y.Intn(8000))*time.Millisecond)
	}
	for {
		time.Sleep(time.Duration(90+y.Intn(60)) * time.Second)
		for i := 0; i < 150; i++ {
			storm <- struct{}{}
		}
	}
}
