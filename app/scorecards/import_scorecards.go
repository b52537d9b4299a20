package scorecards

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

func scorecardsKind() imports.Kind {
	return imports.Kind{
		Name: "scorecards", Title: lang.Text{Zh: "计分卡（JSON）", En: "scorecards (JSON)"},
		Permission: rbac.ScorecardManage,
		Document:   func(imports.Options) imports.DocumentImporter { return new(cardImport) },
	}
}

type cardImport struct {
	name  string
	list  bool // the document is a list; otherwise one scorecard
	cards []*scoring.Scorecard
	wrong map[int]bool // by index: a fault was found
}

// Read reads a list of scorecards, or one.
func (i *cardImport) Read(r io.Reader, name string) []fault.Problem {
	i.name, i.wrong = name, map[int]bool{}
	content, err := io.ReadAll(r)
	if err != nil {
		return []fault.Problem{{File: name, Code: "file.unreadable", Args: lang.Args{"file": name}}}
	}
	i.list = bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")), " \t\r\n"), []byte("["))
	cards, err := scoring.ReadScorecards(bytes.NewReader(content), name)
	if err != nil {
		return Problems(err, name)
	}
	i.cards = cards
	if len(cards) == 0 {
		return []fault.Problem{{File: name, Code: "scorecard.none"}}
	}
	var problems []fault.Problem
	for index, card := range cards {
		for _, p := range i.incomplete(index, card) {
			i.wrong[index] = true
			problems = append(problems, p)
		}
	}
	return problems
}

// Lint gives the faults of a readable document that its import would refuse:
// characters that nobody sees and, in a list, what the bank needs of a scorecard
// beside the rules of scoring. A case or a single scorecard may lack the latter.
func Lint(content []byte, name string) []fault.Problem {
	i := &cardImport{}
	problems := i.Read(bytes.NewReader(content), name)
	if i.list {
		return problems
	}
	return slices.DeleteFunc(problems, func(p fault.Problem) bool { return p.Code != hiddenCharacter })
}

// hiddenCharacter is the fault of a text with a character that nobody sees.
const hiddenCharacter = "cell.forbidden_character"

// Problems gives the faults of a scorecard file, each with its path.
func Problems(err error, name string) []fault.Problem {
	var wrong scoring.InputErrors
	if !errors.As(err, &wrong) {
		return []fault.Problem{{File: name, Code: "file.unreadable", Args: lang.Args{"file": name}}}
	}
	problems := make([]fault.Problem, len(wrong))
	for i := range wrong {
		said := func(language string) string { return strings.TrimPrefix(wrong[i].In(language), wrong[i].Path+": ") }
		path := wrong[i].Path
		if path == name { // a fault of the file as a whole
			path = ""
		}
		problems[i] = fault.Problem{
			File: name, Path: path, Code: "scorecard.fault",
			Args: lang.Args{"fault": lang.Text{Zh: said(scoring.Chinese), En: said(scoring.English)}},
		}
	}
	return problems
}

// path gives the place of something in a card of the document.
func (i *cardImport) path(index int, inner string) string {
	if !i.list {
		return inner
	}
	return fmt.Sprintf("[%d].%s", index, inner)
}

func (i *cardImport) problem(index int, inner, code string, args lang.Args) fault.Problem {
	return fault.Problem{File: i.name, Path: i.path(index, inner), Code: code, Args: args}
}

// incomplete lists what the bank needs of a scorecard and scoring alone does not.
func (i *cardImport) incomplete(index int, card *scoring.Scorecard) []fault.Problem {
	var problems []fault.Problem
	for path, text := range texts(card) {
		if bad, found := hiddenRune(text); found {
			problems = append(problems, i.problem(index, path, hiddenCharacter, lang.Args{"character": fmt.Sprintf("U+%04X", bad)}))
		}
	}
	if card.Code == "" {
		problems = append(problems, i.problem(index, "code", "scorecard.code", nil))
	}
	if len(card.Positions) == 0 {
		problems = append(problems, i.problem(index, "positions", "scorecard.positions", nil))
	}
	if card.PeerGroup == "" {
		problems = append(problems, i.problem(index, "peer_group", "scorecard.peer_group", nil))
	}
	return problems
}

// Apply makes a new version of every scorecard that is not as it was.
func (i *cardImport) Apply(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	all, err := readShelf(ctx, tx)
	if err != nil {
		return err
	}
	i.checkMetrics(b, all)
	if !b.Options.Draft {
		i.checkPositions(b, all)
	}
	if b.Blocked() {
		return nil
	}
	for index, card := range i.cards {
		if i.wrong[index] {
			continue
		}
		if err := all.take(ctx, tx, b, card); err != nil {
			return err
		}
	}
	return nil
}

func (i *cardImport) fault(b *imports.Batch, index int, p fault.Problem) {
	i.wrong[index] = true
	b.Problem(p)
}

func (i *cardImport) checkMetrics(b *imports.Batch, all *shelf) {
	for index, card := range i.cards {
		for p := range card.Perspectives {
			for n := range card.Perspectives[p].Items {
				item := &card.Perspectives[p].Items[n]
				if item.Source != scoring.SourceMetric || all.metrics[item.MetricCode()] {
					continue
				}
				place, field := fmt.Sprintf("perspectives[%d].items[%d]", p, n), "metric"
				if item.Metric == "" {
					field = "key"
				}
				i.fault(b, index, i.problem(index, place+"."+field, "metric.unknown", lang.Args{"code": item.MetricCode()}))
			}
		}
	}
}

// checkPositions reports a position that a scorecard in force has which the
// document leaves as it is.
func (i *cardImport) checkPositions(b *imports.Batch, all *shelf) {
	replaced := map[string]bool{}
	for index, card := range i.cards {
		if !i.wrong[index] {
			replaced[card.Code] = true
		}
	}
	for index, card := range i.cards {
		for n, position := range card.Positions {
			if holder := all.holder(position, replaced); holder != "" && holder != card.Code {
				i.fault(b, index, i.problem(index, fmt.Sprintf("positions[%d]", n), "scorecard.position_taken",
					lang.Args{"position": position, "scorecard": holder}))
			}
		}
	}
}

var _ = lang.Register(map[string]lang.Text{
	"scorecard.fault":          {Zh: "{fault}", En: "{fault}"},
	"scorecard.none":           {Zh: "文件里没有计分卡", En: "there is no scorecard in the file"},
	"scorecard.code":           {Zh: "计分卡须有代码 code", En: "the scorecard needs a code"},
	"scorecard.positions":      {Zh: "须列出适用岗位 positions，至少一个", En: "the positions that are scored by it must be listed, one at least"},
	"scorecard.peer_group":     {Zh: "须注明比较范围 peer_group：bank（全行）、branch（分行）或 unit（本机构）", En: "peer_group must say who is compared with whom: bank, branch or unit"},
	"scorecard.position_taken": {Zh: "岗位 {position} 已由计分卡 {scorecard} 考核；一个岗位只能有一张计分卡", En: "the position {position} is scored by the scorecard {scorecard} already; a position has one scorecard"},
})
