package reports

import "math/big"

// sumDecimals adds the figures of items exactly; empty ones count as nothing,
// and the sum of nothing is empty.
func sumDecimals(items []itemView, figure func(itemView) string) string {
	total, places, found := new(big.Rat), 0, false
	for _, i := range items {
		r, ok := new(big.Rat).SetString(figure(i))
		if !ok {
			continue
		}
		total.Add(total, r)
		places, found = max(places, decimals(figure(i))), true
	}
	if !found {
		return ""
	}
	return total.FloatString(places)
}

// decimals counts the digits after the point.
func decimals(s string) int {
	for i := range len(s) {
		if s[i] == '.' {
			return len(s) - i - 1
		}
	}
	return 0
}

// meanScore is the mean score of the items that count, by weight, to twelve
// decimals: a figure that is shown and not scored. It is empty if none counts.
func meanScore(items []itemView) string {
	sum, weights := new(big.Rat), new(big.Rat)
	for _, i := range items {
		score, ok := new(big.Rat).SetString(i.score)
		weight, weighed := new(big.Rat).SetString(i.weight)
		if !ok || !weighed || !i.counts() {
			continue
		}
		sum.Add(sum, score.Mul(score, weight))
		weights.Add(weights, weight)
	}
	if weights.Sign() == 0 {
		return ""
	}
	return sum.Quo(sum, weights).FloatString(12)
}

// weigh is Σ days × figure / Σ days, rounded half away from zero.
func weigh(days []int, figures []string, places int) string {
	sum, all := new(big.Rat), int64(0)
	for i, figure := range figures {
		r, ok := new(big.Rat).SetString(figure)
		if !ok {
			return ""
		}
		sum.Add(sum, r.Mul(r, big.NewRat(int64(days[i]), 1)))
		all += int64(days[i])
	}
	if all == 0 {
		return ""
	}
	return sum.Quo(sum, big.NewRat(all, 1)).FloatString(places)
}
