// SPDX-License-Identifier: Apache-2.0

// Command oncering loads a schema that asks for its codec, once, and a codec that asks for its schema, once.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

type schema struct {
	once  sync.Once
	codec *codec
}

type codec struct {
	once   sync.Once
	schema *schema
}

func (s *schema) load() {
	s.once.Do(func() { // <- here
		time.Sleep(10 * time.Millisecond)
		s.codec.load()
	})
}

func (c *codec) load() {
	c.once.Do(func() { // <- here
		time.Sleep(10 * time.Millisecond)
		if !rig.Repaired {
			c.schema.load()
		}
	})
}

func scenario() {
	s, c := &schema{}, &codec{}
	s.codec, c.schema = c, s
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		s.load()
	}()
	go func() {
		defer wg.Done()
		c.load()
	}()
	wg.Wait()
}

func main() {
	rig.Run(scenario)
}
