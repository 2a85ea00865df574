// SPDX-License-Identifier: Apache-2.0

// Package press is the frame of a desk: verbs that arrive as text with headers, boxes that handle them
// one after another, people who stay for a while, and what lies on the shelf.
package press

import (
	"bufio"
	"bytes"
	"fmt"
	"hash/fnv"
	"net/textproto"
	"sync"
	"time"

	"example.net/lantern/internal/shelf"
	"example.net/simulation"
)

// Ask is what somebody wants.
type Ask struct {
	Verb, Who, Body string
	Head            textproto.MIMEHeader
}

// Desk is one service.
type Desk struct {
	*simulation.Env
	Works     *shelf.Works
	fragments *shelf.Fragments
	drafts    *shelf.Drafts
	plan      shelf.Plan
	postings  *shelf.Postings
	audience  shelf.Audience
	presence  shelf.Presence
	marks     []uint64
	verbs     map[string]func(*Ask)
	boxes     []*box
	wires     sync.Pool
	mu        sync.Mutex
	bell      chan struct{}
	ticks     int
	mapped    time.Time
}

// Job is what a service adds to its Desk.
type Job struct {
	Tick func(requests int)
	Held func() (count, bytes int64)
}

type parcel struct {
	wire *bytes.Buffer
	done chan struct{}
}

type box struct {
	desk    *Desk
	in      chan parcel
	reader  *bufio.Reader
	handled int
	beat    *time.Ticker
	recent  [160]*Ask
}

type runner struct {
	desk *Desk
	job  Job
}

// Main builds a Desk of some size and runs the service.
func Main(size int, build func(*Desk) Job) {
	simulation.Main(func(env *simulation.Env) simulation.Service {
		desk, err := newDesk(env, size)
		if err != nil {
			panic(err)
		}
		return &runner{desk: desk, job: build(desk)}
	})
}

func newDesk(env *simulation.Env, size int) (*Desk, error) {
	works, err := shelf.ReadWorks(900 * size)
	if err != nil {
		return nil, err
	}
	d := &Desk{Env: env, Works: works, fragments: shelf.NewFragments(1300 * size), drafts: shelf.NewDrafts(900 * size),
		postings: shelf.NewPostings(2500 * size), marks: make([]uint64, 24<<10*size),
		verbs: make(map[string]func(*Ask)), bell: make(chan struct{}), mapped: env.Now()}
	d.wires.New = func() interface{} { return new(bytes.Buffer) }
	for i := 0; i < 9; i++ {
		b := &box{desk: d, in: make(chan parcel, 8), reader: bufio.NewReaderSize(nil, 2048), beat: time.NewTicker(25 * time.Minute)}
		d.boxes = append(d.boxes, b)
		go b.open()
	}
	d.On("READ", d.read)
	return d, nil
}

// On says who handles a verb.
func (d *Desk) On(verb string, handle func(*Ask)) {
	d.verbs[verb] = handle
}

func (d *Desk) wire(verb, who, body string) *bytes.Buffer {
	wire := d.wires.Get().(*bytes.Buffer)
	wire.Reset()
	fmt.Fprintf(wire, "Verb: %s\r\nWho: %s\r\nBody: %s\r\nVia: edge-%d\r\n\r\n", verb, who, body, len(body)%4)
	return wire
}

// Ask hands something to a box and waits until it was handled.
func (d *Desk) Ask(verb, who, body string) {
	h := fnv.New32a()
	_, _ = h.Write([]byte(who))
	p := parcel{wire: d.wire(verb, who, body), done: make(chan struct{})}
	d.boxes[h.Sum32()%uint32(len(d.boxes))].in <- p
	<-p.done
}

// Send gives something a goroutine of its own, as a connection has, and does not wait.
func (d *Desk) Send(verb, who, body string) {
	wire := d.wire(verb, who, body)
	go d.connection(wire)
	time.Sleep(200 * time.Microsecond)
}

func (d *Desk) connection(wire *bytes.Buffer) {
	a, err := parse(bufio.NewReader(wire))
	d.wires.Put(wire)
	if err == nil {
		d.verbs[a.Verb](a)
	}
}

func parse(r *bufio.Reader) (*Ask, error) {
	head, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return nil, err
	}
	return &Ask{Verb: head.Get("Verb"), Who: head.Get("Who"), Body: head.Get("Body"), Head: head}, nil
}

func (b *box) open() {
	for {
		select {
		case p := <-b.in:
			b.handle(p)
		case <-b.beat.C:
			b.desk.presence.Sweep(b.desk.Now())
		}
	}
}

func (b *box) handle(p parcel) {
	defer close(p.done)
	b.reader.Reset(p.wire)
	a, err := parse(b.reader)
	b.desk.wires.Put(p.wire)
	if err != nil {
		return
	}
	b.handled++
	b.recent[b.handled%len(b.recent)] = a
	b.desk.verbs[a.Verb](a)
}

func (d *Desk) read(a *Ask) {
	now := d.Now()
	page := int(d.Rand.ExpFloat64() * 1500)
	d.fragments.Get(uint64(page), 150+page%1900)
	d.presence.Seen(a.Who, now)
	d.audience.Count(now, int32(page%400))
	d.marks[page*7919%len(d.marks)] |= 1 << uint(page%64)
	switch page % 9 {
	case 0:
		d.plan.Add(now.Add(time.Duration(d.Rand.Intn(7*3600))*time.Second), a.Who, 100+page%600)
	case 1, 2:
		d.drafts.Edit(d.Rand.Intn(1<<20), page%300)
	case 3:
		d.postings.Note(d.Rand.Intn(2500), uint32(page))
	}
}

// visit is somebody who stays for some portions of load.
func (d *Desk) visit(portions int) {
	pages := make([]int32, 0, 200)
	for i := 0; i < portions; i++ {
		d.mu.Lock()
		bell := d.bell
		d.mu.Unlock()
		<-bell
		pages = append(pages, int32(i))
	}
}

// Tick serves readers, then does what the service itself does. Lessons begin together: each sixth
// portion is twice as large; now and then a crawler comes by.
func (r *runner) Tick(requests int) {
	d := r.desk
	d.ticks++
	d.mu.Lock()
	close(d.bell)
	d.bell = make(chan struct{})
	d.mu.Unlock()
	readers := requests
	if readers > 400 {
		readers = 400 // the others have a page of their own
	}
	if d.ticks%6 == 0 {
		requests *= 2
	}
	if d.Rand.Intn(40) == 0 {
		readers *= 4
	}
	for i := 0; i < readers; i++ {
		d.Ask("READ", fmt.Sprintf("reader-%d", d.Rand.Intn(6000)), "page")
	}
	for i := 0; i < requests/30; i++ {
		go d.visit(1 + d.Rand.Intn(4))
	}
	now := d.Now()
	d.plan.Due(now)
	if now.Sub(d.mapped) > 8*time.Hour {
		d.mapped = now
		d.Works.Sitemap("reader.example")
		for i := range d.marks {
			d.marks[i] = 0
		}
	}
	r.job.Tick(requests)
}

// Held is the service's own account.
func (r *runner) Held() (count, bytes int64) {
	if r.job.Held == nil {
		return 0, 0
	}
	return r.job.Held()
}
