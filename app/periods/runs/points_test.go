package runs

import "testing"

func TestAMeanIsRoundedHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		sum, n   int64
		decimals int
		want     string
	}{
		{0, 0, 2, ""},
		{1_800_000, 2, 2, "90.00"},
		{1_801_300, 2, 2, "90.07"}, // 90.065
		{-1_801_300, 2, 2, "-90.07"},
		{1_000_000, 3, 2, "33.33"},
		{2_000_000, 3, 2, "66.67"},
		{2_000_001, 3, 4, "66.6667"},
		{1_005_000, 2, 0, "50"},
		{1_010_000, 2, 0, "51"},
	} {
		if got := meanOf(c.sum, c.n, c.decimals).Text(c.decimals); got != c.want {
			t.Errorf("%d over %d: %q, want %q", c.sum, c.n, got, c.want)
		}
	}
}
