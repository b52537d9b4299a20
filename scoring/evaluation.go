package scoring

import "iter"

// Evaluation works out a period: Add every member, Finish, then read the Results.
type Evaluation struct{}

// NewEvaluation prepares a period. The scorecards must be valid.
func NewEvaluation(periodDays, minDays int, cards map[string]*Scorecard) *Evaluation { return nil }

// Add takes a member in; the caller may use m again.
func (e *Evaluation) Add(m *Member) error { return nil }

// Finish works out what depends on the peers.
func (e *Evaluation) Finish() {}

// Results gives the results in the order of Add; each is reused by the next step.
func (e *Evaluation) Results() iter.Seq[*Result] { return nil }

// Explain gives the trace of a member that was added, after Finish.
func (e *Evaluation) Explain(m *Member) *Trace { return nil }

// EvaluateCase evaluates a case.
func EvaluateCase(c *Case) []*Result { return nil }
