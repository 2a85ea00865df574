// SPDX-License-Identifier: Apache-2.0

// Package journal keeps the audit entries of a tenant in a hash chain: every
// entry carries a digest over itself and the digest before it.
package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"
)

const entryBytes = 152

// Entry is one audit record in its fixed-size form.
type Entry struct {
	Seq     uint64
	At      int64 // Unix nanoseconds
	Actor   uint32
	Action  uint16
	Result  uint16
	Object  [32]byte
	Address [16]byte
	Detail  [48]byte
	Digest  [32]byte
}

func (e *Entry) encode(dst []byte) []byte {
	var head [24]byte
	binary.BigEndian.PutUint64(head[0:], e.Seq)
	binary.BigEndian.PutUint64(head[8:], uint64(e.At))
	binary.BigEndian.PutUint32(head[16:], e.Actor)
	binary.BigEndian.PutUint16(head[20:], e.Action)
	binary.BigEndian.PutUint16(head[22:], e.Result)
	dst = append(dst, head[:]...)
	dst = append(dst, e.Object[:]...)
	dst = append(dst, e.Address[:]...)
	return append(dst, e.Detail[:]...)
}

func (e *Entry) chain(previous [32]byte) [32]byte {
	var room [entryBytes]byte
	return sha256.Sum256(append(e.encode(room[:0]), previous[:]...))
}

// Sink is where flushed entries go.
type Sink interface {
	io.Writer
	Sync() error
}

// Journal is the chain of one tenant.
type Journal struct {
	tenant string
	sink   Sink

	mu      sync.Mutex
	entries []Entry
	flushed int // entries before this one are in the sink
	head    [32]byte
}

// New returns an empty journal.
func New(tenant string, sink Sink) *Journal {
	return &Journal{tenant: tenant, sink: sink}
}

// Append adds e to the chain and returns its sequence number.
func (j *Journal) Append(e Entry) uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	e.Seq = uint64(len(j.entries)) + 1
	e.At = time.Now().UnixNano()
	e.Digest = e.chain(j.head)
	j.head = e.Digest
	j.entries = append(j.entries, e)
	return e.Seq
}

// Flush writes the entries that are new since the last flush to the sink.
func (j *Journal) Flush() (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	fresh := j.entries[j.flushed:]
	if len(fresh) == 0 {
		return 0, nil
	}
	record := make([]byte, 0, entryBytes)
	for i := range fresh {
		record = append(fresh[i].encode(record[:0]), fresh[i].Digest[:]...)
		if _, err := j.sink.Write(record); err != nil {
			return 0, fmt.Errorf("journal %s: %w", j.tenant, err)
		}
	}
	j.flushed = len(j.entries)
	return len(fresh), j.sink.Sync()
}

// Export returns the newest n entries as text, one a line.
func (j *Journal) Export(n int) []byte {
	const lineBytes = 320
	j.mu.Lock()
	defer j.mu.Unlock()
	if n > len(j.entries) {
		n = len(j.entries)
	}
	text := make([]byte, 0, n*lineBytes)
	for _, e := range j.entries[len(j.entries)-n:] {
		text = strconv.AppendUint(text, e.Seq, 10)
		text = append(text, ' ')
		text = time.Unix(0, e.At).UTC().AppendFormat(text, time.RFC3339Nano)
		text = append(text, ' ')
		text = strconv.AppendUint(text, uint64(e.Actor), 10)
		text = append(text, ' ')
		text = strconv.AppendUint(text, uint64(e.Action), 10)
		text = append(text, ' ')
		text = strconv.AppendUint(text, uint64(e.Result), 10)
		text = append(text, ' ')
		text = strconv.AppendQuote(text, string(bytes.TrimRight(e.Detail[:], "\x00")))
		text = append(text, '\n')
	}
	return text
}

// Verify checks the newest n links of the chain.
func (j *Journal) Verify(n int) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	from := len(j.entries) - n
	if from < 1 {
		from = 1
	}
	for i := from; i < len(j.entries); i++ {
		want := j.entries[i].chain(j.entries[i-1].Digest)
		if !bytes.Equal(want[:], j.entries[i].Digest[:]) {
			return fmt.Errorf("journal %s: chain broken at %d", j.tenant, j.entries[i].Seq)
		}
	}
	return nil
}
