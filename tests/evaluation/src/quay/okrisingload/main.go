// SPDX-License-Identifier: Apache-2.0
package main

import (
	"time"

	"example.net/quay/kit"
)

// quote asks a partner who takes two seconds.
func quote(app *kit.App) int {
	page := []byte(app.Text(20000))
	time.Sleep(2 * time.Second)
	return len(page)
}

func main() {
	app := kit.Start()
	app.Load(60, func(i int) {
		// ever more customers: from 6 to 60 a second within a quarter of an hour
		share := 0.1 + 0.9*app.Age().Minutes()/15
		if app.Rand.Float64() < share {
			go quote(app)
		}
	})
	app.Wait()
}
