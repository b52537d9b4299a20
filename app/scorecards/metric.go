// Package scorecards keeps the bank's metrics, and its scorecards in versions
// that never change once they are published.
package scorecards

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/db"
)

// Metric is a quantitative figure from the bank's systems.
type Metric struct {
	ID       int64  `json:"id"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	Measure  string `json:"unit_of_measure"`
	Decimals int    `json:"decimals"` // how many the bank shows; figures keep theirs
}

// Percent says whether the metric is a percentage: 8.59 % is 8.59.
func (m *Metric) Percent() bool { return m.Measure == "%" || m.Measure == "％" }

// sameAs says whether nothing but the id differs.
func (m *Metric) sameAs(o *Metric) bool {
	return m.Code == o.Code && m.Name == o.Name && m.Measure == o.Measure && m.Decimals == o.Decimals
}

// Metrics reads every metric, by code.
func Metrics(ctx context.Context, tx db.Tx) ([]*Metric, error) {
	var metrics []*Metric
	err := tx.Each(ctx, "SELECT id, code, name, unit_of_measure, decimals FROM metrics ORDER BY code", nil, func(r db.Row) error {
		metrics = append(metrics, &Metric{ID: r.Int(0), Code: r.Text(1), Name: r.Text(2), Measure: r.Text(3), Decimals: int(r.Int(4))})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading metrics: %w", err)
	}
	return metrics, nil
}
