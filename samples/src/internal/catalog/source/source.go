// SPDX-License-Identifier: Apache-2.0

// Package source reads products from the catalogue database.
package source

import (
	"fmt"
	"strings"
	"time"
)

// Offer is one way to buy a product.
type Offer struct {
	Merchant string `json:"merchant"`
	Price    int64  `json:"price"`
	Stock    int    `json:"stock"`
}

// Product is a catalogue entry with all its texts.
type Product struct {
	ID          uint32            `json:"id"`
	Title       string            `json:"title"`
	Description string            `json:"description"`
	Attributes  map[string]string `json:"attributes"`
	Offers      []Offer           `json:"offers"`
	Read        time.Time         `json:"read"`
}

var attributes = [...]string{"colour", "material", "size", "weight", "origin", "warranty", "energy", "power"}

// Load reads a product. It stands for three queries to the database.
func Load(id uint32) *Product {
	p := &Product{
		ID:         id,
		Title:      fmt.Sprintf("Product %07d", id),
		Attributes: make(map[string]string, len(attributes)),
		Read:       time.Now(),
	}
	var text strings.Builder
	sentences := 20 + int(id*2654435761>>27)
	text.Grow(sentences * 110)
	for i := 0; i < sentences; i++ {
		fmt.Fprintf(&text, "Sentence %d about product %d says what it is good for and how long it lasts. ", i, id)
	}
	p.Description = text.String()
	for i, a := range attributes {
		p.Attributes[a] = fmt.Sprintf("%s-%d", a, (int(id)>>i)%90)
	}
	p.Offers = make([]Offer, 3+id%9)
	for i := range p.Offers {
		p.Offers[i] = Offer{
			Merchant: fmt.Sprintf("merchant-%03d", (int(id)*7+i)%400),
			Price:    499 + int64(id)%90_000 + int64(i*13),
			Stock:    int(id>>3) % 50,
		}
	}
	return p
}
