// SPDX-License-Identifier: Apache-2.0

// Package shelf is what each desk has around it: a catalogue, fragments in two generations, drafts with
// undo, a plan of what comes out when, an index, counters of readers. All of it is bounded.
package shelf

import (
	"encoding/xml"
	"fmt"
	"math/rand"
	"sort"
	"strings"
)

// Work is a book, a course or a film.
type Work struct {
	ID       int       `xml:"id,attr"`
	Title    string    `xml:"title"`
	Authors  []string  `xml:"author"`
	Chapters []Chapter `xml:"chapter"`
}

// Chapter is a part of a Work.
type Chapter struct {
	Name  string `xml:"name,attr"`
	Words int    `xml:"words,attr"`
}

// Works is the catalogue.
type Works struct {
	XMLName xml.Name `xml:"works"`
	All     []*Work  `xml:"work"`
	byTitle map[string]*Work
	slugs   []string
}

// ReadWorks reads a catalogue of n works.
func ReadWorks(n int) (*Works, error) {
	var b strings.Builder
	b.WriteString("<works>")
	for i := 0; i < n; i++ {
		fmt.Fprintf(&b, `<work id="%d"><title>Volume %d %s</title><author>Author %d</author>`, i, i, strings.Repeat("y", i%50), i%300)
		for c := 0; c <= i%5; c++ {
			fmt.Fprintf(&b, `<chapter name="%d.%d" words="%d"/>`, i, c, 900+i%70)
		}
		b.WriteString("</work>")
	}
	b.WriteString("</works>")
	w := &Works{byTitle: make(map[string]*Work, n)}
	if err := xml.Unmarshal([]byte(b.String()), w); err != nil {
		return nil, err
	}
	for _, one := range w.All {
		w.byTitle[one.Title] = one
		w.slugs = append(w.slugs, strings.ReplaceAll(strings.ToLower(one.Title), " ", "-"))
	}
	sort.Strings(w.slugs)
	return w, nil
}

// Any picks a work.
func (w *Works) Any(rng *rand.Rand) *Work {
	return w.All[rng.Intn(len(w.All))]
}

// Sitemap lists all slugs, as crawlers want them.
func (w *Works) Sitemap(host string) int {
	var urls [][]byte
	size := 0
	for _, slug := range w.slugs {
		line := []byte("<url><loc>https://" + host + "/" + slug + "</loc></url>\n")
		urls = append(urls, line)
		size += len(line)
	}
	return size + len(urls)
}
