package reviews

import (
	"strings"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// Text is a text in both languages.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// Rubric says what the levels of a rating item mean. Its code is the item's key in the scorecards.
type Rubric struct {
	Code    string        `json:"code"`
	Name    Text          `json:"name"`
	Levels  []RubricLevel `json:"levels"`
	Version int64         `json:"version"` // that the caller has seen; 0 for a new one

	id int64
}

// RubricLevel is what earns a level.
type RubricLevel struct {
	Level       string `json:"level"` // as in the scorecard
	Name        Text   `json:"name"`
	Description Text   `json:"description"`
}

// The limits of a rubric.
const (
	codeMost        = 64
	nameMost        = 200
	descriptionMost = 2000
	levelsMost      = 50
)

// level gives a level by its name, nil if there is none, or no rubric.
func (r *Rubric) level(name string) *RubricLevel {
	if r == nil {
		return nil
	}
	for i := range r.Levels {
		if r.Levels[i].Level == name {
			return &r.Levels[i]
		}
	}
	return nil
}

// Check says what is wrong with a rubric, all of it.
func (r *Rubric) Check() error {
	var problems []fault.Problem
	wrong := func(path, code string, args lang.Args) {
		problems = append(problems, fault.Problem{Path: path, Code: code, Args: args})
	}
	text := func(path, value string, most int) {
		switch f := checkText(value, most); {
		case f != nil:
			wrong(path, f.Code, f.Args)
		case strings.TrimSpace(value) == "":
			wrong(path, "rubric.blank", nil)
		}
	}
	text("code", r.Code, codeMost)
	text("name.zh", r.Name.Zh, nameMost)
	text("name.en", r.Name.En, nameMost)
	if len(r.Levels) == 0 || len(r.Levels) > levelsMost {
		wrong("levels", "rubric.levels", lang.Args{"most": levelsMost})
	}
	seen := map[string]bool{}
	for i := range r.Levels {
		l, at := &r.Levels[i], "levels."+itoa(i)+"."
		text(at+"level", l.Level, codeMost)
		text(at+"name.zh", l.Name.Zh, nameMost)
		text(at+"name.en", l.Name.En, nameMost)
		text(at+"description.zh", l.Description.Zh, descriptionMost)
		text(at+"description.en", l.Description.En, descriptionMost)
		if seen[l.Level] {
			wrong(at+"level", "rubric.twice", lang.Args{"level": l.Level})
		}
		seen[l.Level] = true
	}
	if len(problems) == 0 {
		return nil
	}
	f := fault.New(fault.Invalid, "rubric.wrong", lang.Args{"rubric": r.Code, "count": len(problems)})
	f.Problems = problems
	return f
}
