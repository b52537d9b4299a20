package jobs

import (
	"encoding/json"

	"github.com/steelyard/steelyard/app/fault"
)

// The kinds of job.
const (
	Import = "import"
	Run    = "run"
	Export = "export"
	Verify = "verify"
)

// ImportArgs are what an import is asked for with; the file is the job's.
type ImportArgs struct {
	Kind          string `json:"kind"` // of file
	SkipErrors    bool   `json:"skip_errors,omitempty"`
	Replace       bool   `json:"replace,omitempty"`
	AllowFormulas bool   `json:"allow_formulas,omitempty"`
	DryRun        bool   `json:"dry_run,omitempty"`
	Draft         bool   `json:"draft,omitempty"`
	Period        string `json:"period,omitempty"`
}

// PeriodArgs are what a run or a verification is asked for with.
type PeriodArgs struct {
	Period string `json:"period"`
}

// ExportArgs are what an export is asked for with.
type ExportArgs struct {
	Period string `json:"period"`
	Run    int    `json:"run,omitempty"`  // 0 for the published or latest
	Unit   string `json:"unit,omitempty"` // empty for all in scope
	Lang   string `json:"lang"`
	// List is a list to be exported as it stands, instead of a period's workbook.
	List *ListArgs `json:"list,omitempty"`
}

// ListArgs are a list and what it is asked with.
type ListArgs struct {
	List    string   `json:"list"`
	Period  string   `json:"period,omitempty"`
	Query   string   `json:"query"`   // as in an address: filters and sort
	Columns []string `json:"columns"` // in their order
}

// Places are problems in a job's result: they keep what they say in both languages.
type Places []fault.Problem

// MarshalJSON writes at most MaxProblems.
func (p Places) MarshalJSON() ([]byte, error) {
	kept := make([]fault.Problem, min(len(p), MaxProblems))
	for i := range kept {
		kept[i] = p[i]
		kept[i].Args = plain(p[i].Args)
	}
	return json.Marshal(kept)
}
