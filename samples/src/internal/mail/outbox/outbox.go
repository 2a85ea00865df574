// SPDX-License-Identifier: Apache-2.0

// Package outbox queues mailings and works them off with a few workers.
package outbox

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"log"
	"sync"
	"time"

	"example.com/fleet/internal/mail/provider"
	"example.com/fleet/internal/mail/receipts"
	"example.com/fleet/internal/mail/suppress"
	"example.com/fleet/internal/mail/template"
)

// ErrFull is returned while the outbox has no room.
var ErrFull = errors.New("outbox is full")

// Mailing is one message to many recipients.
type Mailing struct {
	ID         uint64            `json:"-"`
	Tenant     string            `json:"-"`
	Template   string            `json:"template"`
	Fields     map[string]string `json:"fields"`
	Recipients []string          `json:"recipients"`
}

// Outbox is the queue with its workers.
type Outbox struct {
	queue     chan *Mailing
	templates *template.Library
	blocked   *suppress.List
	provider  *provider.Client
	book      *receipts.Book
}

// New returns an outbox that holds up to depth mailings.
func New(depth int, t *template.Library, s *suppress.List, p *provider.Client, b *receipts.Book) *Outbox {
	return &Outbox{queue: make(chan *Mailing, depth), templates: t, blocked: s, provider: p, book: b}
}

// Add queues m.
func (o *Outbox) Add(m *Mailing) error {
	select {
	case o.queue <- m:
		return nil
	default:
		return ErrFull
	}
}

// Run works the queue off with n workers until ctx is done.
func (o *Outbox) Run(ctx context.Context, n int) {
	var workers sync.WaitGroup
	for i := 0; i < n; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			o.work(ctx)
		}()
	}
	workers.Wait()
}

func (o *Outbox) work(ctx context.Context) {
	for {
		select {
		case m := <-o.queue:
			if err := o.send(m); err != nil {
				log.Printf("mailing %d of %s: %v", m.ID, m.Tenant, err)
			}
		case <-ctx.Done():
			return
		}
	}
}

func (o *Outbox) send(m *Mailing) error {
	to := m.Recipients[:0]
	for _, address := range m.Recipients {
		if !o.blocked.Blocks(address) {
			to = append(to, address)
		}
	}
	if len(to) == 0 {
		return nil
	}
	size := o.render(m, to)
	submitted := time.Now()
	codes, err := o.provider.Submit(m.Tenant, len(to), size)
	if err != nil {
		return err
	}
	if len(codes) != len(to) {
		return fmt.Errorf("%d codes for %d recipients", len(codes), len(to))
	}
	answered := time.Now()
	for i, code := range codes {
		r := receipts.Receipt{
			Mailing:   m.ID,
			Recipient: hash(to[i]),
			Code:      uint16(code),
			Attempts:  1,
			Submitted: submitted.UnixNano(),
			Answered:  answered.UnixNano(),
		}
		copy(r.QueueID[:], fmt.Sprintf("%016x-%04d", m.ID, i))
		o.book.Record(m.Tenant, r)
	}
	return nil
}

// render makes the body of every recipient and returns their size in sum.
func (o *Outbox) render(m *Mailing, to []string) int {
	t := o.templates.Find(m.Tenant, m.Template)
	fields := make(map[string]string, len(m.Fields)+1)
	for name, value := range m.Fields {
		fields[name] = value
	}
	size := 0
	for _, address := range to {
		fields["name"] = address
		size += len(t.Render(fields))
	}
	return size
}

func hash(address string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(address))
	return h.Sum64()
}
