package reports

import (
	"context"
	"iter"
	"time"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/exports"
	"github.com/steelyard/steelyard/scoring"
)

// Month is what the workbooks of a period say about themselves. Its texts are in Lang.
type Month struct {
	Lang                 lang.Language
	Bank                 string
	Period               string // "2026-10"
	Scope, Filters       string
	RunID                string // "R-202610-0001"
	RuleVersion          string
	CutOff               time.Time
	GeneratedAt          time.Time
	Zone                 *time.Location // the bank's
	GeneratedBy          string
	SystemVersion        string
	PeriodDays, MinDays  int
	Scorecards           []*scoring.Scorecard // those of the run, in the order of the sheets
	ScorecardVersions    map[string]string    // by code, shown among the parameters; may be nil
	ConfidentialityLevel string               // the house's word if left empty
}

// Source gives the members of the month, in the order of the sheets. Each call
// begins anew; a Person and all it holds is good until the next.
type Source interface {
	People(ctx context.Context) iter.Seq2[*Person, error]
}

// schemaVersion is the layout of the sheets; it rises when columns change.
const schemaVersion = 1

// periodText is the month as people write it.
func (m Month) periodText() string {
	day, err := time.Parse("2006-01", m.Period)
	if err != nil {
		return m.Period
	}
	if m.Lang == lang.Zh {
		return day.Format("2006年1月")
	}
	return day.Format("Jan 2006")
}

func (m Month) zone() *time.Location {
	if m.Zone == nil {
		return time.UTC
	}
	return m.Zone
}

// moment is an instant as the bank's clock shows it.
func (m Month) moment(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	if m.Lang == lang.Zh {
		return t.In(m.zone()).Format("2006-01-02 15:04 -07:00")
	}
	return t.In(m.zone()).Format("2 Jan 2006 15:04 -07:00")
}

// info is what the cover of a workbook says.
func (m Month) info(title, scope string) exports.Info {
	level := m.ConfidentialityLevel
	if level == "" {
		level = say(m.Lang, "confidential")
	}
	filters := m.Filters
	if filters == "" {
		filters = say(m.Lang, "no_filters")
	}
	if m.Bank != "" {
		title = m.Bank + " " + title
	}
	return exports.Info{
		Title: title, Period: m.periodText(), Scope: scope, Filters: filters,
		RunID: m.RunID, RuleVersion: m.RuleVersion, CutOff: m.moment(m.CutOff),
		GeneratedAt: m.GeneratedAt, GeneratedText: m.moment(m.GeneratedAt), GeneratedBy: m.GeneratedBy,
		SystemVersion: m.SystemVersion, Confidentiality: level, SchemaVersion: schemaVersion,
	}
}

// scopeLine stands above each table and is repeated on each page.
func (m Month) scopeLine() string {
	return m.periodText() + " · " + m.Scope + " · " + m.RunID
}

// cardHeading is what each card says of the month.
func (m Month) cardHeading() heading {
	return heading{period: m.periodText(), scope: m.Scope, run: m.RunID, periodDays: m.PeriodDays}
}
