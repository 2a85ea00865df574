// SPDX-License-Identifier: Apache-2.0
package main

import (
	"encoding/binary"
	"net/netip"
	"time"

	"example.net/orchard/ratebook/shard"
	"example.net/orchard/yard"
)

// bucket is what one visitor may still ask for.
type bucket struct {
	tokens float64
	filled time.Time
	denied int
	recent [6]int64
}

type limiter struct {
	buckets *shard.Map[netip.Addr, bucket]
	rate    float64
	strict  bool
}

func (l *limiter) allow(from netip.Addr, now time.Time) bool {
	ok := false
	l.buckets.Update(from, func(b bucket, there bool) bucket { // @also
		if !there {
			b.tokens = 5
		} else {
			b.tokens = min(5, b.tokens+l.rate*now.Sub(b.filled).Seconds())
		}
		b.filled = now
		if ok = b.tokens >= 1; ok {
			b.tokens--
		} else {
			b.denied++
		}
		copy(b.recent[1:], b.recent[:5])
		b.recent[0] = now.UnixNano()
		return b
	})
	return ok
}

func main() {
	y := yard.Open()
	l := &limiter{buckets: shard.New[netip.Addr, bucket](), rate: 0.5, strict: y.Strict}
	allowed := 0
	y.Pace(300, func(i int) {
		var from [16]byte
		copy(from[:], "\x20\x01\x0d\xb8")
		// phones have another address each day
		binary.BigEndian.PutUint32(from[8:], uint32(y.Intn(1<<30)))
		if i%6 == 0 {
			binary.BigEndian.PutUint32(from[8:], uint32(y.Intn(500)))
		}
		if l.allow(netip.AddrFrom16(from), time.Now()) {
			allowed++
		}
	})
	if y.Strict {
		go func() {
			for now := range time.Tick(10 * time.Second) {
				l.buckets.Drop(func(b bucket) bool { return now.Sub(b.filled) > 15*time.Second })
			}
		}()
	}
	y.Wait()
}
