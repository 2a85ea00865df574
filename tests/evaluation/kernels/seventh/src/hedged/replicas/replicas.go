// SPDX-License-Identifier: Apache-2.0

// Package replicas asks several servers for one thing.
package replicas

import (
	"time"

	"example.com/flock/rig"
)

type answer struct {
	from string
	key  int
}

// Client knows its servers.
type Client struct{ servers []string }

// Dial makes a client.
func Dial(servers ...string) *Client { return &Client{servers: servers} }

// Get returns who answered first.
func (c *Client) Get(key int) string {
	room := 0
	if rig.Repaired {
		room = len(c.servers)
	}
	answers := make(chan answer, room)
	for i, server := range c.servers {
		go c.ask(server, key, time.Duration(i)*time.Millisecond, answers)
	}
	return (<-answers).from
}

func (c *Client) ask(server string, key int, latency time.Duration, answers chan<- answer) {
	time.Sleep(latency)
	answers <- answer{server, key} // <- here
}
