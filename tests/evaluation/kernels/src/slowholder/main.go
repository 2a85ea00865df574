// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=(Mutex|IO) says=(?i)(hold|deadline|lock)
import (
	"net"
	"net/http"
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type cache struct {
	mu   sync.Mutex
	conn net.Conn
}

func (c *cache) refresh() string {
	c.mu.Lock() // <- here
	defer c.mu.Unlock()
	b := make([]byte, 16)
	n, _ := c.conn.Read(b) // <- here
	return string(b[:n])
}

func main() {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	a, _ := net.Dial("tcp", l.Addr().String())
	c := &cache{conn: a}
	http.HandleFunc("/v", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(c.refresh())) })
	ln, _ := net.Listen("tcp", "127.0.0.1:0")
	for i := 0; i < 90; i++ {
		go func() {
			cl := http.Client{Timeout: 20 * time.Second}
			if r, err := cl.Get("http://" + ln.Addr().String() + "/v"); err == nil {
				r.Body.Close()
			}
		}()
	}
	http.Serve(ln, nil)
}
