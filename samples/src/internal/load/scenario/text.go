// SPDX-License-Identifier: Apache-2.0

package scenario

import "strings"

var syllables = [...]string{
	"ba", "con", "de", "el", "for", "gra", "hu", "in", "jo", "kel", "lo", "mar", "ne",
	"or", "pre", "qui", "ra", "sto", "ter", "un", "ver", "wo", "xe", "ya", "zu", "th",
}

const vocabulary = 20_000

var words = makeWords()

func makeWords() []string {
	list := make([]string, vocabulary)
	for i := range list {
		var b strings.Builder
		for n := i + 1; n > 0; n /= len(syllables) {
			b.WriteString(syllables[n%len(syllables)])
		}
		list[i] = b.String()
	}
	return list
}

// word returns the i-th word of the vocabulary.
func word(i int) string { return words[i] }

// text returns about n bytes of prose in paragraphs, under a heading.
func (c *Client) text(n int) string {
	var b strings.Builder
	b.Grow(n + 64)
	b.WriteString("# ")
	b.WriteString(word(c.intn(vocabulary)))
	b.WriteString("\n\n")
	for b.Len() < n {
		for sentence := c.between(4, 9); sentence > 0; sentence-- {
			for words := c.between(5, 14); words > 0; words-- {
				b.WriteString(word(c.skewed(vocabulary)))
				b.WriteByte(' ')
			}
			b.WriteString("so. ")
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// words returns n frequent words.
func (c *Client) words(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = word(c.skewed(3000))
	}
	return strings.Join(list, " ")
}
