package scorecards

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// Change is one thing that two versions do not share, in words.
type Change struct {
	Path          string
	Item          string // the key of the item that it is about; empty for others
	Before, After string // empty where it is not there
	Words         string
}

// Changes says in a language what changed from one version of a scorecard to another.
func (s *Service) Changes(ctx context.Context, actor rbac.Actor, code string, before, after int, l lang.Language) (from, to *Version, list []Change, err error) {
	versions, err := s.Versions(ctx, actor, code)
	if err != nil {
		return nil, nil, nil, err
	}
	for i := range versions {
		if versions[i].Number == before {
			from = &versions[i]
		}
		if versions[i].Number == after {
			to = &versions[i]
		}
	}
	for number, v := range map[int]*Version{before: from, after: to} {
		if v == nil {
			return nil, nil, nil, fault.New(fault.NotFound, "scorecard.version_unknown", lang.Args{"scorecard": code, "number": number})
		}
	}
	return from, to, changesOf(from.Card, to.Card, l), nil
}

// part is a named part of a scorecard with its values in words.
type part struct {
	kind, key string
	name      string
	values    []value
}

type value struct{ field, words string }

// changesOf compares two cards part by part.
func changesOf(before, after *scoring.Scorecard, l lang.Language) []Change {
	w := wording{l}
	list := []Change{}
	olds, news := w.parts(before), w.parts(after)
	for i := range olds {
		if !slices.ContainsFunc(news, olds[i].same) {
			list = append(list, w.whole(&olds[i], "change.gone", olds[i].summary(), ""))
		}
	}
	for i := range news {
		now := &news[i]
		at := slices.IndexFunc(olds, now.same)
		if at < 0 {
			list = append(list, w.whole(now, "change.new", "", now.summary()))
			continue
		}
		for n := range now.values {
			if was := olds[at].values[n]; was.words != now.values[n].words {
				list = append(list, w.field(now, now.values[n].field, was.words, now.values[n].words))
			}
		}
	}
	return list
}

func (p *part) same(o part) bool { return p.kind == o.kind && p.key == o.key }

// summary is what a part that came or went was.
func (p *part) summary() string {
	var said []string
	for _, v := range p.values {
		if v.words != "" && v.field != "name" {
			said = append(said, v.words)
		}
	}
	return strings.Join(said, " · ")
}

func (p *part) path(field string) string {
	return strings.TrimSuffix("/"+p.kind+strings.TrimSuffix("/"+p.key, "/")+"/"+field, "/")
}

func (p *part) item() string {
	if p.kind == "items" {
		return p.key
	}
	return ""
}

// wording says things in one language.
type wording struct{ l lang.Language }

func (w wording) say(code string) string { return lang.Say(w.l, code, nil) }

func (w wording) whole(p *part, code, before, after string) Change {
	return Change{Path: p.path(""), Item: p.item(), Before: before, After: after, Words: lang.Say(w.l, code, lang.Args{
		"kind": w.say("change.kind." + p.kind), "name": p.name, "what": before + after,
	})}
}

func (w wording) field(p *part, field, before, after string) Change {
	shown := func(text string) string {
		if text == "" {
			return w.say("change.none")
		}
		return text
	}
	code := "change.field"
	if p.kind == "card" {
		code = "change.of_card"
	}
	return Change{Path: p.path(field), Item: p.item(), Before: before, After: after, Words: lang.Say(w.l, code, lang.Args{
		"name": p.name, "field": w.say("change.field." + field), "before": shown(before), "after": shown(after),
	})}
}

func (w wording) text(t scoring.Text) string {
	if t.Zh == t.En {
		return t.Zh
	}
	return t.Zh + " / " + t.En
}

