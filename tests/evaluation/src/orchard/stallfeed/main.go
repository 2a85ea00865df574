// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"time"

	"example.net/orchard/stallfeed/feed"
	"example.net/orchard/yard"
)

// look opens the stream, reads a few prices and goes away.
func look(addr string, stay time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), stay)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/prices", nil)
	if err != nil {
		return
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return
	}
	defer res.Body.Close()
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
	}
}

func main() {
	y := yard.Open()
	f := feed.New(y.Strict)
	http.Handle("/prices", f)
	y.Pace(0.4, func(i int) { f.Publish(fmt.Sprintf("cox %d.%02d", 1+y.Intn(3), y.Intn(100))) })
	y.Pace(1, func(i int) { go look(y.Addr, time.Duration(5+y.Intn(20))*time.Second) })
	y.Wait()
}
