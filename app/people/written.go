package people

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// doubles are the surnames of two characters that people bear.
var doubles = []string{
	"欧阳", "上官", "司马", "司徒", "司空", "诸葛", "东方", "独孤", "南宫", "慕容", "闻人", "公孙", "轩辕", "钟离", "赫连", "拓跋", "呼延", "端木",
	"百里", "东郭", "西门", "申屠", "太史", "公羊", "濮阳", "淳于", "仲孙", "第五", "左丘", "梁丘", "谷梁", "段干", "巫马", "漆雕", "壤驷", "公良", "夹谷", "宰父",
}

// Written gives a Chinese name in Latin letters as it is written: surname first,
// each part one word with a capital, as in "Zhang Wei" and "Ouyang Wenan". It is
// spelled as the pinyin says, or where that is empty as names mostly sound. A name
// without a Chinese character is nothing that needs spelling.
func Written(name, pinyin string) string {
	if !strings.ContainsFunc(name, func(c rune) bool { return unicode.Is(unicode.Han, c) }) {
		return ""
	}
	if pinyin == "" {
		pinyin = newRomanizer().name(name)
	}
	syllables := strings.Fields(pinyin)
	n := min(surnameLength(name), len(syllables))
	return strings.TrimSpace(capital(strings.Join(syllables[:n], "")) + " " + capital(strings.Join(syllables[n:], "")))
}

// surnameLength is of how many characters a surname is.
func surnameLength(name string) int {
	if surname, _ := surnameOf(name); utf8.RuneCountInString(surname) > 1 {
		return utf8.RuneCountInString(surname)
	}
	if slices.ContainsFunc(doubles, func(double string) bool { return len(name) > len(double) && strings.HasPrefix(name, double) }) {
		return len([]rune(doubles[0]))
	}
	return 1
}

func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + word[size:]
}
