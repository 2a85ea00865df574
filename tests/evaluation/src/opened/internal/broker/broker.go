// SPDX-License-Identifier: Apache-2.0

// Package broker is the frame of a node: topics, partitions with a consumer each, and companions.
package broker

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	"example.net/simulation"
	"example.org/meadow/internal/fleet"
)

// Message is what travels.
type Message struct {
	Topic string            `json:"topic"`
	Key   uint64            `json:"key"`
	Body  []byte            `json:"body"`
	Meta  map[string]string `json:"meta"`
}

// Handler takes a message.
type Handler func(*Message)

// Node is one service.
type Node struct {
	*simulation.Env
	Registry   *fleet.Registry
	rollups    *fleet.Rollups
	fences     interface{}
	units      [][]string
	mu         sync.RWMutex
	topics     map[string]Handler
	partitions []*partition
	tokens     sync.Map
	outbox     *outbox
}

type envelope struct {
	raw  []byte
	done *sync.WaitGroup
}

type partition struct {
	node   *Node
	in     chan envelope
	offset int64
	recent [256][]byte
}

// Work is what a service adds to its Node.
type Work struct {
	Tick func(requests int)
	Held func() (count, bytes int64)
}

type runner struct {
	node *Node
	work Work
}

// Main builds a Node of some size and runs the service.
func Main(size int, build func(*Node) Work) {
	simulation.Main(func(env *simulation.Env) simulation.Service {
		node, err := newNode(env, size)
		if err != nil {
			panic(err)
		}
		return &runner{node: node, work: build(node)}
	})
}

func newNode(env *simulation.Env, size int) (*Node, error) {
	registry, err := fleet.NewRegistry(2500 * size)
	if err != nil {
		return nil, err
	}
	units, err := fleet.Units(1500 * size)
	if err != nil {
		return nil, err
	}
	n := &Node{Env: env, Registry: registry, rollups: fleet.NewRollups(time.Hour),
		fences: fleet.Fences(11 + size), units: units, topics: make(map[string]Handler), outbox: newOutbox()}
	for i := 0; i < 5; i++ {
		p := &partition{node: n, in: make(chan envelope, 32)}
		n.partitions = append(n.partitions, p)
		go p.consume()
	}
	go n.expire()
	n.On("reading", n.reading)
	return n, nil
}

// On subscribes to a topic.
func (n *Node) On(topic string, h Handler) {
	n.mu.Lock()
	n.topics[topic] = h
	n.mu.Unlock()
}

// Publish sends a message and waits until it was handled.
func (n *Node) Publish(topic string, key uint64, body string) {
	m := Message{Topic: topic, Key: key, Body: []byte(body), Meta: map[string]string{"from": "gateway"}}
	raw, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	var done sync.WaitGroup
	done.Add(1)
	n.partitions[key%uint64(len(n.partitions))].in <- envelope{raw, &done}
	done.Wait()
}

func (p *partition) consume() {
	for e := range p.in {
		p.handle(e)
	}
}

func (p *partition) handle(e envelope) {
	defer e.done.Done()
	m := new(Message)
	if err := json.Unmarshal(e.raw, m); err != nil {
		return
	}
	p.offset++
	p.recent[p.offset%256] = e.raw
	p.node.mu.RLock()
	h := p.node.topics[m.Topic]
	p.node.mu.RUnlock()
	h(m)
}

func (n *Node) reading(m *Message) {
	d := n.Registry.Any(n.Rand)
	now := n.Now()
	n.Registry.Record(d, fleet.Point{At: now.Unix(), Value: float64(len(m.Body))})
	n.rollups.Add(now, d.Site, float64(m.Key%100))
	n.tokens.Store(fmt.Sprintf("token-%d", m.Key%3000), now.Add(2*time.Hour))
	n.outbox.write(m.Body)
}

func (n *Node) expire() {
	for range time.Tick(15 * time.Minute) {
		now := n.Now()
		n.tokens.Range(func(key, until interface{}) bool {
			if now.After(until.(time.Time)) {
				n.tokens.Delete(key)
			}
			return true
		})
	}
}

// outbox packs what leaves the node.
type outbox struct {
	mu      sync.Mutex
	packers sync.Pool
	block   bytes.Buffer
}

func newOutbox() *outbox {
	return &outbox{packers: sync.Pool{New: func() interface{} { return gzip.NewWriter(io.Discard) }}}
}

func (o *outbox) write(b []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.block.Write(b)
	if o.block.Len() < 64<<10 {
		return
	}
	z := o.packers.Get().(*gzip.Writer)
	z.Reset(io.Discard)
	_, _ = z.Write(o.block.Bytes())
	_ = z.Close()
	o.packers.Put(z)
	o.block.Reset()
}

// Tick takes ordinary readings, then does what the service itself does.
func (r *runner) Tick(requests int) {
	for i := 0; i < requests; i++ {
		r.node.Publish("reading", uint64(r.node.Rand.Int63()), "reading of a device in the field, with some text")
	}
	r.work.Tick(requests)
}

// Held is the service's own account.
func (r *runner) Held() (count, bytes int64) {
	if r.work.Held == nil {
		return 0, 0
	}
	return r.work.Held()
}
