package server

import (
	"crypto/sha256"
	"crypto/subtle"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/steelyard/steelyard/app/fault"
)

// Gauge is a figure that is read when somebody asks for it.
type Gauge struct {
	Name string // such as steelyard_policy_version
	Help string
	Read func() float64
}

// metrics counts what is answered. No label carries what a caller chose.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
}

func newMetrics(gauges []Gauge) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "steelyard_requests_total", Help: "Requests answered, by operation of the contract and status.",
		}, []string{"operation", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "steelyard_request_seconds", Help: "How long requests took, by operation of the contract.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"operation"}),
	}
	m.registry.MustRegister(m.requests, m.duration, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, g := range gauges {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: g.Name, Help: g.Help}, g.Read))
	}
	return m
}

func (m *metrics) count(c *fiber.Ctx, took time.Duration) {
	name := "none"
	if op := operationOf(c); op != nil {
		name = op.id
	}
	m.requests.WithLabelValues(name, strconv.Itoa(c.Response().StatusCode())).Inc()
	m.duration.WithLabelValues(name).Observe(took.Seconds())
}

// measure answers /metrics to whoever has its token; where none is configured
// there is no such page.
func (s *Server) measure() fiber.Handler {
	write := adaptor.HTTPHandler(promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	want := sha256.Sum256([]byte(s.options.MetricsToken))
	return func(c *fiber.Ctx) error {
		if s.options.MetricsToken == "" {
			return fiber.ErrNotFound
		}
		scheme, token, _ := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
		got := sha256.Sum256([]byte(token))
		if !strings.EqualFold(scheme, "Bearer") || subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			return fault.New(fault.Unauthenticated, "auth.signed_out", nil)
		}
		return write(c)
	}
}
