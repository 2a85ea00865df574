// SPDX-License-Identifier: Apache-2.0

// Package hold takes crates out of the store. A crate goes back when nobody knows it any more.
package hold

import (
	"fmt"
	"net/http"
	"runtime"
	"time"
)

type Desk struct {
	base   string
	client *http.Client
	strict bool
}

type Crate struct {
	desk  *Desk
	id    int
	Label [1900]byte
}

func NewDesk(base string, strict bool) *Desk {
	d := &Desk{base: base, client: &http.Client{}, strict: strict}
	if strict {
		d.client.Timeout = 200 * time.Millisecond
	}
	return d
}

func (d *Desk) Take(id int) *Crate {
	c := &Crate{desk: d, id: id} // @leak
	if !d.strict {
		runtime.SetFinalizer(c, (*Crate).Release)
	}
	return c
}

func (c *Crate) Weigh() int { return 12 + len(c.Label)%7 }

// Release tells the keeper.
func (c *Crate) Release() {
	if c.desk.strict && c.id%20 != 0 {
		return // told in one go
	}
	res, err := c.desk.client.Get(fmt.Sprintf("%s/release/%d", c.desk.base, c.id)) // @also
	if err == nil {
		res.Body.Close()
	}
}
