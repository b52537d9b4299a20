package scoring

import "slices"

// groupKey names a peer group.
type groupKey struct {
	card *compiledCard
	name string
}

// peerGroup is everybody with the same scorecard and peer group.
type peerGroup struct {
	groupKey
	items  []peerItem // per item scored against peers
	ranked []int32    // the complete members whose main segment is here
}

// peerItem is one item's values in a peer group.
type peerItem struct {
	values   []Number
	ranks    []int32 // rank: twice the mid-rank of each value
	max, min Number  // relative: of the values above 0
	standard *standardStats
	scores   []Number // standard: of each value
}

func newPeerGroup(key groupKey) *peerGroup {
	return &peerGroup{groupKey: key, items: make([]peerItem, key.card.peerItems)}
}

// finish works out what the methods need of the peers.
func (g *peerGroup) finish() {
	for i := range g.card.items {
		item := &g.card.items[i]
		if item.peer < 0 || len(g.items[item.peer].values) == 0 {
			continue
		}
		p := &g.items[item.peer]
		switch item.method.Type {
		case MethodRank:
			p.rank(item.method.Order)
		case MethodRelative:
			p.extremes()
		case MethodStandard:
			p.standard = newStandardStats(p.values, &item.method, g.card.precision)
			p.scores = make([]Number, len(p.values))
			for v, x := range p.values {
				p.scores[v] = p.standard.score(x)
			}
		}
	}
}

// rank gives each value the mean of the places that it shares with its equals.
func (p *peerItem) rank(order Order) {
	places := make([]int32, len(p.values))
	for i := range places {
		places[i] = int32(i)
	}
	slices.SortFunc(places, func(a, b int32) int {
		if order == Asc {
			a, b = b, a
		}
		return p.values[b].Cmp(p.values[a])
	})
	p.ranks = make([]int32, len(places))
	for from := 0; from < len(places); {
		to := from + 1
		for to < len(places) && p.values[places[from]].Cmp(p.values[places[to]]) == 0 {
			to++
		}
		for _, place := range places[from:to] {
			p.ranks[place] = int32(from + 1 + to)
		}
		from = to
	}
}

func (p *peerItem) extremes() {
	for _, x := range p.values {
		if x.Sign() <= 0 {
			continue
		}
		p.max = larger(p.max, x)
		if !p.min.Valid() {
			p.min = x
		}
		p.min = smaller(p.min, x)
	}
}

// against scores the value at index in its group, t.X, against the peers.
func (p *peerItem) against(i *compiledItem, index int, t *ItemTrace) cause {
	m := &i.method
	t.Peers.N = len(p.values)
	if int64(t.Peers.N) < m.MinPeers {
		return tooFewPeers
	}
	switch m.Type {
	case MethodRank:
		t.Peers.Rank = Number{num: int64(p.ranks[index]), den: 2}
		t.Unclamped = m.Best
		if t.Peers.N > 1 {
			behind := Number{num: int64(p.ranks[index]) - 2, den: 2 * int64(t.Peers.N-1)}
			t.Unclamped = m.Best.Sub(m.Best.Sub(m.Worst).Mul(behind))
		}
	case MethodRelative:
		t.Peers.Max, t.Peers.Min = p.max, p.min
		switch {
		case t.X.Sign() <= 0 && m.Order == Asc:
			t.Unclamped = m.Cap
		case t.X.Sign() <= 0:
			t.Unclamped = m.Floor
		case m.Order == Asc:
			t.Unclamped = p.min.Mul(hundred).Quo(t.X)
		default:
			t.Unclamped = t.X.Mul(hundred).Quo(p.max)
		}
	default: // MethodStandard
		t.Score = p.scores[index]
		return valued
	}
	i.settle(t)
	return valued
}
