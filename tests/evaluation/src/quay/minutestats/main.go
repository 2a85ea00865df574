// SPDX-License-Identifier: Apache-2.0
package main

import (
	"example.net/quay/kit"
	"example.net/quay/minutestats/stats"
	"fmt"
	"time"
)

func main() {
	app := kit.Start()
	t := stats.New()
	if app.Repaired {
		t.Keep = 12
	}
	users := make([]string, 4000)
	for i := range users {
		users[i] = fmt.Sprintf("user-%05d", i)
	}
	app.Load(350, func(i int) { t.Count(time.Now(), users[(i*7919)%len(users)]) })
	app.Wait()
}
