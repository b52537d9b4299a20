package scoring

import "io"

// ReadCase reads a case file. Faults are given as InputErrors, all of them;
// name stands for the file where the fault is of the file as a whole.
func ReadCase(r io.Reader, name string) (*Case, error) {
	document, err := load(r, name)
	if err != nil {
		return nil, err
	}
	c := reader{document}.wholeCase()
	if len(document.errors) > 0 {
		return nil, document.errors
	}
	return c, nil
}

// load parses what r holds.
func load(r io.Reader, name string) (*document, error) {
	d := &document{name: name}
	data, err := io.ReadAll(r)
	if err != nil {
		d.fail(name, "unreadable", nil)
		return nil, d.errors
	}
	if !parse(d, string(data)) {
		return nil, d.errors
	}
	return d, nil
}

func (r reader) wholeCase() *Case {
	c := &Case{Scorecards: map[string]*Scorecard{}}
	if !r.object(0, "period_days", "min_days", "scorecards", "staff") {
		return c
	}
	period, _ := r.needCount(0, "period_days", 1)
	least, ok := r.count(0, "min_days", 0)
	c.PeriodDays, c.MinDays = int(period), int(least)
	members := memberReader{reader: r, cards: r.scorecards(0, c), periodDays: c.PeriodDays, whole: true,
		minDays: c.MinDays, minDaysKnown: ok || r.child(0, "min_days") == none}
	ids := map[string]bool{}
	if r.child(0, "staff") == none {
		r.missing(0, "staff")
	}
	for n, _ := r.list(0, "staff"); n != none; n = r.nodes[n].next {
		m := members.member(n)
		if m.ID != "" && ids[m.ID] {
			r.wrong(r.child(n, "id"), "repeated")
		}
		ids[m.ID] = true
		c.Staff = append(c.Staff, m)
	}
	return c
}

// scorecards reads the scorecards of a case into it, and gives what is known of each.
func (r reader) scorecards(n int32, c *Case) map[string]*cardFacts {
	cards := map[string]*cardFacts{}
	if r.child(n, "scorecards") == none {
		r.missing(n, "scorecards")
	}
	for entry, _ := r.table(n, "scorecards"); entry != none; entry = r.nodes[entry].next {
		key := r.nodes[entry].key
		c.Scorecards[key] = r.scorecard(entry)
		cards[key] = factsOf(c.Scorecards[key])
		cards[key].adjustments = cards[key].adjustments && !r.reported(r.pathTo(entry, "adjustments"))
		cards[key].vetoes = cards[key].vetoes && !r.reported(r.pathTo(entry, "vetoes"))
	}
	return cards
}

// ReadScorecards reads scorecards from a JSON list, from one scorecard, or from
// the scorecards of a case file; of these the key is the code where none is
// written. In a list each needs a code and may share neither code nor position
// with another. Faults are given as InputErrors, all of them.
func ReadScorecards(file io.Reader, name string) ([]*Scorecard, error) {
	document, err := load(file, name)
	if err != nil {
		return nil, err
	}
	r, cards := reader{document}, []*Scorecard(nil)
	switch {
	case document.nodes[0].kind == kindList:
		cards = r.scorecardList()
	case document.nodes[0].kind == kindObject && r.child(0, "scorecards") != none:
		cards = r.caseCards()
	default:
		card := r.scorecard(0)
		r.peerGroup(0, card)
		cards = append(cards, card)
	}
	if len(document.errors) > 0 {
		return nil, document.errors
	}
	return cards, nil
}

func (r reader) caseCards() []*Scorecard {
	var cards []*Scorecard
	for n, _ := r.table(0, "scorecards"); n != none; n = r.nodes[n].next {
		card := r.scorecard(n)
		if card.Code == "" {
			card.Code = r.nodes[n].key
		}
		cards = append(cards, card)
	}
	return cards
}

func (r reader) scorecardList() []*Scorecard {
	var cards []*Scorecard
	codes, positions := map[string]bool{}, map[string]bool{}
	for n := r.nodes[0].first; n != none; n = r.nodes[n].next {
		card := r.scorecard(n)
		cards = append(cards, card)
		if r.nodes[n].kind != kindObject {
			continue
		}
		switch {
		case r.needText(n, "code") == "":
		case codes[card.Code]:
			r.wrong(r.child(n, "code"), "repeated")
		}
		codes[card.Code] = true
		r.peerGroup(n, card)
		for position, _ := r.list(n, "positions"); position != none; position = r.nodes[position].next {
			if text := r.nodes[position].text; r.nodes[position].kind == kindText && positions[text] {
				r.wrong(position, "repeated")
			} else {
				positions[text] = true
			}
		}
	}
	return cards
}

// peerGroup checks who is compared with whom, where the application works it out.
func (r reader) peerGroup(n int32, card *Scorecard) {
	v := validator{card: card}
	optional(&v, r.pathTo(n, "peer_group"), card.PeerGroup, "bank", "branch", "unit")
	r.report(v.faults...)
}
