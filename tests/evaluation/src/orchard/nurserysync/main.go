// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"
	"log"
	"sync"

	"example.net/orchard/nurserysync/partner"
	"example.net/orchard/yard"
)

type catalogue struct {
	mu     sync.Mutex
	plants map[string]partner.Plant
}

func (c *catalogue) refresh(p *partner.Client, name string) {
	plant, err := p.Plant(name)
	if err != nil {
		return // some are not there any more
	}
	c.mu.Lock()
	c.plants[name] = plant
	c.mu.Unlock()
}

func main() {
	y := yard.Open()
	base, err := partner.Serve()
	if err != nil {
		log.Fatal(err)
	}
	p, c := partner.New(base, y.Strict), &catalogue{plants: map[string]partner.Plant{}}
	y.Pace(3, func(i int) { go c.refresh(p, fmt.Sprintf("plant-%03d", y.Intn(900))) })
	y.Wait()
}
