package main

import (
	"encoding/json"
	"fmt"

	"github.com/steelyard/steelyard/app/bench/bank"
)

// mixName says what the cards of the scoring figures hold.
const mixName = "12 metrics (one a z-score among 50 peers), 4 ratings by 4 raters, 3 surveys, 1 of events"

// mixPeers is how many members are compared with each other: the people of an outlet.
const mixPeers = 50

// mixCase gives a case file of members with the mix of items, as the file of "steelyard score".
func mixCase(members int) ([]byte, error) {
	staff := make([]any, members)
	for i := range staff {
		staff[i] = mixMember(i)
	}
	return json.Marshal(map[string]any{
		"period_days": 31, "min_days": 5,
		"scorecards": map[string]any{"mix": mixCard()},
		"staff":      staff,
	})
}

// mixMetrics are the figures of the bench bank that are in the mix, by their place in figures.
var mixMetrics = []int{0, 1, 2, 3, 4, 5, 8, 10, 12, 14, 16}

func mixCard() map[string]any {
	var items []any
	add := func(key, source string, more map[string]any, method any) {
		item := map[string]any{"key": key, "weight": "5", "source": source, "method": method}
		for k, v := range more {
			item[k] = v
		}
		items = append(items, item)
	}
	for _, i := range mixMetrics {
		add(bank.Figures[i].Item, "metric", nil, json.RawMessage(bank.Figures[i].MethodJSON))
	}
	add("aum", "metric", nil, map[string]any{"type": "standard", "mean": "80", "sd": "8"})
	levels := map[string]string{"5": "100", "4": "85", "3": "70", "2": "50", "1": "0"}
	roles := []any{map[string]any{"role": "manager", "weight": "60", "required": true}, map[string]any{"role": "peer", "weight": "40", "min": 2}}
	for i := range 4 {
		add(fmt.Sprintf("rating%d", i), "rating", map[string]any{"rating": map[string]any{"levels": levels, "roles": roles}}, map[string]any{"type": "direct"})
	}
	survey := map[string]any{"scale_min": "1", "scale_max": "5", "prior_mean": "4.2", "prior_weight": "10"}
	for i := range 3 {
		add(fmt.Sprintf("survey%d", i), "survey", map[string]any{"missing": "exclude", "survey": survey}, map[string]any{"type": "direct"})
	}
	add("compliance", "events", nil, map[string]any{"type": "deduct", "points": map[string]string{"late_filing": "5", "complaint": "12.5"}})
	return map[string]any{
		"precision": 2, "total_cap": "120", "bonus_cap": "8",
		"perspectives": []any{map[string]any{"key": "all", "name": "All", "items": items}},
		"adjustments":  []any{map[string]any{"key": "innovation", "type": "bonus", "cap": "5"}},
		"grades":       []any{map[string]any{"grade": "A", "min": "90", "coefficient": "1.2"}, map[string]any{"grade": "B", "min": "75", "coefficient": "1.0"}, map[string]any{"grade": "C", "coefficient": "0.8"}},
	}
}

func mixMember(n int) map[string]any {
	id := int64(n)
	draw := func(below int, what string) int { return int(bank.Mix(uint64(n)<<1^bank.Hash(what)) % uint64(below)) }
	inputs := map[string]any{}
	for _, i := range mixMetrics {
		f := bank.Figures[i]
		inputs[f.Item] = map[string]any{"actual": f.Actual(id), "target": f.Target(id)}
	}
	inputs["aum"] = map[string]any{"actual": bank.Decimal(int64(30000000+draw(9000000, "aum")), 2)}
	for i := range 4 {
		key := fmt.Sprintf("rating%d", i)
		rating := func(role, rater string) map[string]any {
			return map[string]any{"role": role, "rater": rater, "level": fmt.Sprint(2 + draw(4, key+rater))}
		}
		inputs[key] = map[string]any{"ratings": []any{rating("manager", "M1"), rating("peer", "P1"), rating("peer", "P2"), rating("peer", "P3")}}
	}
	for i := range 3 {
		key := fmt.Sprintf("survey%d", i)
		count := 3 + draw(40, key)
		inputs[key] = map[string]any{"count": count, "sum": fmt.Sprint(count*3 + draw(2*count, key+"sum"))}
	}
	inputs["compliance"] = map[string]any{"events": map[string]int{"late_filing": draw(3, "late")}}
	return map[string]any{
		"id":          bank.StaffNo(id),
		"segments":    []any{map[string]any{"scorecard": "mix", "peer_group": fmt.Sprint("unit", n/mixPeers), "days": 31, "inputs": inputs}},
		"adjustments": []any{map[string]any{"key": "innovation", "points": bank.Decimal(int64(draw(60, "innovation")), 1)}},
	}
}
