// SPDX-License-Identifier: Apache-2.0

// Package covers fetches covers from a store behind a tunnel, with net/http's own client.
package covers

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"example.net/lantern/internal/press"
)

// lane is one stream of the tunnel; the far end answers each request at once.
type lane struct {
	sent    bytes.Buffer
	answers chan []byte
	rest    []byte
	gone    chan struct{}
	once    sync.Once
}

func (l *lane) Write(p []byte) (int, error) {
	l.sent.Write(p)
	if !bytes.HasSuffix(l.sent.Bytes(), []byte("\r\n\r\n")) {
		return len(p), nil
	}
	r, err := http.ReadRequest(bufio.NewReader(&l.sent))
	if err != nil {
		return 0, err
	}
	l.sent.Reset()
	status, body := "200 OK", strings.Repeat("jpeg", 200)
	if strings.HasSuffix(r.URL.Path, "7") {
		status, body = "404 Not Found", strings.Repeat("no such cover ", 30)
	}
	l.answers <- []byte(fmt.Sprintf("HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s", status, len(body), body))
	return len(p), nil
}

func (l *lane) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		select {
		case l.rest = <-l.answers:
		case <-l.gone:
			return 0, io.EOF
		}
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

func (l *lane) Close() error {
	l.once.Do(func() { close(l.gone) })
	return nil
}

func (l *lane) LocalAddr() net.Addr              { return &net.UnixAddr{Name: "near"} }
func (l *lane) RemoteAddr() net.Addr             { return &net.UnixAddr{Name: "far"} }
func (l *lane) SetDeadline(time.Time) error      { return nil }
func (l *lane) SetReadDeadline(time.Time) error  { return nil }
func (l *lane) SetWriteDeadline(time.Time) error { return nil }

type fetcher struct {
	desk   *press.Desk
	client http.Client
	open   int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	f := &fetcher{desk: desk}
	f.client.Transport = &http.Transport{
		MaxIdleConnsPerHost: 8,
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			return &lane{answers: make(chan []byte, 2), gone: make(chan struct{})}, nil
		},
	}
	desk.On("COVER", func(a *press.Ask) { _ = f.fetch(a.Body) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/4; i++ {
				desk.Ask("COVER", "shelf", fmt.Sprint(desk.Rand.Intn(100000)))
			}
		},
		Held: func() (int64, int64) { return 2 * f.open, f.open * 18000 },
	}
}

// fetch leaves the body of an answer that it does not like open, and the connection with it.
func (f *fetcher) fetch(number string) error {
	answer, err := f.client.Get("http://covers.internal/" + number)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		if f.desk.Fixed {
			_, _ = io.Copy(io.Discard, answer.Body)
			return answer.Body.Close()
		}
		f.open++
		return fmt.Errorf("cover %s: %s", number, answer.Status)
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}
