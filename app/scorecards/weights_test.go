package scorecards_test

import (
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/imports"
)

func TestD07_WeightsAddUpToExactlyAHundred(t *testing.T) {
	weighing := func(weights ...string) string {
		items := make([]string, len(weights))
		for i, w := range weights {
			items[i] = `{"key":"k` + strings.Repeat("x", i) + `","metric":"deposits","weight":"` + w + `","source":"metric","method":{"type":"direct"}}`
		}
		return `[{"code":"d07","positions":["d07"],"peer_group":"bank","perspectives":[{"key":"p","items":[` + strings.Join(items, ",") + `]}]}]`
	}
	eachBank(t, func(b bank) {
		for _, weights := range [][]string{{"99.99"}, {"100.01"}, {"50", "49.99"}, {"33.33", "33.33", "33.33"}, {"0.1", "0.2"}} {
			if _, err := b.take(weighing(weights...), imports.Options{}); err == nil {
				b.Errorf("the weights %v are taken", weights)
			}
		}
		tenths := []string{"10.1", "9.9", "10.1", "9.9", "10.1", "9.9", "10.1", "9.9", "10.1", "9.9"} // binary fractions would not add up
		b.mustTake(weighing(tenths...), imports.Options{})
		b.mustTake(weighing("33.33", "33.33", "33.34"), imports.Options{})
	})
}
