package seed

// The awkward cases, each of one member, all in the last month unless their
// names say otherwise: what a scoring product must get right and people ask about.

// pick gives the n-th member hired into a position at a unit.
func pick(people []*member, unit, position string, n int) *member {
	for _, m := range people {
		if m.stints[0].unit != unit || m.stints[0].position != position {
			continue
		}
		if n == 0 {
			return m
		}
		n--
	}
	panic("seed: nobody is " + position + " at " + unit)
}

// careers moves people about: transfers, new joiners, leave, posts in turn, leavers.
func careers(people []*member, all []month) {
	last := all[months-1]
	transfer := pick(people, largeOutlet, corporate, 0)
	transfer.moves("B0201", corporate, last.day(15))
	inTurn := pick(people, "B0102", teller, 0)
	inTurn.moves("B0102", retail, last.day(11))
	pick(people, "B0203", corporate, 1).hiredOn(last, 10)
	pick(people, "B0104", teller, 1).hiredOn(last, last.days()-2) // too few days to count
	pick(people, "B0301", retail, 0).pauses(last.day(5), last.day(20))
	pick(people, "B0302", teller, 2).pauses(all[9].day(10), last.last.AddDays(60)) // the whole month away
	pick(people, "B0303", corporate, 2).leaves(last.day(21))

	pick(people, "B0204", retail, 1).moves("B0301", retail, all[4].day(1))
	pick(people, "B0103", teller, 3).moves("B0103", retail, all[6].day(1))
	pick(people, "B0201", corporate, 2).moves(largeOutlet, corporate, all[3].day(15))
	pick(people, "B0303", retail, 3).hiredOn(all[7], 6)
	pick(people, "B0202", teller, 1).hiredOn(all[5], 1)
	pick(people, "B0304", corporate, 0).pauses(all[2].day(3), all[2].day(24))
	pick(people, "B0102", retail, 2).leaves(all[8].day(16))
}

// hiredOn makes the member a new joiner of a month.
func (m *member) hiredOn(in month, day int) { m.stints[0].from = in.day(day) }

// awkward puts the cases into the files of the last month.
func (f *facts) awkward(people []*member) {
	f.metricCases(people)
	f.missingSources(people)
	f.conductCases(people)
	f.onTheLine(people)
}

func (f *facts) metricCases(people []*member) {
	noTarget := pick(people, "B0103", corporate, 0) // a target of 0: no attainment can be told
	f.setTarget(noTarget, "loans", "0")
	none := pick(people, "B0301", corporate, 0) // a target of 0 where less is better means none at all
	f.setTarget(none, "overdue_files", "0")
	f.setActual(none, "overdue_files", "0")
	some := pick(people, "B0301", corporate, 1)
	f.setTarget(some, "overdue_files", "0")
	f.setActual(some, "overdue_files", "1")
	f.setActual(pick(people, "B0202", corporate, 0), "deposits", "-1203456.78")
	capped := pick(people, largeOutlet, corporate, 3)
	f.setActual(capped, "deposits", "16250000.00")
	f.setActual(capped, "new_customers", "46")
	f.setActual(pick(people, "B0304", corporate, 1), "churn", "9.35")
	zero := pick(people, "B0204", teller, 0) // a score of 0 is a value
	f.setActual(zero, "training_hours", "0.0")
}

// missingSources leaves out what a scorecard asks for.
func (f *facts) missingSources(people []*member) {
	incomplete := pick(people, "B0302", corporate, 1) // nobody has rated teamwork
	f.reviews.remove(func(row []string) bool { return row[1] == incomplete.no })
	f.drop(&f.actuals, pick(people, "B0203", retail, 0), "card_activation")
	f.drop(&f.actuals, pick(people, "B0104", corporate, 0), "npl")
	f.drop(&f.actuals, pick(people, "B0201", teller, 1), "transactions")
	f.drop(&f.surveys, pick(people, "B0102", retail, 1), "satisfaction")
	few := pick(people, "B0301", retail, 2) // too few customers have answered
	f.drop(&f.surveys, few, "satisfaction")
	f.surveys.add(f.of.code(), few.no, "satisfaction", "2", "17", "", "")
}

func (f *facts) conductCases(people []*member) {
	period := f.of.code()
	vetoed := pick(people, largeOutlet, corporate, 1)
	f.vetoes.add(period, vetoed.no, "major_violation", "违规代客保管印章")
	deducted := pick(people, "B0103", retail, 1)
	f.drop(&f.adjustments, deducted, "discipline")
	f.adjustments.add(period, deducted.no, "discipline", "6.5", "违规查询客户信息")
	f.adjustments.add(period, deducted.no, "discipline", "5", "迟报重大事项") // together above the cap
	praised := pick(people, "B0203", corporate, 0)
	for _, key := range []string{"innovation", "mentor"} {
		f.drop(&f.adjustments, praised, key)
	}
	f.adjustments.add(period, praised.no, "innovation", "5", "流程优化方案全行推广") // both together above the cap of all bonuses
	f.adjustments.add(period, praised.no, "mentor", "2.5", "带教两名新员工")
}

// onTheLine gives two tellers of one outlet exactly the points of the best
// grade: 25.0 + 20.0 + 15.0 + 20.0 + 10.0 + 5.0 = 95.0, and one place.
func (f *facts) onTheLine(people []*member) {
	for n := range 2 {
		m := pick(people, "B0103", teller, n)
		for _, table := range []*Table{&f.surveys, &f.events, &f.adjustments} {
			table.remove(func(row []string) bool { return row[1] == m.no })
		}
		f.setTarget(m, "transactions", "1800")
		f.setActual(m, "transactions", "1800")
		f.setActual(m, "accuracy", "99.9")
		f.setTarget(m, "training_hours", "8.0")
		f.setActual(m, "training_hours", "8.0")
		f.surveys.add(f.of.code(), m.no, "satisfaction", "10", "38", "", "")
		f.set(&f.reviews, m, "daily_work", 5, "5")
	}
}

func (f *facts) setTarget(m *member, metric, value string) { f.set(&f.targets, m, metric, 3, value) }

func (f *facts) setActual(m *member, metric, value string) { f.set(&f.actuals, m, metric, 3, value) }

// set changes a cell of the member's row of a metric or item.
func (f *facts) set(t *Table, m *member, key string, column int, value string) {
	found := false
	for _, row := range t.Rows {
		if row[1] == m.no && row[2] == key {
			row[column], found = value, true
		}
	}
	if !found {
		panic("seed: " + m.no + " has no " + key + " among the " + t.Kind)
	}
}

func (f *facts) drop(t *Table, m *member, key string) {
	t.remove(func(row []string) bool { return row[1] == m.no && row[2] == key })
}
