package people

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// romanizer spells names in pinyin: "陈志" is "chen zhi", "单田" is "shan tian".
// What is not Chinese stays as it is, in small letters.
type romanizer struct {
	args  pinyin.Args
	known map[rune]string
}

func newRomanizer() *romanizer {
	return &romanizer{args: pinyin.NewArgs(), known: map[rune]string{}}
}

func (r *romanizer) name(name string) string {
	var b strings.Builder
	if surname, readings := surnameOf(name); surname != "" {
		b.WriteString(readings[0])
		name = name[len(surname):]
	}
	for _, c := range name {
		syllable := r.syllable(c)
		if syllable == "" {
			b.WriteRune(unicode.ToLower(c))
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(syllable)
	}
	return b.String()
}

func (r *romanizer) syllable(c rune) string {
	if c < 0x2E80 {
		return ""
	}
	syllable, ok := r.known[c]
	if !ok {
		if readings := pinyin.SinglePinyin(c, r.args); len(readings) > 0 {
			syllable = readings[0]
		}
		r.known[c] = syllable
	}
	return syllable
}

// surnames are those that sound otherwise than their characters mostly do; the
// surname's own reading stands first, behind it what people read it as.
var surnames = map[string][]string{
	"单": {"shan", "dan"}, "曾": {"zeng", "ceng"}, "解": {"xie", "jie"}, "仇": {"qiu", "chou"}, "查": {"zha", "cha"},
	"朴": {"piao", "pu"}, "区": {"ou", "qu"}, "盖": {"ge", "gai"}, "任": {"ren"}, "乐": {"yue", "le"}, "翟": {"zhai", "di"},
	"缪": {"miao", "mou"}, "覃": {"qin", "tan"}, "宓": {"mi", "fu"}, "黑": {"he", "hei"}, "员": {"yun", "yuan"}, "种": {"chong", "zhong"},
	"秘": {"bi", "mi"}, "折": {"she", "zhe"}, "繁": {"po", "fan"}, "薄": {"bo", "bao"}, "那": {"na", "nuo"}, "牟": {"mu", "mou"},
	"祭": {"zhai", "ji"}, "隗": {"wei", "kui"}, "幺": {"yao"}, "车": {"che"}, "柏": {"bai", "bo"}, "沈": {"shen", "chen"},
	"叶": {"ye"}, "褚": {"chu", "zhu"}, "贾": {"jia", "gu"}, "殷": {"yin"}, "谌": {"chen", "shen"}, "俞": {"yu"}, "郗": {"xi", "chi"},
	"尉": {"wei", "yu"}, "重": {"chong", "zhong"}, "石": {"shi"}, "召": {"shao", "zhao"}, "洗": {"xian", "xi"}, "逄": {"pang"}, "晟": {"cheng", "sheng"},
	"尉迟": {"yu chi", "wei chi"}, "万俟": {"mo qi", "wan si"}, "长孙": {"zhang sun", "chang sun"}, "澹台": {"tan tai", "dan tai"},
	"单于": {"chan yu", "dan yu"}, "令狐": {"ling hu"}, "宇文": {"yu wen"}, "皇甫": {"huang fu"}, "夏侯": {"xia hou"}, "鲜于": {"xian yu"},
}

// surnameOf gives the surname with which a name begins, if it is one of those
// above, with its readings. A name has something behind the surname.
func surnameOf(name string) (surname string, readings []string) {
	characters := []rune(name)
	for _, n := range []int{2, 1} {
		if len(characters) > n {
			if found := surnames[string(characters[:n])]; found != nil {
				return string(characters[:n]), found
			}
		}
	}
	return "", nil
}

// spellings are what a search by sound looks in: each spelling of a name as one
// word, and its initials, by every reading of its surname. The pinyin stands
// first, and alone where somebody has written it otherwise than names are spelled.
func spellings(name, spelled string) string {
	syllables := strings.Fields(strings.ToLower(spelled))
	ways := [][]string{syllables}
	if surname, readings := surnameOf(name); surname != "" && strings.HasPrefix(spelled+" ", readings[0]+" ") {
		rest := syllables[len(strings.Fields(readings[0])):]
		for _, other := range readings[1:] {
			ways = append(ways, append(strings.Fields(other), rest...))
		}
	}
	var words []string
	for _, way := range ways {
		words = append(words, strings.Join(way, ""))
		if len(way) > 1 {
			words = append(words, initials(way))
		}
	}
	return strings.Join(words, " ")
}

func initials(syllables []string) string {
	var b strings.Builder
	for _, s := range syllables {
		for _, first := range s {
			b.WriteRune(first)
			break
		}
	}
	return b.String()
}
