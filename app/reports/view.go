package reports

// The views hold what a scorecard shows, in the reader's language, every figure
// as decimal text; an empty text is a figure that does not exist.

// memberView is one member's scorecard.
type memberView struct {
	staffNo, name, unit, position string
	status                        string // a code of scoring
	precision                     int
	segments                      []segmentView
	main                          int // the main segment's place among segments
	adjustments                   []adjustmentView
	totalCap                      string
	bonusCap, deductionCap        string // empty without one
	vetoes                        []vetoView
	grades                        []gradeView // from the best down

	base, bonus, deduction, total string
	beforeVeto                    string
	grade, coefficient            string
	rank, peers                   int
}

type segmentView struct {
	unit, position, scorecard string
	scorecardName             string
	peerGroup                 string
	days                      int
	precision                 int
	complete                  bool
	base                      string
	perspectives              []perspectiveView
}

type perspectiveView struct {
	key, name string
	items     []itemView
}

type itemView struct {
	key, name    string
	source       string
	flow         bool
	method       methodView
	weight       string
	effective    string // up to 10 digits where it is no decimal
	status       string // a code of scoring
	reason       string
	neutral      string
	score        string
	contribution string
	x            string // up to 10 digits where it is no decimal
	actual       string
	target       string
	baseline     string
	raised       string // the actual raised to a full period, of a flow
	steps        string // of increments: how many better, worse if below 0
	roles        []roleView
	survey       surveyView
	events       []eventView
	peers        peersView
}

// methodView is a method with its parameters, left-out ones filled in.
type methodView struct {
	kind, of, direction, inverse, op, order string
	strict, whole                           bool
	floor, cap                              string
	below                                   string
	from, step, gain, loss, start           string
	unsatisfactory, satisfactory            string
	base, span                              string
	value, pass, fail                       string
	best, worst                             string
	mean, sd                                string
	points                                  []pointView // of steps and interpolate
}

type pointView struct{ x, score string }

// roleView is one role that counts.
type roleView struct {
	name, weight, mean string
	count              int
}

type surveyView struct {
	min, max, priorMean, priorWeight string
	count                            string
	sum                              string
}

type eventView struct{ name, count, points string }

// peersView is what the peers give to a method that compares.
type peersView struct {
	count                   string
	rank, best, mean, sigma string // best is the largest or smallest, as the method wants it
}

type adjustmentView struct {
	name               string
	bonus              bool
	entered, cap, kept string
}

type vetoView struct {
	name, cap string
	triggered bool
}

type gradeView struct{ grade, min, coefficient string }

// items lists the segment's items in the scorecard's order.
func (s segmentView) items() []itemView {
	var items []itemView
	for _, p := range s.perspectives {
		items = append(items, p.items...)
	}
	return items
}

// counts says whether the item has an effective weight.
func (i itemView) counts() bool { return i.status != "excluded" && i.status != "missing" }
