// SPDX-License-Identifier: Apache-2.0

package shipping

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// RateRequest is the message a carrier prices a parcel by.
type RateRequest struct {
	Ticket   uint64 `json:"ticket"`
	ReplyTo  string `json:"reply_to"`
	Postcode string `json:"postcode"`
	Grams    uint32 `json:"grams"`
	Express  bool   `json:"express"`
}

// Rate is a carrier's answer.
type Rate struct {
	Ticket  uint64 `json:"ticket"`
	Carrier string `json:"carrier"`
	Price   int64  `json:"price"`
	Days    int    `json:"days"`
}

// Carrier takes rate requests over HTTP and answers them to ReplyTo when its
// own systems have priced the parcel.
type Carrier struct {
	Name string
	URL  string

	client *http.Client
}

// NewCarrier returns a carrier whose gateway is below base.
func NewCarrier(name, base string) *Carrier {
	return &Carrier{
		Name:   name,
		URL:    base + "/carriers/" + name + "/rates",
		client: &http.Client{Timeout: 3 * time.Second},
	}
}

func (c *Carrier) submit(req RateRequest) error {
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	resp, err := c.client.Post(c.URL, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, resp.Body)
	if resp.StatusCode != http.StatusAccepted {
		return fmt.Errorf("carrier %s: %s", c.Name, resp.Status)
	}
	return nil
}
