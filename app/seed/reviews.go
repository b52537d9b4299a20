package seed

import "strconv"

// How managers rate: most as they find it, one gives nearly everybody the
// best, one hardly anybody.
var leniency = map[string]int64{"B0202": 260, "B0302": -330}

var comments = map[string][]string{
	"5": {"主动补位，客户与同事评价都很好", "协作意识强，是团队的标杆", ""},
	"4": {"配合积极，沟通顺畅", "完成情况好，可再主动一些", "", ""},
	"3": {"能完成分内工作", "", ""},
	"2": {"响应不够及时，需要改进", "多次提醒后完成"},
	"1": {"本月多次缺席协作，已约谈"},
}

// levelOf turns how well somebody did, in thousandths, into a level of the rubric.
func levelOf(performance int64) string {
	for level, least := range []int64{0, 620, 760, 930, 1110} {
		if performance < least {
			return strconv.Itoa(level)
		}
	}
	return "5"
}

// ratings writes the reviews of a member's segment: by the unit's manager, and by two or three peers.
func (f *facts) ratings(m *member, g segment, p place, roster map[string][]*member) {
	manager, peers := raters(m, g, roster[g.unit])
	rate := func(item, role string, rater *member, lenient int64) {
		keys := []string{item, role, rater.no, m.no, f.of.code()}
		level := levelOf(m.ability + 40 + lenient + bell(220, keys...))
		said := comments[level]
		comment := ""
		if role == "manager" {
			comment = said[draw(int64(len(said)), append(keys, "said")...)]
		}
		f.reviews.add(f.of.code(), m.no, item, role, rater.no, level, comment, p.unit, p.position)
	}
	if g.position != corporate && manager != nil {
		rate("daily_work", "manager", manager, leniency[g.unit])
	}
	if g.position == teller {
		return
	}
	if manager != nil {
		rate("teamwork", "manager", manager, leniency[g.unit])
	}
	for i := range min(len(peers), 2+int(draw(2, "peers", m.no, f.of.code()))) {
		at := (i + int(draw(int64(len(peers)), "peer", m.no, f.of.code(), g.unit))) % len(peers)
		rate("teamwork", "peer", peers[at], 30)
	}
}

// raters gives the manager of a unit and the peers of a member there.
func raters(m *member, g segment, unit []*member) (manager *member, peers []*member) {
	for _, other := range unit {
		switch position := other.positionOn(g.last); {
		case other == m:
		case position == outletManager:
			manager = other
		case position != "" && (len(peers) == 0 || peers[len(peers)-1] != other):
			peers = append(peers, other)
		}
	}
	return manager, peers
}
