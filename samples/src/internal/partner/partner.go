// SPDX-License-Identifier: Apache-2.0

// Package partner imitates the companies the fleet talks to: carriers that
// answer rate requests later, a quote exchange with a slow tail, and a mail
// provider. It belongs to the test bench, not to the fleet.
package partner

import (
	"bytes"
	"encoding/json"
	"io"
	"log"
	"math"
	"math/rand"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Behaviour says how well the partners work.
type Behaviour struct {
	CarrierSilence float64       // share of rate requests a carrier never answers
	CarrierMedian  time.Duration // median time to an answer
	QuoteMedian    time.Duration // median response time of the exchange
	QuoteSpread    float64       // sigma of the log-normal response time
	MailMedian     time.Duration // median time the mail provider takes for a mailing
}

// DefaultBehaviour is an ordinary day.
func DefaultBehaviour() Behaviour {
	return Behaviour{
		CarrierSilence: 0.05,
		CarrierMedian:  120 * time.Millisecond,
		QuoteMedian:    45 * time.Millisecond,
		QuoteSpread:    0.9,
		MailMedian:     150 * time.Millisecond,
	}
}

// Partners serves all of them from one listener.
type Partners struct {
	b      Behaviour
	client *http.Client

	mu  sync.Mutex
	rng *rand.Rand
}

// New returns the handler.
func New(b Behaviour, seed int64) http.Handler {
	p := &Partners{
		b:      b,
		client: &http.Client{Timeout: 5 * time.Second},
		rng:    rand.New(rand.NewSource(seed)),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/carriers/", p.carrier)
	mux.HandleFunc("/exchange/", p.quote)
	mux.HandleFunc("/mail/", p.mail)
	return mux
}

func (p *Partners) float() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.rng.Float64()
}

// delay draws a log-normal time with the given median.
func (p *Partners) delay(median time.Duration, sigma float64) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Duration(float64(median) * math.Exp(sigma*p.rng.NormFloat64()))
}

type rateRequest struct {
	Ticket  uint64 `json:"ticket"`
	ReplyTo string `json:"reply_to"`
	Grams   uint32 `json:"grams"`
}

type rate struct {
	Ticket uint64 `json:"ticket"`
	Price  int64  `json:"price"`
	Days   int    `json:"days"`
}

func (p *Partners) carrier(w http.ResponseWriter, r *http.Request) {
	var req rateRequest
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusAccepted)
	if p.float() < p.b.CarrierSilence {
		return
	}
	answer := rate{Ticket: req.Ticket, Price: 390 + int64(req.Grams)/10, Days: 1 + int(req.Ticket%4)}
	time.AfterFunc(p.delay(p.b.CarrierMedian, 0.5), func() { p.reply(req.ReplyTo, answer) })
}

func (p *Partners) reply(url string, answer rate) {
	body, err := json.Marshal(answer)
	if err != nil {
		log.Printf("rate: %v", err)
		return
	}
	resp, err := p.client.Post(url, "application/json", bytes.NewReader(body))
	if err != nil {
		return // the asker is being restarted
	}
	io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
}

func (p *Partners) quote(w http.ResponseWriter, r *http.Request) {
	time.Sleep(p.delay(p.b.QuoteMedian, p.b.QuoteSpread))
	symbol := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	mid := 20 + 400*p.float()
	depth := make([][2]float64, 12)
	for i := range depth {
		depth[i] = [2]float64{mid * (1 + 0.0004*float64(i+1)), math.Floor(1000 * p.float())}
	}
	json.NewEncoder(w).Encode(map[string]any{
		"symbol": symbol, "bid": mid * 0.9998, "ask": mid * 1.0002,
		"depth": depth, "at": time.Now().UnixMilli(),
	})
}

func (p *Partners) mail(w http.ResponseWriter, r *http.Request) {
	var req struct {
		Recipients int `json:"recipients"`
	}
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	time.Sleep(p.delay(p.b.MailMedian, 0.6))
	codes := make([]int, req.Recipients)
	for i := range codes {
		switch x := p.float(); {
		case x < 0.93:
			codes[i] = 250
		case x < 0.97:
			codes[i] = 450
		default:
			codes[i] = 550
		}
	}
	json.NewEncoder(w).Encode(map[string]any{"codes": codes})
}
