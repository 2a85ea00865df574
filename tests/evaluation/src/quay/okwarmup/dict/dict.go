// SPDX-License-Identifier: Apache-2.0
package dict

import "time"

type Word struct {
	Text  string
	Forms []string
}

type Dict struct{ words map[string]*Word }

// Load reads the dictionary, a volume at a time.
func Load(text func(int) string, volumes int) *Dict {
	d := &Dict{words: map[string]*Word{}}
	for v := 0; v < volumes; v++ {
		for i := 0; i < 6000; i++ {
			w := &Word{Text: text(12), Forms: []string{text(14), text(16), text(11)}}
			d.words[w.Text] = w
		}
		time.Sleep(20 * time.Second)
	}
	return d
}
