package scorecards

import (
	"context"
	"fmt"
	"slices"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// Finding is what is wrong with a definition, or what a rule of the field warns of.
type Finding struct {
	Warning bool // it may be published all the same
	Path    string
	Code    string // of the message
	Args    lang.Args
	Source  string // the code of the rule's source; empty for what is no rule
}

// Check is what was found in a definition.
type Check struct {
	Findings  []Finding
	WeightSum string
}

// Valid says whether the definition could be published.
func (c *Check) Valid() bool {
	return !slices.ContainsFunc(c.Findings, func(f Finding) bool { return !f.Warning })
}

// Rubrics tells which levels of rubrics are described in both languages.
type Rubrics interface {
	// DescribedLevels gives them by the code of the rubric.
	DescribedLevels(ctx context.Context, tx db.Tx) (map[string]map[string]bool, error)
}

// WithRubrics has the levels of scorecards held against the rubrics; without them they are not.
func (s *Service) WithRubrics(r Rubrics) *Service {
	s.rubrics = r
	return s
}

// Check finds the errors of a definition, those of scoring first, and what the
// rules of the field warn of. Nothing is kept.
func (s *Service) Check(ctx context.Context, actor rbac.Actor, definition []byte) (*Check, error) {
	if err := access.Require(actor, rbac.ScorecardRead); err != nil {
		return nil, err
	}
	card, wrong := scoring.InspectScorecard(definition)
	found := &Check{Findings: []Finding{}, WeightSum: weightSum(card)}
	for i := range wrong {
		found.Findings = append(found.Findings, faultFinding(&wrong[i]))
	}
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		all, err := readShelf(ctx, tx)
		if err != nil {
			return err
		}
		found.Findings = append(found.Findings, bankFindings(all, card)...)
		found.Findings = append(found.Findings, s.rules(card, all)...)
		if s.rubrics == nil {
			return nil
		}
		described, err := s.rubrics.DescribedLevels(ctx, tx)
		if err == nil {
			found.Findings = append(found.Findings, undescribed(card, described)...)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	found.Findings = once(found.Findings)
	slices.SortStableFunc(found.Findings, func(a, b Finding) int {
		switch {
		case a.Warning == b.Warning:
			return 0
		case b.Warning:
			return -1
		}
		return 1
	})
	return found, nil
}

// once leaves the first finding of each place and code.
func once(list []Finding) []Finding {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(f Finding) bool {
		key := f.Path + " " + f.Code
		if f.Code == "scorecard.fault" || f.Path != "" && !f.Warning {
			key = f.Path
		}
		if seen[key] && key != "" {
			return true
		}
		seen[key] = true
		return false
	})
}

// faultFinding gives a fault of scoring; that of the weights is the first rule.
func faultFinding(e *scoring.InputError) Finding {
	f := Finding{Path: pointer(e.Path), Code: "scorecard.fault", Args: lang.Args{"fault": lang.Text{
		Zh: e.Message(scoring.Chinese), En: e.Message(scoring.English),
	}}}
	if e.Code == "weights" {
		f.Code, f.Source = "rule.weights", "rule.weights.source"
		f.Args = lang.Args{"sum": e.Args["sum"]}
	}
	return f
}

// weightSum adds up the weights that can be read.
func weightSum(card *scoring.Scorecard) string {
	sum := scoring.FromInt(0)
	for _, item := range card.Items() {
		if item.Weight.Valid() {
			sum = sum.Add(item.Weight)
		}
	}
	return sum.String()
}

// bankFindings lists what the bank needs of a scorecard and scoring alone does not.
func bankFindings(all *shelf, card *scoring.Scorecard) []Finding {
	var list []Finding
	add := func(p fault.Problem) {
		list = append(list, Finding{Path: pointer(p.Path), Code: p.Code, Args: p.Args})
	}
	one := &cardImport{}
	for _, p := range one.incomplete(0, card) {
		add(p)
	}
	for p := range card.Perspectives {
		for n := range card.Perspectives[p].Items {
			item := &card.Perspectives[p].Items[n]
			if item.Source == scoring.SourceMetric && item.MetricCode() != "" && !all.metrics[item.MetricCode()] {
				add(fault.Problem{Path: fmt.Sprintf("perspectives[%d].items[%d].metric", p, n), Code: "metric.unknown",
					Args: lang.Args{"code": item.MetricCode()}})
			}
		}
	}
	for n, position := range card.Positions {
		if holder := all.holder(position, map[string]bool{card.Code: true}); holder != "" {
			add(fault.Problem{Path: fmt.Sprintf("positions[%d]", n), Code: "scorecard.position_taken",
				Args: lang.Args{"position": position, "scorecard": holder}})
		}
	}
	return list
}

// In says the finding in a language, with the rule that asks for it where there is one.
func (f *Finding) In(l lang.Language) (message, source string) {
	message = lang.Say(l, f.Code, f.Args)
	if f.Source != "" {
		source = lang.Say(l, f.Source, nil)
	}
	return message, source
}
