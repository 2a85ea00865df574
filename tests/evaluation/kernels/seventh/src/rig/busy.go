// SPDX-License-Identifier: Apache-2.0

package rig

import (
	"bufio"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/pprof"
	"sync"
	"syscall"
	"time"
)

// startBusy starts what a healthy service has, some two hundred goroutines: idle connections of both sides, pools of
// workers, tickers, sessions, watches, a pool of a database, a handler of signals.
func startBusy() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	go func() {
		<-signals
		os.Exit(0)
	}()
	go serveIdle()
	startWorkers()
	startSessions()
	startWatches()
	startDatabase()
}

// serveIdle has a server and thirty clients with kept connections, each asked now and then.
func serveIdle() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/ready", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") })
	go http.Serve(listener, mux)
	transport := &http.Transport{MaxIdleConnsPerHost: 30}
	client := &http.Client{Transport: transport, Timeout: 5 * time.Second}
	for {
		var wg sync.WaitGroup
		for i := 0; i < 30; i++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				response, err := client.Get("http://" + listener.Addr().String() + "/ready")
				if err == nil {
					io.Copy(io.Discard, response.Body)
					response.Body.Close()
				}
			}()
		}
		wg.Wait()
		time.Sleep(15 * time.Second)
	}
}

type job struct {
	id   int
	done chan<- int
}

type workers struct {
	jobs chan job
	quit chan struct{}
}

func (w *workers) loop(context.Context) {
	for {
		select {
		case j := <-w.jobs:
			j.done <- j.id
		case <-w.quit:
			return
		}
	}
}

func startWorkers() {
	w := &workers{jobs: make(chan job), quit: make(chan struct{})}
	for i := 0; i < 32; i++ {
		go pprof.Do(context.Background(), pprof.Labels("pool", "render"), w.loop)
	}
	queue := make(chan func(), 64)
	for i := 0; i < 16; i++ {
		go func() {
			for task := range queue {
				task()
			}
		}()
	}
	go func() {
		for range time.Tick(3 * time.Second) {
			done := make(chan int, 8)
			for i := 0; i < 8; i++ {
				w.jobs <- job{i, done}
				queue <- func() {}
			}
		}
	}()
	for i := 0; i < 10; i++ {
		go flush(time.Duration(5+i) * time.Second)
	}
}

func flush(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for range ticker.C {
		os.Getpid()
	}
}

// startSessions has twenty clients that say something every twenty seconds.
func startSessions() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go echo(conn)
		}
	}()
	for i := 0; i < 20; i++ {
		go func() {
			conn, err := net.Dial("tcp", listener.Addr().String())
			if err != nil {
				return
			}
			defer conn.Close()
			for {
				conn.Write([]byte("ping\n"))
				time.Sleep(20 * time.Second)
			}
		}()
	}
}

func echo(conn net.Conn) {
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		conn.Write(append(lines.Bytes(), '\n'))
	}
}

// startWatches has a hub with a dozen subscribers, and goroutines that wait for the end of the program.
func startWatches() {
	ctx := context.Background()
	ctx, cancel := context.WithCancel(ctx)
	_ = cancel
	var subscribers []chan int
	for i := 0; i < 12; i++ {
		updates := make(chan int, 4)
		subscribers = append(subscribers, updates)
		go follow(ctx, updates)
	}
	go func() {
		for n := 0; ; n++ {
			for _, updates := range subscribers {
				updates <- n
			}
			time.Sleep(4 * time.Second)
		}
	}()
}

func follow(ctx context.Context, updates <-chan int) {
	for {
		select {
		case <-updates:
		case <-ctx.Done():
			return
		}
	}
}

type quietDriver struct{}
type quietConn struct{}

func (quietDriver) Open(string) (driver.Conn, error)  { return quietConn{}, nil }
func (quietConn) Prepare(string) (driver.Stmt, error) { return nil, errors.New("not here") }
func (quietConn) Begin() (driver.Tx, error)           { return nil, errors.New("not here") }
func (quietConn) Close() error                        { return nil }
func (quietConn) Ping(context.Context) error          { return nil }
func (quietConn) ResetSession(context.Context) error  { return nil }

func startDatabase() {
	sql.Register("quiet", quietDriver{})
	db, err := sql.Open("quiet", "")
	if err != nil {
		return
	}
	db.SetMaxOpenConns(10)
	db.SetMaxIdleConns(10)
	db.SetConnMaxLifetime(time.Hour)
	go func() {
		for {
			db.Ping()
			time.Sleep(6 * time.Second)
		}
	}()
}
