// SPDX-License-Identifier: Apache-2.0

// Command catalog reads a table's columns while it already reads the catalog, and a migration comes in between.
//
// expect class=goroutine wait=RWMutex says=(?i)(read.*(twice|again|while)|writer|recurs)
package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"example.org/depot/port"
)

type catalog struct {
	sync.RWMutex
	tables map[string][]string
}

func (c *catalog) columns(table string) []string {
	c.RLock() // <- here
	defer c.RUnlock()
	return c.tables[table]
}

func (c *catalog) describe() (all []string) {
	c.RLock()
	defer c.RUnlock()
	for table := range c.tables {
		time.Sleep(400 * time.Millisecond)
		all = append(all, c.columns(table)...)
	}
	return all
}

func (c *catalog) migrate() {
	for version := 0; ; version++ {
		time.Sleep(150 * time.Millisecond)
		c.Lock()
		c.tables["account"] = append(c.tables["account"][:2], fmt.Sprint("v", version))
		c.Unlock()
	}
}

func main() {
	c := &catalog{tables: map[string][]string{"account": {"id", "name"}, "entry": {"id"}}}
	go c.migrate()
	http.HandleFunc("/describe", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, c.describe())
	})
	port.Run("/describe")
}
