// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"time"
)

type market struct {
	addr   string
	strict bool
}

// open starts what stands for the market: after two minutes it does not answer for sort-3 any more.
func open(strict bool, age func() time.Duration) (*market, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go answer(c, age)
		}
	}()
	return &market{l.Addr().String(), strict}, nil
}

func answer(c net.Conn, age func() time.Duration) {
	defer c.Close()
	lines := bufio.NewScanner(c)
	for lines.Scan() {
		if strings.HasSuffix(lines.Text(), "-3") && age() > 2*time.Minute {
			continue
		}
		time.Sleep(30 * time.Millisecond)
		fmt.Fprintf(c, "%d\n", 100+len(lines.Text()))
	}
}

func (m *market) price(name string) (string, error) {
	c, err := net.Dial("tcp", m.addr)
	if err != nil {
		return "", err
	}
	defer c.Close()
	if m.strict {
		c.SetDeadline(time.Now().Add(2 * time.Second))
	}
	fmt.Fprintln(c, name)
	return bufio.NewReader(c).ReadString('\n') // @also
}
