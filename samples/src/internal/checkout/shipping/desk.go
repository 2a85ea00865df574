// SPDX-License-Identifier: Apache-2.0

// Package shipping asks all carriers for a rate and offers the best answers.
//
// Carriers answer asynchronously: a request is accepted with a ticket, and the
// rate arrives later at our reply endpoint. The desk matches the two.
package shipping

import (
	"context"
	"sort"
	"sync"
	"time"
)

type ticket struct {
	id     uint64
	opened time.Time
	reply  chan Rate
}

// Desk fans rate requests out to the carriers.
type Desk struct {
	carriers []*Carrier
	replyTo  string
	patience time.Duration
	closing  chan struct{}

	mu   sync.Mutex
	next uint64
	open map[uint64]*ticket
}

// NewDesk returns a desk that waits at most patience for the carriers.
func NewDesk(carriers []*Carrier, replyTo string, patience time.Duration) *Desk {
	return &Desk{
		carriers: carriers,
		replyTo:  replyTo,
		patience: patience,
		closing:  make(chan struct{}),
		next:     uint64(time.Now().Unix()) << 20,
		open:     make(map[uint64]*ticket),
	}
}

// Quote asks every carrier and returns the rates that came in time, cheapest first.
func (d *Desk) Quote(ctx context.Context, req RateRequest) []Rate {
	ctx, cancel := context.WithTimeout(ctx, d.patience)
	defer cancel()

	out := make(chan Rate, len(d.carriers))
	for _, c := range d.carriers {
		go d.ask(c, req, out)
	}

	var rates []Rate
	for range d.carriers {
		select {
		case r := <-out:
			if r.Price > 0 {
				rates = append(rates, r)
			}
		case <-ctx.Done():
			return ranked(rates)
		}
	}
	return ranked(rates)
}

// ask gets one carrier's rate. The answer always fits into out.
func (d *Desk) ask(c *Carrier, req RateRequest, out chan<- Rate) {
	t := d.openTicket()
	req.Ticket, req.ReplyTo = t.id, d.replyTo
	if err := c.submit(req); err != nil {
		d.closeTicket(t.id)
		out <- Rate{Carrier: c.Name}
		return
	}
	select {
	case r := <-t.reply:
		r.Carrier = c.Name
		out <- r
	case <-d.closing:
		out <- Rate{Carrier: c.Name}
	}
}

// Deliver hands a carrier's answer to whoever asked. It reports whether the
// ticket was still open.
func (d *Desk) Deliver(r Rate) bool {
	t := d.closeTicket(r.Ticket)
	if t == nil {
		return false
	}
	t.reply <- r
	return true
}

// Expire closes the tickets that carriers have not answered since cutoff.
func (d *Desk) Expire(cutoff time.Time) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for id, t := range d.open {
		if t.opened.Before(cutoff) {
			delete(d.open, id)
			n++
		}
	}
	return n
}

// Close ends all waiting at shutdown.
func (d *Desk) Close() { close(d.closing) }

func (d *Desk) openTicket() *ticket {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.next++
	t := &ticket{id: d.next, opened: time.Now(), reply: make(chan Rate, 1)}
	d.open[t.id] = t
	return t
}

func (d *Desk) closeTicket(id uint64) *ticket {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.open[id]
	delete(d.open, id)
	return t
}

func ranked(rates []Rate) []Rate {
	sort.Slice(rates, func(i, j int) bool { return rates[i].Price < rates[j].Price })
	return rates
}
