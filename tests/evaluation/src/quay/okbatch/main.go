// SPDX-License-Identifier: Apache-2.0
package main

import (
	"sort"
	"time"

	"example.net/quay/kit"
)

type record struct {
	key, val string
}

func collate(app *kit.App, n int) int {
	var all []record
	for i := 0; i < n; i++ {
		all = append(all, record{app.Text(30), app.Text(300)})
		if i%400 == 0 {
			time.Sleep(60 * time.Millisecond)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].key < all[j].key })
	time.Sleep(10 * time.Second)
	return len(all)
}

func main() {
	app := kit.Start()
	go func() {
		for i := 0; ; i++ {
			collate(app, 60000+20000*(i%3))
			time.Sleep(45 * time.Second)
		}
	}()
	app.Wait()
}
