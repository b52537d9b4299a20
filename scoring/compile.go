package scoring

// compiledCard is a scorecard made ready: defaults in place, figures in common
// terms, so that a member is evaluated without looking anything up by name.
type compiledCard struct {
	key       string
	card      *Scorecard
	precision int
	totalCap  Number
	items     []compiledItem
	peerItems int // how many items are scored against peers
	roles     int // of all items together
	events    int // types of events, of all items together
}

// compiledItem is one item made ready.
type compiledItem struct {
	*Item
	method      Method
	perspective int
	card        *compiledCard
	peer        int    // its index among the items scored against peers, -1 if it is not
	share       Number // weight / 100
	neutral     Number // rounded
	levels      []Level
	hundredth   Number // survey: 100 / (scale_max − scale_min)
	prior       Number // survey: prior_mean × prior_weight, 0 without a prior
	priorWeight Number
}

var (
	zero    = FromInt(0)
	two     = FromInt(2)
	hundred = FromInt(100)
)

func compile(key string, s *Scorecard) *compiledCard {
	c := &compiledCard{key: key, card: s, precision: s.Precision, totalCap: s.TotalCap}
	if !c.totalCap.Valid() {
		c.totalCap = hundred
	}
	c.items = make([]compiledItem, 0, len(s.Items()))
	for p := range s.Perspectives {
		for i := range s.Perspectives[p].Items {
			c.items = append(c.items, c.compileItem(&s.Perspectives[p].Items[i], p))
		}
	}
	return c
}

func (c *compiledCard) compileItem(item *Item, perspective int) compiledItem {
	i := compiledItem{Item: item, method: item.ResolvedMethod(), perspective: perspective, card: c, peer: -1,
		share: item.Weight.Quo(hundred).reduced(), neutral: item.Neutral.Round(c.precision)}
	switch i.method.Type {
	case MethodRank, MethodRelative, MethodStandard:
		i.peer = c.peerItems
		c.peerItems++
	}
	c.events += len(i.method.Events)
	if item.Source == SourceRating {
		c.roles += len(item.Rating.Roles)
		i.levels = commonTerms(item.Rating.Levels)
	}
	if s := item.Survey; item.Source == SourceSurvey {
		i.hundredth = hundred.Quo(s.ScaleMax.Sub(s.ScaleMin)).reduced()
		i.prior, i.priorWeight = zero, zero
		if s.PriorMean.Valid() {
			i.prior, i.priorWeight = s.PriorMean.Mul(s.PriorWeight).reduced(), s.PriorWeight.reduced()
		}
	}
	return i
}

// commonTerms writes the points of all levels with the same decimals, so that
// adding them up is adding integers.
func commonTerms(levels []Level) []Level {
	decimals := 0
	for i := range levels {
		if n, ok := levels[i].Points.decimals(); ok {
			decimals = max(decimals, n)
		}
	}
	common := make([]Level, len(levels))
	for i := range levels {
		common[i] = Level{Level: levels[i].Level, Points: levels[i].Points.Round(decimals)}
	}
	return common
}

// zeroScore is a score of 0 in the decimals of the scorecard.
func (c *compiledCard) zeroScore() Number { return FromScaled(0, c.precision) }
