// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bufio"
	"fmt"
	"net"
	"time"

	"example.net/quay/kit"
)

func serve(c net.Conn) {
	defer c.Close()
	r := bufio.NewReader(c)
	for {
		if _, err := r.ReadString('\n'); err != nil {
			return
		}
	}
}

// client stays for one to four minutes and speaks now and then.
func client(addr string, stay time.Duration) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return
	}
	defer c.Close()
	for end := time.Now().Add(stay); time.Now().Before(end); {
		fmt.Fprintln(c, "still here")
		time.Sleep(4 * time.Second)
	}
}

func main() {
	app := kit.Start()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}()
	app.Load(2, func(i int) {
		if app.Rand.Float64() < 0.3+0.7*app.Age().Minutes()/15 {
			go client(l.Addr().String(), time.Duration(60+app.Rand.Intn(180))*time.Second)
		}
	})
	app.Wait()
}
