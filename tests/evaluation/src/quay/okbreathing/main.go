// SPDX-License-Identifier: Apache-2.0
package main

import (
	"math"
	"time"

	"example.net/quay/kit"
)

func worker(app *kit.App, in <-chan string, stop <-chan struct{}) {
	buf := make([]byte, 0, 8<<10)
	for {
		select {
		case s := <-in:
			buf = append(buf[:0], s...)
		case <-stop:
			return
		}
	}
}

func main() {
	app := kit.Start()
	in, stop := make(chan string), make(chan struct{})
	n := 0
	go func() {
		for {
			want := 160 + int(140*math.Sin(app.Age().Minutes()*2*math.Pi/5))
			for ; n < want; n++ {
				go worker(app, in, stop)
			}
			for ; n > want; n-- {
				stop <- struct{}{}
			}
			time.Sleep(3 * time.Second)
		}
	}()
	app.Load(50, func(i int) {
		select {
		case in <- app.Text(400):
		default:
		}
	})
	app.Wait()
}