func (w wording) parts(c *scoring.Scorecard) []part {
	list := []part{{kind: "card", values: []value{
		{"name", w.text(c.Name)}, {"positions", strings.Join(c.Positions, ", ")}, {"peer_group", w.choice("peer_group", c.PeerGroup)},
		{"precision", strconv.Itoa(c.Precision)}, {"total_cap", c.TotalCap.String()}, {"bonus_cap", c.BonusCap.String()},
		{"deduction_cap", c.DeductionCap.String()}, {"order", w.order(c)},
	}}}
	for i := range c.Perspectives {
		p := &c.Perspectives[i]
		list = append(list, part{kind: "perspectives", key: p.Key, name: w.name(p.Name, p.Key), values: []value{{"name", w.text(p.Name)}}})
	}
	for i := range c.Perspectives {
		for n := range c.Perspectives[i].Items {
			list = append(list, w.item(&c.Perspectives[i], &c.Perspectives[i].Items[n]))
		}
	}
	for i := range c.Adjustments {
		a := &c.Adjustments[i]
		list = append(list, part{kind: "adjustments", key: a.Key, name: w.name(a.Name, a.Key), values: []value{
			{"name", w.text(a.Name)}, {"type", w.choice("type", string(a.Type))}, {"cap", a.Cap.String()},
		}})
	}
	for i := range c.Vetoes {
		v := &c.Vetoes[i]
		list = append(list, part{kind: "vetoes", key: v.Key, name: w.name(v.Name, v.Key), values: []value{{"name", w.text(v.Name)}, {"cap", v.Cap.String()}}})
	}
	for i := range c.Grades {
		g := &c.Grades[i]
		list = append(list, part{kind: "grades", key: g.Grade, name: g.Grade, values: []value{{"min", g.Min.String()}, {"coefficient", g.Coefficient}}})
	}
	return list
}

func (w wording) name(t scoring.Text, key string) string {
	if name := t.In(string(w.l)); name != "" {
		return name
	}
	return key
}

// order tells in which order the items stand; it is a change of its own only where nothing else moved.
func (w wording) order(c *scoring.Scorecard) string {
	var names []string
	for i := range c.Perspectives {
		names = append(names, w.name(c.Perspectives[i].Name, c.Perspectives[i].Key))
	}
	return strings.Join(names, ", ")
}

func (w wording) item(p *scoring.Perspective, item *scoring.Item) part {
	flag := ""
	if item.Flow {
		flag = w.say("change.yes")
	}
	metric := ""
	if item.Source == scoring.SourceMetric {
		metric = item.MetricCode()
	}
	missing := item.Missing
	if missing == "" {
		missing = scoring.MissingRequire
	}
	return part{kind: "items", key: item.Key, name: w.name(item.Name, item.Key), values: []value{
		{"name", w.text(item.Name)}, {"perspective", w.name(p.Name, p.Key)}, {"weight", item.Weight.String()},
		{"source", w.choice("source", string(item.Source))}, {"metric", metric}, {"flow", flag},
		{"missing", w.choice("missing", string(missing))}, {"neutral", item.Neutral.String()},
		{"levels", levelWords(item.Rating)}, {"roles", w.roles(item.Rating)}, {"survey", w.survey(item.Survey)},
		{"method", item.MethodWords(string(w.l))},
	}}
}

func (w wording) choice(of, value string) string {
	if value == "" {
		return ""
	}
	if text, ok := lang.Lookup("change." + of + "." + value); ok {
		return text.In(w.l)
	}
	return value
}

func levelWords(r *scoring.Rubric) string {
	if r == nil {
		return ""
	}
	said := make([]string, len(r.Levels))
	for i, level := range r.Levels {
		said[i] = level.Level + " = " + level.Points.String()
	}
	return strings.Join(said, ", ")
}

func (w wording) roles(r *scoring.Rubric) string {
	if r == nil {
		return ""
	}
	said := make([]string, len(r.Roles))
	for i, role := range r.Roles {
		said[i] = lang.Say(w.l, "change.role", lang.Args{"role": role.Role, "weight": role.Weight.String(), "least": max(role.Min, 1)})
		if role.Trim {
			said[i] += w.say("change.trim")
		}
		if role.Required {
			said[i] += w.say("change.required")
		}
	}
	return strings.Join(said, "; ")
}

func (w wording) survey(s *scoring.Survey) string {
	if s == nil {
		return ""
	}
	words := lang.Say(w.l, "change.survey", lang.Args{"low": s.ScaleMin.String(), "high": s.ScaleMax.String(), "least": max(s.MinCount, 1)})
	if s.PriorMean.Valid() {
		words += lang.Say(w.l, "change.prior", lang.Args{"mean": s.PriorMean.String(), "weight": s.PriorWeight.String()})
	}
	return words
}
