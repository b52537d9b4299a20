package auth

import (
	_ "embed"
	"math"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A password is refused when it is made of so little that lists of common
// passwords hold it, or would with one more pattern: a few listed words, rows of
// keys, digits that follow each other, years, repeats, and what is known of the
// user. What it is made of is found at the smallest number of guesses; letters
// that stand in no list count in full, so that nothing is asked of a long password
// of one's own but its length.

// leastGuesses is how many guesses, as a power of two, a password must be worth:
// three listed words alone are not enough.
const leastGuesses = 36

// What a piece of a password is worth, in powers of two.
const (
	worthContext = 3  // what is known of the user and the bank
	worthWord    = 10 // one of some thousand listed words
	worthRow     = 7  // keys or characters in a row
	worthSame    = 6  // one character again and again
	worthAgain   = 4  // what stood there before
	worthYear    = 6.5
	worthDay     = 14
	worthSound   = 7 // a syllable of pinyin
	worthDigit   = 3.3
	worthLetter  = 4.7
	worthSign    = 4.5
	worthOther   = 12 // a character of another script
)

// longestWord is how long a listed word is at most, in characters.
const longestWord = 24

//go:embed words.txt
var wordList string

// listed gives the listed words.
var listed = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(wordList) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range strings.Fields(line) {
			words[word] = true
		}
	}
	return words
})

// rows are keys that lie beside each other, and characters that follow each other.
var rows = []string{
	"qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./", "1234567890-=", "!@#$%^&*()_+", "01234567890", "abcdefghijklmnopqrstuvwxyz",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "!qaz@wsx#edc$rfv%tgb^yhn&ujm", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p", "a1b2c3d4e5f6g7h8i9j0", "1a2b3c4d5e6f7g8h9i0j",
	"zaq12wsxcde34rfvbgt56yhnmju78ik", "zaq1xsw2cde3vfr4bgt5nhy6mju7", "qazxswedcvfrtgbnhyujm", "7894561230", "1472583690", "aabbccddeeffgghhiijjkkllmm", "112233445566778899", "qqwweerrttyyuuiioopp", "aassddffgghhjjkkll", "13579", "02468", "24680",
	"qweasdzxc", "qweasd123", "qwaszx", "asdfzxcv", "qwerasdfzxcv", "一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸",
}

// inRows gives everything of three characters and more that stands in a row, either way.
var inRows = sync.OnceValue(func() map[string]bool {
	found := map[string]bool{}
	for _, row := range rows {
		there := []rune(row)
		back := make([]rune, len(there))
		for i, r := range there {
			back[len(there)-1-i] = r
		}
		for _, way := range [][]rune{there, back} {
			for i := range way {
				for j := i + 3; j <= len(way); j++ {
					found[string(way[i:j])] = true
				}
			}
		}
	}
	return found
})

// guessable says whether a password is worth fewer guesses than it must be, to
// somebody who knows the words of its context.
func guessable(password string, context []string) bool {
	return guesses(password, context) < leastGuesses
}

// guesses is what a password is worth at least.
func guesses(password string, context []string) float64 {
	p := newPuzzle(password, context)
	best := make([]float64, len(p.runes)+1)
	for i := range p.runes {
		best[i+1] = math.Inf(1)
	}
	for i := range p.runes {
		p.pieces(i, func(end int, worth float64) { best[end] = min(best[end], best[i]+worth) })
	}
	return best[len(p.runes)]
}

// puzzle is a password in all the ways it is read: as it stands, and with letters
// for the digits and signs that look like them.
type puzzle struct {
	runes    []rune
	readings [][]rune
	context  map[string]bool
}

func newPuzzle(password string, context []string) puzzle {
	p := puzzle{runes: []rune(folded(password)), context: map[string]bool{"steelyard": true}}
	p.readings = [][]rune{p.runes, alike(p.runes, 'i'), alike(p.runes, 'l')}
	for _, text := range context {
		text = folded(text)
		for _, word := range append(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), text) {
			if n := len([]rune(word)); n >= 3 || n == 2 && word[0] >= 0x80 { // two Chinese characters are a word
				p.context[word] = true
			}
		}
	}
	return p
}

func folded(text string) string { return strings.ToLower(norm.NFKC.String(text)) }

// alike reads digits and signs as the letters that they look like; one is what 1, ! and | are read as.
func alike(runes []rune, one rune) []rune {
	letters := map[rune]rune{'0': 'o', '1': one, '!': one, '|': one, '3': 'e', '4': 'a', '@': 'a', '5': 's', '$': 's', '7': 't', '+': 't', '8': 'b', '9': 'g', '6': 'g', '(': 'c'}
	read := make([]rune, len(runes))
	for i, r := range runes {
		read[i] = r
		if letter, ok := letters[r]; ok {
			read[i] = letter
		}
	}
	return read
}

// pieces hands out every piece that begins at i, with its end and worth.
func (p puzzle) pieces(i int, f func(end int, worth float64)) {
	f(i+1, worthOf(p.runes[i]))
	for end := i + 2; end <= len(p.runes); end++ {
		piece := string(p.runes[i:end])
		if end-i <= longestWord || p.context[piece] {
			p.words(i, end, f)
		}
		if inRows()[piece] {
			f(end, worthRow)
		}
		if worth, ok := date(piece); ok {
			f(end, worth)
		}
	}
	if end := i + same(p.runes[i:]); end-i >= 3 && p.runes[i] < unicode.MaxASCII {
		f(end, worthSame)
	}
	before := string(p.runes[:i])
	for end := i + 3; end <= len(p.runes) && strings.Contains(before, string(p.runes[i:end])); end++ {
		f(end, worthAgain)
	}
}

// words hands out what stands between two places, if it is a word in some reading.
func (p puzzle) words(i, end int, f func(end int, worth float64)) {
	for _, reading := range p.readings {
		word := string(reading[i:end])
		switch {
		case p.context[word]:
			f(end, worthContext)
		case listed()[word]:
			f(end, worthWord)
		case sounds()[word]:
			f(end, worthSound)
		}
	}
}

// worthOf is what a character is worth by itself.
func worthOf(r rune) float64 {
	switch {
	case r >= '0' && r <= '9':
		return worthDigit
	case r >= 'a' && r <= 'z':
		return worthLetter
	case r <= unicode.MaxASCII:
		return worthSign
	}
	return worthOther
}

// same is how often the first of the characters stands there in a row.
func same(runes []rune) int {
	n := 1
	for n < len(runes) && runes[n] == runes[0] {
		n++
	}
	return n
}

// date gives the worth of a year or a day in digits.
func date(piece string) (worth float64, ok bool) {
	switch len(piece) {
	case 4:
		return worthYear, (piece[:2] == "19" || piece[:2] == "20") && digits(piece)
	case 6, 8:
		for _, layout := range []string{"20060102", "02012006", "01022006", "060102", "020106", "010206"} {
			if day, err := time.Parse(layout, piece); len(layout) == len(piece) && err == nil && day.Year() >= 1900 && day.Year() < 2100 {
				return worthDay, true
			}
		}
	}
	return 0, false
}

func digits(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' }) < 0
}
