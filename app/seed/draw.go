package seed

import "strconv"

// draw gives a number that looks random and depends on its keys alone, below n.
func draw(n int64, keys ...string) int64 {
	h := uint64(0x9e3779b97f4a7c15)
	for _, key := range keys {
		for _, b := range []byte(key) {
			h = mix(h ^ uint64(b))
		}
		h = mix(h ^ 0x1f)
	}
	return int64(h % uint64(n)) //nolint:gosec // n is above 0 and the rest is below it
}

// mix is the finaliser of splitmix64.
func mix(n uint64) uint64 {
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// bell gives a number about 0, most often near it, from −spread to spread: three dice.
func bell(spread int64, keys ...string) int64 {
	if spread == 0 {
		return 0
	}
	sum := int64(0)
	for _, die := range []string{"a", "b", "c"} {
		sum += draw(2*spread+1, append([]string{die}, keys...)...) - spread
	}
	return sum / 2 * 2 / 3
}

// decimal writes n units of the last of a number of decimals.
func decimal(n int64, decimals int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	digits := strconv.FormatInt(n, 10)
	for len(digits) <= decimals {
		digits = "0" + digits
	}
	if decimals == 0 {
		return sign + digits
	}
	return sign + digits[:len(digits)-decimals] + "." + digits[len(digits)-decimals:]
}
